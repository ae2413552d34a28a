"""Which days are worked, officially and provisionally."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from huijia.core.policy.rules import statutory_holidays
from huijia.core.policy.tests.seeded import rows, seeded_calendar

CALENDAR = seeded_calendar()


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_seed_agrees_with_the_package_it_was_made_from_on_every_day(year):
    ours = [day for day in days_of(year) if CALENDAR.is_working_day(day)]
    assert ours == [day for day in days_of(year) if chinese_calendar.is_workday(day)]


def test_every_seeded_day_names_a_notice_of_its_own_year():
    year_of = {notice["number"]: notice["year"] for notice in rows("calendar_notices.csv")}
    assert {day["date"][:4] == year_of[day["notice"]] for day in rows("calendar_days.csv")} == {
        True
    }


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 9, 20), True),  # a Sunday made up for National Day
        (date(2026, 10, 10), True),
        (date(2026, 10, 7), False),
        (date(2026, 9, 19), False),
        (date(2026, 11, 23), True),
    ],
)
def test_make_up_days_are_worked_and_holidays_are_not(day, is_worked):
    assert CALENDAR.is_working_day(day) is is_worked
    assert CALENDAR.is_official(day)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2027, 2, 5), False),  # New Year's Eve
        (date(2027, 2, 8), False),
        (date(2027, 2, 9), True),
        (date(2027, 4, 5), False),
        (date(2027, 6, 9), False),
        (date(2027, 9, 15), False),
        (date(2027, 10, 1), False),
        (date(2027, 10, 4), True),
        (date(2027, 10, 9), False),  # a Saturday
        (date(2040, 10, 2), False),
    ],
)
def test_without_a_notice_weekends_and_statutory_holidays_are_off(day, is_worked):
    assert CALENDAR.is_working_day(day) is is_worked
    assert not CALENDAR.is_official(day)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_statutory_holidays_lie_within_the_announced_ones(year):
    announced = {day for day in days_of(year) if chinese_calendar.is_holiday(day)}
    assert statutory_holidays(year) <= announced


@pytest.mark.parametrize(("year", "count"), [(2024, 11), (2025, 13), (2027, 13), (2031, 12)])
def test_a_year_has_thirteen_statutory_days_since_2025(year, count):
    # in 2031 Mid-Autumn falls on 1 October
    assert len(statutory_holidays(year)) == count


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 9, 19), date(2026, 9, 20)),
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 10, 8), date(2026, 10, 8)),
    ],
)
def test_the_next_working_day_may_be_the_day_itself(day, following):
    assert CALENDAR.next_working_day(day) == following


def test_lunar_holidays_follow_each_other_as_moons_do():
    # Spring Festival and Dragon Boat lie four months of 29 or 30 days apart (five, with a leap
    # month between); Dragon Boat and Mid-Autumn three months and ten days (or one month more).
    for year in range(2024, 2036):
        spring, dragon, autumn = festivals(year)
        assert (dragon - spring).days in range(120, 153)
        assert (autumn - dragon).days in range(97, 130)


def festivals(year):
    fixed = {(1, 1), (4, 4), (4, 5), (5, 1), (5, 2)}
    movable = sorted(d for d in statutory_holidays(year) if (d.month, d.day) not in fixed)
    spring = movable[1] if year >= 2025 else movable[0]
    dragon = next(d for d in movable if d.month in (5, 6))
    autumn = [d for d in movable if d.month in (9, 10)]
    others = [d for d in autumn if (d.month, d.day) not in {(10, 1), (10, 2), (10, 3)}]
    return spring, dragon, others[0] if others else date(year, 10, {2028: 3, 2031: 1}[year])
