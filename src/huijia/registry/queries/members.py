"""Members in lists and on their page.

Plans. A list is one backward range of `membership_by_level_N` (level, id), which gives "newest
first" for any subtree at any depth; the city needs no level and walks the primary key. The range
is asked for as "from n to n, by level and id", not as "level = n, by id": with an equation the
planner takes the primary key for the order and walks through all that was entered since in other
counties (57,000 rows for the second of eleven). A cursor only moves the start of the range, so the
thousandth page costs what the first one costs. A name
is looked for first among persons (`person_by_name`, `person_by_name_grams`): few of them, and the
memberships are looked up by person; many, and the range above finds a page of them soon anyway.
Masks come in one more query by key, past row-level security. Four queries with a name (three where
very many bear it), else two.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from huijia.core.kernel.actor import Actor, Place
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import decide, require
from huijia.core.kernel.verdict import Verdict
from huijia.core.orgs.public import Employer, Spot, Union
from huijia.core.orgs.public import queries as orgs
from huijia.core.people.public import NOT_SHOWN, MaskedIdentity, Person, PersonChange, name_grams
from huijia.core.people.public import queries as people
from huijia.core.web.listing import PAGE_SIZE, Keyset, Page
from huijia.registry.choices import IN_FORCE, MembershipState
from huijia.registry.models import Membership
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.memberships import next_states

FEW = 3_000
"""Persons of a name up to which the memberships are looked up by person."""
CHANGES_SHOWN = 50
COLUMNS = (
    "id",
    "person_id",
    "person__name",
    "person__sex",
    "person__birth_date",
    "union_id",
    "union__name",
    "state",
    "joined_on",
    "new_employment",
)
IN_FORCE_FILTER = "in_force"
EVERY_STATE = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilters:
    """What a list of members is narrowed down to; empty means everything."""

    union_id: int | None = None
    state: str = IN_FORCE_FILTER
    sex: str = ""
    new_employment: str = ""
    name: str = ""
    joined_from: dt.date | None = None
    joined_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One membership in a list."""

    id: int
    person_id: int
    name: str
    sex: str
    birth_date: dt.date | None
    union_id: int
    union: str
    state: str
    joined_on: dt.date | None
    new_employment: str
    number: str
    phone: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of members, and the union that the list is narrowed to."""

    page: Page[MemberRow]
    union: Spot | None


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One membership of a person, in force or ended."""

    id: int
    union_id: int
    union: str
    union_path: str
    state: str
    state_label: str
    joined_on: dt.date | None
    ended_on: dt.date | None
    group: str
    employer_id: int | None
    """None also where the employer's page is not the reader's to see."""
    employer: str
    workplace: str
    card_number: str
    employment: str
    new_employment: str


@dataclass(frozen=True, slots=True)
class MemberCan:
    """What the reader may do with a member."""

    edit: Verdict
    reveal: Verdict


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """A member's page."""

    person_id: int
    name: str
    sex: str
    birth_date: dt.date | None
    ethnicity: str
    education: str
    political_status: str
    household: str
    identity: MaskedIdentity
    memberships: tuple[MembershipRow, ...]
    changes: tuple[PersonChange, ...]
    can: MemberCan

    @property
    def current(self) -> MembershipRow:
        """The membership in force, or the one that ended last."""
        return self.memberships[0]

    @property
    def is_in_force(self) -> bool:
        """Whether the person is a member now, as far as the reader can see."""
        return self.current.state in IN_FORCE


@dataclass(frozen=True, slots=True)
class EditableMember:
    """What the edit form begins with; sealed values are not among it."""

    person_id: int
    membership_id: int
    union_id: int
    version: int
    membership_version: int
    next_states: tuple[MembershipState, ...]
    name: str
    values: Mapping[str, Any]


def listing(actor: Actor, filters: MemberFilters, query: Mapping[str, Any]) -> MemberPage:
    """A page of the members whom the actor may see, newest first."""
    places = actor.places(RegistryPermit.MEMBER_VIEW)
    union = None
    if filters.union_id is not None:
        union = _spot(actor, filters.union_id)
        places = (Place(union.id, union.depth, union.path),)
    return MemberPage(_page(places, filters, query, size=PAGE_SIZE), union)


def first_of(union: Spot, *, size: int) -> Page[MemberRow]:
    """The newest members in force of one union; the caller has asked for the permit."""
    place = Place(union.id, union.depth, union.path)
    return _page((place,), MemberFilters(), {}, size=size)


def find_by_name(text: str, *, places: Iterable[Place], limit: int) -> list[MemberRow]:
    """Members in force within reach whose name begins with, or holds, a text; newest first."""
    return _page(tuple(places), MemberFilters(name=text), {}, size=limit).rows


def of_persons(person_ids: Iterable[int], *, places: Iterable[Place]) -> list[MemberRow]:
    """The latest membership within reach of each of some persons."""
    rows = _within(places).filter(person_id__in=list(person_ids))
    latest: dict[int, Mapping[str, Any]] = {}
    # Descending, PostgreSQL puts nulls first: the membership in force has no end.
    for row in rows.order_by("person_id", "-ended_on", "-id").values(*COLUMNS):
        latest.setdefault(row["person_id"], row)
    return _rows(list(latest.values()))


def sheet(actor: Actor, person_id: int) -> MemberSheet:
    """A member's page: NotFound unless a membership lies where the actor may see members."""
    held = _memberships(actor, person_id)
    person = held[0].person
    shown = _visible_employers(actor, held)
    return MemberSheet(
        person_id=person_id,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        ethnicity=person.ethnicity,
        education=person.education,
        political_status=person.political_status,
        household=person.household,
        identity=people.masked([person_id]).get(person_id, NOT_SHOWN),
        memberships=tuple(_membership(row, shown) for row in held),
        changes=tuple(people.history(person_id, limit=CHANGES_SHOWN)),
        can=MemberCan(
            edit=_decided(actor, RegistryPermit.MEMBER_EDIT, held[0].union),
            reveal=_decided(actor, RegistryPermit.IDENTITY_REVEAL, held[0].union),
        ),
    )


def editable(actor: Actor, person_id: int) -> EditableMember:
    """The member in force that the actor may edit; Refused or NotFound otherwise."""
    held = _memberships(actor, person_id)[0]
    require(actor, RegistryPermit.MEMBER_EDIT, held.union)
    person = held.person
    identity = people.masked([person_id]).get(person_id, NOT_SHOWN)
    readable = {
        field: getattr(person, field)
        for field in (
            "name",
            "sex",
            "birth_date",
            "ethnicity",
            "education",
            "political_status",
            "household",
        )
    }
    belonging = {
        field: getattr(held, field)
        for field in (
            "joined_on",
            "employer_id",
            "workplace",
            "group_id",
            "card_number",
            "employment",
            "new_employment",
        )
    }
    return EditableMember(
        person_id=person_id,
        membership_id=held.pk,
        union_id=held.union_id,
        version=held.version + person.version,
        membership_version=held.version,
        next_states=next_states(held.state),
        name=person.name,
        values={
            **readable,
            **belonging,
            "paper": identity.paper,
            "number_mask": identity.number,
            "phone_mask": identity.phone,
        },
    )


def _memberships(actor: Actor, person_id: int) -> list[Membership]:
    """A person's memberships that the actor may see, the one in force first."""
    places = actor.places(RegistryPermit.MEMBER_VIEW)
    rows = (
        _within(places)
        .filter(person_id=person_id)
        .select_related("person", "union", "group", "employer")
    )
    found = list(rows)
    if not found:
        _refuse_or_hide(actor, person_id)
    return sorted(found, key=lambda row: (row.ended_on or dt.date.max, row.pk), reverse=True)


def _refuse_or_hide(actor: Actor, person_id: int) -> None:
    """Within reach without the permit it is a refusal; out of reach there is nothing."""
    other = Membership.objects.select_related("union").filter(person_id=person_id).first()
    if other is None:
        raise NotFound
    require(actor, RegistryPermit.MEMBER_VIEW, other.union)


def _spot(actor: Actor, union_id: int) -> Spot:
    union = Union.objects.filter(pk=union_id).first()
    if union is None:
        raise NotFound
    require(actor, RegistryPermit.MEMBER_VIEW, union)
    return orgs.spot_of(union)


def _range(places: tuple[Place, ...]) -> tuple["QuerySet[Membership]", tuple[str, ...]]:
    """The memberships of some subtrees and the order in which they are one range of an index."""
    if len(places) == 1 and places[0].depth > 1:
        place, level = places[0], f"level_{places[0].depth}"
        ends = {f"{level}__gte": place.id, f"{level}__lte": place.id}
        return Membership.objects.filter(**ends), (f"-{level}", "-id")
    return _within(places), ("-id",)


def _within(places: Iterable[Place]) -> "QuerySet[Membership]":
    return Membership.objects.filter(orgs.within(places))


def _narrowed(rows: "QuerySet[Membership]", filters: MemberFilters) -> "QuerySet[Membership]":
    if filters.state == IN_FORCE_FILTER:
        rows = rows.filter(state__in=IN_FORCE)
    elif filters.state not in ("", EVERY_STATE):
        rows = rows.filter(state=filters.state)
    if filters.sex:
        rows = rows.filter(person__sex=filters.sex)
    if filters.new_employment == "any":
        rows = rows.exclude(new_employment="")
    elif filters.new_employment:
        rows = rows.filter(new_employment=filters.new_employment)
    if filters.joined_from:
        rows = rows.filter(joined_on__gte=filters.joined_from)
    if filters.joined_to:
        rows = rows.filter(joined_on__lte=filters.joined_to)
    return _named(rows, filters.name) if filters.name else rows


def _named(rows: "QuerySet[Membership]", text: str) -> "QuerySet[Membership]":
    """The rows of people of a name, by the plan that suits how many there are."""
    asked = matching_name(text)
    people_found = list(Person.objects.filter(asked).values_list("pk", flat=True)[: FEW + 1])
    if len(people_found) > FEW:
        return rows.filter(person__in=Person.objects.filter(asked))
    # Asked for in one go with the order and the limit, the planner would rather walk the whole
    # range and compare each of its persons: 180 ms instead of 10.
    found = rows.filter(person_id__in=people_found).values_list("pk", flat=True)
    return Membership.objects.filter(pk__in=list(found))


def matching_name(text: str) -> Q:
    """A name that begins with the text or, from two characters on, holds it."""
    grams = name_grams(text)
    if not grams:
        return Q(name__startswith=text)
    holds = Q(name_grams__contains=grams)
    return holds if len(grams) == 1 else holds & Q(name__contains=text)


def _page(
    places: tuple[Place, ...], filters: MemberFilters, query: Mapping[str, Any], *, size: int
) -> Page[MemberRow]:
    rows, order = _range(places)
    keyset = Keyset(*order, size=size)
    asked = dict.fromkeys((*COLUMNS, *keyset.columns))
    page = keyset.page(_narrowed(rows, filters).values(*asked), query)
    return Page(_rows(page.rows), page.previous, page.next, page.first, page.size)


def _rows(found: list[Mapping[str, Any]]) -> list[MemberRow]:
    masks = people.masked([row["person_id"] for row in found])
    made = []
    for row in found:
        mask = masks.get(row["person_id"], NOT_SHOWN)
        made.append(
            MemberRow(
                id=row["id"],
                person_id=row["person_id"],
                name=row["person__name"],
                sex=row["person__sex"],
                birth_date=row["person__birth_date"],
                union_id=row["union_id"],
                union=row["union__name"],
                state=row["state"],
                joined_on=row["joined_on"],
                new_employment=row["new_employment"],
                number=mask.number,
                phone=mask.phone,
            )
        )
    return made


def _visible_employers(actor: Actor, held: list[Membership]) -> set[int]:
    """Those employers of some memberships whose page the actor may see."""
    ids = {row.employer_id for row in held if row.employer_id}
    places = actor.places(RegistryPermit.EMPLOYER_VIEW)
    rows = orgs.employers_within(Employer.objects.filter(pk__in=ids), places)
    return set(rows.values_list("pk", flat=True)) if ids and places else set()


def _membership(row: Membership, employers: set[int]) -> MembershipRow:
    return MembershipRow(
        id=row.pk,
        union_id=row.union_id,
        union=row.union.name,
        union_path=row.union.path,
        state=row.state,
        state_label=str(MembershipState(row.state).label),
        joined_on=row.joined_on,
        ended_on=row.ended_on,
        group=row.group.name if row.group else "",
        employer_id=row.employer_id if row.employer_id in employers else None,
        employer=row.employer.name if row.employer else "",
        workplace=row.workplace,
        card_number=row.card_number,
        employment=row.employment,
        new_employment=row.new_employment,
    )


def _decided(actor: Actor, permit: RegistryPermit, union: Union) -> Verdict:
    verdict = decide(actor, permit, union)
    return verdict or Verdict(False, verdict.reason, {"permit": str(permit)})
