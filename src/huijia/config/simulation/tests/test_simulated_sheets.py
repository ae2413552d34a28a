"""Official sheets of a simulated city: the layout of the import, the same bytes each time."""

import csv
import datetime as dt

import pytest
from python_calamine import CalamineWorkbook

from huijia.config.simulation.sheets import (
    EDUCATION,
    EMPLOYMENT,
    ETHNICITY,
    HOUSEHOLD,
    NEW_EMPLOYMENT,
    POLITICAL_STATUS,
    SEX,
    simulate,
)
from huijia.core.people.public import (
    is_said_to_be_none,
    parse_education,
    parse_employment_status,
    parse_ethnic_group,
    parse_household_kind,
    parse_new_employment,
    parse_political_status,
    parse_sex,
)

ON = dt.date(2026, 6, 30)
CITY = {"city": "330200", "unions": 60, "members": 400, "seed": 5, "on": ON}


def rows(file):
    if file.suffix == ".xlsx":
        return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_same_seed_makes_the_same_bytes(tmp_path, form):
    first, second = (simulate(**CITY, out=tmp_path / each, form=form) for each in "ab")
    assert first.members.read_bytes() == second.members.read_bytes()
    assert first.unions.read_bytes() == second.unions.read_bytes()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_sheets_have_the_official_headings_and_a_row_for_each(tmp_path, form):
    written = simulate(**CITY, out=tmp_path, form=form)
    members, unions = rows(written.members), rows(written.unions)
    assert " ".join(members[0]) == (
        "姓名 证件号码 所属工会 工会代码 性别 民族 出生日期 证件类型 手机号码 学历 政治面貌 就业状态 "
        "户籍类型 新就业群体 工作单位 统一社会信用代码 工会小组 入会日期 会员卡号"
    )
    assert " ".join(unions[0]) == (
        "工会名称 上级工会 工会代码 工会类型 统一社会信用代码 所在单位 单位统一社会信用代码 行政区划 "
        "建会日期 届满日期 主席 职工数"
    )
    assert (len(members) - 1, written.member_rows) == (400, 400)
    assert (len(unions) - 1, written.union_rows) == (59, 59)  # the city itself is there before
    assert {len(row) for row in members} == {19}


def test_both_forms_hold_the_same_rows(tmp_path):
    first, second = (simulate(**CITY, out=tmp_path, form=form) for form in ("csv", "xlsx"))
    assert rows(first.members) == rows(second.members)
    assert rows(first.unions) == rows(second.unions)


def test_unions_stand_below_their_parents_who_are_named_before(tmp_path):
    named = {"宁波市总工会"}
    for name, parent, *_rest in rows(simulate(**CITY, out=tmp_path, form="csv").unions)[1:]:
        assert parent in named
        named.add(name)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (SEX, parse_sex),
        (ETHNICITY, parse_ethnic_group),
        (EDUCATION, parse_education),
        (POLITICAL_STATUS, parse_political_status),
        (EMPLOYMENT, parse_employment_status),
        (HOUSEHOLD, parse_household_kind),
        (NEW_EMPLOYMENT, parse_new_employment),
    ],
)
def test_every_word_is_read_back_as_its_code(words, read):
    for code, word in words.items():
        assert read(word) == code if code else is_said_to_be_none(word)
