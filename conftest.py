"""Fixtures of all tests: a database that rolls back, and one that really commits.

A kept database (`HUIJIA_TEST_KEEP=1`) saves the migrations of the next run.
"""

import os
from collections.abc import Iterator

import pytest
from django.db import connections

from huijia.config import testing  # first: it names the server that settings connect to
from tests.support import database

assert testing.HUIJIA_HOME  # the import above is there for what it does


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Make the database as owner, migrate it as owner, and leave Django connected as web."""
    name, keep = database.database_name(), os.environ.get("HUIJIA_TEST_KEEP") == "1"
    database.keep_ring()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own
        database.create(name, keep=keep)
        database.migrate(name)
        database.use(name, "web")
        yield
        connections["default"].close()
        if pool := getattr(connections["default"], "pool", None):
            connections["default"].close_pool()
            del pool
    if not keep:
        database.drop(name)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """A database in which transactions really commit; emptied afterwards by the owner."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connections.close_all()
        database.empty(database.database_name())
