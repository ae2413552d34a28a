"""Numbers of simulated people and employers pass our own rules, and are nobody's."""

import datetime as dt

import pytest

from huijia.config.simulation import papers
from huijia.config.simulation.chance import Scramble, table
from huijia.core.orgs.public import CreditCode, read_credit_code
from huijia.core.people.public import IdentityNumber, Phone, read_identity_number, read_phone

ON = dt.date(2026, 6, 30)
BIRTHDAYS = papers.Birthdays.up_to(ON)


def taken(numbers, part=0, parts=1):
    supply = papers.Supply(numbers, part, parts)
    return list(iter(supply.take, None))


def test_every_number_passes_our_rules_with_its_birthday_and_has_sequence_000():
    for number, birth in taken(papers.Numbers(["330226", "540102"], BIRTHDAYS, salt=3))[::7]:
        read = read_identity_number(number, today=ON)
        assert isinstance(read, IdentityNumber)
        assert (read.warning, read.sex, number[14:17]) == (None, None, "000")
        assert read.birth_date == dt.date.fromordinal(birth)


def test_parts_of_a_supply_share_no_number_and_together_are_the_whole():
    numbers = papers.Numbers(["330226", "330225", "330281"], BIRTHDAYS, salt=11)
    parts = [number for part in range(4) for number, _birth in taken(numbers, part, 4)]
    assert len(parts) == len(set(parts))
    assert set(parts) == {number for number, _birth in taken(numbers)}
    assert len(parts) == pytest.approx(numbers.capacity, rel=0.02)


def test_everybody_is_of_working_age():
    births = [birth for _number, birth in taken(papers.Numbers(["330226"], BIRTHDAYS, salt=1))]
    assert dt.date.fromordinal(min(births)) >= dt.date(1966, 6, 28)
    assert dt.date.fromordinal(max(births)) <= dt.date(2008, 6, 30)


def test_phones_are_well_formed_unique_and_of_a_segment_nobody_has():
    phones = [papers.phone(ordinal) for ordinal in range(5_000)]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("154") for phone in phones)
    assert all(isinstance(read_phone(phone), Phone) for phone in phones)


@pytest.mark.parametrize("category", ["11", "12", "52", "81", "89", "91", "92"])
def test_credit_codes_are_well_made_unique_and_of_no_division(category):
    codes = [papers.credit_code(ordinal, category) for ordinal in range(500)]
    read = [read_credit_code(code) for code in codes]
    assert len(set(codes)) == len(codes)
    assert all(isinstance(each, CreditCode) and each.warning is None for each in read)
    assert {each.division for each in read} == {"000000"}


@pytest.mark.parametrize("size", [1, 2, 3, 10, 97, 1_000])
def test_a_scrambled_counter_meets_every_value_once(size):
    scramble = Scramble(size, salt=12_345)
    assert sorted(map(scramble, range(size))) == list(range(size))


def test_a_table_holds_values_in_proportion():
    entries = table({"often": 3, "seldom": 1})
    assert (len(entries), entries.count("often"), entries.count("seldom")) == (512, 384, 128)
