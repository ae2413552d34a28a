"""Mobile numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.people.rules import Fault, Phone, read_phone


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "+86-138-1234-5678",
        "008613812345678",
        "8613812345678",
        "(+86)13812345678",
        "１３８１２３４５６７８",
        "＋８６１３８１２３４５６７８",
        "'13812345678",
        "13812345678.0",
        13812345678,
        13812345678.0,
    ],
)
def test_a_mainland_number_has_one_shape(text):
    assert read_phone(text) == Phone("13812345678", is_mainland=True)


@pytest.mark.parametrize("text", ["+852 9123 4567", "+1 (202) 555-0143", "+12345 6"])
def test_a_number_from_abroad_keeps_its_plus(text):
    found = read_phone(text)
    assert found.number.startswith("+")
    assert not found.is_mainland


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.PHONE_MISSING),
        ("--", Fault.PHONE_MISSING),
        ("0574-87654321", Fault.PHONE_LANDLINE),
        ("(0574)87654321", Fault.PHONE_LANDLINE),
        ("057487654321", Fault.PHONE_LANDLINE),
        ("+86 574 87654321", Fault.PHONE_LANDLINE),
        ("87654321", Fault.PHONE_LANDLINE),
        ("010-12345678", Fault.PHONE_LANDLINE),
        ("4001234567", Fault.PHONE_LANDLINE),
        ("1381234567", Fault.PHONE_LENGTH),
        ("138123456789", Fault.PHONE_LENGTH),
        ("+12345", Fault.PHONE_LENGTH),
        ("12812345678", Fault.PHONE_PREFIX),
        ("10812345678", Fault.PHONE_PREFIX),
        ("13812345678/13912345678", Fault.PHONE_CHARACTERS),
        ("同上", Fault.PHONE_CHARACTERS),
        ("1.38E+10", Fault.PHONE_LOST_DIGITS),
        (float("nan"), Fault.PHONE_CHARACTERS),
        (1.5, Fault.PHONE_CHARACTERS),
    ],
)
def test_what_is_no_mobile_number_is_refused_with_its_reason(text, fault):
    assert read_phone(text) is fault


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers()))
def test_nothing_that_a_cell_can_hold_stops_the_reader(cell):
    found = read_phone(cell)
    if isinstance(found, Phone):
        assert read_phone(found.number) == found
