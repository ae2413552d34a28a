"""What the pages of the tree and of one union show."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.forms.models import model_to_dict

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import decide, require
from huijia.core.kernel.verdict import Verdict
from huijia.core.orgs.public import PRIMARY, Coverage, Node, Spot, Union, UnionHistory
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
COVERAGE_COLUMNS = ("id", "employer_id", "employer__name", "since", "until")


@dataclass(frozen=True, slots=True)
class Step:
    """A union on the way down; without an id where it lies above the reader's reach."""

    id: int | None
    label: str


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """Somebody who holds or held a post."""

    id: int
    name: str
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
    tree: Mapping[str, Any]
    division: str
    employer: str
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


def visible(
    actor: Actor, union_id: int, permit: RegistryPermit = RegistryPermit.UNION_VIEW
) -> Union:
    """A union that the actor may see; NotFound out of reach, Refused without the permit."""
    union = Union.objects.select_related("division", "employer").filter(pk=union_id).first()
    if union is None:
        raise NotFound
    require(actor, permit, union)
    return union


def head(
    actor: Actor, union_id: int, permit: RegistryPermit = RegistryPermit.UNION_VIEW
) -> UnionHead:
    """The head of a union's pages."""
    return _head(actor, visible(actor, union_id, permit))


def sheet(actor: Actor, union_id: int, *, on: dt.date) -> UnionSheet:
    """Everything on the union page; officers and coverage are those of the day."""
    union = visible(actor, union_id)
    top = _head(actor, union)
    coverage = _coverage(union_id, on) if top.can.see_employers else []
    below = None if top.is_primary and not _has_children(union_id) else orgs.children(union_id, {})
    shows_members = top.is_primary and top.can.see_members
    return UnionSheet(
        head=top,
        tree=model_to_dict(union),
        division=union.division.name if union.division else "",
        employer=union.employer.name if union.employer else "",
        officers=_officers(union_id, on),
        groups=_groups(union_id),
        coverage=tuple(coverage[:SHOWN]),
        has_more_coverage=len(coverage) > SHOWN,
        unions=below,
        members=members.first_of(top.spot, size=SHOWN) if shows_members else None,
    )


def record(actor: Actor, union_id: int) -> UnionRecord:
    """All facts of a union, of the tree and of its file."""
    union = visible(actor, union_id)
    return UnionRecord(
        head=_head(actor, union),
        tree=model_to_dict(union),
        file=_file(union_id),
        division=union.division.name if union.division else "",
        employer=union.employer.name if union.employer else "",
    )


def file_of(actor: Actor, union_id: int) -> tuple[UnionHead, dict[str, Any]]:
    """The facts that the edit form begins with; needs the permit to edit."""
    union = visible(actor, union_id, RegistryPermit.UNION_EDIT)
    return _head(actor, union), {**model_to_dict(union), **_file(union_id)}


def employers(
    actor: Actor, union_id: int, query: Mapping[str, Any]
) -> tuple[UnionHead, Page[CoverageRow]]:
    """All employers that a union covers or covered, newest link first."""
    union = visible(actor, union_id, RegistryPermit.EMPLOYER_VIEW)
    page = COVERAGE.page(
        Coverage.objects.filter(union_id=union_id).select_related("employer"), query
    )
    rows = [_coverage_row(row) for row in page.rows]
    shown: Page[CoverageRow] = Page(rows, page.previous, page.next, page.first, page.size)
    return _head(actor, union), shown


def history(actor: Actor, union_id: int) -> tuple[UnionHead, list[ChangeRow]]:
    """The latest changes of a union, newest first."""
    union = visible(actor, union_id)
    rows = UnionHistory.objects.filter(union_id=union_id).order_by("-id")[:HISTORY_SHOWN]
    return _head(actor, union), [
        ChangeRow(row.at, row.actor, row.verb, row.changes) for row in rows
    ]


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
    return [(row.id, row.name) for row in _groups(union_id)]


def employer_choices(union_id: int, *, on: dt.date) -> list[tuple[int, str]]:
    """The employers that a union covers on a day, for a form (the first few hundred)."""
    rows = _covered(union_id, on).order_by("employer__name")[:MOST_EMPLOYERS]
    own = Union.objects.filter(pk=union_id, employer__isnull=False).values_list(
        "employer_id", "employer__name"
    )
    found = rows.values_list("employer_id", "employer__name")
    return [*{**dict(own), **dict(found)}.items()]


def _head(actor: Actor, union: Union) -> UnionHead:
    return UnionHead(
        id=union.pk,
        name=union.name,
        kind=union.kind,
        kind_label=union.get_kind_display(),
        state=union.state,
        state_label=union.get_state_display(),
        is_primary=union.kind in PRIMARY,
        version=union.version,
        trail=trail(actor, union.path),
        can=Can(
            edit=_decided(actor, RegistryPermit.UNION_EDIT, union),
            admit=_decided(actor, RegistryPermit.MEMBER_EDIT, union),
            see_members=_decided(actor, RegistryPermit.MEMBER_VIEW, union),
            see_employers=_decided(actor, RegistryPermit.EMPLOYER_VIEW, union),
        ),
        spot=orgs.spot_of(union),
    )


def trail(actor: Actor, path: str) -> tuple[Step, ...]:
    """The way down to a union; what lies above the actor's reach has a name and no address."""
    crumbs = orgs.ancestors(path)
    own = {place.id for place in actor.places(RegistryPermit.UNION_VIEW)}
    steps, is_within = [], False
    for crumb in crumbs:
        is_within = is_within or crumb.id in own
        steps.append(Step(crumb.id if is_within else None, crumb.label))
    return tuple(steps)


def _decided(actor: Actor, permit: RegistryPermit, union: Union) -> Verdict:
    verdict = decide(actor, permit, union)
    return verdict or Verdict(False, verdict.reason, {"permit": str(permit)})


def _has_children(union_id: int) -> bool:
    return Union.objects.filter(parent_id=union_id).exists()


def _file(union_id: int) -> dict[str, Any]:
    file = UnionFile.objects.filter(pk=union_id).first() or UnionFile(union_id=union_id)
    return model_to_dict(file, exclude=["union"])


def _officers(union_id: int, on: dt.date) -> tuple[OfficerRow, ...]:
    rows = Officer.objects.filter(union_id=union_id).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )
    found = [_officer(row) for row in rows.order_by("since", "id")]
    return tuple(sorted(found, key=lambda row: Post.values.index(row.post)))


def _officer(row: Officer) -> OfficerRow:
    return OfficerRow(
        id=row.pk,
        name=row.name,
        post=row.post,
        post_label=row.get_post_display(),
        is_full_time=row.is_full_time,
        other_post=row.other_post,
        since=row.since,
        until=row.until,
    )


def _groups(union_id: int) -> tuple[GroupRow, ...]:
    rows = Group.objects.filter(union_id=union_id).order_by("pk").values_list("pk", "name")
    return tuple(GroupRow(*row) for row in rows[:MOST_GROUPS])


def _covered(union_id: int, on: dt.date) -> Any:
    return Coverage.objects.filter(union_id=union_id, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )


def _coverage(union_id: int, on: dt.date) -> list[CoverageRow]:
    rows = _covered(union_id, on).order_by("-id").values_list(*COVERAGE_COLUMNS)
    return [CoverageRow(*row) for row in rows[: SHOWN + 1]]


def _coverage_row(row: Coverage) -> CoverageRow:
    return CoverageRow(row.pk, row.employer_id, row.employer.name, row.since, row.until)
