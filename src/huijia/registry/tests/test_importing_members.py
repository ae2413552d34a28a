"""Importing members from the command line: every row ends with a verdict and a reason."""

import threading

import pytest
from django.db import connection

from huijia.core.people.public import Identity, Person, PersonHistory
from huijia.registry.actions.importing.numbers import Numbers
from huijia.registry.models import Import, ImportProblem, Membership
from huijia.registry.public import run_cli_import
from huijia.registry.queries import members
from huijia.registry.tests import factories, sheets

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def take(tmp_path):
    def take(rows, *, name="members.csv", headings=sheets.HEADINGS, **how):
        file = tmp_path / name
        file.write_bytes(sheets.as_csv([headings, *rows]))
        return run_cli_import("members", file, **how)

    return take


def test_a_clean_sheet_is_taken_in_whole(take):
    sheets.city()
    rows = sheets.member_rows(300, ["P1", "P2", "P3"])

    outcome = take(rows)

    counts = {key: value for key, value in outcome.counts.items() if key != "seconds"}
    assert counts == {
        "rows": 300, "new": 300, "unchanged": 0, "updated": 0, "conflict": 0, "refused": 0
    }  # fmt: skip
    assert Person.objects.count() == Membership.objects.count() == 300
    assert {row[0] for row in rows} == set(Person.objects.values_list("name", flat=True))


def test_the_same_sheet_again_changes_nothing(take):
    sheets.city()
    rows = sheets.member_rows(100, ["P1"])
    take(rows)
    written = list(Membership.objects.order_by("id").values())

    outcome = take(rows)

    assert outcome.counts["unchanged"] == 100
    assert list(Membership.objects.order_by("id").values()) == written
    assert not PersonHistory.objects.exists()


def test_whoever_is_taken_in_has_a_beginning_in_their_history(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)
    first = Import.objects.get().pk
    person = Person.objects.get(name=rows[0][0])
    Membership.objects.filter(person=person).update(state="left", ended_on="2026-01-01")
    take(rows)

    held = Membership.objects.filter(person=person).order_by("id")
    assert list(held.values_list("batch_id", flat=True)) == [first, Import.objects.latest("id").pk]
    told = members.sheet(factories.actor_on(held[0].union), person.pk).changes
    assert [(each.verb, each.actor) for each in told] == [("membership.admit", "command line")] * 2
    assert told[0].at > told[1].at


def test_a_new_phone_counts_as_a_change_to_who_has_a_form_open(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)

    take([[*rows[0][:3], "13900000000", *rows[0][4:]], *rows[1:]])

    assert Person.objects.get(name=rows[0][0]).version == 2
    assert set(Person.objects.exclude(name=rows[0][0]).values_list("version", flat=True)) == {1}


def problems():
    """Row, verdict and reasons of every row of the latest import that needs a look."""
    latest = Import.objects.latest("id")
    found = ImportProblem.objects.filter(of=latest).order_by("position")
    return [(problem.row, problem.verdict, problem.reasons) for problem in found]


def test_a_person_twice_in_the_sheet_counts_once_and_the_first_row_is_named(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])

    outcome = take([*rows, rows[3]])

    assert (outcome.counts["new"], outcome.counts["refused"]) == (12, 1)
    assert problems() == [(14, "R", ["twice_in_sheet@number:5"])]


def test_two_people_with_one_number_are_told_apart_from_one_person_twice(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])

    take([*rows, ["王二", *rows[3][1:]]])

    assert problems() == [(14, "R", ["number_of_another_row@number:5"])]


def test_a_member_of_another_union_within_reach_is_a_conflict(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows[:2])

    outcome = take([[*rows[0][:2], "P2", *rows[0][3:]], *rows[2:]])

    assert (outcome.counts["new"], outcome.counts["conflict"]) == (10, 1)
    assert problems() == [(2, "C", ["member_of_another@union"])]


def test_of_a_member_elsewhere_nothing_is_told_but_that_the_superior_union_decides(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows[:1])

    outcome = take(
        [[*rows[0][:2], "P2", *rows[0][3:]], *([*row[:2], "P2", *row[3:]] for row in rows[1:])],
        union_code="C2",
    )

    assert (outcome.counts["new"], outcome.counts["conflict"]) == (11, 1)
    assert problems() == [(2, "C", ["decided_above@number"])]


def test_a_union_outside_the_sheets_union_is_unknown(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])

    outcome = take(rows, union_code="C2")

    assert outcome.counts["refused"] == 12
    assert {reason for _row, _verdict, reasons in problems() for reason in reasons} == {
        "union_unknown@union"
    }


def test_another_name_for_a_known_number_is_a_conflict_and_changes_nothing(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)

    outcome = take([["王二", *rows[0][1:]], *rows[1:]])

    assert (outcome.counts["unchanged"], outcome.counts["conflict"]) == (11, 1)
    assert problems() == [(2, "C", ["name_differs@name"])]


def test_changed_cells_update_what_they_say_and_leave_the_rest(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)
    before = Membership.objects.get(person__name=rows[0][0])
    changed = [rows[0][0], rows[0][1], "P1", "13900000000", "", "回族", "货车司机"]

    outcome = take([changed, *rows[1:]])

    after = Membership.objects.select_related("person").get(pk=before.pk)
    assert outcome.counts["updated"] == 1
    assert (after.joined_on, after.new_employment) == (before.joined_on, "truck")
    assert (after.person.ethnicity, after.person.version) == ("03", 2)


def test_an_update_leaves_a_sealed_history_of_before_and_after(take):
    from huijia.core.people.public import sealing

    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)

    take([[*rows[0][:3], "13900000000", *rows[0][4:]], *rows[1:]])

    history = PersonHistory.objects.get(verb="import")
    assert history.fields == ["phone"]
    assert sealing.open_changes(history.values_sealed) == {"phone": (rows[0][3], "13900000000")}


def test_who_left_comes_back_as_the_same_person(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)
    person = Person.objects.get(name=rows[0][0])
    Membership.objects.filter(person=person).update(state="left", ended_on="2026-01-01")

    outcome = take([[*rows[0][:2], "P2", *rows[0][3:]], *rows[1:]])

    assert (outcome.counts["new"], outcome.counts["unchanged"]) == (1, 11)
    assert Membership.objects.filter(person=person, state="member", union__code="P2").exists()
    assert Person.objects.count() == 12


def test_a_dry_run_judges_and_writes_nothing(take):
    sheets.city()

    outcome = take(sheets.member_rows(20, ["P1"]), is_dry_run=True)

    assert outcome.counts["new"] == 20
    assert not Person.objects.exists()


def test_a_sheet_of_mostly_duplicates_is_stopped_and_says_so(take):
    sheets.city()
    rows = sheets.member_rows(4, ["P1"])

    outcome = take(rows * 4)

    assert outcome.is_stopped
    assert "12" in outcome.sentence
    assert not Person.objects.exists()


def test_a_sheet_of_mostly_conflicts_is_stopped_and_says_so(take):
    sheets.city()
    rows = sheets.member_rows(12, ["P1"])
    take(rows)

    outcome = take([[*row[:2], "P2", *row[3:]] for row in rows], union_code="C2")

    assert outcome.is_stopped
    assert "12" in outcome.sentence
    assert set(Membership.objects.values_list("union__code", flat=True)) == {"P1"}


def test_empty_rows_and_rows_that_are_too_short_do_no_harm(take):
    sheets.city()
    rows = sheets.member_rows(3, ["P1"])

    outcome = take([[], rows[0], ["", "  ", ""], rows[1][:3], rows[2]])

    assert outcome.counts["new"] == 3


def test_a_group_is_formed_where_the_sheet_names_it(take):
    sheets.city()
    rows = [[*row, "一组"] for row in sheets.member_rows(3, ["P1"])]

    take(rows, headings=[*sheets.HEADINGS, "工会小组"])

    assert set(Membership.objects.values_list("group__name", flat=True)) == {"一组"}


def test_the_report_is_the_same_sheet_with_verdict_and_reason(take, tmp_path):
    sheets.city()
    rows = sheets.member_rows(2, ["P1"])
    target = tmp_path / "report.csv"

    take([[*rows[0], "=cmd|' /C calc'!A0"], [], ["", *rows[1][1:]]],
         headings=[*sheets.HEADINGS, "备注"], report=target)  # fmt: skip

    text = target.read_text(encoding="utf-8-sig").splitlines()
    assert text[0].endswith(",备注,校验结果,原因")
    assert text[1].endswith(",'=cmd|' /C calc'!A0,新增,")
    assert "拒绝" in text[3]
    assert "姓名：" in text[3]


def test_sealed_values_open_again_to_what_the_sheet_said(take):
    from django.db import connection, transaction

    from huijia.core.people.public import sealing

    union = sheets.city()["C"]
    rows = sheets.member_rows(5, ["P1"])
    take(rows)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('huijia.reach', %s, true)", [f"{{{union.pk}}}"])
        opened = {
            (sealing.open_number(each.number_sealed), sealing.open_phone(each.phone_sealed))
            for each in Identity.objects.all()
        }
    assert opened == {(row[1], row[3]) for row in rows}


def test_who_is_entered_between_the_look_and_the_merge_is_judged_anew(take, monkeypatch):
    sheets.city()
    rows = sheets.member_rows(20, ["P1"])
    real, faster = Numbers.look, [rows[3]]

    def look(self, asked):
        found = real(self, asked)
        if faster:
            in_a_session_of_its_own(lambda: take([faster.pop()], name="faster.csv"))
        return found

    monkeypatch.setattr(Numbers, "look", look)

    outcome = take(rows)

    assert (outcome.counts["new"], outcome.counts["unchanged"]) == (19, 1)
    assert Person.objects.count() == Membership.objects.count() == 20


def in_a_session_of_its_own(act):
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
