"""The named days of the working calendar, and policies by date."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from huijia.core.policy.choices import DayKind


class CalendarNotice(models.Model):
    """A notice that names the holidays and make-up working days of a year.

    Whoever corrects its days sets `revised_at`, so that a calendar kept in memory is seen to be
    old.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("document number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    source = models.CharField(_("source"), max_length=300, blank=True)
    issued_on = models.DateField(_("issued on"))
    revised_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class CalendarDay(models.Model):
    """A day that a notice names."""

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind.choices)
    name = models.CharField(_("name"), max_length=40)
    notice = models.ForeignKey(CalendarNotice, models.PROTECT, related_name="days")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DayKind.values), name="calendar_day_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name} ({self.kind})"


class PolicyVersion(models.Model):
    """What holds under a key from one day to another, both included."""

    key = models.CharField(_("policy"), max_length=80)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    value = models.JSONField(_("value"))
    basis = models.TextField(_("basis"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(effective_to__gte=models.F("effective_from"))
                | models.Q(effective_to__isnull=True),
                name="policy_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="one_policy_version_at_a_time",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "effective_from",
                            "effective_to",
                            models.Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.effective_from}"
