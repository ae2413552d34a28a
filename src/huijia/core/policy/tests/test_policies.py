"""The calendar and the policies in the database."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from huijia.core.kernel.errors import NotFound
from huijia.core.policy import public as policy
from huijia.core.policy.models import CalendarDay, CalendarNotice, PolicyVersion
from huijia.core.policy.tests.seeded import seeded_calendar

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")


def make_version(first, last, *, key="limit", value=1):
    return PolicyVersion.objects.create(
        key=key, effective_from=first, effective_to=last, value=value, basis="article 1"
    )


def test_the_migrated_calendar_is_the_checked_in_one():
    assert policy.calendar() == seeded_calendar()


def test_a_notice_that_arrives_is_seen_at_once():
    notice = CalendarNotice.objects.create(
        year=2027, number="a notice", title="2027", issued_on=date(2026, 11, 30)
    )
    CalendarDay.objects.create(date=date(2027, 1, 2), kind="workday", name="元旦", notice=notice)
    assert policy.calendar().is_working_day(date(2027, 1, 2))
    assert policy.calendar().is_official(date(2027, 1, 2))


def test_a_corrected_notice_is_seen_at_once():
    policy.calendar()
    notice = CalendarNotice.objects.get(year=2026)
    CalendarDay.objects.filter(date=date(2026, 9, 20)).delete()
    notice.revised_at += timedelta(days=1)
    notice.save(update_fields=["revised_at"])
    assert not policy.calendar().is_working_day(date(2026, 9, 20))


def test_the_calendar_costs_two_queries_once_and_one_thereafter(django_assert_num_queries):
    CalendarNotice.objects.create(year=2028, number="x", title="x", issued_on=date(2027, 11, 1))
    with django_assert_num_queries(3):
        policy.calendar()
    with django_assert_num_queries(1):
        policy.calendar()


@pytest.mark.parametrize("kind", ["", "weekend"])
def test_a_day_is_worked_or_off(kind):
    notice = CalendarNotice.objects.get(year=2026)
    with pytest.raises(IntegrityError, match="calendar_day_kind_is_known"), transaction.atomic():
        CalendarDay.objects.create(date=date(2026, 12, 6), kind=kind, name="x", notice=notice)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2025, 1, 1), "old"),
        (date(2025, 12, 31), "old"),
        (date(2026, 1, 1), "new"),
        (date(2099, 1, 1), "new"),
    ],
)
def test_a_policy_holds_from_its_first_day_to_its_last(on, value):
    make_version(date(2025, 1, 1), date(2025, 12, 31), value="old")
    make_version(date(2026, 1, 1), None, value="new")
    make_version(date(2020, 1, 1), None, key="another", value="other")
    assert policy.value("limit", on) == value
    assert policy.policy("limit", on).basis == "article 1"


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2026, 1, 1)])
def test_where_no_policy_holds_none_is_invented(on):
    make_version(date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(NotFound):
        policy.value("limit", on)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 12, 31), None),
        (date(2024, 1, 1), date(2025, 1, 1)),
        (date(2025, 3, 1), date(2025, 3, 1)),
        (date(2024, 1, 1), None),
    ],
)
def test_two_versions_of_one_policy_never_overlap(first, last):
    make_version(date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(IntegrityError, match="one_policy_version_at_a_time"), transaction.atomic():
        make_version(first, last)


def test_a_policy_does_not_end_before_it_begins():
    with pytest.raises(Exception, match=r"policy_ends_after_it_begins|range lower bound"):  # noqa: SIM117
        with transaction.atomic():
            make_version(date(2025, 1, 2), date(2025, 1, 1))


def test_a_deadline_goes_by_the_seeded_calendar_and_office_hours():
    hours = policy.office_hours(date(2026, 9, 18))
    assert hours.sessions == ((time(9), time(12)), (time(13, 30), time(17)))
    found = policy.deadline_after(
        datetime(2026, 9, 18, 17, tzinfo=CHINA),
        policy.TimeLimit(4, policy.TimeUnit.WORKING_HOURS),
    )
    assert found == policy.Deadline(
        datetime(2026, 9, 20, 14, 30, tzinfo=CHINA), is_provisional=False
    )
