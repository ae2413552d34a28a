"""What an event adds to which figure: values in, changes out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from huijia.insight.choices import JOINS_SINCE, STOCK, Indicator
from huijia.registry.public import Levels, MembershipTally, UnionTally

Kept: TypeAlias = tuple[Indicator, int]
"""An indicator and its period."""
Changes: TypeAlias = Mapping[int, Mapping[Kept, int]]
"""What changes at each node: node id → indicator and period → change, never zero."""
_ByPath: TypeAlias = dict[tuple[int, ...], Counter[Kept]]


def changes_by_memberships(tallies: Iterable[MembershipTally]) -> Changes:
    """What memberships that began, ended or changed do to every node above them and their own."""
    own: _ByPath = {}
    for tally in tallies:
        changes = own.setdefault(_path(tally.levels), Counter())
        changes[Indicator.MEMBERS, STOCK] += tally.count
        if tally.female:
            changes[Indicator.WOMEN, STOCK] += tally.count
        if tally.new_employment:
            changes[Indicator.NEW_EMPLOYMENT, STOCK] += tally.count
        if tally.joined_year is not None and tally.joined_year >= JOINS_SINCE:
            changes[Indicator.JOINS, tally.joined_year] += tally.count
    return _carried_up(own)


def changes_by_unions(tallies: Iterable[UnionTally]) -> Changes:
    """What primary unions founded or dissolved do to every node above them and their own."""
    own: _ByPath = {}
    for tally in tallies:
        own.setdefault(_path(tally.levels), Counter())[Indicator.UNIONS, STOCK] += tally.count
    return _carried_up(own)


def _path(levels: Levels) -> tuple[int, ...]:
    return tuple(level for level in levels if level is not None)


def _carried_up(by_path: _ByPath) -> Changes:
    """Add what each node has to its parent, deepest first: one step a node, not one an ancestor."""
    for depth in range(max(map(len, by_path), default=0), 1, -1):
        for path in [path for path in by_path if len(path) == depth]:
            above = by_path.setdefault(path[:-1], Counter())
            for kept, change in by_path[path].items():
                above[kept] += change
    return {
        path[-1]: {kept: change for kept, change in changes.items() if change}
        for path, changes in by_path.items()
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """What joins by year say in one sentence: a year beside another one.

    `more`, `fewer` and `same` compare the last whole year with the one before it; `ahead` says
    that this year has already passed all of last year; `none` that nobody joined in either.
    """

    kind: Literal["ahead", "more", "fewer", "same", "none"]
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
    if last == earlier:
        return Finding("same", last_year, last, earlier)
    return Finding("more" if last > earlier else "fewer", last_year, last, earlier)
