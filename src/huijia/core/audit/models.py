"""The audit table: append-only by database privilege."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One act, or one look at something sealed.

    `changes` maps field names to non-personal values or to null where the value is personal.
    `account_id` is not a foreign key: the entry outlives the account.
    """

    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    union_id = models.IntegerField(null=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["account_id", "-id"], name="audit_by_account"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            # For auditors of a few unions.
            models.Index(fields=["union_id", "-id"], name="audit_by_union"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.subject_kind} {self.subject_id}"
