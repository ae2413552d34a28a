"""A file goes in and comes out the same, tells when a piece was touched, and leaves in time."""

import datetime as dt

import pytest

from huijia.core.files import public as files
from huijia.core.files.actions import PIECE_SIZE
from huijia.core.files.models import Blob, Piece
from huijia.core.kernel import clock
from huijia.core.kernel.actor import ANONYMOUS
from huijia.core.vault.public import CannotOpenError

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def store(*parts, **more):
    return files.store(
        parts, purpose="test", name="a.csv", content_type="text/csv", by=ANONYMOUS, at=AT, **more
    )


@pytest.mark.parametrize("size", [0, 1, PIECE_SIZE - 1, PIECE_SIZE, PIECE_SIZE + 1, 3 * PIECE_SIZE])
def test_a_content_of_any_length_comes_out_as_it_went_in(size):
    content = bytes(number % 251 for number in range(size))

    blob = store(content[: size // 3], content[size // 3 :])

    assert b"".join(files.content_of(blob.pk)) == content
    assert blob.size == size


def test_no_piece_holds_what_was_written():
    blob = store(b"330203199001010007" * 20_000)

    assert not any(b"330203" in bytes(piece.sealed) for piece in Piece.objects.filter(blob=blob))


@pytest.mark.parametrize("harm", ["cut", "swapped", "altered"])
def test_a_content_that_was_touched_does_not_open(harm):
    blob = store(bytes(3 * PIECE_SIZE))
    pieces = list(Piece.objects.filter(blob=blob).order_by("number"))
    if harm == "cut":
        pieces[-1].delete()
    elif harm == "swapped":
        Piece.objects.filter(pk=pieces[0].pk).update(sealed=bytes(pieces[1].sealed))
    else:
        broken = bytes(pieces[0].sealed[:-1]) + bytes([bytes(pieces[0].sealed)[-1] ^ 1])
        Piece.objects.filter(pk=pieces[0].pk).update(sealed=broken)

    with pytest.raises(CannotOpenError):
        b"".join(files.content_of(blob.pk))


def test_a_content_past_the_limit_is_refused():
    with pytest.raises(files.TooLargeError):
        store(b"12345", b"67890", limit=9)


def test_a_file_is_gone_after_thirty_days_and_not_before():
    kept, gone = store(b"a"), store(b"b", kept_for=dt.timedelta(days=29))

    files.remove_expired(at=AT + dt.timedelta(days=29, hours=1))

    assert list(Blob.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not Piece.objects.filter(blob_id=gone.pk).exists()


def test_a_name_brings_no_folder_along():
    blob = files.store(
        [b"x"], purpose="test", name="C:\\temp\\..\\a\x00b.csv", content_type="", by=ANONYMOUS,
        at=clock.now(),
    )  # fmt: skip

    assert blob.name == "ab.csv"
