"""The tests' database: made by the owner role, used by the web role, on any server.

`db` rolls back; `committed_db` really commits and is emptied by the owner afterwards. A kept
database (`HUIJIA_TEST_KEEP=1`) saves the migrations of the next run.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from huijia.config import testing  # first: it names the server that settings connect to
from huijia.config.embedded.public import prepare_database
from huijia.config.settings.database import URLS, parsed
from huijia.core.vault.public import SUITES, make_key_ring, write_key_ring

assert testing.HUIJIA_HOME  # the import above is there for what it does

# What migrations put there, and what must survive between committing tests.
SEEDED = ("django_migrations", "django_content_type", "policy_", "procrastinate_version")


def database_name() -> str:
    """One database for each process that runs tests side by side."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return "_".join(filter(None, [os.environ.get("HUIJIA_TEST_DATABASE", "huijia_test"), worker]))


def as_role(role: str, database: str) -> psycopg.Connection:
    """A connection of its own, outside Django, as one of the three roles."""
    facts = {**parsed(URLS[role]), "dbname": database}
    return psycopg.connect(**facts, autocommit=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Make the database as owner, migrate it as owner, and leave Django connected as web."""
    name, keep = database_name(), os.environ.get("HUIJIA_TEST_KEEP") == "1"
    keep_ring()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own
        create(name, keep=keep)
        migrate(name)
        use(name, "web")
        yield
        connections["default"].close()
        if pool := getattr(connections["default"], "pool", None):
            connections["default"].close_pool()
            del pool
    if not keep:
        drop(name)


def keep_ring() -> None:
    """Give the tests' home a key ring of its own."""
    ring = Path(settings.HUIJIA_KEY_RING)
    if not ring.exists():
        try:
            write_key_ring(make_key_ring(SUITES["aes"]), ring)
        except FileExistsError:
            return


def create(name: str, *, keep: bool) -> None:
    """An empty database, or the kept one."""
    with as_role("owner", str(parsed(URLS["owner"])["dbname"])) as connection:
        if keep and connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            return
        drop(name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    with as_role("owner", name) as connection:
        prepare_database(connection, *(str(parsed(URLS[each])["user"]) for each in ("web", "worker")))


def drop(name: str) -> None:
    """Remove a database of earlier tests."""
    with as_role("owner", str(parsed(URLS["owner"])["dbname"])) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def use(name: str, role: str) -> None:
    """Point Django at a database as a role."""
    connection = connections["default"]
    connection.close()
    facts = parsed(URLS[role])
    connection.settings_dict.update(
        NAME=name,
        USER=facts.get("user", ""),
        PASSWORD=facts.get("password", ""),
        HOST=facts.get("host", ""),
        PORT=facts.get("port", ""),
    )
    # The pool is the server's business; tests hold one connection.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    settings.DATABASES["default"]["NAME"] = name


def migrate(name: str) -> None:
    """Bring a database up to date, as owner."""
    use(name, "owner")
    call_command("migrate", verbosity=0)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """A database in which transactions really commit; emptied afterwards by the owner."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connections.close_all()
        empty(database_name())


def empty(name: str) -> None:
    """Truncate every table but the seeded ones."""
    with as_role("owner", name) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            if not row[0].startswith(SEEDED)
        ]
        names = sql.SQL(", ").join(sql.Identifier(table) for table in tables)
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
