"""What an import tells the figures: the same as a count of what it has written."""

import threading
from collections import Counter

import pytest
from django.db import connection
from django.db.models import F

from huijia.core.kernel import events
from huijia.core.people.public import Person
from huijia.registry.actions.importing.members import MemberChunks
from huijia.registry.events import MembershipsChanged
from huijia.registry.models import Membership
from huijia.registry.public import run_cli_import
from huijia.registry.tests import sheets

pytestmark = pytest.mark.usefixtures("committed_db")
HEADINGS = ["姓名", "证件号码", "工会代码", "证件类型", "性别"]


@pytest.fixture
def take(tmp_path):
    def take(rows, *, headings=HEADINGS, kind="members", **how):
        file = tmp_path / "sheet.csv"
        file.write_bytes(sheets.as_csv([headings, *rows]))
        return run_cli_import(kind, file, **how)

    return take


@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(events, "publish", heard.append)
    return heard


def members(heard):
    """The sum of all tallies of members: union, whether women, how many."""
    sums = Counter()
    for event in heard:
        if isinstance(event, MembershipsChanged):
            for tally in event.tallies:
                sums[tally.union_id, tally.female] += tally.count
    return {key: count for key, count in sums.items() if count}


def test_who_comes_back_counts_as_the_register_knows_them_where_the_sheet_is_silent(take, told):
    unions = sheets.city()
    take([["安娜", "E12345678", "P1", "护照", "女"]])
    Membership.objects.update(state="left", ended_on="2026-01-01")
    told.clear()

    take([["安娜", "E12345678", "P2", "护照", ""]])

    assert Person.objects.get().sex == "2"
    assert members(told) == {(unions["P2"].pk, True): 1}


def test_who_leaves_between_judging_and_writing_is_judged_anew(take, told, monkeypatch):
    unions = sheets.city()
    row = ["安娜", "E12345678", "P1", "护照", "女"]
    take([row])
    told.clear()
    write = MemberChunks._write

    def leave():
        Membership.objects.update(state="left", ended_on="2026-01-01", version=F("version") + 1)
        connection.close()

    def write_after_somebody_left(self, *args, **how):
        if Membership.objects.count() == Membership.objects.filter(state="member").count() == 1:
            at_a_desk = threading.Thread(target=leave)
            at_a_desk.start()
            at_a_desk.join()
        write(self, *args, **how)

    monkeypatch.setattr(MemberChunks, "_write", write_after_somebody_left)

    outcome = take([[*row, "一九一九咖啡馆"]], headings=[*HEADINGS, "工作单位"])

    assert (outcome.counts["new"], outcome.counts["updated"]) == (1, 0)
    assert dict(Membership.objects.values_list("state", "workplace")) == {
        "left": "",
        "member": "一九一九咖啡馆",
    }
    assert members(told) == {(unions["P1"].pk, True): 1}
