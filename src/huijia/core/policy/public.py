"""The door to policy."""

from huijia.core.policy.choices import DayKind as DayKind
from huijia.core.policy.choices import TimeUnit as TimeUnit
from huijia.core.policy.queries import PolicyInForce as PolicyInForce
from huijia.core.policy.queries import calendar as calendar
from huijia.core.policy.queries import deadline_after as deadline_after
from huijia.core.policy.queries import office_hours as office_hours
from huijia.core.policy.queries import policy as policy
from huijia.core.policy.queries import value as value
from huijia.core.policy.rules import Deadline as Deadline
from huijia.core.policy.rules import OfficeHours as OfficeHours
from huijia.core.policy.rules import TimeLimit as TimeLimit
from huijia.core.policy.rules import WorkingCalendar as WorkingCalendar
from huijia.core.policy.rules import deadline_for as deadline_for

__all__ = [
    "DayKind",
    "Deadline",
    "OfficeHours",
    "PolicyInForce",
    "TimeLimit",
    "TimeUnit",
    "WorkingCalendar",
    "calendar",
    "deadline_after",
    "deadline_for",
    "office_hours",
    "policy",
    "value",
]
