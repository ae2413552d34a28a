"""Sealed files: one head, many pieces."""

from typing import ClassVar

from django.db import models


class Blob(models.Model):
    """The head of a sealed file: what it is for, what it is called, how long it stays.

    `size` counts plain bytes and is 0 until the last piece is written.
    """

    purpose = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(default=0)
    account_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"blob {self.pk} ({self.purpose})"


class Piece(models.Model):
    """One sealed piece, kept out of line and uncompressed: ciphertext never shrinks."""

    blob = models.ForeignKey(Blob, models.CASCADE, related_name="pieces", db_index=False)
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blob", "number"], name="piece_once_a_blob")
        ]

    def __str__(self) -> str:
        return f"piece {self.number} of blob {self.blob_id}"
