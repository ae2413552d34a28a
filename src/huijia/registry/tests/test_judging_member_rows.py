"""What becomes of one row of a member sheet: the cases of real sheets, allowed and refused."""

import datetime as dt

import pytest

from huijia.registry.rules.headings import (
    MEMBER_COLUMNS,
    OFFICIAL_LAYOUTS,
    UNION_COLUMNS,
    Layout,
    fields_of,
    find_layout,
)
from huijia.registry.rules.members import MemberJudge, UnionBook, UnionEntry, union_name
from huijia.registry.sheets.workbooks import as_text
from huijia.registry.tests.sheets import number

TODAY = dt.date(2026, 11, 22)
SHOP = UnionEntry(7, holds_members=True, is_dissolved=False, place="7")
GONE = UnionEntry(8, holds_members=True, is_dissolved=True, place="8")
COUNTY = UnionEntry(9, holds_members=False, is_dissolved=False, place="9")
BOOK = UnionBook(
    by_code={"P1": SHOP, "G1": GONE, "C1": COUNTY},
    by_name={union_name("甬城制造有限公司工会"): SHOP, union_name("甬城（东区）纺织工会"): SHOP},
    ambiguous={"中山街道总工会": "T1、T2"},
    default=None,
)
GOOD = number("19900101")
WOMAN = number("19900101", place="100000", sequence="002")
"""A province of this code does not exist, so nobody has the number; only the place is doubted."""
COLUMNS = {field: place for place, field in enumerate(MEMBER_COLUMNS)}


def judged(book=BOOK, **cells):
    given = {"name": "张三", "number": GOOD, "union_code": "P1", **cells}
    return MemberJudge(COLUMNS, book, TODAY)([given.get(field, "") for field in MEMBER_COLUMNS])


def other_check(text):
    return text[:17] + ("1" if text[17] != "1" else "2")


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ({}, []),
        ({"number": "".join(chr(ord(each) + 0xFEE0) for each in GOOD)}, []),
        ({"number": f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} "}, []),
        ({"number": f"'{GOOD}"}, []),
        ({"number": other_check(GOOD)}, ["number_check_digit@number"]),
        ({"number": "3.30203E+17"}, ["number_lost_digits@number"]),
        ({"number": as_text(float(GOOD[:17] + "0"))}, ["number_lost_digits@number"]),
        ({"number": GOOD[:15] + "000"}, ["number_lost_digits@number"]),
        ({"number": "330203900101001"}, ["number_old@number"]),
        ({"number": ""}, ["number_missing@number"]),
        ({"name": ""}, ["name_missing@name"]),
        ({"name": "张*"}, ["name_masked@name"]),
        ({"name": "张三1"}, ["name_characters@name"]),
        ({"name": "阿布都热西提•买买提"}, []),
        ({"number": WOMAN, "sex": "女"}, []),
        ({"number": WOMAN, "sex": "男"}, ["sex_contradicts@sex"]),
        ({"birth_date": "1990-01-01"}, []),
        ({"birth_date": "1990-01-02"}, ["birth_date_contradicts@birth_date"]),
        ({"birth_date": "1990-01"}, []),
        ({"birth_date": "1990年1月"}, []),
        ({"birth_date": "199001"}, []),
        ({"birth_date": "1990"}, []),
        ({"birth_date": "1990-02"}, ["birth_date_contradicts@birth_date"]),
        ({"birth_date": "1991"}, ["birth_date_contradicts@birth_date"]),
        (
            {"paper": "护照", "number": "E12345678", "birth_date": "1990-01"},
            ["date_incomplete@birth_date"],
        ),
        ({"card_number": "6217000012345678"}, []),
        ({"card_number": "6.217E+15"}, ["digits_lost@card_number"]),
        ({"card_number": as_text(6.217e15)}, ["digits_lost@card_number"]),
        ({"number": number("20101123")}, ["under_age@birth_date"]),
        ({"number": number("20101122")}, []),
        ({"joined_on": "1995-05-01"}, ["under_age@birth_date"]),
        ({"joined_on": "2005-12-31"}, ["under_age@birth_date"]),
        ({"joined_on": "2006-01-01"}, []),
        ({"joined_on": "2007-01-01"}, []),
        ({"number": number("20100101"), "joined_on": "2027-01-01"}, ["joined_in_future@joined_on"]),
        ({"paper": "护照", "number": "E12345678"}, []),
        (
            {"paper": "护照", "number": "E12345678", "birth_date": "2015-01-01"},
            ["under_age@birth_date"],
        ),
        ({"paper": "港澳居民来往内地通行证", "number": "H12345678"}, []),
        ({"paper": "台胞证", "number": "12345678"}, []),
        ({"paper": "图书证"}, ["paper_unknown@paper"]),
        ({"phone": "13812345678"}, []),
        ({"phone": "１３８ １２３４-5678"}, []),
        ({"phone": "13812345678.0"}, []),
        ({"phone": "无"}, []),
        ({"phone": "0574-87654321"}, ["phone_landline@phone"]),
        ({"phone": "1.38E+10"}, ["phone_lost_digits@phone"]),
        ({"joined_on": "2020年3月1日"}, []),
        ({"joined_on": "2020.3.1"}, []),
        ({"joined_on": "2020/03/01"}, []),
        ({"joined_on": "20200301"}, []),
        ({"joined_on": "2020-3-1"}, []),
        ({"joined_on": "43891"}, []),
        ({"joined_on": "2020"}, ["date_incomplete@joined_on"]),
        ({"joined_on": "2020-02-30"}, ["date_unreal@joined_on"]),
        ({"joined_on": "2027-01-01"}, ["joined_in_future@joined_on"]),
        ({"union_code": ""}, ["union_missing@union"]),
        ({"union_code": "ｐ１"}, []),
        ({"union_code": "X9"}, ["union_unknown@union"]),
        ({"union_code": "G1"}, ["union_dissolved@union"]),
        ({"union_code": "C1"}, ["union_without_members@union"]),
        ({"union_code": "", "union_name": "甬城制造有限公司工会"}, []),
        ({"union_code": "", "union_name": " 甬城 制造有限公司工会 "}, []),
        ({"union_code": "", "union_name": "甬城(东区)纺织工会"}, []),
        ({"union_code": "", "union_name": "甬城（东区）纺织工会"}, []),
        ({"union_code": "", "union_name": "中山街道总工会"}, ["union_ambiguous@union:T1、T2"]),
        ({"employer_code": "91330203MA2AF00000"}, ["credit_code_check@employer_code"]),
        ({"workplace": "长" * 121}, ["too_long@workplace:120"]),
        ({"name": "", "number": "1"}, ["name_missing@name", "number_length@number"]),
    ],
)
def test_a_row_stands_or_is_refused_with_all_its_reasons(cells, reasons):
    outcome = judged(**cells)

    assert [str(reason) for reason in outcome.reasons] == reasons
    assert (outcome.row is None) == bool(reasons)


@pytest.mark.parametrize(
    ("column", "cell", "kept"),
    [
        ("ethnicity", "汉", "01"),
        ("ethnicity", "火星族", None),
        ("education", "大专", "30"),
        ("political_status", "群众", "13"),
        ("household", "农业", "rural"),
        ("employment", "在职", "employed"),
        ("new_employment", "外卖骑手", "rider"),
        ("new_employment", "否", ""),
        ("new_employment", "", None),
    ],
)
def test_words_outside_the_lists_leave_their_field_and_are_noted(column, cell, kept):
    outcome = judged(**{column: cell})

    assert getattr(outcome.row, column) == kept
    is_noted = [str(reason) for reason in outcome.reasons] == [f"word_unknown@{column}"]
    assert is_noted == (bool(cell) and kept is None)


def test_a_sex_that_cannot_be_read_is_noted_and_the_number_tells_it():
    outcome = judged(sex="雄")

    assert outcome.row.sex == judged().row.sex
    assert [str(reason) for reason in outcome.reasons] == ["word_unknown@sex"]


def test_a_lower_case_x_at_the_end_is_the_letter_of_the_card():
    ending_in_x = next(
        each for day in range(1, 29) if (each := number(f"199001{day:02d}")).endswith("X")
    )

    assert judged(number=ending_in_x.lower()).row.number == ending_in_x


def test_a_union_given_for_the_whole_sheet_stands_where_a_row_names_none():
    outcome = judged(BOOK._replace(default=SHOP), union_code="")

    assert outcome.row.union == SHOP


@pytest.mark.parametrize("kind", ["members", "unions"])
def test_the_official_layout_is_understood_whole(kind):
    layout = find_layout(kind, [(1, list(OFFICIAL_LAYOUTS[kind]))])

    assert layout.unknown == ()


@pytest.mark.parametrize(
    ("kind", "columns"), [("members", MEMBER_COLUMNS), ("unions", UNION_COLUMNS)]
)
def test_every_synonym_names_its_column_and_no_other(kind, columns):
    words = [(word, field) for field, said in columns.items() for word in said.split()]

    assert len({word for word, _field in words}) == len(words)
    for word, field in words:
        spellings = [word, f"*{word}", f"{word}（必填）", f" {word[0]} {word[1:]}：", f"{word}\n"]
        assert fields_of(kind, spellings) == [field] * len(spellings)


def test_headings_are_found_in_any_order_below_titles_and_remarks():
    layout = find_layout(
        "members",
        [
            (1, ["某某有限公司工会会员花名册", "", ""]),
            (3, ["填表人：", "日期：", ""]),
            (4, ["*证件号码\n（必填）", "备注", " 姓 名 "]),
            (5, [GOOD, "", "张三"]),
        ],
    )

    assert isinstance(layout, Layout)
    assert (layout.row, layout.columns) == (4, {"number": 0, "name": 2})
    assert layout.unknown == ("备注",)


def test_missing_headings_are_named():
    assert find_layout("members", [(1, ["姓名", "性别"])]) == ("证件号码",)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13812345678.0, "13812345678"),
        (3.30203199001010e17, "3.30203199001010e+17"),
        (dt.date(1990, 1, 2), "1990-01-02"),
        (dt.datetime(1990, 1, 2), "1990-01-02"),
        (True, "TRUE"),
        (1.5, "1.5"),
        ("", ""),
    ],
)
def test_cells_of_workbooks_become_text_without_losing_what_they_held(cell, text):
    assert as_text(cell) == text
