"""The only writers of sealed files."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db import connection

from huijia.core.files.models import Blob, Piece
from huijia.core.files.queries import context_of
from huijia.core.kernel.actor import Actor
from huijia.core.vault.public import vault

PIECE_SIZE = 256 * 1024
KEPT_FOR = dt.timedelta(days=30)
"""Uploads, stages, reports and exports are deleted after 30 days."""
LONGEST_NAME = 120


class TooLargeError(Exception):
    """A content passed the size that its caller allows."""


def store(
    content: Iterable[bytes],
    *,
    purpose: str,
    name: str,
    content_type: str,
    by: Actor,
    at: dt.datetime,
    limit: int | None = None,
    kept_for: dt.timedelta = KEPT_FOR,
) -> Blob:
    """Seal a content into a new blob as it comes in; nothing of it is kept in memory or a folder.

    The caller's transaction carries it. Raises TooLargeError past `limit` bytes.
    """
    blob = Blob.objects.create(
        purpose=purpose,
        name=_without_folders(name)[-LONGEST_NAME:],
        content_type=content_type,
        account_id=by.account_id,
        created_at=at,
        expires_at=at + kept_for,
    )
    counted = _Counted(content, limit)
    with connection.cursor() as cursor:
        for number, sealed in enumerate(
            vault().seal_stream(in_pieces(counted), context=context_of(blob.pk))
        ):
            cursor.execute(
                "INSERT INTO files_piece (blob_id, number, sealed) VALUES (%s, %s, %s)",
                [blob.pk, number, sealed],
            )
    blob.size = counted.size
    blob.save(update_fields=["size"])
    return blob


def remove(*, blob: Blob) -> None:
    """Delete a file before its time."""
    Piece.objects.filter(blob=blob)._raw_delete("default")
    blob.delete()


def remove_expired(*, at: dt.datetime) -> int:
    """Delete every file whose time is over; how many there were."""
    ids = list(Blob.objects.filter(expires_at__lte=at).values_list("pk", flat=True))
    Piece.objects.filter(blob_id__in=ids)._raw_delete("default")
    Blob.objects.filter(pk__in=ids).delete()
    return len(ids)


def in_pieces(content: Iterable[bytes], size: int = PIECE_SIZE) -> Iterator[bytes]:
    """The same bytes in pieces of one size."""
    waiting = bytearray()
    for part in content:
        waiting += part
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting)


class _Counted:
    """Passes a content on and counts its bytes."""

    def __init__(self, content: Iterable[bytes], limit: int | None) -> None:
        self.content, self.limit, self.size = chain(content), limit, 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self.content:
            self.size += len(part)
            if self.limit is not None and self.size > self.limit:
                raise TooLargeError
            yield part


def _without_folders(name: str) -> str:
    """A name as browsers should send it: without folders and control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in last if each.isprintable()).strip() or "file"
