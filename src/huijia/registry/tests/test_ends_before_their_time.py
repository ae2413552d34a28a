"""An import that is stopped, cancelled or given up is accounted for like one that came through."""

import pytest

from huijia.core.audit.models import Entry
from huijia.core.files.public import content_of
from huijia.core.kernel import clock
from huijia.core.orgs.public import Union
from huijia.registry.actions import imports
from huijia.registry.actions.importing import blocks, passes, reports
from huijia.registry.actions.importing.members import MeanwhileError, MemberChunks
from huijia.registry.models import Import
from huijia.registry.tests import sheets
from huijia.registry.tests.test_importing_members import in_a_session_of_its_own

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def give(monkeypatch):
    """Give in a sheet that is to be merged in chunks of ten rows."""
    monkeypatch.setattr(blocks, "ROWS_A_CHUNK", 10)
    sheets.city()

    def give(rows):
        union = Union.objects.get(code="C")
        by = passes.system_importer("test", union)
        content = sheets.as_csv([sheets.HEADINGS, *rows])
        received = imports.receive([content], name="m.csv", by=by, at=clock.now())
        work = imports.give_in(
            kind="members", received=received, union=union, by=by, at=clock.now()
        )
        Import.objects.update(state="merging")
        return work

    return give


def after_the_first_chunk(monkeypatch, act):
    real = MemberChunks.judge

    def judge(self, block, *args):
        if block.first:
            act()
        return real(self, block, *args)

    monkeypatch.setattr(MemberChunks, "judge", judge)


def end_of(work):
    """Verb and counts of the last audit entry; its digest is that of the verdicts."""
    entry = Entry.objects.filter(subject_kind="import").latest("id")
    assert entry.changes["digest"] == reports.digest_of(work.pk, is_dry_run=False)
    return entry.verb, entry.changes["rows"], entry.changes["new"]


def verdicts_in_the_report(work):
    work.refresh_from_db()
    text = b"".join(content_of(work.report_id)).decode("utf-8-sig")
    return [line.split(",")[len(sheets.HEADINGS)] for line in text.splitlines()[1:]]


def test_a_stopped_merge_has_counts_a_digest_and_a_report(give):
    rows = sheets.member_rows(10, ["P1"])
    work = give([*rows, *rows, *rows])

    imports.go_on(import_id=work.pk, at=clock.now())

    work.refresh_from_db()
    assert work.state == "stopped"
    assert end_of(work) == ("registry.import.stop", work.rows_done, 10)
    assert verdicts_in_the_report(work)[:10] == ["新增"] * 10


def test_a_merge_that_was_given_up_has_counts_a_digest_and_a_report(give, monkeypatch):
    work = give(sheets.member_rows(30, ["P1"]))

    def fall():
        raise ValueError

    after_the_first_chunk(monkeypatch, fall)
    for _walk in range(3):
        with pytest.raises(ValueError):
            imports.go_on(import_id=work.pk, at=clock.now())
    imports.go_on(import_id=work.pk, at=clock.now())

    assert end_of(work) == ("registry.import.fail", 10, 10)
    assert verdicts_in_the_report(work) == ["新增"] * 10 + [""] * 20


def test_a_cancelled_merge_has_counts_a_digest_and_a_report(give, monkeypatch):
    work = give(sheets.member_rows(30, ["P1"]))
    by = passes.system_importer("test", Union.objects.get(code="C"))
    real = blocks.blocks

    def cancelled_after_the_first(sheet, done, size):
        for block in real(sheet, done, size):
            if block.first == 10:
                imports.cancel(import_id=work.pk, by=by, at=clock.now())
            yield block

    monkeypatch.setattr(blocks, "blocks", cancelled_after_the_first)
    imports.go_on(import_id=work.pk, at=clock.now())

    work.refresh_from_db()
    assert work.state == "cancelled"
    assert end_of(work) == ("registry.import.cancel", 10, 10)
    assert verdicts_in_the_report(work) == ["新增"] * 10 + [""] * 20


def test_a_cancel_between_two_tries_of_a_chunk_ends_the_import(give, monkeypatch):
    work = give(sheets.member_rows(30, ["P1"]))
    by = passes.system_importer("test", Union.objects.get(code="C"))
    real = MemberChunks.judge
    met = []

    def judge(self, block):
        if block.first == 10 and not met:
            met.append(block.first)
            in_a_session_of_its_own(
                lambda: imports.cancel(import_id=work.pk, by=by, at=clock.now())
            )
            raise MeanwhileError
        return real(self, block)

    monkeypatch.setattr(passes, "_hold", without_waiting(passes._hold, met))
    monkeypatch.setattr(MemberChunks, "judge", judge)

    imports.go_on(import_id=work.pk, at=clock.now())

    assert end_of(work) == ("registry.import.cancel", 10, 10)


def without_waiting(hold, met):
    """The lock of a chunk's first try, let go: a cancel waits for the end of that try."""

    def held(work):
        if work.rows_done != 10 or met:
            hold(work)

    return held
