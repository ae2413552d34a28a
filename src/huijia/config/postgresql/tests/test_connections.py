"""A server that has been restarted is noticed before the next question, without asking it."""

import copy

import psycopg
import pytest
from django.db import connection

from huijia.config.postgresql.base import DatabaseWrapper, has_been_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def pooled():
    """A pool of one connection to the tests' database, given back after use."""
    settings = copy.deepcopy(connection.settings_dict)
    settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 10}
    settings["CONN_HEALTH_CHECKS"] = False
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
