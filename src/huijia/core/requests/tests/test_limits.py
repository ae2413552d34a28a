"""Limits: exact within any window, shared by all processes, silent about whom they count."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from huijia.core.kernel import clock
from huijia.core.kernel.errors import TooOften
from huijia.core.requests.models import ConsumedToken, Counter
from huijia.core.requests.public import Limit, limits

THREE = Limit("test.three", count=3, window=dt.timedelta(minutes=30))
START = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def minutes(number: float) -> dt.datetime:
    return START + dt.timedelta(minutes=number)


def allowed(key: str, at: dt.datetime, limit: Limit = THREE) -> bool:
    try:
        limits.check(limit, key, at=at)
    except TooOften:
        return False
    return True


@pytest.mark.django_db
def test_as_many_as_the_limit_says_are_allowed() -> None:
    assert [allowed("a", START) for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_keys_and_limits_count_for_themselves() -> None:
    other = Limit("test.other", 3, THREE.window)
    for _ in range(3):
        allowed("a", START)

    assert allowed("b", START)
    assert allowed("a", START, other)


@pytest.mark.django_db
def test_the_window_slides_so_that_no_half_hour_holds_more_than_the_limit() -> None:
    # Two windows' worth around a boundary is what a fixed window would let through.
    tries = [minutes(m) for m in (0, 29, 29.5, 30, 30.1, 58.9, 59.2, 59.6)]

    passed = [at for at in tries if allowed("a", at)]

    assert passed == [minutes(m) for m in (0, 29, 29.5, 30, 59.2, 59.6)]
    for first in passed:
        within = [at for at in passed if first <= at < first + THREE.window]
        assert len(within) <= THREE.count


@pytest.mark.django_db
def test_being_refused_does_not_prolong_the_wait() -> None:
    for _ in range(3):
        allowed("a", START)
    for minute in range(1, 30):
        assert not allowed("a", minutes(minute))

    assert allowed("a", minutes(30))


@pytest.mark.django_db
def test_the_refusal_says_when_to_come_back() -> None:
    for minute in (0, 10, 20):
        limits.check(THREE, "a", at=minutes(minute))

    with pytest.raises(TooOften) as refusal:
        limits.check(THREE, "a", at=minutes(25))

    assert refusal.value.retry_after == 5 * 60


@pytest.mark.django_db
def test_a_try_can_be_taken_back_and_all_can_be_forgotten() -> None:
    limits.check(THREE, "a", at=START)
    limits.check(THREE, "a", at=START)
    limits.give_back(THREE, "a")
    assert limits.check(THREE, "a", at=START) == 2

    limits.forget(THREE, "a")

    assert limits.check(THREE, "a", at=START) == 1


@pytest.mark.django_db
def test_a_counter_does_not_say_whom_it_counts() -> None:
    limits.check(THREE, "wang.xiaoming", at=START)
    limits.check(THREE, "203.0.113.7", at=START)

    keys = list(Counter.objects.values_list("key", flat=True))

    assert len(keys) == 2
    assert all(re.fullmatch(r"test\.three:[0-9a-f]{32}", key) for key in keys)


@pytest.mark.django_db
def test_what_is_over_is_removed() -> None:
    limits.check(THREE, "old", at=START)
    limits.check(THREE, "new", at=minutes(20))
    ConsumedToken.objects.create(
        token="00000000-0000-4000-8000-000000000001", at=START - limits.TOKENS_KEPT, result_url="/"
    )

    limits.purge(at=minutes(31))

    assert Counter.objects.count() == 1
    assert not ConsumedToken.objects.exists()


def test_tries_at_the_same_moment_are_counted_one_by_one(committed_db: None) -> None:
    limit = Limit("test.rush", count=7, window=dt.timedelta(minutes=1))

    def one_try(_: int) -> bool:
        try:
            return allowed("a", clock.now(), limit)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(one_try, range(40)))

    assert outcomes.count(True) == 7
