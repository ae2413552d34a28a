"""The only place that reads the wall clock; everywhere else time is an argument."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """The present moment, in UTC."""
    return timezone.now()  # noqa: TID251 - this is the one place


def china_day(at: dt.datetime) -> dt.date:
    """The calendar day in China at a moment: offices, birthdays and terms go by it."""
    return at.astimezone(CHINA).date()


def today() -> dt.date:
    """The present calendar day in China."""
    return china_day(now())
