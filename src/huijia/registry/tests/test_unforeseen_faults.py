"""What nobody foresaw ends an import too: after a few walks in vain, in words."""

import psycopg
import pytest
from django.db import DataError

from huijia.core.kernel import clock
from huijia.core.orgs.public import Union
from huijia.registry.actions import imports
from huijia.registry.actions.importing import blocks, passes
from huijia.registry.actions.importing.members import MemberChunks
from huijia.registry.models import Import, Membership
from huijia.registry.public import run_cli_import
from huijia.registry.rules.faults import fault_in_words
from huijia.registry.tests import sheets

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def work(monkeypatch):
    monkeypatch.setattr(blocks, "ROWS_A_CHUNK", 10)
    sheets.city()
    union = Union.objects.get(code="C")
    by = passes.system_importer("test", union)
    content = sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(30, ["P1"])])
    received = imports.receive([content], name="m.csv", by=by, at=clock.now())
    given_in = imports.give_in(
        kind="members", received=received, union=union, by=by, at=clock.now()
    )
    Import.objects.update(state="merging")
    return given_in


def walk(work):
    imports.go_on(import_id=work.pk, at=clock.now())


def break_with(monkeypatch, fault, *, after=0):
    """Let every walk fall at the chunk after so many."""
    real = MemberChunks.judge

    def judge(self, block, *args):
        if block.first >= after * 10:
            raise fault
        return real(self, block, *args)

    monkeypatch.setattr(MemberChunks, "judge", judge)


def test_a_fault_that_comes_again_ends_the_import_in_words(work, monkeypatch):
    break_with(monkeypatch, ValueError("unforeseen"))

    for _walk in range(2):
        with pytest.raises(ValueError, match="unforeseen"):
            walk(work)
    walk(work)

    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "internal")
    assert str(work.pk) in fault_in_words(work.fault, work.fault_facts)


def test_a_sheet_that_kills_its_process_is_given_up(work, monkeypatch):
    break_with(monkeypatch, KeyboardInterrupt())

    for _walk in range(3):
        with pytest.raises(KeyboardInterrupt):
            walk(work)
    walk(work)

    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "internal")


def test_a_walk_that_came_further_is_not_in_vain(work, monkeypatch):
    for chunks in (0, 1, 2):
        with monkeypatch.context() as patched:
            break_with(patched, ValueError("unforeseen"), after=chunks)
            for _walk in range(2):
                with pytest.raises(ValueError, match="unforeseen"):
                    walk(work)
    walk(work)

    work.refresh_from_db()
    assert (work.state, work.new) == ("finished", 30)
    assert Membership.objects.count() == 30


@pytest.mark.parametrize("library", [DataError, psycopg.DataError], ids=["django", "copy"])
def test_what_the_database_cannot_hold_ends_the_import_at_once(work, monkeypatch, library):
    break_with(monkeypatch, library("\\u0000 cannot be converted to text"))

    walk(work)

    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "sheet-not-to-be-kept")
    assert str(work.pk) in fault_in_words(work.fault, work.fault_facts)


def test_a_copy_that_the_database_refuses_ends_the_import_at_once(work, monkeypatch):
    monkeypatch.setattr(MemberChunks, "_stage", spoiled(MemberChunks._stage))

    walk(work)

    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "sheet-not-to-be-kept")
    assert not Membership.objects.exists()


def spoiled(stage):
    """Staging after which the first line holds what no column takes."""

    def spoil(self, block):
        return stage(self, block._replace(lines=b"no line\n" + block.lines))

    return spoil


def test_a_heading_with_a_null_character_is_read(tmp_path):
    sheets.city()
    file = tmp_path / "members.csv"
    headings = ["姓\x00名", *sheets.HEADINGS[1:], "备\x00注"]
    file.write_bytes(sheets.as_csv([headings, *sheets.member_rows(3, ["P1"])], "utf-16"))

    outcome = run_cli_import("members", file)

    assert outcome.counts["new"] == 3
    assert Import.objects.get().headings["unknown"] == ["备注"]
