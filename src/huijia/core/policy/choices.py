"""Kinds of days and units of time limits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DayKind(TextChoices):
    """What a notice says of a day, against or in line with its weekday."""

    WORKDAY = "workday", _("Working day")
    HOLIDAY = "holiday", _("Holiday")


class TimeUnit(TextChoices):
    """What a limit is counted in; 日 and 工作日 are never the same."""

    NATURAL_DAYS = "natural_days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    NATURAL_HOURS = "natural_hours", _("hours")
    WORKING_HOURS = "working_hours", _("working hours")
