"""Deadlines: known examples, and what must hold for all of them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.policy.choices import TimeUnit
from huijia.core.policy.rules import OfficeHours, TimeLimit, WorkingCalendar, deadline_for
from huijia.core.policy.tests.seeded import seeded_calendar

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = seeded_calendar()
OFFICE = OfficeHours(((time(9), time(12)), (time(13, 30), time(17))), CHINA)
LONG_DAY = OfficeHours(((time(9), time(18)),), CHINA)
LAST_MOMENT = time(23, 59, 59, 999999)


def at(*moment):
    return datetime(*moment, tzinfo=CHINA)


def deadline(start, amount, unit, *, moves=False, office=OFFICE, calendar=CALENDAR):
    limit = TimeLimit(amount, unit, moves_to_working_day=moves)
    return deadline_for(start, limit, calendar=calendar, office_hours=office)


def test_four_working_hours_from_friday_evening_end_on_the_sunday_that_is_worked():
    # Friday 18 September 2026, 17:00; Sunday 20 September is made up for National Day
    found = deadline(at(2026, 9, 18, 17), 4, TimeUnit.WORKING_HOURS, office=LONG_DAY)
    assert (found.at, found.is_provisional) == (at(2026, 9, 20, 12), False)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(2026, 9, 18, 17), 4, at(2026, 9, 20, 14, 30)),
        (at(2026, 9, 18, 17), 3, at(2026, 9, 20, 12)),  # the end of a session, not the next one
        (at(2026, 9, 18, 16), 1, at(2026, 9, 18, 17)),
        (at(2026, 9, 18, 11), 2, at(2026, 9, 18, 14, 30)),
        (at(2026, 9, 18, 12, 30), 1, at(2026, 9, 18, 14, 30)),
        (at(2026, 9, 18, 3), 1, at(2026, 9, 18, 10)),
        (at(2026, 9, 19, 10), 1, at(2026, 9, 20, 10)),
        (at(2026, 9, 30, 16, 30), 1, at(2026, 10, 8, 9, 30)),
        (at(2026, 9, 18, 9), 13, at(2026, 9, 20, 17)),
    ],
)
def test_working_hours_run_while_the_office_is_open(start, hours, end):
    assert deadline(start, hours, TimeUnit.WORKING_HOURS).at == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (at(2026, 9, 18, 8), 1, at(2026, 9, 20, 17)),
        (at(2026, 9, 18, 23, 59), 1, at(2026, 9, 20, 17)),
        (at(2026, 9, 19, 10), 1, at(2026, 9, 20, 17)),
        (at(2026, 9, 24, 10), 5, at(2026, 10, 9, 17)),
        (at(2026, 11, 20, 10), 5, at(2026, 11, 27, 17)),
        (datetime(2026, 11, 19, 16, 30, tzinfo=UTC), 1, at(2026, 11, 23, 17)),  # Friday in China
    ],
)
def test_working_days_end_when_the_office_closes_on_the_last(start, days, end):
    found = deadline(start, days, TimeUnit.WORKING_DAYS)
    assert (found.at, found.is_provisional) == (end, False)


@pytest.mark.parametrize(
    ("start", "days", "moves", "last"),
    [
        (at(2026, 9, 18, 10), 1, False, date(2026, 9, 19)),
        (at(2026, 9, 18, 10), 1, True, date(2026, 9, 20)),
        (at(2026, 9, 16, 10), 15, False, date(2026, 10, 1)),
        (at(2026, 9, 16, 10), 15, True, date(2026, 10, 8)),
        (at(2026, 11, 8, 10), 15, True, date(2026, 11, 23)),
    ],
)
def test_natural_days_end_at_midnight_and_move_on_only_where_the_rule_says_so(
    start, days, moves, last
):
    found = deadline(start, days, TimeUnit.NATURAL_DAYS, moves=moves)
    assert found.at == datetime.combine(last, LAST_MOMENT, CHINA)


def test_natural_hours_know_no_night():
    assert deadline(at(2026, 9, 18, 17), 24, TimeUnit.NATURAL_HOURS).at == at(2026, 9, 19, 17)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "moves", "is_provisional"),
    [
        (at(2026, 12, 30, 10), 1, TimeUnit.WORKING_DAYS, False, False),
        (at(2026, 12, 30, 10), 2, TimeUnit.WORKING_DAYS, False, True),
        (at(2026, 12, 31, 16), 1, TimeUnit.WORKING_HOURS, False, False),
        (at(2026, 12, 31, 16), 2, TimeUnit.WORKING_HOURS, False, True),
        (at(2026, 12, 31, 16), 90, TimeUnit.NATURAL_DAYS, False, False),
        (at(2026, 12, 31, 16), 90, TimeUnit.NATURAL_DAYS, True, True),
        (at(2026, 12, 20, 16), 11, TimeUnit.NATURAL_DAYS, True, False),
        (at(2026, 12, 31, 16), 900, TimeUnit.NATURAL_HOURS, False, False),
        (at(2027, 3, 1, 9), 1, TimeUnit.WORKING_HOURS, False, True),
    ],
)
def test_what_leans_on_a_year_without_a_notice_is_provisional(
    start, amount, unit, moves, is_provisional
):
    assert deadline(start, amount, unit, moves=moves).is_provisional is is_provisional


def test_a_notice_that_arrives_settles_a_provisional_deadline_and_may_move_it():
    start = at(2026, 12, 31, 10)
    before = deadline(start, 1, TimeUnit.WORKING_DAYS)
    noticed = WorkingCalendar(
        {**CALENDAR.named_days, date(2027, 1, 1): False, date(2027, 1, 2): True},
        CALENDAR.official_years | {2027},
    )
    after = deadline(start, 1, TimeUnit.WORKING_DAYS, calendar=noticed)
    assert (before.at, before.is_provisional) == (at(2027, 1, 4, 17), True)
    assert (after.at, after.is_provisional) == (at(2027, 1, 2, 17), False)


@pytest.mark.parametrize("amount", [0, -1, 20_001])
def test_a_limit_of_nothing_or_of_ages_is_a_mistake(amount):
    with pytest.raises(ValueError, match="between"):
        TimeLimit(amount, TimeUnit.WORKING_DAYS)


def test_a_beginning_without_a_time_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 9, 18, 10), 1, TimeUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    "sessions",
    [(), ((time(12), time(9)),), ((time(9), time(12)), (time(11), time(17)))],
)
def test_office_hours_are_in_order_and_apart(sessions):
    with pytest.raises(ValueError, match="in order"):
        OfficeHours(sessions, CHINA)


STARTS = st.datetimes(
    datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.sampled_from([CHINA, UTC])
)
UNITS = st.sampled_from(TimeUnit)
AMOUNTS = st.integers(1, 120)


@given(STARTS, AMOUNTS, UNITS, st.booleans())
def test_a_deadline_lies_after_its_beginning_and_grows_with_the_limit(start, amount, unit, moves):
    short = deadline(start, amount, unit, moves=moves).at
    assert start < short
    assert short <= deadline(start, amount + 1, unit, moves=moves).at


@given(STARTS, st.timedeltas(timedelta(), timedelta(days=40)), AMOUNTS, UNITS, st.booleans())
def test_who_comes_later_is_never_due_earlier(start, later, amount, unit, moves):
    first = deadline(start, amount, unit, moves=moves).at
    assert first <= deadline(start + later, amount, unit, moves=moves).at


@given(STARTS, AMOUNTS, AMOUNTS, UNITS)
def test_two_limits_one_after_the_other_are_their_sum(start, one, other, unit):
    in_two = deadline(deadline(start, one, unit).at, other, unit).at
    assert in_two == deadline(start, one + other, unit).at


@given(STARTS, st.integers(1, 60))
def test_n_working_days_contain_exactly_n_working_days(start, amount):
    found = deadline(start, amount, TimeUnit.WORKING_DAYS)
    first, last = OFFICE.day_of(start) + timedelta(days=1), OFFICE.day_of(found.at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(map(CALENDAR.is_working_day, days)) == amount
    assert CALENDAR.is_working_day(last)
    if last.year <= 2026:
        assert sum(map(chinese_calendar.is_workday, days)) == amount


@given(STARTS, st.integers(1, 200))
def test_working_hours_are_exactly_the_hours_in_which_the_office_is_open(start, amount):
    end = deadline(start, amount, TimeUnit.WORKING_HOURS).at
    day, opened = OFFICE.day_of(start), timedelta()
    while day <= OFFICE.day_of(end):
        if CALENDAR.is_working_day(day):
            for opens, closes in OFFICE.sessions_on(day):
                opened += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    assert opened == timedelta(hours=amount)


@given(STARTS, AMOUNTS, st.sampled_from([TimeUnit.WORKING_DAYS, TimeUnit.WORKING_HOURS]))
def test_a_deadline_is_provisional_exactly_if_a_counted_year_has_no_notice(start, amount, unit):
    found = deadline(start, amount, unit)
    is_day = unit is TimeUnit.WORKING_DAYS
    first = OFFICE.day_of(start) + timedelta(days=1 if is_day else 0)
    years = range(first.year, OFFICE.day_of(found.at).year + 1)
    assert found.is_provisional == (not set(years) <= {2024, 2025, 2026})


@given(STARTS, AMOUNTS)
def test_natural_days_that_move_end_on_a_working_day(start, amount):
    plain = deadline(start, amount, TimeUnit.NATURAL_DAYS).at
    moved = deadline(start, amount, TimeUnit.NATURAL_DAYS, moves=True).at
    assert CALENDAR.is_working_day(moved.date())
    assert (moved == plain) == CALENDAR.is_working_day(plain.date())
