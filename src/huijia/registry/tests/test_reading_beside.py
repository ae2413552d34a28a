"""A large sheet is read by a child process: what comes of it is what this process would make."""

import os
import time

import pytest
from django.db import connection

from huijia.core.files.models import Piece
from huijia.core.files.public import Blob, content_of
from huijia.core.kernel import clock
from huijia.core.orgs.public import Union
from huijia.registry.actions import imports
from huijia.registry.actions.importing import readers
from huijia.registry.actions.importing.blocks import JudgedBlock
from huijia.registry.actions.importing.child_work import OtherDatabaseError
from huijia.registry.actions.importing.passes import system_importer
from huijia.registry.models import Import
from huijia.registry.sheets.writing import workbook_parts
from huijia.registry.tests import sheets
from huijia.registry.tests.killed import environment

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.slow]
ROWS = 10_300
"""More than one block."""


@pytest.fixture
def give(monkeypatch):
    """Give in a sheet with a faulty row, to be read beside or here."""
    for name, value in environment(connection.settings_dict["NAME"]).items():
        monkeypatch.setitem(os.environ, name, value)
    sheets.city()
    rows = sheets.member_rows(ROWS, ["P1", "P2"])
    rows[10_100] = rows[5]
    content = sheets.as_csv([["某某工会会员名册"], sheets.HEADINGS, *rows])

    def give(*, is_beside):
        monkeypatch.setattr(readers, "LARGE", 1 if is_beside else 10**9)
        union = Union.objects.get(code="C")
        by = system_importer("test", union)
        received = imports.receive([content], name="m.csv", by=by, at=clock.now())
        return imports.give_in(
            kind="members", received=received, union=union, by=by, at=clock.now()
        )

    return give


def walked(work, *, is_dry_run=True):
    return imports.merge_now(work=work, at=clock.now(), is_dry_run=is_dry_run)


def report_of(work):
    return b"".join(content_of(work.report_id))


def test_a_sheet_read_beside_has_the_verdicts_and_the_report_of_one_read_here(give):
    here, beside = walked(give(is_beside=False)), walked(give(is_beside=True))

    assert (beside.state, beside.rows_done, beside.new) == ("judged", ROWS, ROWS - 1)
    assert beside.headings == here.headings
    assert report_of(beside) == report_of(here)
    assert list(beside.chunks.order_by("first").values_list("first", "verdicts")) == list(
        here.chunks.order_by("first").values_list("first", "verdicts")
    )


def test_a_workbook_is_read_beside_too(give, monkeypatch):
    monkeypatch.setattr(readers, "LARGE_WORKBOOK", 1)
    union = Union.objects.get(code="C")
    by = system_importer("test", union)
    content = workbook_parts([sheets.HEADINGS, *sheets.member_rows(200, ["P1"])])
    received = imports.receive(content, name="m.xlsx", by=by, at=clock.now())
    work = imports.give_in(kind="members", received=received, union=union, by=by, at=clock.now())

    walked(work)

    work.refresh_from_db()
    assert (work.state, work.new) == ("judged", 200)


def test_a_sheet_read_beside_is_merged_and_goes_on_where_it_stood(give, monkeypatch):
    work = give(is_beside=True)
    with monkeypatch.context() as patched:
        patched.setattr(readers.Beside, "report", fall)
        with pytest.raises(ZeroDivisionError):
            walked(work, is_dry_run=False)
    reports_before = Blob.objects.filter(purpose="import-report").count()

    imports.go_on(import_id=work.pk, at=clock.now())

    work.refresh_from_db()
    assert (work.state, work.new, work.refused) == ("finished", ROWS - 1, 1)
    assert report_of(work).count("新增".encode()) == ROWS - 1
    assert reports_before == 0


def fall(_reader):
    raise ZeroDivisionError


def test_a_child_that_finds_the_upload_altered_ends_the_import_in_words(give):
    work = give(is_beside=True)
    Piece.objects.filter(blob=work.upload_id, number=0).update(sealed=b"nonsense")

    walked(work)

    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "sheet-cannot-be-opened")


@pytest.mark.parametrize("heard", [0, 1], ids=["at once", "in mid-message"])
def test_a_child_that_is_killed_leaves_an_import_that_goes_on(give, monkeypatch, heard):
    work = give(is_beside=True)
    real, blocks = readers.Beside._next, []

    def next_of_a_dying_child(reader):
        if len(blocks) == heard:
            time.sleep(0.3)  # let it begin to send what nobody takes yet
            reader._process.kill()
            reader._process.join()
        said = real(reader)
        blocks.extend([said] if isinstance(said, JudgedBlock) else [])
        return said

    with monkeypatch.context() as patched:
        patched.setattr(readers.Beside, "_next", next_of_a_dying_child)
        with pytest.raises(readers.ReaderGoneError):
            walked(work)

    imports.go_on(import_id=work.pk, at=clock.now())

    assert Import.objects.get(pk=work.pk).state == "judged"


def test_a_child_never_works_on_another_database_than_its_parents(give, monkeypatch):
    work = give(is_beside=True)
    monkeypatch.setitem(
        os.environ, "DATABASE_WORKER_URL", environment("postgres")["DATABASE_WORKER_URL"]
    )
    monkeypatch.setitem(os.environ, "DATABASE_URL", environment("postgres")["DATABASE_URL"])

    with pytest.raises(OtherDatabaseError):
        walked(work)
