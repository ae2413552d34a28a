"""What the three database roles may do, for the embedded server and any other."""

from typing import Any

from psycopg import Connection, sql

EXTENSIONS = ("ltree", "pg_trgm", "btree_gin", "btree_gist")

_DEFAULTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES",
    "GRANT USAGE, SELECT ON SEQUENCES",
    "GRANT EXECUTE ON FUNCTIONS",
)


def prepare_database(owner_connection: Connection[Any], web_role: str, worker_role: str) -> None:
    """Let web and worker use what the owner will make in this database; repeat as you like.

    The connection is the owner's: tables it makes from now on are readable and writable for
    both roles, unless a migration takes that back. Existing tables are left as they are, or a
    repetition would return privileges that a migration took away. Extensions are made if
    missing (all are trusted: the owner of the database may). In one transaction.
    Raises psycopg.Error when a role is missing or the connection is not the owner's.
    """
    roles = sql.SQL(", ").join(sql.Identifier(role) for role in (web_role, worker_role))
    with owner_connection.transaction():
        for name in EXTENSIONS:
            owner_connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
            )
        owner_connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        owner_connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(roles))
        for grant in _DEFAULTS:
            owner_connection.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public {} TO {}").format(
                    sql.SQL(grant), roles
                )
            )
