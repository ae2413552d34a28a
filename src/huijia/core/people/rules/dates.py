"""Dates as sheets hold them: real dates, serial numbers and five spellings; ages."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from huijia.core.kernel.text import half_width
from huijia.core.kernel.verdict import ALLOWED, Verdict, refused
from huijia.core.people.rules.faults import EARLIEST_YEAR, YOUNGEST_MEMBER, Fault

_SPELLED: Final = re.compile(
    r"([0-9]{4})\s*([-/.年])\s*([0-9]{1,2})\s*(?:[-/.月])\s*([0-9]{1,2})\s*日?"
    r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
).fullmatch
_EIGHT_DIGITS: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0)?").fullmatch
_SERIAL: Final = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?").fullmatch
_INCOMPLETE: Final = re.compile(
    r"(?:19|20)[0-9]{2}(?:\.0|年|\s*[-/.年]\s*[0-9]{1,2}\s*月?|[01][0-9])?"
).fullmatch

_LATEST_YEAR: Final = 2100
_DAY_ZERO: Final = date(1899, 12, 30)
_DAY_ZERO_BEFORE_THE_LEAP: Final = date(1899, 12, 31)
_UNREAL_LEAP_DAY: Final = 60
"""Spreadsheets count a 29 February 1900 that never was."""
_FIRST_EIGHT_DIGITS: Final = 10_000_000
_LAST_SERIAL: Final = (date(_LATEST_YEAR, 12, 31) - _DAY_ZERO).days
_LAST_MONTH_FIGURE: Final = 210_012


def read_date(value: str | float | date) -> date | Fault:
    """The day in a cell, or why there is none.

    Serials count in the 1900 system; a bare year or month is refused, not completed: the figures
    1900 to 2100 are taken for years, since nobody alive has such a serial for a birthday.
    """
    if isinstance(value, datetime):
        return _within_range(value.date())
    if isinstance(value, date):
        return _within_range(value)
    return _read_text(value) if isinstance(value, str) else _read_figure(value)


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life; who was born on 29 February completes one on 1 March."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def may_join_by_age(birth_date: date, day: date) -> Verdict:
    """Whether a person born then may be a member on a day: from 16 on (Labour Law, article 15)."""
    if age_on(birth_date, day) >= YOUNGEST_MEMBER:
        return ALLOWED
    return refused(Fault.UNDER_AGE, age=YOUNGEST_MEMBER)


@lru_cache(maxsize=1 << 16)
def _read_text(text: str) -> date | Fault:
    """Cached: the same birthdays and joining days return in every sheet."""
    plain = half_width(text)
    if match := _EIGHT_DIGITS(plain):
        return _day(match[1], match[2], match[3])
    if match := _SPELLED(plain):
        return _day(match[1], match[3], match[4])
    if not plain:
        return Fault.DATE_MISSING
    if _SERIAL(plain):
        return _read_figure(float(plain))
    return Fault.DATE_INCOMPLETE if _INCOMPLETE(plain) else Fault.DATE_FORM


def _read_figure(figure: float) -> date | Fault:
    if not 1 <= figure < 10 * _FIRST_EIGHT_DIGITS:
        return Fault.DATE_FORM
    if figure >= _FIRST_EIGHT_DIGITS:
        return _read_text(str(int(figure)))
    if EARLIEST_YEAR <= figure < _LATEST_YEAR + 1:
        return Fault.DATE_INCOMPLETE
    if figure >= _LAST_SERIAL + 1:
        is_month = 100 * EARLIEST_YEAR < figure <= _LAST_MONTH_FIGURE
        return Fault.DATE_INCOMPLETE if is_month else Fault.DATE_RANGE
    return _day_of_serial(int(figure))


def _day_of_serial(serial: int) -> date | Fault:
    if serial == _UNREAL_LEAP_DAY:
        return Fault.DATE_UNREAL
    start = _DAY_ZERO if serial > _UNREAL_LEAP_DAY else _DAY_ZERO_BEFORE_THE_LEAP
    return start + timedelta(days=serial)


def _day(year: str, month: str, day: str) -> date | Fault:
    try:
        return _within_range(date(int(year), int(month), int(day)))
    except ValueError:
        return Fault.DATE_UNREAL


def _within_range(day: date) -> date | Fault:
    return day if EARLIEST_YEAR <= day.year <= _LATEST_YEAR else Fault.DATE_RANGE
