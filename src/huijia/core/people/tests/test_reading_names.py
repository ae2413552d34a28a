"""Names in one shape, their parts and their masks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.people.rules import (
    Fault,
    PersonName,
    mask_identity_number,
    mask_name,
    mask_phone,
    name_grams,
    read_name,
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("王小明", "王小明"),
        (" 王 小\u3000明 ", "王小明"),
        ("王\u200b明", "王明"),
        ("买买提·艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提‧艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提··艾力", "买买提·艾力"),
        ("Ｊｏｈｎ  Smith", "John Smith"),
        ("Mary J. O'Neill-Smith", "Mary J. O'Neill-Smith"),
        ("〇一", "〇一"),
        ("㐂𠮷", "㐂𠮷"),
    ],
)
def test_a_name_has_one_shape(text, kept):
    assert read_name(text) == PersonName(kept)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.NAME_MISSING),
        (" · ", Fault.NAME_MISSING),
        ("王", Fault.NAME_SHORT),
        ("王" * 51, Fault.NAME_LONG),
        ("王小明2", Fault.NAME_CHARACTERS),
        ("王小明②", Fault.NAME_CHARACTERS),
        ("王\x07明", Fault.NAME_CHARACTERS),
        ("王小明(女)", Fault.NAME_CHARACTERS),
        ("王小明（女）", Fault.NAME_CHARACTERS),
        ("王*明", Fault.NAME_MASKED),
        ("王＊明", Fault.NAME_MASKED),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(text, fault):
    assert read_name(text) is fault


@given(st.text(max_size=60))
def test_a_name_that_stands_is_read_again_as_itself(text):
    found = read_name(text)
    if isinstance(found, PersonName):
        assert read_name(found.text) == found


@pytest.mark.parametrize(
    ("name", "grams"),
    [
        ("王明", ["王明"]),
        ("王小明", ["王小", "小明"]),
        ("买买提·艾力", ["买买", "买提", "提艾", "艾力"]),
        ("明明明", ["明明"]),
        ("Li Wei", ["li", "iw", "we", "ei"]),
        ("王", []),
    ],
)
def test_a_name_is_found_by_any_two_neighbours(name, grams):
    assert name_grams(name) == grams


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("330203199001010007", "330*************07"),
        ("USA123456789012", "USA**********12"),
        ("H12345678", "H******78"),
        ("12345", "*****"),
    ],
)
def test_a_masked_identity_number_hides_county_birthday_and_sequence(number, masked):
    assert mask_identity_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("13812345678", "138****5678"), ("+85291234567", "+85*****4567"), ("+123456", "+12***6")],
)
def test_a_masked_phone_shows_three_and_four_digits(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳小三", "欧**三"),
        ("买买提·艾力", "买**·*力"),
        ("John Smith", "J*** S****"),
        ("", ""),
    ],
)
def test_a_masked_name_keeps_its_ends(name, masked):
    assert mask_name(name) == masked


@given(st.text(max_size=30))
def test_masks_keep_the_length_and_never_show_a_long_number_whole(text):
    assert len(mask_identity_number(text)) == len(text)
    assert len(mask_phone(text)) == len(text)
    if len(text) >= 10:
        assert mask_identity_number(text).count("*") >= len(text) - 5
