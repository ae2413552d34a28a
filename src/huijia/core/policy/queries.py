"""What days are worked, what policy holds, when a limit ends."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q

from huijia.core.kernel.clock import china_day
from huijia.core.kernel.errors import NotFound
from huijia.core.policy.choices import DayKind
from huijia.core.policy.models import CalendarDay, CalendarNotice, PolicyVersion
from huijia.core.policy.rules import (
    Deadline,
    OfficeHours,
    TimeLimit,
    WorkingCalendar,
    deadline_for,
)

OFFICE_HOURS = "office_hours"

Edition = tuple[int, int | None, datetime | None]


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """One version of a policy, to be kept with the decision that was taken under it."""

    id: int
    key: str
    value: Any
    basis: str
    effective_from: date
    effective_to: date | None


def calendar() -> WorkingCalendar:
    """The working calendar as its notices stand: one small query, a second when one changed."""
    edition = CalendarNotice.objects.aggregate(
        count=Count("id"), last=Max("id"), revised_at=Max("revised_at")
    )
    return _calendar_of((edition["count"], edition["last"], edition["revised_at"]))


def policy(key: str, on: date) -> PolicyInForce:
    """The version of a policy in force on a day; `NotFound` where none is."""
    found = (
        PolicyVersion.objects.filter(key=key, effective_from__lte=on)
        .filter(Q(effective_to__gte=on) | Q(effective_to__isnull=True))
        .first()
    )
    if found is None:
        raise NotFound(f"No policy {key} is in force on {on}.")
    return PolicyInForce(
        found.pk, key, found.value, found.basis, found.effective_from, found.effective_to
    )


def value(key: str, on: date) -> Any:
    """The value of a policy on a day; `NotFound` where none is in force."""
    return policy(key, on).value


def office_hours(on: date) -> OfficeHours:
    """When offices are open, by the policy of a day."""
    return OfficeHours.from_policy(value(OFFICE_HOURS, on))


def deadline_after(arrived_at: datetime, limit: TimeLimit) -> Deadline:
    """When a limit ends, by the calendar as known and the office hours of the day of arrival."""
    return deadline_for(
        arrived_at, limit, calendar=calendar(), office_hours=office_hours(china_day(arrived_at))
    )


@lru_cache(maxsize=2)
def _calendar_of(_edition: Edition) -> WorkingCalendar:
    """The calendar of an edition of the notices; who asks has just read which one is current."""
    named = dict(CalendarDay.objects.values_list("date", "kind"))
    years = CalendarNotice.objects.values_list("year", flat=True)
    return WorkingCalendar(
        {day: kind == DayKind.WORKDAY for day, kind in named.items()}, frozenset(years)
    )
