"""What the pages of the tree and of one union show."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.forms.models import model_to_dict

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import decide, require
from huijia.core.kernel.statements import planned
from huijia.core.kernel.verdict import Verdict
from huijia.core.orgs.public import (
    PRIMARY,
    Coverage,
    Crumb,
    Node,
    Portrait,
    Spot,
    Union,
    UnionHistory,
    UnionKind,
    UnionState,
)
from huijia.core.orgs.public import queries as orgs
from huijia.core.web.listing import Keyset, Page
from huijia.registry.choices import Post
from huijia.registry.models import Group, Officer, UnionFile
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import member_lists as members

MOST_GROUPS = 300
MOST_EMPLOYERS = 300
"""Of a joint union, as many as a form offers."""
SHOWN = 20
"""Rows of a section before "see all"."""
HISTORY_SHOWN = 100
COVERAGE = Keyset("-id")
KEY_FACTS: Final = ("code", "credit_code", "founded_on", "term_ends_on", "staff_count")
POSTS: Final = {post: place for place, post in enumerate(Post.values)}
# What stands beside the facts on a union's page, in one question: three of them, each a range of
# the index on the union, cost the ORM six times what they cost PostgreSQL.
PARTS = """
SELECT (SELECT json_agg(json_build_array(o.id, o.name, o.person_id, o.post, o.is_full_time,
                                         o.other_post, o.since, o.until) ORDER BY o.since, o.id)
          FROM registry_officer o
         WHERE o.union_id = %(union)s AND (o.until IS NULL OR o.until >= %(on)s)),
       (SELECT json_agg(json_build_array(g.id, g.name) ORDER BY g.id)
          FROM (SELECT id, name FROM registry_group
                 WHERE union_id = %(union)s ORDER BY id LIMIT %(groups)s) g),
       (SELECT json_agg(json_build_array(c.id, c.employer_id, e.name, c.since, c.until)
                        ORDER BY c.id DESC)
          FROM (SELECT id, employer_id, since, until FROM orgs_coverage
                 WHERE union_id = %(union)s AND since <= %(on)s
                   AND (until IS NULL OR until > %(on)s)
                 ORDER BY id DESC LIMIT %(coverage)s) c
          JOIN orgs_employer e ON e.id = c.employer_id)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A union on the way down; without an id where it lies above the reader's reach."""

    id: int | None
    label: str


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """Somebody who holds or held a post; `person_id` where that is known to be a member."""

    id: int
    name: str
    person_id: int | None
    post: str
    post_label: str
    is_full_time: bool
    other_post: str
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A union group by name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An employer that the union covers, and since when."""

    id: int
    employer_id: int
    employer: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a union: fields with the values before and after."""

    at: dt.datetime
    actor: str
    verb: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Can:
    """What the reader may do with a union, as the one decision says."""

    edit: Verdict
    admit: Verdict
    see_members: Verdict
    see_employers: Verdict


@dataclass(frozen=True, slots=True)
class UnionHead:
    """What every page of a union begins with."""

    id: int
    name: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    is_primary: bool
    version: int
    trail: tuple[Step, ...]
    can: Can
    spot: Spot


@dataclass(frozen=True, slots=True)
class UnionSheet:
    """The union page: facts of the tree and of the file, people, and the first rows below."""

    head: UnionHead
    key_facts: Mapping[str, Any]
    division: str
    officers: tuple[OfficerRow, ...]
    groups: tuple[GroupRow, ...]
    coverage: tuple[CoverageRow, ...]
    has_more_coverage: bool
    unions: Page[Node] | None
    members: Page[members.MemberRow] | None


@dataclass(frozen=True, slots=True)
class UnionRecord:
    """All facts of a union that the real-name register asks for."""

    head: UnionHead
    tree: Mapping[str, Any]
    file: Mapping[str, Any]
    division: str
    employer: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A union of the reader's own; `children` is what lies right below it, if it is open."""

    node: Node
    children: Page[Node] | None


def own_branches(actor: Actor) -> list[Branch]:
    """The unions that the actor holds, the first of them open: two queries, however many."""
    places = actor.places(RegistryPermit.UNION_VIEW)
    nodes = orgs.nodes(place.id for place in places)
    return [
        Branch(node, orgs.children(node.id, {}) if node is nodes[0] else None) for node in nodes
    ]


def children(actor: Actor, union_id: int, query: Mapping[str, Any]) -> tuple[UnionHead, Page[Node]]:
    """The unions right below one that the actor may see."""
    return head(actor, union_id), orgs.children(union_id, query)


def head(
    actor: Actor, union_id: int, permit: RegistryPermit = RegistryPermit.UNION_VIEW
) -> UnionHead:
    """The head of a union's pages."""
    return _head(actor, _visible(actor, union_id, permit))


def sheet(actor: Actor, union_id: int, *, on: dt.date) -> UnionSheet:
    """Everything on the union page; officers and coverage are those of the day."""
    union = _visible(actor, union_id)
    top = _head(actor, union)
    officers, groups, coverage = _parts(union_id, on)
    has_branch = union.has_children or not top.is_primary
    shows_members = top.is_primary and top.can.see_members
    return UnionSheet(
        head=top,
        key_facts={field: getattr(union, field) for field in KEY_FACTS},
        division=union.division,
        officers=officers,
        groups=groups,
        coverage=coverage[:SHOWN] if top.can.see_employers else (),
        has_more_coverage=len(coverage) > SHOWN,
        unions=orgs.children(union_id, {}) if has_branch else None,
        members=members.first_of(top.spot, size=SHOWN) if shows_members else None,
    )


def record(actor: Actor, union_id: int) -> UnionRecord:
    """All facts of a union, of the tree and of its file."""
    union = _visible(actor, union_id)
    return UnionRecord(
        head=_head(actor, union),
        tree=_tree(union_id),
        file=_file(union_id),
        division=union.division,
        employer=union.employer,
    )


def file_of(actor: Actor, union_id: int) -> tuple[UnionHead, dict[str, Any]]:
    """The facts that the edit form begins with; needs the permit to edit."""
    top = head(actor, union_id, RegistryPermit.UNION_EDIT)
    return top, {**_tree(union_id), **_file(union_id)}


def employers(
    actor: Actor, union_id: int, query: Mapping[str, Any]
) -> tuple[UnionHead, Page[CoverageRow]]:
    """All employers that a union covers or covered, newest link first."""
    top = head(actor, union_id, RegistryPermit.EMPLOYER_VIEW)
    page = COVERAGE.page(
        Coverage.objects.filter(union_id=union_id).select_related("employer"), query
    )
    rows = [_coverage_row(row) for row in page.rows]
    shown: Page[CoverageRow] = Page(rows, page.previous, page.next, page.first, page.size)
    return top, shown


def history(actor: Actor, union_id: int) -> tuple[UnionHead, list[ChangeRow]]:
    """The latest changes of a union, newest first."""
    top = head(actor, union_id)
    rows = UnionHistory.objects.filter(union_id=union_id).order_by("-id")[:HISTORY_SHOWN]
    return top, [ChangeRow(row.at, row.actor, row.verb, row.changes) for row in rows]


def officer(actor: Actor, officer_id: int) -> tuple[UnionHead, OfficerRow]:
    """One officer, to be corrected by who may edit the union."""
    row = Officer.objects.filter(pk=officer_id).first()
    if row is None:
        raise NotFound
    return head(actor, row.union_id, RegistryPermit.UNION_EDIT), _officer(row)


def coverage(actor: Actor, coverage_id: int) -> tuple[UnionHead, CoverageRow]:
    """One coverage that has not ended, to be ended by who may edit the union."""
    row = Coverage.objects.select_related("employer").filter(pk=coverage_id, until=None).first()
    if row is None:
        raise NotFound
    return head(actor, row.union_id, RegistryPermit.UNION_EDIT), _coverage_row(row)


def group(actor: Actor, group_id: int) -> tuple[UnionHead, GroupRow]:
    """One group, to be renamed by who may edit the union."""
    row = Group.objects.filter(pk=group_id).first()
    if row is None:
        raise NotFound
    top = head(actor, row.union_id, RegistryPermit.UNION_EDIT)
    return top, GroupRow(row.pk, row.name)


def primary_among(union_ids: Iterable[int]) -> list[Node]:
    """Those of some unions that hold members."""
    return [node for node in orgs.nodes(union_ids) if node.kind in PRIMARY]


def group_choices(union_id: int) -> list[tuple[int, str]]:
    """The groups of a union, for a form."""
    rows = Group.objects.filter(union_id=union_id).order_by("pk").values_list("pk", "name")
    return list(rows[:MOST_GROUPS])


def employer_choices(union_id: int, *, on: dt.date) -> list[tuple[int, str]]:
    """The employers that a union covers on a day, for a form (the first few hundred)."""
    rows = _covered(union_id, on).order_by("employer__name")[:MOST_EMPLOYERS]
    own = Union.objects.filter(pk=union_id, employer__isnull=False).values_list(
        "employer_id", "employer__name"
    )
    found = rows.values_list("employer_id", "employer__name")
    return [*{**dict(own), **dict(found)}.items()]


def _visible(
    actor: Actor, union_id: int, permit: RegistryPermit = RegistryPermit.UNION_VIEW
) -> Portrait:
    """A union that the actor may see; NotFound out of reach, Refused without the permit."""
    union = orgs.portrait(union_id)
    if union is None:
        raise NotFound
    require(actor, permit, union.spot)
    return union


def _head(actor: Actor, union: Portrait) -> UnionHead:
    spot = union.spot
    return UnionHead(
        id=spot.id,
        name=spot.name,
        kind=spot.kind,
        kind_label=str(UnionKind(spot.kind).label),
        state=spot.state,
        state_label=str(UnionState(spot.state).label),
        is_primary=spot.kind in PRIMARY,
        version=union.version,
        trail=steps(actor, union.trail),
        can=Can(
            edit=_decided(actor, RegistryPermit.UNION_EDIT, spot),
            admit=_decided(actor, RegistryPermit.MEMBER_EDIT, spot),
            see_members=_decided(actor, RegistryPermit.MEMBER_VIEW, spot),
            see_employers=_decided(actor, RegistryPermit.EMPLOYER_VIEW, spot),
        ),
        spot=spot,
    )


def trail(actor: Actor, path: str) -> tuple[Step, ...]:
    """The way down to a union; what lies above the actor's reach has a name and no address."""
    return steps(actor, orgs.ancestors(path))


def steps(actor: Actor, crumbs: Iterable[Crumb]) -> tuple[Step, ...]:
    """The same of nodes that are at hand, from the city down."""
    own = {place.id for place in actor.places(RegistryPermit.UNION_VIEW)}
    steps, is_within = [], False
    for crumb in crumbs:
        is_within = is_within or crumb.id in own
        steps.append(Step(crumb.id if is_within else None, crumb.label))
    return tuple(steps)


def _decided(actor: Actor, permit: RegistryPermit, spot: Spot) -> Verdict:
    verdict = decide(actor, permit, spot)
    return verdict or Verdict(False, verdict.reason, {"permit": str(permit)})


def _tree(union_id: int) -> dict[str, Any]:
    return model_to_dict(Union.objects.get(pk=union_id))


def _file(union_id: int) -> dict[str, Any]:
    file = UnionFile.objects.filter(pk=union_id).first() or UnionFile(union_id=union_id)
    return model_to_dict(file, exclude=["union"])


def _parts(
    union_id: int, on: dt.date
) -> tuple[tuple[OfficerRow, ...], tuple[GroupRow, ...], tuple[CoverageRow, ...]]:
    """Officers and coverage of a day, and the groups; of the coverage one more than is shown."""
    asked: dict[str, Any] = {
        "union": union_id,
        "on": on,
        "groups": MOST_GROUPS,
        "coverage": SHOWN + 1,
    }
    with planned() as cursor:
        cursor.execute(PARTS, asked)
        officers, groups, coverage = cursor.fetchone()
    return (
        tuple(sorted(map(_officer_of, officers or ()), key=lambda row: POSTS[row.post])),
        tuple(GroupRow(*row) for row in groups or ()),
        tuple(CoverageRow(*row[:3], *map(_day, row[3:])) for row in coverage or ()),
    )


def _officer_of(row: Sequence[Any]) -> OfficerRow:
    identifier, name, person_id, post, is_full_time, other_post, since, until = row
    return OfficerRow(
        id=identifier,
        name=name,
        person_id=person_id,
        post=post,
        post_label=str(Post(post).label),
        is_full_time=is_full_time,
        other_post=other_post,
        since=_day(since),
        until=_day(until),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _officer(row: Officer) -> OfficerRow:
    return OfficerRow(
        id=row.pk,
        name=row.name,
        person_id=row.person_id,
        post=row.post,
        post_label=row.get_post_display(),
        is_full_time=row.is_full_time,
        other_post=row.other_post,
        since=row.since,
        until=row.until,
    )


def _covered(union_id: int, on: dt.date) -> Any:
    return Coverage.objects.filter(union_id=union_id, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )


def _coverage_row(row: Coverage) -> CoverageRow:
    return CoverageRow(row.pk, row.employer_id, row.employer.name, row.since, row.until)
