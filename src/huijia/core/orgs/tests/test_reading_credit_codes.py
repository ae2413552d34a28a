"""Credit codes: what stands, what does not and why."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.orgs.rules import (
    CREDIT_CODE_SENTENCES,
    CreditCode,
    CreditCodeFault,
    credit_code_check,
    credit_code_sentence,
    organisation_code_check,
    read_credit_code,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
GOOD = "81330200MC0123450A"


def coded(head="91330200", organisation="MA2A0000"):
    inner = organisation + organisation_code_check(organisation)
    return head + inner + credit_code_check(head + inner)


def test_the_organisation_code_of_the_standard_s_own_example_is_found():
    assert organisation_code_check("D2143569") == "X"  # GB 11714-1997, annex


def test_known_codes_stand():
    assert read_credit_code("91350100M000100Y43").code == "91350100M000100Y43"
    assert read_credit_code(GOOD) == CreditCode(GOOD, None)


@pytest.mark.parametrize(
    "text",
    [
        "81330200mc0123450a",
        " 81330200 MC0123450A ",
        "８１３３０２００ＭＣ０１２３４５０Ａ",
        "81330200-MC0123450-A",
        "'81330200MC0123450A",
    ],
)
def test_what_sheets_do_to_codes_is_undone(text):
    assert read_credit_code(text).code == GOOD


@pytest.mark.parametrize("head", ["Y1330200", "N1330200", "A1330200", "11330200", "52330200"])
def test_codes_of_every_authority_stand(head):
    assert read_credit_code(coded(head)) == CreditCode(coded(head), None)


@pytest.mark.parametrize(
    ("head", "is_union"), [("81330200", True), ("89330200", True), ("91330200", False)]
)
def test_a_union_s_code_is_told_by_its_first_character(head, is_union):
    code = read_credit_code(coded(head))
    assert code.is_union is is_union
    assert (code.division, code.organisation_code[:8]) == ("330200", "MA2A0000")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", CreditCodeFault.MISSING),
        (" ", CreditCodeFault.MISSING),
        (GOOD[:-1], CreditCodeFault.LENGTH),
        (GOOD + "0", CreditCodeFault.LENGTH),
        ("330200000012345", CreditCodeFault.OLD),
        (330200000012345.0, CreditCodeFault.OLD),
        ("9.13302E+17", CreditCodeFault.LOST_DIGITS),
        (913302000000000000.0, CreditCodeFault.LOST_DIGITS),
        ("913302001440123000", CreditCodeFault.LOST_DIGITS),
        ("8I330200MC0123450A", CreditCodeFault.LETTER),
        ("8133O200MC0123450A", CreditCodeFault.LETTER),
        ("81330200MCZ123450A", CreditCodeFault.LETTER),
        ("81330200MCS123450A", CreditCodeFault.LETTER),
        ("81330200MCV123450A", CreditCodeFault.LETTER),
        ("81330200MC?123450A", CreditCodeFault.CHARACTERS),
        ("宁波市某某有限公司工会委员会一二三四", CreditCodeFault.CHARACTERS),
        (coded("01330200"), CreditCodeFault.AUTHORITY),
        (coded("B1330200"), CreditCodeFault.AUTHORITY),
        (GOOD[:-1] + "B", CreditCodeFault.CHECK),
    ],
)
def test_a_code_that_cannot_be_is_refused_with_its_reason(text, fault):
    assert read_credit_code(text) is fault


def test_a_wrong_inner_check_character_and_a_strange_division_only_warn():
    inner = "91330200" + "MA2A0000" + "0"
    assert organisation_code_check("MA2A0000") != "0"
    assert read_credit_code(inner + credit_code_check(inner)).warning is CreditCodeFault.INNER_CHECK
    assert read_credit_code(coded("91ABC200")).warning is CreditCodeFault.DIVISION


BODIES = st.builds(
    lambda head, division, organisation: coded(f"{head}1{division:06}", organisation),
    st.sampled_from("123456789ANY"),
    st.integers(110000, 659999),
    st.text(ALPHABET, min_size=8, max_size=8),
)


@given(BODIES)
def test_every_well_made_code_stands(code):
    assert read_credit_code(code) == CreditCode(code, None)


@given(BODIES, st.integers(0, 17), st.integers(1, 30))
def test_no_single_wrong_character_passes(code, position, shift):
    wrong = ALPHABET[(ALPHABET.index(code[position]) + shift) % 31]
    assert isinstance(
        read_credit_code(code[:position] + wrong + code[position + 1 :]), CreditCodeFault
    )


@given(st.one_of(st.text(max_size=25), st.floats(), st.integers()))
def test_nothing_that_a_cell_can_hold_stops_the_reader(cell):
    assert isinstance(read_credit_code(cell), CreditCode | CreditCodeFault)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_fault_has_a_sentence(language):
    with translation.override(language):
        sentences = [credit_code_sentence(fault) for fault in CreditCodeFault]
    assert set(CREDIT_CODE_SENTENCES) == set(CreditCodeFault)
    assert all(text and "%" not in text for text in sentences)
