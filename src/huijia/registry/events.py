"""What has happened to unions and memberships, in the grain that figures need.

An act, single or bulk, publishes one event in its own transaction; a bulk act sums its rows up
first (one tally for each distinct mix of the facts), so an event never grows with the rows beyond
the unions and years that they touch. A change is two tallies: the former facts with a negative
count, the new ones with a positive one. Only memberships in force (`choices.IN_FORCE`) count.
"""

import datetime as dt
from dataclasses import dataclass

Levels = tuple[int | None, int | None, int | None, int | None, int | None]
"""`level_1` … `level_5` of a union: its ancestor-or-self at each depth."""


@dataclass(frozen=True, slots=True)
class MembershipTally:
    """How many memberships in force with the same facts a union gained (or lost, below zero).

    `new_employment` says that the member works in one of the new forms of employment.
    `joined_year` is the year of `joined_on`; None when that day is not known.
    """

    union_id: int
    levels: Levels
    female: bool
    new_employment: bool
    joined_year: int | None
    count: int


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
