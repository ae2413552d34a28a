"""Changes as they come, and the figures they add up to."""

from typing import ClassVar

from django.db import models

from huijia.insight.choices import STOCK, Indicator


class Delta(models.Model):
    """A change of one figure of one node, not yet merged into it.

    A reaction writes one for the union concerned and one for each node above it, so that a page
    finds what is pending for its node by one index range, however large a bulk act was. Rows are
    only added and, by a merge, taken away.
    """

    union_id = models.IntegerField()
    indicator = models.CharField(max_length=20, choices=Indicator)
    period = models.SmallIntegerField(default=STOCK)
    change = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["union_id"], name="delta_by_union")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.change:+d} at union {self.union_id}"


class Figure(models.Model):
    """An indicator of a node and everything below it; `period` is a year, or 0 for a stock."""

    pk = models.CompositePrimaryKey("union_id", "indicator", "period")
    union_id = models.IntegerField()
    indicator = models.CharField(max_length=20, choices=Indicator)
    period = models.SmallIntegerField(default=STOCK)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.indicator} of union {self.union_id}"


class Recount(models.Model):
    """What one nightly comparison of all figures with a full recount found and mended."""

    at = models.DateTimeField()
    seconds = models.FloatField()
    differences = models.IntegerField()
    largest = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.differences} differences at {self.at:%Y-%m-%d %H:%M}"
