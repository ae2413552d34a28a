"""What has happened to unions and memberships, in the grain that figures need.

An act, single or bulk, publishes one event in its own transaction; a bulk act sums its rows up
first (one tally a union), so an event never grows with the rows beyond the unions and years that
they touch. A change is two tallies: the former facts negated, and the new ones. Only memberships in
force (`choices.IN_FORCE`) count.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

Levels = tuple[int | None, int | None, int | None, int | None, int | None]
"""`level_1` … `level_5` of a union: its ancestor-or-self at each depth."""


class MembershipTally(NamedTuple):
    """How many memberships in force a union gained (or lost, below zero).

    `women` and `new_employment` (who works in one of the new forms of employment) are how many of
    the `members` are that. `joins` are pairs of a year and how many joined in it; those whose day
    of joining is not known stand in none.
    """

    levels: Levels
    members: int
    women: int
    new_employment: int
    joins: Sequence[tuple[int, int]]

    def negated(self) -> Self:
        """The same, lost instead of gained."""
        return self._replace(
            members=-self.members,
            women=-self.women,
            new_employment=-self.new_employment,
            joins=[(year, -change) for year, change in self.joins],
        )


@dataclass(frozen=True, slots=True)
class MembershipsChanged:
    """Memberships began, ended or changed a fact that figures count."""

    tallies: tuple[MembershipTally, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class UnionTally:
    """A primary union founded (+1) or dissolved (-1)."""

    union_id: int
    levels: Levels
    count: int


@dataclass(frozen=True, slots=True)
class UnionsChanged:
    """Primary unions were founded or dissolved."""

    tallies: tuple[UnionTally, ...]
    at: dt.datetime
