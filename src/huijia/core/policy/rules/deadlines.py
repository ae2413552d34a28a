"""Deadlines in natural and working days and hours.

The day on which a matter arrives is not counted; hours count from the moment (Civil Code,
article 201). A limit in working days ends when the office closes on the last of them, one in
natural days at 24 o'clock (article 203), and where the rule says so, natural days that end on a
day off end with the next working day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from huijia.core.policy.choices import TimeUnit
from huijia.core.policy.rules.office_hours import OfficeHours
from huijia.core.policy.rules.working_calendar import WorkingCalendar

_ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = 20_000
"""More days or hours than any rule gives: a figure above it is a mistake."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long something may take.

    `moves_to_working_day` matters for natural days only: whether an end on a day off moves on.
    """

    amount: int
    unit: TimeUnit
    moves_to_working_day: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST:
            raise ValueError(f"A time limit is between 1 and {LONGEST}, not {self.amount}.")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last moment, and whether a notice still to come may move it."""

    at: datetime
    is_provisional: bool


def deadline_for(
    arrived_at: datetime, limit: TimeLimit, *, calendar: WorkingCalendar, office_hours: OfficeHours
) -> Deadline:
    """When a limit ends for a matter that arrived at a moment (which must bear a time zone)."""
    if arrived_at.tzinfo is None:
        raise ValueError("A deadline needs the time zone of its beginning.")
    arrived_there = arrived_at.astimezone(office_hours.zone)
    return _COUNTING[limit.unit](arrived_there, limit, calendar, office_hours)


def _natural_hours(
    arrived_at: datetime, limit: TimeLimit, _calendar: WorkingCalendar, hours: OfficeHours
) -> Deadline:
    elapsed = arrived_at.astimezone(UTC) + timedelta(hours=limit.amount)
    return Deadline(elapsed.astimezone(hours.zone), is_provisional=False)


def _natural_days(
    arrived_at: datetime, limit: TimeLimit, calendar: WorkingCalendar, hours: OfficeHours
) -> Deadline:
    last = arrived_at.date() + timedelta(days=limit.amount)
    if not limit.moves_to_working_day:
        return Deadline(hours.end_of(last), is_provisional=False)
    moved = calendar.next_working_day(last)
    return Deadline(hours.end_of(moved), not _all_official(last, moved, calendar))


def _working_days(
    arrived_at: datetime, limit: TimeLimit, calendar: WorkingCalendar, hours: OfficeHours
) -> Deadline:
    day = arrived_at.date()
    for _ in range(limit.amount):
        day = calendar.next_working_day(day + _ONE_DAY)
    first_counted = arrived_at.date() + _ONE_DAY
    return Deadline(hours.close_of(day), not _all_official(first_counted, day, calendar))


def _working_hours(
    arrived_at: datetime, limit: TimeLimit, calendar: WorkingCalendar, hours: OfficeHours
) -> Deadline:
    left = timedelta(hours=limit.amount)
    day = arrived_at.date()
    while True:
        day = calendar.next_working_day(day)
        for opens, closes in hours.sessions_on(day):
            begins = max(opens, arrived_at)
            if begins + left <= closes:
                return Deadline(begins + left, not _all_official(arrived_at.date(), day, calendar))
            left -= max(closes - begins, timedelta())
        day += _ONE_DAY


def _all_official(first: date, last: date, calendar: WorkingCalendar) -> bool:
    """Whether every year between two days has its notice."""
    return all(year in calendar.official_years for year in range(first.year, last.year + 1))


_Counting = Callable[[datetime, TimeLimit, WorkingCalendar, OfficeHours], Deadline]
_COUNTING: Final[dict[TimeUnit, _Counting]] = {
    TimeUnit.NATURAL_DAYS: _natural_days,
    TimeUnit.WORKING_DAYS: _working_days,
    TimeUnit.NATURAL_HOURS: _natural_hours,
    TimeUnit.WORKING_HOURS: _working_hours,
}
