"""Deltas as they come, and the figures they add up to."""

from typing import ClassVar

from django.db import models


class Delta(models.Model):
    """A change of one indicator at one union, not yet merged into the figures above it."""

    union_id = models.IntegerField()
    level_1 = models.IntegerField(null=True)
    level_2 = models.IntegerField(null=True)
    level_3 = models.IntegerField(null=True)
    level_4 = models.IntegerField(null=True)
    level_5 = models.IntegerField(null=True)
    indicator = models.CharField(max_length=20)
    period = models.SmallIntegerField(default=0)
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.indicator} {self.change:+d} at union {self.union_id}"


class Figure(models.Model):
    """An indicator of a node and everything below it; `period` is a year, or 0 for a stock."""

    union_id = models.IntegerField()
    indicator = models.CharField(max_length=20)
    period = models.SmallIntegerField(default=0)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["union_id", "indicator", "period"], name="figure_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of union {self.union_id}"
