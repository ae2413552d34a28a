"""Counters of limits and consumed form tokens."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Counter(models.Model):
    """When something was done under one limit, as far back as the limit's window goes.

    The moments themselves, not a number: so a window slides exactly, and two windows' worth never
    fits around a boundary. The key is the limit's name and a keyed digest; no name, address or
    account can be read from it. Nothing refers to a counter: losing the table loses no fact.
    """

    key = models.CharField(max_length=80, primary_key=True)
    hits = ArrayField(models.DateTimeField(), default=list)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="counter_by_expiry")]

    def __str__(self) -> str:
        return f"{self.key}: {len(self.hits)}"


class ConsumedToken(models.Model):
    """A form that was sent and acted on: sent again, the first result is shown."""

    token = models.UUIDField(primary_key=True)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    result_url = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="token_by_moment")]

    def __str__(self) -> str:
        return str(self.token)
