"""Which days are worked.

The State Council's office announces each year's holidays and make-up working days (调休) late in
the year before. Until then only weekends and the statutory holidays are known, so whatever is
counted across such a year may still move: it is provisional.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

_SATURDAY: Final = 5
_NEW_RULES: Final = 2025
"""Since 2025 New Year's Eve of the lunar calendar and 2 May are statutory holidays too
(State Council decree 795)."""

_LUNAR_HOLIDAYS: Final[Mapping[int, tuple[str, str, str, str]]] = {
    # year: Spring Festival, Qingming, Dragon Boat, Mid-Autumn
    2024: ("02-10", "04-04", "06-10", "09-17"),
    2025: ("01-29", "04-04", "05-31", "10-06"),
    2026: ("02-17", "04-05", "06-19", "09-25"),
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
}


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days that notices name (True: worked) and the years that have a notice."""

    named_days: Mapping[date, bool]
    official_years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day, as far as is known."""
        named = self.named_days.get(day)
        if named is not None:
            return named
        if day.weekday() >= _SATURDAY:
            return False
        return day.year in self.official_years or day not in statutory_holidays(day.year)

    def is_official(self, day: date) -> bool:
        """Whether the notice of that day's year is out; if not, what is known is provisional."""
        return day.year in self.official_years

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, otherwise the first after it that is."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


@cache
def statutory_holidays(year: int) -> frozenset[date]:
    """The statutory holidays of a year (全国年节及纪念日放假办法, article 2).

    Days given in lieu for those that fall on a weekend are left to the notice: counting them as
    worked makes a provisional deadline too early, never too late. After 2035, the end of our
    table, the lunar ones are missing.
    """
    days = {date(year, 1, 1), date(year, 5, 1), *(date(year, 10, day) for day in (1, 2, 3))}
    if year >= _NEW_RULES:
        days.add(date(year, 5, 2))
    if year in _LUNAR_HOLIDAYS:
        spring, *others = (date.fromisoformat(f"{year}-{day}") for day in _LUNAR_HOLIDAYS[year])
        eve = -1 if year >= _NEW_RULES else 0
        days.update(spring + timedelta(days=shift) for shift in range(eve, 3))
        days.update(others)
    return frozenset(days)
