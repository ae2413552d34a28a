"""Dates, ages, and what contradicts a number."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.people.choices import PaperKind, Sex
from huijia.core.people.rules import (
    Fault,
    IdentityNumber,
    age_on,
    consistency,
    may_join_by_age,
    read_date,
)

SECOND_OF_JANUARY = date(1990, 1, 2)


@pytest.mark.parametrize(
    "cell",
    [
        "1990-01-02",
        "1990-1-2",
        "1990/1/2",
        "1990/01/02",
        "1990.1.2",
        "1990年1月2日",
        "1990年01月02日",
        "1990 年 1 月 2 日",
        "19900102",
        "１９９０－０１－０２",
        "1990-01-02 00:00:00",
        "1990/1/2 0:00",
        "1990-01-02T00:00:00",
        " 1990-01-02 ",
        "32875",
        "32875.0",
        "19900102.0",
        32875,
        32875.0,
        32875.75,
        19900102.0,
        date(1990, 1, 2),
        datetime(1990, 1, 2, 13, 30),
    ],
)
def test_every_spelling_is_the_same_day(cell):
    assert read_date(cell) == SECOND_OF_JANUARY


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (46348, date(2026, 11, 22)),
    ],
)
def test_serials_count_as_spreadsheets_do(serial, day):
    assert read_date(serial) == day


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("", Fault.DATE_MISSING),
        ("不详", Fault.DATE_FORM),
        ("02/01/1990", Fault.DATE_FORM),
        ("90-1-2", Fault.DATE_FORM),
        ("1990", Fault.DATE_INCOMPLETE),
        ("1990年", Fault.DATE_INCOMPLETE),
        ("1990年1月", Fault.DATE_INCOMPLETE),
        ("1990-01", Fault.DATE_INCOMPLETE),
        ("1990.1", Fault.DATE_INCOMPLETE),
        ("199001", Fault.DATE_INCOMPLETE),
        (1990.0, Fault.DATE_INCOMPLETE),
        (1990.1, Fault.DATE_INCOMPLETE),
        (199001.0, Fault.DATE_INCOMPLETE),
        ("1990-02-30", Fault.DATE_UNREAL),
        ("19900230", Fault.DATE_UNREAL),
        ("0000-00-00", Fault.DATE_UNREAL),
        (60, Fault.DATE_UNREAL),
        ("1899-12-31", Fault.DATE_RANGE),
        ("2101-01-01", Fault.DATE_RANGE),
        (date(1899, 12, 31), Fault.DATE_RANGE),
        (99999.0, Fault.DATE_RANGE),
        (0, Fault.DATE_FORM),
        (-5.0, Fault.DATE_FORM),
        (float("nan"), Fault.DATE_FORM),
        (float("inf"), Fault.DATE_FORM),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(cell, fault):
    assert read_date(cell) is fault


@given(st.dates(date(1906, 1, 1), date(2100, 12, 31)))
def test_a_day_and_its_serial_are_the_same(day):
    assert read_date((day - date(1899, 12, 30)).days) == day
    assert read_date(day.isoformat()) == day


@given(st.one_of(st.text(max_size=22), st.floats(), st.integers()))
def test_nothing_that_a_cell_can_hold_stops_the_reader(cell):
    assert isinstance(read_date(cell), date | Fault)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 6, 15), date(2016, 6, 14), 15),
        (date(2000, 6, 15), date(2016, 6, 15), 16),
        (date(2000, 2, 29), date(2016, 2, 29), 16),
        (date(2000, 2, 29), date(2017, 2, 28), 16),
        (date(2000, 2, 29), date(2017, 3, 1), 17),
    ],
)
def test_age_is_counted_in_completed_years(born, day, age):
    assert age_on(born, day) == age


def test_who_is_sixteen_may_join_and_who_is_fifteen_may_not():
    today = date(2026, 11, 22)
    assert may_join_by_age(date(2010, 11, 22), today)
    verdict = may_join_by_age(date(2010, 11, 23), today)
    assert (bool(verdict), verdict.reason) == (False, Fault.UNDER_AGE)


NUMBER = IdentityNumber(
    PaperKind.RESIDENT, "330203199001020006", SECOND_OF_JANUARY, Sex.FEMALE, None
)
PASSPORT = IdentityNumber(PaperKind.PASSPORT, "E00000000", None, None, None)
NEXT_DAY = SECOND_OF_JANUARY + timedelta(days=1)


@pytest.mark.parametrize(
    ("number", "sex", "born", "faults"),
    [
        (NUMBER, Sex.FEMALE, SECOND_OF_JANUARY, ()),
        (NUMBER, None, None, ()),
        (NUMBER, Sex.UNKNOWN, None, ()),
        (NUMBER, Sex.UNSTATED, SECOND_OF_JANUARY, ()),
        (NUMBER, Sex.MALE, SECOND_OF_JANUARY, (Fault.SEX_CONTRADICTS,)),
        (NUMBER, Sex.FEMALE, NEXT_DAY, (Fault.BIRTH_DATE_CONTRADICTS,)),
        (NUMBER, Sex.MALE, NEXT_DAY, (Fault.SEX_CONTRADICTS, Fault.BIRTH_DATE_CONTRADICTS)),
        (PASSPORT, Sex.MALE, NEXT_DAY, ()),
    ],
)
def test_what_is_stated_may_not_contradict_the_number(number, sex, born, faults):
    assert consistency(number, sex, born) == faults
