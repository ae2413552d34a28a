"""Answers about the union tree and employers: ancestors, children, look-ups within a reach.

A reach is a few subtrees (`Place`); "in this subtree" is one comparison of a level column, at any
depth. The city's own node needs no index: there it is true for every row.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from huijia.core.kernel.actor import Place
from huijia.core.kernel.statements import planned
from huijia.core.orgs.models import Employer, Union
from huijia.core.orgs.tree import Levels, ids_of
from huijia.core.people.public import queries as people
from huijia.core.web.listing import Keyset, Page

CHILDREN = Keyset("code", size=100)
# These are written out because nearly every page of the desk begins with one of them, and the ORM
# takes ten times as long to say them as PostgreSQL to answer. Plans: everything by key; children by
# the index on parent and code; names by the indexes of `people.queries.naming`.
SPOT = """
SELECT id, name, kind, state, depth, path, level_1, level_2, level_3, level_4, level_5
  FROM orgs_union WHERE id = %s
"""
CRUMBS = "SELECT id, name, short_name FROM orgs_union WHERE id = ANY(%s::integer[])"
PORTRAIT = """
SELECT u.id, u.name, u.kind, u.state, u.depth, u.path,
       u.level_1, u.level_2, u.level_3, u.level_4, u.level_5,
       (SELECT json_agg(json_build_array(a.id, a.name, a.short_name) ORDER BY a.depth)
          FROM orgs_union a
         WHERE a.id IN (u.level_1, u.level_2, u.level_3, u.level_4, u.level_5)),
       u.version, u.code, u.credit_code, u.founded_on, u.term_ends_on, u.staff_count,
       coalesce(d.name, ''), coalesce(e.name, ''),
       EXISTS (SELECT FROM orgs_union below WHERE below.parent_id = u.id)
  FROM orgs_union u
  LEFT JOIN orgs_division d ON d.code = u.division_id
  LEFT JOIN orgs_employer e ON e.id = u.employer_id
 WHERE u.id = %s
"""
NODES = """
SELECT u.id, u.name, u.short_name, u.code, u.kind, u.state, u.depth, u.path, u.staff_count,
       EXISTS (SELECT FROM orgs_union below WHERE below.parent_id = u.id)
  FROM orgs_union u
 WHERE """
EMPLOYERS = "SELECT e.id, e.name, e.credit_code FROM orgs_employer e WHERE "
EMPLOYER_IDS = """
SELECT c.employer_id FROM orgs_coverage c JOIN orgs_union u ON u.id = c.union_id WHERE {either}
UNION
SELECT u.employer_id FROM orgs_union u WHERE {either} AND u.employer_id IS NOT NULL
"""

Condition = tuple[str, Sequence[Any]]
"""SQL with `%s` places, and the values for them."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A node by name, on the way down to another."""

    id: int
    name: str
    short_name: str

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree as lists show it."""

    id: int
    name: str
    short_name: str
    code: str
    kind: str
    state: str
    depth: int
    path: str
    staff_count: int | None
    has_children: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a union stands: enough for a decision and for copying its levels onto a fact."""

    id: int
    name: str
    kind: str
    state: str
    depth: int
    path: str
    levels: Levels


@dataclass(frozen=True, slots=True)
class Portrait:
    """A union as its own page shows it: where it stands, the way down to it, what is known."""

    spot: Spot
    trail: tuple[Crumb, ...]
    """From the city down, itself last."""
    version: int
    code: str
    credit_code: str | None
    founded_on: dt.date | None
    term_ends_on: dt.date | None
    staff_count: int | None
    division: str
    employer: str
    has_children: bool


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """An employer in a list."""

    id: int
    name: str
    credit_code: str | None


def within(places: Iterable[Place], *, at: str = "") -> Q:
    """The rows of some subtrees, by the level columns found at `at` (`"union__"`, say)."""
    asked = Q(pk__in=[])
    for place in places:
        asked |= Q(**{f"{at}level_{place.depth}": place.id})
    return asked


def spot(union_id: int) -> Spot | None:
    """Where a union stands, or None where there is none."""
    with planned() as cursor:
        cursor.execute(SPOT, [union_id])
        row = cursor.fetchone()
    if row is None:
        return None
    identifier, name, kind, state, depth, path, *levels = row
    return Spot(identifier, name, kind, state, depth, path, tuple(levels))


def spot_of(union: Union) -> Spot:
    """Where a union stands that is already at hand."""
    levels = (union.level_1, union.level_2, union.level_3, union.level_4, union.level_5)
    return Spot(union.pk, union.name, union.kind, union.state, union.depth, union.path, levels)


def ancestors(path: str) -> list[Crumb]:
    """The nodes from the city down to the one at `path`, itself last; one query by key."""
    ids = ids_of(path)
    with planned() as cursor:
        cursor.execute(CRUMBS, [list(ids)])
        found = {row[0]: Crumb(*row) for row in cursor.fetchall()}
    return [found[each] for each in ids if each in found]


def portrait(union_id: int) -> Portrait | None:
    """A union with the way down to it, or None where there is none; one query by key."""
    with planned() as cursor:
        cursor.execute(PORTRAIT, [union_id])
        row = cursor.fetchone()
    if row is None:
        return None
    identifier, name, kind, state, depth, path, *levels = row[:11]
    spot = Spot(identifier, name, kind, state, depth, path, tuple(levels))
    return Portrait(spot, tuple(Crumb(*crumb) for crumb in row[11]), *row[12:])


def nodes(ids: Iterable[int]) -> list[Node]:
    """Some nodes by id, from the top down, in the order of their codes."""
    return _nodes([("u.id = ANY(%s::integer[])", [list(ids)])], order="u.depth, u.code")


def children(parent_id: int, query: Mapping[str, Any]) -> "Page[Node]":
    """The unions right below one, by code; a keyset page by the index on parent and code."""
    window = CHILDREN.window(query, kinds=(str,))
    conditions: list[Condition] = [("u.parent_id = %s", [parent_id])]
    if window.where:
        conditions.append((window.where, window.values))
    return CHILDREN.page_of(
        _nodes(conditions, order=window.order, limit=window.limit), window, query
    )


def find_by_name(
    text: str,
    *,
    places: Iterable[Place],
    limit: int,
    kinds: Collection[str] = (),
) -> list[Node]:
    """Unions within reach whose name holds `text`, those founded first before others.

    Plan: all pairs of neighbouring characters by the GIN index on `name_grams`, then the text
    itself as a recheck (one character: a name that begins with it, by the `text_pattern_ops`
    index); for texts that very many names hold, a walk along the key that soon has enough.
    """
    conditions = [people.naming(text, alias="u"), _within(places)]
    if kinds:
        conditions.append(("u.kind = ANY(%s::varchar[])", [[str(kind) for kind in kinds]]))
    return _nodes(conditions, order="u.id", limit=limit)


def find_by_code(spellings: Collection[str], *, places: Iterable[Place]) -> Node | None:
    """The union within reach with this code or credit code, in one of its spellings."""
    wanted = list(spellings)
    either = "(u.code = ANY(%s::varchar[]) OR u.credit_code = ANY(%s::varchar[]))"
    found = _nodes([(either, [wanted, wanted]), _within(places)], order="u.id", limit=1)
    return found[0] if found else None


def find_employers(text: str, *, places: Iterable[Place], limit: int) -> list[EmployerLine]:
    """Employers within reach by part of the name; the plan is that of `find_by_name`."""
    return _employers(people.naming(text, alias="e"), places, limit)


def find_employer_by_code(code: str, *, places: Iterable[Place]) -> EmployerLine | None:
    """The employer within reach with this credit code."""
    found = _employers(("e.credit_code = %s", [code]), places, 1)
    return found[0] if found else None


def employers_within(rows: "QuerySet[Employer]", places: Iterable[Place]) -> "QuerySet[Employer]":
    """Employers that a union in these subtrees covers or stands in; the city sees all of them."""
    places = tuple(places)
    if _is_everything(places):
        return rows
    return rows.filter(pk__in=RawSQL(*_employer_ids(places)))  # noqa: S611 - ids go as values


def subtree_ids(places: Iterable[Place]) -> "QuerySet[Union, int]":
    """The ids of all unions in some subtrees, as a sub-query for tables without level columns."""
    return Union.objects.filter(within(places)).values_list("pk", flat=True)


def _nodes(conditions: Sequence[Condition], *, order: str, limit: int | None = None) -> list[Node]:
    where = " AND ".join(text for text, _ in conditions)
    values = [value for _, given in conditions for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"{NODES}{where} ORDER BY {order} LIMIT %s", [*values, limit])
        return [Node(*row) for row in cursor.fetchall()]


def _employers(wanted: Condition, places: Iterable[Place], limit: int) -> list[EmployerLine]:
    places, (where, values) = tuple(places), wanted
    if not _is_everything(places):
        ids, at = _employer_ids(places)
        where, values = f"{where} AND e.id IN ({ids})", [*values, *at]
    with connection.cursor() as cursor:
        cursor.execute(f"{EMPLOYERS}{where} ORDER BY e.id LIMIT %s", [*values, limit])
        return [EmployerLine(*row) for row in cursor.fetchall()]


def _is_everything(places: Iterable[Place]) -> bool:
    return any(place.depth == 1 for place in places)


def _employer_ids(places: Iterable[Place]) -> Condition:
    """The employers that a union in some subtrees covers or stands in."""
    either, values = _within(places)
    return EMPLOYER_IDS.format(either=either), [*values, *values]


def _within(places: Iterable[Place]) -> Condition:
    """`within` for the unions `u` of a query written out."""
    places = tuple(places)
    either = " OR ".join(f"u.level_{place.depth} = %s" for place in places) or "false"
    return f"({either})", [place.id for place in places]
