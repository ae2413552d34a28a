"""Answers about the union tree and employers: ancestors, children, look-ups within a reach.

A reach is a few subtrees (`Place`); "in this subtree" is one comparison of a level column, at any
depth. The city's own node needs no index: there it is true for every row.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from huijia.core.kernel.actor import Place
from huijia.core.orgs.models import Coverage, Employer, Union
from huijia.core.orgs.tree import Levels, ids_of
from huijia.core.people.public import name_grams
from huijia.core.web.listing import Keyset, Page

CHILDREN = Keyset("code", size=100)
# By key, and written out: nearly every page of the desk begins with one of them.
SPOT = """
SELECT id, name, kind, state, depth, path, level_1, level_2, level_3, level_4, level_5
  FROM orgs_union WHERE id = %s
"""
CRUMBS = "SELECT id, name, short_name FROM orgs_union WHERE id = ANY(%s::integer[])"


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


def within(places: Iterable[Place], *, at: str = "") -> Q:
    """The rows of some subtrees, by the level columns found at `at` (`"union__"`, say)."""
    asked = Q(pk__in=[])
    for place in places:
        asked |= Q(**{f"{at}level_{place.depth}": place.id})
    return asked


def spot(union_id: int) -> Spot | None:
    """Where a union stands, or None where there is none."""
    with connection.cursor() as cursor:
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
    with connection.cursor() as cursor:
        cursor.execute(CRUMBS, [list(ids)])
        found = {row[0]: Crumb(*row) for row in cursor.fetchall()}
    return [found[each] for each in ids if each in found]


def nodes(ids: Iterable[int]) -> list[Node]:
    """Some nodes by id, in the order of their codes."""
    rows = _with_children(Union.objects.filter(pk__in=list(ids))).order_by("depth", "code")
    return [_node(row) for row in rows]


def children(parent_id: int, query: Mapping[str, Any]) -> "Page[Node]":
    """The unions right below one, by code; a keyset page by the index on parent and code."""
    page = CHILDREN.page(_with_children(Union.objects.filter(parent_id=parent_id)), query)
    return replace(page, rows=[_node(row) for row in page.rows])


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
    rows = Union.objects.filter(matching_name(text)).filter(within(places))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [_node(row) for row in _with_children(rows).order_by("id")[:limit]]


def find_by_code(spellings: Collection[str], *, places: Iterable[Place]) -> Node | None:
    """The union within reach with this code or credit code, in one of its spellings."""
    wanted = Q(code__in=spellings) | Q(credit_code__in=spellings)
    rows = Union.objects.filter(wanted).filter(within(places))
    row = _with_children(rows).first()
    return _node(row) if row else None


def matching_name(text: str) -> Q:
    """The condition "the name begins with, or holds, this text" in a form the indexes serve."""
    grams = name_grams(text)
    if not grams:
        return Q(name__startswith=text)
    holds = Q(name_grams__contains=grams)
    return holds if len(grams) == 1 else holds & Q(name__contains=text)


def find_employers(text: str, *, places: Iterable[Place], limit: int) -> list[Employer]:
    """Employers within reach by part of the name; the plan is that of `find_by_name`."""
    rows = Employer.objects.filter(matching_name(text))
    return list(employers_within(rows, places).order_by("id")[:limit])


def find_employer_by_code(code: str, *, places: Iterable[Place]) -> Employer | None:
    """The employer within reach with this credit code."""
    return employers_within(Employer.objects.filter(credit_code=code), places).first()


def employers_within(rows: "QuerySet[Employer]", places: Iterable[Place]) -> "QuerySet[Employer]":
    """Employers that a union in these subtrees covers or stands in; the city sees all of them."""
    places = tuple(places)
    if any(place.depth == 1 for place in places):
        return rows
    covered = Coverage.objects.filter(within(places, at="union__")).values("employer_id")
    own = Union.objects.filter(within(places), employer__isnull=False).values("employer_id")
    return rows.filter(pk__in=covered.union(own))


def subtree_ids(places: Iterable[Place]) -> "QuerySet[Union, int]":
    """The ids of all unions in some subtrees, as a sub-query for tables without level columns."""
    return Union.objects.filter(within(places)).values_list("pk", flat=True)


def _with_children(rows: "QuerySet[Union]") -> "QuerySet[Union]":
    return rows.annotate(has_children=Exists(Union.objects.filter(parent_id=OuterRef("pk"))))


def _node(row: Any) -> Node:
    return Node(
        id=row.pk,
        name=row.name,
        short_name=row.short_name,
        code=row.code,
        kind=row.kind,
        state=row.state,
        depth=row.depth,
        path=row.path,
        staff_count=row.staff_count,
        has_children=row.has_children,
    )
