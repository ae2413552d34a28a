"""Importing unions: parents in the same sheet, circles, namesakes, and the same sheet again."""

import datetime as dt
import random
from collections import Counter

import pytest

from huijia.core.kernel import clock
from huijia.core.orgs.public import (
    Coverage,
    Employer,
    Union,
    UnionHistory,
    UnionKind,
    credit_code_check,
    unions,
)
from huijia.registry.models import Import, ImportProblem, Officer
from huijia.registry.public import run_cli_import
from huijia.registry.tests import sheets

pytestmark = pytest.mark.usefixtures("committed_db")
HEADINGS = [
    "工会名称",
    "工会代码",
    "上级工会",
    "工会类型",
    "单位统一社会信用代码",
    "所在单位",
    "建会日期",
    "主席",
    "职工数",
]
SHOP = ["远航纺织有限公司工会", "S1", "T1", "单独建会", "", "", "2010-05-01", "陈静", "120"]


@pytest.fixture
def take(tmp_path):
    def take(*rows, headings=HEADINGS, **how):
        file = tmp_path / "unions.csv"
        file.write_bytes(sheets.as_csv([headings, *rows]))
        outcome = run_cli_import("unions", file, **how)
        return [
            outcome.counts[key] for key in ("new", "unchanged", "updated", "conflict", "refused")
        ]

    return take


def union(title, code="", parent="T1", kind="", **more):
    row = dict.fromkeys(HEADINGS, "")
    row.update({"工会名称": title, "工会代码": code, "上级工会": parent, "工会类型": kind, **more})
    return [row[heading] for heading in HEADINGS]


def reasons():
    found = ImportProblem.objects.filter(of=Import.objects.latest("id")).order_by("position")
    return [(problem.row, problem.verdict, problem.reasons) for problem in found]


def test_a_union_is_founded_with_its_facts_and_chair(take):
    sheets.city()

    assert take(SHOP) == [1, 0, 0, 0, 0]

    made = Union.objects.get(code="S1")
    assert (made.parent.code, made.kind, made.staff_count, made.depth) == ("T1", "single", 120, 4)
    assert Officer.objects.get(union=made).name == "陈静"


def test_the_same_sheet_again_changes_nothing(take):
    sheets.city()
    take(SHOP)
    before = list(Union.objects.order_by("id").values())

    assert take(SHOP) == [0, 1, 0, 0, 0]
    assert list(Union.objects.order_by("id").values()) == before


def test_a_superior_union_may_stand_anywhere_in_the_sheet(take):
    sheets.city()

    counts = take(
        union("江东工业园远航车间工会", "W1", "远航集团工会"),
        union("远航集团工会", "G1", "江东工业园区工会"),
        union("江东工业园区工会", "Z1", "C1", "园区工会"),
    )

    assert counts == [3, 0, 0, 0, 0]
    assert Union.objects.get(code="W1").depth == 5


def test_a_changed_fact_updates_and_what_is_not_said_stays(take):
    sheets.city()
    take(SHOP)

    assert take(union(SHOP[0], "S1", "T1", 职工数="150人")) == [0, 0, 1, 0, 0]

    made = Union.objects.get(code="S1")
    assert (made.staff_count, made.kind, str(made.founded_on)) == (150, "single", "2010-05-01")


def test_without_a_code_a_union_is_found_again_by_name_and_place(take):
    sheets.city()

    assert take(union("远航纺织有限公司工会")) == [1, 0, 0, 0, 0]
    assert take(union("远航纺织有限公司工会")) == [0, 1, 0, 0, 0]
    assert Union.objects.get(name="远航纺织有限公司工会").code == "T1-001"


def test_the_kind_follows_from_name_and_place_where_it_is_not_said(take):
    sheets.city()

    take(
        union("东区鼓楼街道总工会", "K1", "C1"),
        union("星光社区工会联合会", "K2"),
        union("星光商圈联合工会", "K3"),
        union("某某互助小组", "K4"),
    )

    kinds = dict(Union.objects.filter(code__startswith="K").values_list("code", "kind"))
    assert kinds == {"K1": "town", "K2": "area", "K3": "joint"}
    assert reasons() == [(5, "R", ["kind_missing@kind"])]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([union("甲公司工会", "A1", "没有的工会")], [(2, "R", ["parent_unknown@parent"])]),
        ([union("甲公司工会", "A1", "")], [(2, "R", ["parent_missing@parent"])]),
        ([union("", "A1")], [(2, "R", ["union_name_missing@union_name"])]),
        ([union("甲公司工会", "A/1")], [(2, "R", ["code_form@code"])]),
        ([union("甲公司工会", "A1", kind="俱乐部")], [(2, "R", ["kind_unknown@kind"])]),
        ([union("甲区总工会", "A1", "T1", "区总工会")], [(2, "R", ["kind_not_below@kind"])]),
        ([union("甲公司工会", "A1", 建会日期="2010-13-01")], [(2, "R", ["date_unreal@founded_on"])]),
        ([union("甲公司工会", "A1", 职工数="约一百")], [(2, "R", ["figure_form@staff_count"])]),
        ([union("甲公司工会", "P2")], [(2, "C", ["parent_differs@parent"])]),
        (
            [union("甲公司工会", "A1"), union("甲公司工会", "A1")],
            [(3, "R", ["union_twice_in_sheet@union_name:2"])],
        ),
        (
            [union("甲工会", "A1", "A2"), union("乙工会", "A2", "A1")],
            [(2, "R", ["parent_in_circle@parent"]), (3, "R", ["parent_in_circle@parent"])],
        ),
        (
            [union("甲工会", "A1", "没有"), union("乙工会", "A2", "A1")],
            [(2, "R", ["parent_unknown@parent"]), (3, "R", ["parent_refused@parent:2"])],
        ),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_with_the_reason(take, rows, told):
    sheets.city()

    take(*rows)

    assert reasons() == told
    assert not Union.objects.filter(name__in=["甲工会", "乙工会"]).exists()


def test_of_namesakes_the_codes_are_listed(take):
    sheets.city()
    take(union("中心社区工会联合会", "N1", "T1"), union("中心社区工会联合会", "N2", "T2"))

    take(union("甲公司工会", "A1", "中心社区工会联合会"))

    assert reasons() == [(2, "R", ["parent_ambiguous@parent:N1、N2"])]


def test_a_superiors_code_beside_its_name_tells_namesakes_apart(take):
    sheets.city()
    take(union("中心社区工会联合会", "N1", "T1"), union("中心社区工会联合会", "N2", "T2"))

    counts = take(
        [*union("甲公司工会", "A1", "中心社区工会联合会"), "N2"],
        [*union("乙公司工会", "A2", "中心社区工会联合会"), "n1.0"],
        [*union("丙公司工会", "A3", ""), "N2"],
        [*union("丁公司工会", "A4", "T1"), "Z9"],
        headings=[*HEADINGS, "上级工会代码"],
    )

    assert counts == [4, 0, 0, 0, 0]
    parents = dict(Union.objects.filter(code__startswith="A").values_list("code", "parent__code"))
    assert parents == {"A1": "N2", "A2": "N1", "A3": "N2", "A4": "T1"}


def test_a_superiors_code_will_do_alone(take):
    sheets.city()
    headings = ["上级工会代码" if each == "上级工会" else each for each in HEADINGS]

    assert take(SHOP, headings=headings) == [1, 0, 0, 0, 0]


def test_a_code_of_a_union_outside_ones_reach_is_a_conflict_without_a_name(take):
    sheets.city()

    take(union("甲公司工会", "P2", "T1"), union_code="C1")

    assert reasons() == [(2, "C", ["code_taken@code"])]


def test_an_employer_is_entered_once_by_its_credit_code(take):
    first = "91330203MA2AF0000"
    code = first + credit_code_check(first)

    sheets.city()
    take(
        union("甲公司工会", "A1", 单位统一社会信用代码=code, 所在单位="甲有限公司"),
        union("乙公司工会", "A2", 单位统一社会信用代码=code, 所在单位="甲有限公司"),
    )

    assert Employer.objects.get().name == "甲有限公司"
    assert set(
        Union.objects.filter(code__in=["A1", "A2"]).values_list("employer__credit_code", flat=True)
    ) == {code}


def test_a_dry_run_founds_nothing(take):
    sheets.city()

    assert take(SHOP, is_dry_run=True) == [1, 0, 0, 0, 0]
    assert not Union.objects.filter(code="S1").exists()


def test_of_two_unions_with_one_credit_code_the_second_is_refused_with_those_below_it(take):
    first = "81330203MA2AF0000"
    code = first + credit_code_check(first)
    sheets.city()
    headings = [*HEADINGS, "工会统一社会信用代码"]

    counts = take(
        [*union("甲集团工会", "A1"), code],
        [*union("乙集团工会", "A2"), code],
        [*union("乙公司分工会", "A3", "A2"), ""],
        headings=headings,
    )

    assert counts == [1, 0, 0, 0, 2]
    assert reasons() == [
        (3, "R", ["credit_code_taken@credit_code"]),
        (4, "R", ["parent_refused@parent:3"]),
    ]
    assert Import.objects.get().state == "finished"


def test_a_union_with_members_does_not_become_a_federation(take, tmp_path):
    made = sheets.city()["P1"]
    file = tmp_path / "members.csv"
    file.write_bytes(sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(1, ["P1"])]))
    run_cli_import("members", file)

    assert take(union(made.name, "P1", "T1", "园区工会")) == [0, 0, 0, 1, 0]

    assert reasons() == [(2, "C", ["union_has_members@kind"])]
    assert Union.objects.get(code="P1").kind == "single"


def test_a_kind_that_the_unions_below_do_not_bear_is_a_conflict(take):
    made = sheets.city()["T1"]

    take(union(made.name, "T1", "C1", "联合工会"))

    assert reasons() == [(2, "C", ["kind_not_above@kind"])]


def test_a_union_is_founded_below_one_that_the_same_sheet_makes_fit_for_it(take):
    made = sheets.city()["P1"]

    counts = take(
        union("车间工会", "W1", "P1", "联合工会"), union(made.name, "P1", "T1", "社区工会")
    )

    assert counts == [1, 0, 1, 0, 0]


def test_of_two_rows_about_one_union_of_the_register_the_first_counts(take):
    sheets.city()
    take(union("甲公司工会", "A1"))

    counts = take(union("乙公司工会", "A1"), union("甲公司工会"))

    assert counts == [0, 0, 1, 0, 1]
    assert reasons() == [(3, "R", ["union_twice_in_sheet@union_name:2"])]


def whole_city(seed):
    """A city of four levels by names alone, its own row among them, in an order by chance."""
    places = ["海曙区", "慈溪市", "宁海县"]
    rows = [union("甬城市总工会", "", "浙江省总工会", "市总工会")]
    for place in places:
        rows.append(union(f"{place}总工会", "", "甬城市总工会", "区总工会"))
        for town in ("西门街道", "中山街道"):
            rows.append(union(f"{place}{town}总工会", "", f"{place}总工会"))
            rows += [
                union(f"{place}{town}第{number}制造厂工会", "", f"{place}{town}总工会", 主席="陈静")
                for number in range(4)
            ]
    random.Random(seed).shuffle(rows)
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_a_whole_city_is_founded_from_its_federation_down_in_any_order_of_rows(take, seed):
    unions.create_many([sheets.row("330200", "甬城市总工会", UnionKind.CITY, None)], at=clock.now())
    rows = whole_city(seed)

    assert take(*rows) == [33, 1, 0, 0, 0]
    assert take(*rows) == [0, 34, 0, 0, 0]

    depths = Counter(Union.objects.values_list("depth", flat=True))
    assert depths == {1: 1, 2: 3, 3: 6, 4: 24}


@pytest.mark.parametrize("parent", ["", "浙江省总工会", "330000"])
def test_the_row_of_the_city_itself_is_about_the_city(take, parent):
    sheets.city()

    assert take(union("甬城市总工会", "C", parent, 职工数="90")) == [0, 0, 1, 0, 0]
    assert take(union("甬城市总工会", "", parent, 职工数="90")) == [0, 1, 0, 0, 0]
    assert Union.objects.get(code="C").staff_count == 90


@pytest.mark.parametrize(
    ("parent", "verdict"), [("甬城市总工会", "S"), ("C", "S"), ("西区总工会", "C"), ("", "R")]
)
def test_the_row_of_the_sheets_own_union_names_its_superior_out_of_reach(take, parent, verdict):
    sheets.city()

    counts = take(union("东区总工会", "C1", parent), union_code="C1")

    assert counts == [0, *(int(verdict == each) for each in "SUCR")]


def test_a_union_said_twice_with_its_superior_by_code_and_by_name_is_founded_once(take):
    sheets.city()

    counts = take(union("甲公司工会"), union("甲公司工会", parent="东区中山街道总工会"))

    assert counts == [1, 0, 0, 0, 1]
    assert reasons() == [(3, "R", ["union_twice_in_sheet@union_name:2"])]


def test_rows_that_were_refused_are_refused_again_the_next_time(take):
    sheets.city()
    rows = [
        union("甲公司工会", "A1"),
        union("甲公司工会", "A2", 建会日期="不详"),
        union("乙公司工会", "A1"),
        [*union("丙公司工会", "", "T1", "俱乐部")],
        union("丙公司工会"),
    ]

    assert take(*rows) == [1, 0, 0, 0, 4]
    before = reasons()
    assert take(*rows) == [0, 1, 0, 0, 4]
    assert reasons() == before


def test_a_row_is_found_below_a_union_that_the_sheet_renames_further_down(take):
    sheets.city()
    take(union("甲公司工会"))

    assert take(union("甲公司工会", parent="新街道总工会"), union("新街道总工会", "T1", "C1")) == [
        *(0, 1, 1, 0, 0)
    ]


def test_a_made_up_code_is_none_that_a_union_out_of_reach_has(take):
    sheets.city()
    take(union("甲公司工会", "T1-001", "T2"))

    assert take(union("乙公司工会", parent="T1"), union_code="C1") == [1, 0, 0, 0, 0]
    assert Union.objects.get(name="乙公司工会").code == "T1-002"


def test_nothing_is_founded_below_a_union_that_was_dissolved(take):
    sheets.city()
    Union.objects.filter(code="T1").update(state="dissolved", dissolved_on="2026-01-01")

    take(union("甲公司工会", "A1", "T1"))

    assert reasons() == [(2, "R", ["parent_dissolved@parent"])]


def test_a_chair_is_entered_where_there_is_none_and_else_left_with_a_note(take):
    sheets.city()
    take(union("甲公司工会", "A1"))

    assert take(union("甲公司工会", "A1", 主席="陈静")) == [0, 0, 1, 0, 0]
    assert take(union("甲公司工会", "A1", 主席="陈静")) == [0, 1, 0, 0, 0]
    assert take(union("甲公司工会", "A1", 主席="王芳")) == [0, 1, 0, 0, 0]

    assert reasons() == [(2, "S", ["chair_differs@chair"])]
    assert Officer.objects.get().name == "陈静"


def test_a_new_employer_of_a_known_union_is_a_change(take):
    first = "91330203MA2AF0000"
    code = first + credit_code_check(first)
    made = sheets.city()["P1"]

    assert take(union(made.name, "P1", 单位统一社会信用代码=code)) == [0, 0, 1, 0, 0]
    assert take(union(made.name, "P1", 单位统一社会信用代码=code)) == [0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "told"),
    [("联合工会", [(2, "R", ["credit_code_not_of_union@credit_code"])]), ("园区工会", [])],
)
def test_only_a_federation_has_a_credit_code_of_another_authority(take, kind, told):
    first = "13330203MA2AF0000"
    code = first + credit_code_check(first)
    sheets.city()

    take([*union("甲工会", "A1", "C1", kind), code], headings=[*HEADINGS, "工会统一社会信用代码"])

    assert reasons() == told


def test_a_union_covers_the_employer_it_is_at_unless_another_does(take):
    first = "91330203MA2AF0000"
    code = first + credit_code_check(first)
    sheets.city()
    row = {"单位统一社会信用代码": code, "所在单位": "甲有限公司"}

    take(union("甲公司工会", "A1", 建会日期="2012-03-01", **row), union("乙公司工会", "A2", **row))
    take(union("甲公司工会", "A1", **row))

    covering = Coverage.objects.values_list("union__code", "employer__credit_code", "since")
    assert list(covering) == [("A1", code, dt.date(2012, 3, 1))]


def test_a_union_that_gets_an_employer_covers_it_from_today(take):
    first = "91330203MA2AF0000"
    code = first + credit_code_check(first)
    made = sheets.city()["P1"]

    take(union(made.name, "P1", 单位统一社会信用代码=code))

    assert Coverage.objects.get().since == clock.today()


def test_a_union_from_a_sheet_has_a_beginning_in_its_history(take):
    sheets.city()
    take(SHOP)

    begun = UnionHistory.objects.get(union__code="S1")
    assert (begun.verb, begun.actor) == ("found", "command line")
    assert begun.changes["staff_count"] == [None, 120]
    assert begun.changes["founded_on"] == [None, "2010-05-01"]
