"""A server that was restarted is noticed without asking it; chosen statements are planned once."""

import copy

import psycopg
import pytest
from django.db import connection

from huijia.config.postgresql.base import DatabaseWrapper, has_been_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def pooled(request):
    """A pool of one connection to the tests' database, given back after use."""
    settings = copy.deepcopy(connection.settings_dict)
    settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 10}
    settings["CONN_HEALTH_CHECKS"] = False
    settings["OPTIONS"]["prepare_threshold"] = request.param if hasattr(request, "param") else 0
    wrapper = DatabaseWrapper(settings, alias="default")
    wrapper._connection_pools = {}  # not the one that all wrappers of this name share
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def process_of(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(process):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        assert cursor.fetchone() == (True,)


def test_a_connection_is_used_again(pooled):
    first = process_of(pooled)
    pooled.close()

    assert process_of(pooled) == first


def test_a_connection_that_the_server_left_is_replaced(pooled):
    first = process_of(pooled)
    pooled.close()
    end(first)

    assert process_of(pooled) not in (None, first)


def test_only_an_idle_connection_that_was_left_has_something_to_say(pooled):
    pooled.ensure_connection()
    idle: psycopg.Connection = pooled.connection
    before = has_been_left(idle)
    end(process_of(pooled))

    assert (before, has_been_left(idle)) == (False, True)


def kept_plans(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY 1")
        return [statement for (statement,) in cursor.fetchall()]


def added(wrapper, *pairs):
    with wrapper.planning_cursor() as cursor:
        for pair in pairs:
            cursor.execute("SELECT %s::integer + %s::integer", pair)
            yield cursor.fetchone()[0]


def test_a_statement_of_a_planning_cursor_is_planned_once_a_connection(pooled):
    assert list(added(pooled, (1, 2), (3, 4))) == [3, 7]
    pooled.close()

    assert list(added(pooled, (5, 6))) == [11]
    assert kept_plans(pooled) == ["SELECT $1::integer + $2::integer"]


@pytest.mark.parametrize("pooled", [None], indirect=True)
def test_behind_a_pooler_no_plan_is_kept(pooled):
    assert list(added(pooled, (1, 2))) == [3]
    assert kept_plans(pooled) == []
