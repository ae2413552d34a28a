"""What an import tells the figures: the same as a count of what it has written."""

import threading
from collections import Counter, defaultdict

import pytest
from django.db import connection
from django.db.models import F

from huijia.core.kernel import events
from huijia.core.people.public import Person
from huijia.registry.actions.importing.members import MemberChunks
from huijia.registry.events import MembershipsChanged, UnionsChanged
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
    """The sum of all tallies of members by union: how many, and how many of them women."""
    sums = defaultdict(Counter)
    for event in heard:
        if isinstance(event, MembershipsChanged):
            for tally in event.tallies:
                union = [level for level in tally.levels if level is not None][-1]
                sums[union].update(members=tally.members, women=tally.women)
    return {union: (sum_["members"], sum_["women"]) for union, sum_ in sums.items()}


def primary_unions(heard):
    """The sum of all tallies of primary unions: union, how many."""
    sums = Counter()
    for event in heard:
        if isinstance(event, UnionsChanged):
            for tally in event.tallies:
                sums[tally.union_id] += tally.count
    return {key: count for key, count in sums.items() if count}


def test_who_comes_back_counts_as_the_register_knows_them_where_the_sheet_is_silent(take, told):
    unions = sheets.city()
    take([["安娜", "E12345678", "P1", "护照", "女"]])
    Membership.objects.update(state="left", ended_on="2026-01-01")
    told.clear()

    take([["安娜", "E12345678", "P2", "护照", ""]])

    assert Person.objects.get().sex == "2"
    assert members(told) == {unions["P2"].pk: (1, 1)}


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
    assert members(told) == {unions["P1"].pk: (1, 1)}


UNION_HEADINGS = ["工会名称", "工会代码", "上级工会", "工会类型"]


def test_a_union_that_becomes_primary_or_ceases_to_be_is_told(take, told):
    unions = sheets.city()
    name = unions["P1"].name

    take([[name, "P1", "T1", "园区工会"]], headings=UNION_HEADINGS, kind="unions")

    assert primary_unions(told) == {unions["P1"].pk: -1}
    told.clear()
    take([[name, "P1", "T1", "单独建会"]], headings=UNION_HEADINGS, kind="unions")
    assert primary_unions(told) == {unions["P1"].pk: 1}
