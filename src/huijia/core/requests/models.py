"""Counters of limits and consumed form tokens."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """How often something happened in one window; the key holds no personal value in clear."""

    key = models.CharField(max_length=120)
    window_start = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "window_start"], name="counter_once_a_window")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class ConsumedToken(models.Model):
    """A form that was sent and acted on: sent again, the first result is shown."""

    token = models.UUIDField(primary_key=True)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    result_url = models.CharField(max_length=300)

    def __str__(self) -> str:
        return str(self.token)
