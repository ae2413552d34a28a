"""The tests' database: made by the owner role, used by the web role, on any server."""

import os
import sys
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from huijia.config.embedded.public import prepare_database
from huijia.config.settings.database import URLS, parsed
from huijia.core.vault.public import SUITES, make_key_ring, write_key_ring

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
        if (
            keep
            and connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
        ):
            return
        drop(name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    with as_role("owner", name) as connection:
        prepare_database(
            connection, *(str(parsed(URLS[each])["user"]) for each in ("web", "worker"))
        )


def drop(name: str) -> None:
    """Remove a database; whoever still leaves it is waited for, and sent away in the end.

    Raises psycopg.errors.ObjectInUse when somebody stays even so.
    """
    deadline, is_last_call = time.monotonic() + 15, False
    with as_role("owner", str(parsed(URLS["owner"])["dbname"])) as connection:
        while True:
            try:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
                )
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > deadline:
                    if is_last_call:
                        raise
                    send_away(name)
                    deadline, is_last_call = time.monotonic() + 5, True
                time.sleep(0.2)
            else:
                return


def send_away(name: str) -> None:
    """End who stays in a database, each by its own role, and say what it was doing."""
    for role in ("web", "worker"):
        with as_role(role, str(parsed(URLS["owner"])["dbname"])) as connection:
            stayed = connection.execute(
                "SELECT application_name, state, left(query, 80), pg_terminate_backend(pid)"
                " FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
                [name],
            ).fetchall()
        for application, state, query, _is_ended in stayed:
            sys.stderr.write(f"{name}: {application} stayed, {state}, at: {query}\n")


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
