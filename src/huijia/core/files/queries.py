"""Reading sealed files."""

from collections.abc import Iterator

from django.db import connection

from huijia.core.files.models import Blob
from huijia.core.vault.public import vault


def context_of(blob_id: int) -> str:
    """What the pieces of a blob are bound to."""
    return f"files.blob.{blob_id}"


def content_of(blob_id: int) -> Iterator[bytes]:
    """The plain content, piece by piece, each fetched and opened when it is asked for.

    Raises CannotOpenError when a piece was altered, dropped or moved.
    """
    return vault().open_stream(_sealed_pieces(blob_id), context=context_of(blob_id))


def head_of(blob_id: int, size: int) -> bytes:
    """The first bytes of a content, to see what kind it is."""
    for piece in content_of(blob_id):
        return piece[:size]
    return b""


def blob(blob_id: int) -> Blob | None:
    """The head of a file, or None when it is gone."""
    return Blob.objects.filter(pk=blob_id).first()


def _sealed_pieces(blob_id: int) -> Iterator[bytes]:
    number = 0
    while (piece := _sealed_piece(blob_id, number)) is not None:
        yield piece
        number += 1


def _sealed_piece(blob_id: int, number: int) -> bytes | None:
    """One piece, by the connection of the thread that asks: a reader may go on in another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed FROM files_piece WHERE blob_id = %s AND number = %s", [blob_id, number]
        )
        row = cursor.fetchone()
    return bytes(row[0]) if row else None
