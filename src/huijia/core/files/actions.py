"""The only writers of sealed files."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator

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


class Writer:
    """Takes a content part by part and seals it into a new blob; nothing is kept but one piece.

    `limit` is the most bytes it takes. The caller's transaction carries it.
    """

    def __init__(
        self,
        *,
        purpose: str,
        name: str,
        content_type: str,
        by: Actor,
        at: dt.datetime,
        limit: int | None = None,
        kept_for: dt.timedelta = KEPT_FOR,
    ) -> None:
        self.blob = Blob.objects.create(
            purpose=purpose,
            name=_without_folders(name)[-LONGEST_NAME:],
            content_type=content_type,
            account_id=by.account_id,
            created_at=at,
            expires_at=at + kept_for,
        )
        self._limit = limit
        self._waiting = bytearray()
        self._pieces: deque[bytes] = deque()
        self._taken = self._written = 0
        self._sealed = vault().seal_stream(self._next_piece(), context=context_of(self.blob.pk))

    def write(self, part: bytes) -> None:
        """Take the next part; raises TooLargeError past the limit."""
        self.blob.size += len(part)
        if self._limit is not None and self.blob.size > self._limit:
            raise TooLargeError
        self._waiting += part
        while len(self._waiting) >= PIECE_SIZE:
            self._take(bytes(self._waiting[:PIECE_SIZE]))
            del self._waiting[:PIECE_SIZE]

    def close(self) -> Blob:
        """Seal what is left and give the blob, which is whole now."""
        if self._waiting:
            self._take(bytes(self._waiting))
        for sealed in self._sealed:
            self._keep(sealed)
        self.blob.save(update_fields=["size"])
        return self.blob

    def _take(self, piece: bytes) -> None:
        """Hand a piece on; it is sealed when the next one shows that it is not the last."""
        self._pieces.append(piece)
        self._taken += 1
        if self._taken > 1:
            self._keep(next(self._sealed))

    def _next_piece(self) -> Iterator[bytes]:
        while self._pieces:
            yield self._pieces.popleft()

    def _keep(self, sealed: bytes) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO files_piece (blob_id, number, sealed) VALUES (%s, %s, %s)",
                [self.blob.pk, self._written, sealed],
            )
        self._written += 1


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
    writer = Writer(
        purpose=purpose,
        name=name,
        content_type=content_type,
        by=by,
        at=at,
        limit=limit,
        kept_for=kept_for,
    )
    for part in content:
        writer.write(part)
    return writer.close()


def remove(*, blob: Blob) -> None:
    """Delete a file before its time."""
    Piece.objects.filter(blob=blob).delete()
    blob.delete()


def remove_expired(*, at: dt.datetime) -> int:
    """Delete every file whose time is over; how many there were."""
    ids = list(Blob.objects.filter(expires_at__lte=at).values_list("pk", flat=True))
    Piece.objects.filter(blob_id__in=ids).delete()
    Blob.objects.filter(pk__in=ids).delete()
    return len(ids)


def _without_folders(name: str) -> str:
    """A name as browsers should send it: without folders and control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in last if each.isprintable()).strip() or "file"
