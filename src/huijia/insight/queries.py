"""Answers about figures: merged and pending read in one statement, so always right to the unit.

Two statements would be two snapshots, between which a merge could move a change from pending to
merged: it would be counted twice, or not at all.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huijia.core.kernel import clock
from huijia.core.kernel.statements import planned
from huijia.core.orgs.public import UnionState
from huijia.core.web.listing import Keyset, Page, Sorting
from huijia.insight.choices import JOINS_SINCE, STOCK, Indicator
from huijia.insight.models import Delta, Recount
from huijia.insight.rules import Finding, finding_of

# Both halves are ranges of an index on the node: as many rows as figures are kept of it, and the
# changes of the last second.
OF_NODE = """
SELECT indicator, period, sum(value)::bigint
  FROM (SELECT indicator, period, value FROM insight_figure WHERE union_id = %(union_id)s
        UNION ALL
        SELECT indicator, period, change FROM insight_delta WHERE union_id = %(union_id)s) AS parts
 GROUP BY 1, 2
"""
# The children by the index on their parent; then the same two ranges for each of them.
OF_CHILDREN = """
WITH children AS MATERIALIZED (
    SELECT id, name, short_name, kind, state FROM orgs_union WHERE parent_id = %(union_id)s
),
summed AS (
    SELECT c.id, {sums}
      FROM children c
      JOIN LATERAL (
            SELECT indicator, value FROM insight_figure
             WHERE union_id = c.id AND period IN (0, %(year)s)
            UNION ALL
            SELECT indicator, change FROM insight_delta
             WHERE union_id = c.id AND period IN (0, %(year)s)) AS parts ON true
     GROUP BY 1
),
listed AS (
    SELECT c.id, c.name, c.short_name, c.kind, {filled}, {largest}, {totals}
      FROM children c LEFT JOIN summed s ON s.id = c.id
     WHERE c.state = %(active)s OR s.members <> 0
)
SELECT * FROM listed {where} ORDER BY {order} LIMIT %(limit)s
"""
_SUMS = ", ".join(
    f"sum(value) FILTER (WHERE indicator = '{each}')::bigint AS {each}" for each in Indicator
)
_FILLED = ", ".join(f"coalesce(s.{each}, 0) AS {each}" for each in Indicator)
_LARGEST = ", ".join(
    f"coalesce(max(s.{each}) OVER (), 0)::bigint AS largest_{each}" for each in Indicator
)
_TOTALS = ", ".join(
    f"coalesce(sum(s.{each}) OVER (), 0)::bigint AS total_{each}" for each in Indicator
)
INDICATORS = tuple(map(str, Indicator))
CHILDREN_A_PAGE = 20
YEARS_COMPARED = 3
BELOW = Sorting(
    **{
        each.value: Keyset(each.value, "id", size=CHILDREN_A_PAGE)
        for each in (Indicator.MEMBERS, *Indicator)
    },
    name=Keyset("name", "id", size=CHILDREN_A_PAGE),
)
LARGEST_FIRST = f"-{Indicator.MEMBERS}"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a node and everything below it, at a moment."""

    union_id: int
    at: dt.datetime
    stocks: Mapping[str, int]
    joins: Mapping[int, int]
    """Year of joining → memberships in force that began in it, from `JOINS_SINCE` on."""

    @property
    def year(self) -> int:
        """The year that "this year" means, by China's calendar."""
        return clock.china_day(self.at).year

    def value(self, indicator: str) -> int:
        """One indicator; that of joins is of this year."""
        if indicator == Indicator.JOINS:
            return self.joins.get(self.year, 0)
        return self.stocks.get(indicator, 0)

    def finding(self) -> Finding:
        """What the joins of the last years say in one sentence."""
        return finding_of(self.joins_of_last(YEARS_COMPARED))

    def joins_of_last(self, years: int) -> list[tuple[int, int]]:
        """Joins by year, oldest first, this year last; years before `JOINS_SINCE` are not kept."""
        first = max(JOINS_SINCE, self.year - years + 1)
        return [(year, self.joins.get(year, 0)) for year in range(first, self.year + 1)]


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child in the drill-down table."""

    id: int
    name: str
    kind: str
    values: Mapping[str, int]
    shares: Mapping[str, float]
    """Each value as a part (0 to 1) of the largest among the children."""


@dataclass(frozen=True, slots=True)
class Children:
    """A page of a node's children with their figures."""

    page: Page[ChildRow]
    totals: Mapping[str, int]
    """What all children have together, on this page or not."""

    def rest(self, figures: "Figures") -> dict[str, int]:
        """What a node has beside its children: a primary union's own members, and itself."""
        return {key: figures.value(key) - total for key, total in self.totals.items()}


def figures_of(union_id: int, *, at: dt.datetime) -> Figures:
    """All figures of a node, right to the unit at this moment, in one query flat in members."""
    with planned() as cursor:
        cursor.execute(OF_NODE, {"union_id": union_id})
        found = cursor.fetchall()
    return Figures(
        union_id=union_id,
        at=at,
        stocks={indicator: value for indicator, period, value in found if period == STOCK},
        joins={period: value for indicator, period, value in found if indicator == Indicator.JOINS},
    )


def joins_by_year(union_id: int, *, at: dt.datetime, years: int = 10) -> list[tuple[int, int]]:
    """How many memberships in force began in each of the last years."""
    return figures_of(union_id, at=at).joins_of_last(years)


def children_figures(union_id: int, *, year: int, query: Mapping[str, Any]) -> Children:
    """A node's children with their figures, in the order that the address asks for.

    One query over the children only; joins are those of `year`. A dissolved union shows as long
    as members are still counted in it, so that the rows add up.
    """
    keyset = BELOW.keyset(query)
    kinds = [str if column == "name" else int for column in keyset.columns]
    window = keyset.window(query, kinds=kinds)
    with planned() as cursor:
        cursor.execute(
            OF_CHILDREN.format(
                sums=_SUMS,
                filled=_FILLED,
                largest=_LARGEST,
                totals=_TOTALS,
                order=window.order,
                where=f"WHERE {_named(window.where)}" if window.where else "",
            ),
            {
                "union_id": union_id,
                "year": year,
                "active": str(UnionState.ACTIVE),
                "limit": window.limit,
                **{f"v{place}": value for place, value in enumerate(window.values)},
            },
        )
        columns = [column[0] for column in cursor.description]
        found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    totals = {each: found[0][f"total_{each}"] if found else 0 for each in INDICATORS}
    page = keyset.page_of(found, window, query)
    return Children(
        Page([_child(row) for row in page.rows], page.previous, page.next, page.first, page.size),
        totals,
    )


def _named(where: str) -> str:
    """A keyset's `%s` places by name, as the other parameters are."""
    parts = where.split("%s")
    return "".join(f"{part}%(v{place})s" for place, part in enumerate(parts[:-1])) + parts[-1]


def _child(row: Mapping[str, Any]) -> ChildRow:
    return ChildRow(
        id=row["id"],
        name=row["short_name"] or row["name"],
        kind=row["kind"],
        values={each: row[each] for each in INDICATORS},
        shares={each: max(row[each], 0) / (row[f"largest_{each}"] or 1) for each in INDICATORS},
    )


def pending() -> int:
    """How many deltas wait for a merge; a rising number means that no worker runs."""
    return Delta.objects.count()


def last_recount() -> Recount | None:
    """What the last nightly comparison found."""
    return Recount.objects.order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How the keeping of figures stands: changes not merged yet, and the last nightly recount."""

    pending: int
    differences: int
    recounted_at: dt.datetime | None


def upkeep() -> Upkeep:
    """What an operator watches: both numbers are small, and differences are 0 while all is well."""
    last = Recount.objects.order_by("-id").first()
    return Upkeep(
        pending=Delta.objects.count(),
        differences=last.differences if last else 0,
        recounted_at=last.at if last else None,
    )
