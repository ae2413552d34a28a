"""Members in lists: by place, by what the list is narrowed to, by name.

Plans. A list is one backward range of `membership_by_level_N` (level, id), which gives "newest
first" for any subtree at any depth; the city needs no level and walks the primary key. The range
is asked for as "from n to n, by level and id", not as "level = n, by id": with an equation the
planner takes the primary key for the order and walks through all that was entered since in other
counties (57,000 rows for the second of eleven). A cursor only moves the start of the range, so the
thousandth page costs what the first one costs. A name is looked for first among persons
(`person_by_name`, `person_by_name_grams`): few of them, and the memberships are looked up by
person; many, and the range above finds a page of them soon anyway. Masks come in one more query by
key, past row-level security. Two queries, three where very many bear the name.

The list is written out in SQL: PostgreSQL answers it in less time than the ORM takes to say it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from huijia.core.kernel.actor import Actor, Place
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import require
from huijia.core.orgs.public import Crumb, Spot
from huijia.core.orgs.public import queries as orgs
from huijia.core.people.public import NOT_SHOWN
from huijia.core.people.public import queries as people
from huijia.core.web.listing import PAGE_SIZE, Keyset, Page, Window
from huijia.registry.choices import IN_FORCE
from huijia.registry.permits import RegistryPermit

FEW = 3_000
"""Persons of a name up to which the memberships are looked up by person."""
IN_FORCE_FILTER = "in_force"
EVERY_STATE = "all"
# As `MemberRow` has them, masks apart; then what a cursor may be made of.
SHOWN = (
    *("m.id", "m.person_id", "p.name", "p.sex", "p.birth_date", "m.union_id", "u.name"),
    *("m.state", "m.joined_on", "m.new_employment"),
)
COLUMNS = (*SHOWN, *(f"m.level_{depth}" for depth in range(2, 6)))
PERSON = COLUMNS.index("m.person_id")
COLUMNS_OF_M = ", ".join(column for column in COLUMNS if column.startswith("m."))
MEMBERS = f"""
SELECT {", ".join(COLUMNS)}
  FROM registry_membership m
  JOIN people_person p ON p.id = m.person_id
  JOIN orgs_union u ON u.id = m.union_id
 WHERE {{where}} ORDER BY {{order}} LIMIT %s
"""  # noqa: S608 - only names of columns are put in
# Persons first, then their memberships, then those in order: asked for in one go with order and
# limit, the planner would rather walk the whole range and compare each of its persons, 180 ms
# instead of 10. Beside each row, and alone where there is none, stands how many bear the name.
NAMED = f"""
WITH bearers AS MATERIALIZED (
    SELECT p.id FROM people_person p WHERE {{naming}} LIMIT {FEW + 1}
),
hits AS MATERIALIZED (
    SELECT {COLUMNS_OF_M}
      FROM bearers b JOIN registry_membership m ON m.person_id = b.id {{person}}
     WHERE (SELECT count(*) FROM bearers) <= {FEW} AND {{where}}
),
newest AS (SELECT * FROM hits m ORDER BY {{order}} LIMIT %s)
SELECT {", ".join(COLUMNS)}, many.bear
  FROM (SELECT count(*) > {FEW} AS bear FROM bearers) many
  LEFT JOIN newest m ON true
  LEFT JOIN people_person p ON p.id = m.person_id
  LEFT JOIN orgs_union u ON u.id = m.union_id
 ORDER BY {{order}}
"""  # noqa: S608 - only names of columns are put in

Row = tuple[Any, ...]
"""The values of `COLUMNS`."""
Condition = tuple[str, Sequence[Any]]
"""SQL with `%s` places, and the values for them."""


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


class MemberRow(NamedTuple):
    """One membership in a list; a named tuple, since a page makes fifty of them."""

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
    """A page of members, and the union that the list is narrowed to with the way down to it."""

    page: Page[MemberRow]
    union: Spot | None = None
    way: tuple[Crumb, ...] = ()


def listing(actor: Actor, filters: MemberFilters, query: Mapping[str, Any]) -> MemberPage:
    """A page of the members whom the actor may see, newest first."""
    if filters.union_id is None:
        places = actor.places(RegistryPermit.MEMBER_VIEW)
        return MemberPage(_page(places, filters, query, size=PAGE_SIZE))
    union = orgs.portrait(filters.union_id)
    if union is None:
        raise NotFound
    spot = union.spot
    require(actor, RegistryPermit.MEMBER_VIEW, spot)
    page = _page((Place(spot.id, spot.depth, spot.path),), filters, query, size=PAGE_SIZE)
    return MemberPage(page, spot, union.trail)


def first_of(union: Spot, *, size: int) -> Page[MemberRow]:
    """The newest members in force of one union; the caller has asked for the permit."""
    place = Place(union.id, union.depth, union.path)
    return _page((place,), MemberFilters(), {}, size=size)


def find_by_name(text: str, *, places: Iterable[Place], limit: int) -> list[MemberRow]:
    """Members in force within reach whose name begins with, or holds, a text; newest first."""
    return _page(tuple(places), MemberFilters(name=text), {}, size=limit).rows


def of_persons(person_ids: Iterable[int], *, places: Iterable[Place]) -> list[MemberRow]:
    """The latest membership within reach of each of some persons."""
    conditions = [_within(tuple(places)), ("m.person_id = ANY(%s::bigint[])", [list(person_ids)])]
    latest: dict[int, Row] = {}
    # Descending, PostgreSQL puts nulls first: the membership in force has no end.
    for row in _asked(conditions, order="m.person_id, m.ended_on DESC, m.id DESC"):
        latest.setdefault(row[PERSON], row)
    return _rows(list(latest.values()))


def _page(
    places: tuple[Place, ...], filters: MemberFilters, query: Mapping[str, Any], *, size: int
) -> Page[MemberRow]:
    conditions, order = _range(places)
    conditions += _narrowed(filters)
    keyset = Keyset(*order, size=size)
    window = keyset.window(query, kinds=[int] * len(order))
    if window.where:
        conditions.append((window.where, window.values))
    found = _named(conditions, filters, window) if filters.name else None
    if found is None:
        found = _asked(conditions, order=window.order, limit=window.limit)
    page = keyset.page_of(found, window, query, columns=COLUMNS)
    return Page(_rows(page.rows), page.previous, page.next, page.first, page.size)


def _asked(conditions: Sequence[Condition], *, order: str, limit: int | None = None) -> list[Row]:
    """Memberships with their person and union, all conditions being met."""
    where, values = _together(conditions)
    asked = MEMBERS.format(where=where, order=order)
    return _fetched(asked, [*values, limit])


def _named(conditions: list[Condition], filters: MemberFilters, window: Window) -> list[Row] | None:
    """The same of people of a name; None, with one condition more, where very many bear it."""
    naming, named = people.naming(filters.name, alias="p")
    where, values = _together(conditions)
    person = "JOIN people_person p ON p.id = m.person_id" if filters.sex else ""
    asked = NAMED.format(naming=naming, person=person, where=where, order=window.order)
    found = _fetched(asked, [*named, *values, window.limit])
    if found[0][-1]:
        conditions.append((naming, named))
        return None
    return [row[:-1] for row in found if row[0] is not None]


def _fetched(asked: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        rows: list[Row] = cursor.fetchall()
    return rows


def _range(places: tuple[Place, ...]) -> tuple[list[Condition], tuple[str, ...]]:
    """The memberships of some subtrees and the order in which they are one range of an index."""
    if len(places) == 1 and places[0].depth > 1:
        place, level = places[0], f"m.level_{places[0].depth}"
        return [(f"{level} BETWEEN %s AND %s", [place.id, place.id])], (f"-{level}", "-m.id")
    return [_within(places)], ("-m.id",)


def _within(places: tuple[Place, ...]) -> Condition:
    if not places:
        return "false", ()
    either = " OR ".join(f"m.level_{place.depth} = %s" for place in places)
    return f"({either})", [place.id for place in places]


def _narrowed(filters: MemberFilters) -> list[Condition]:
    asked: list[Condition] = []
    if filters.state == IN_FORCE_FILTER:
        asked.append(("m.state IN (%s, %s)", [str(state) for state in IN_FORCE]))
    elif filters.state not in ("", EVERY_STATE):
        asked.append(("m.state = %s", [str(filters.state)]))
    if filters.sex:
        asked.append(("p.sex = %s", [filters.sex]))
    if filters.new_employment == "any":
        asked.append(("m.new_employment <> ''", ()))
    elif filters.new_employment:
        asked.append(("m.new_employment = %s", [filters.new_employment]))
    if filters.joined_from:
        asked.append(("m.joined_on >= %s", [filters.joined_from]))
    if filters.joined_to:
        asked.append(("m.joined_on <= %s", [filters.joined_to]))
    return asked


def _together(conditions: Sequence[Condition]) -> Condition:
    return (
        " AND ".join(text for text, _ in conditions),
        [value for _, given in conditions for value in given],
    )


def _rows(found: Sequence[Row]) -> list[MemberRow]:
    masks = people.masked([row[PERSON] for row in found])
    made = []
    for row in found:
        mask = masks.get(row[PERSON], NOT_SHOWN)
        made.append(MemberRow._make((*row[: len(SHOWN)], mask.number, mask.phone)))
    return made
