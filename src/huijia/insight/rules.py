"""What an event adds to which figure: values in, changes out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from huijia.insight.choices import JOINS_SINCE, STOCK, Indicator
from huijia.registry.public import Levels, MembershipTally, UnionTally

Kept: TypeAlias = tuple[str, int]
"""An indicator and its period, in plain values: a bulk act counts under them a million times."""
Change: TypeAlias = tuple[int, str, int, int]
"""A node, an indicator, a period, and by how much the figure moves; never by zero."""
_ByPath: TypeAlias = dict[tuple[int, ...], dict[Kept, int]]

UNIONS: Kept = (Indicator.UNIONS.value, STOCK)
MEMBERS: Kept = (Indicator.MEMBERS.value, STOCK)
WOMEN: Kept = (Indicator.WOMEN.value, STOCK)
NEW_EMPLOYMENT: Kept = (Indicator.NEW_EMPLOYMENT.value, STOCK)
JOINS = Indicator.JOINS.value


def changes_by_memberships(tallies: Iterable[MembershipTally]) -> list[Change]:
    """What memberships that began, ended or changed do to every node above them and their own."""
    by_levels: dict[Levels, dict[Kept, int]] = {}
    for tally in tallies:
        kept = by_levels.setdefault(tally.levels, {})
        kept[MEMBERS] = kept.get(MEMBERS, 0) + tally.members
        kept[WOMEN] = kept.get(WOMEN, 0) + tally.women
        kept[NEW_EMPLOYMENT] = kept.get(NEW_EMPLOYMENT, 0) + tally.new_employment
        for year, change in tally.joins:
            if year >= JOINS_SINCE:
                kept[JOINS, year] = kept.get((JOINS, year), 0) + change
    return _carried_up(by_levels)


def changes_by_unions(tallies: Iterable[UnionTally]) -> list[Change]:
    """What primary unions founded or dissolved do to every node above them and their own."""
    by_levels: dict[Levels, dict[Kept, int]] = {}
    for tally in tallies:
        kept = by_levels.setdefault(tally.levels, {})
        kept[UNIONS] = kept.get(UNIONS, 0) + tally.count
    return _carried_up(by_levels)


def _carried_up(by_levels: Mapping[Levels, dict[Kept, int]]) -> list[Change]:
    """Add what each node has to its parent, deepest first: one step a node, not one an ancestor."""
    by_path: _ByPath = {
        tuple(level for level in levels if level is not None): kept
        for levels, kept in by_levels.items()
    }
    for depth in range(max(map(len, by_path), default=0), 1, -1):
        for path in [path for path in by_path if len(path) == depth]:
            above = by_path.setdefault(path[:-1], {})
            for key, change in by_path[path].items():
                above[key] = above.get(key, 0) + change
    return [
        (path[-1], indicator, period, change)
        for path, kept in by_path.items()
        for (indicator, period), change in kept.items()
        if change
    ]


@dataclass(frozen=True, slots=True)
class Finding:
    """What joins by year say in one sentence: a year beside another one.

    `more`, `fewer` and `same` compare the last whole year with the one before it; `ahead` says
    that this year has already passed all of last year, `first` that nobody joined in the year
    before, `none` that nobody joined in either.
    """

    kind: Literal["ahead", "more", "fewer", "same", "first", "none"]
    year: int
    joins: int
    before: int

    @property
    def change(self) -> float:
        """By which part of the other year's joins this one's differ, without a sign."""
        return abs(self.joins - self.before) / self.before if self.before else 0.0


def finding_of(joins: Sequence[tuple[int, int]]) -> Finding:
    """The one thing to say of joins by year (at least three years, oldest first, this one last)."""
    (_, earlier), (last_year, last), (this_year, so_far) = joins[-3:]
    if so_far > last:
        return Finding("ahead", this_year, so_far, last)
    if not last and not earlier:
        return Finding("none", last_year, last, earlier)
    if not earlier:
        return Finding("first", last_year, last, earlier)
    if last == earlier:
        return Finding("same", last_year, last, earlier)
    return Finding("more" if last > earlier else "fewer", last_year, last, earlier)
