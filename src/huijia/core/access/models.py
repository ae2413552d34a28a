"""Roles as data, grants on subtrees with dates, sealed sessions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Role(models.Model):
    """A named bundle of permits; the code is stable, the words are in the catalogue."""

    code = models.CharField(max_length=40, primary_key=True)
    permits = ArrayField(models.CharField(max_length=60), default=list)
    is_built_in = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class Grant(models.Model):
    """A role held by an account on a union and everything below it, between two days."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT)
    union = models.ForeignKey("orgs.Union", models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    given_by = models.BigIntegerField(null=True)
    given_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    """Taken away before its last day: it counts from no moment after this one."""
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role_id} on union {self.union_id}"


class Session(models.Model):
    """A sealed session: its content is readable only with the key ring.

    `session_key` is a digest of what the browser holds: whoever reads the table, or a copy of it,
    has nothing to sign in with.
    """

    session_key = models.CharField(max_length=40, primary_key=True)
    content_sealed = models.BinaryField()
    account = models.ForeignKey("people.Account", models.CASCADE, null=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"session of account {self.account_id}"


class UsedStep(models.Model):
    """The last time step whose code an account has used: that one and all before are spent."""

    account = models.OneToOneField(
        "people.Account", models.CASCADE, primary_key=True, related_name="used_step"
    )
    step = models.BigIntegerField()

    def __str__(self) -> str:
        return f"step of account {self.account_id}"
