"""What `huijia check` looks at, each finding a sentence with its remedy."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import django
from django.conf import settings

django.setup()

import psycopg  # noqa: E402 - after the set-up
from django.db import DatabaseError, connection  # noqa: E402

from huijia.config import migration_state  # noqa: E402
from huijia.config.settings.database import URLS, parsed  # noqa: E402
from huijia.config.settings.security import complaints_for_production  # noqa: E402
from huijia.config.simulation.papers import NOWHERE  # noqa: E402
from huijia.core.vault.public import CannotOpenError, KeyRingError, vault  # noqa: E402

ENOUGH_DISK = 1_000_000_000
OLDEST_SERVER = 150_000  # as PostgreSQL numbers its versions
ROLES = ("web", "worker")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    is_good: bool
    sentence: str


def found(is_good: bool, good: str, bad: str) -> Finding:
    """What was found, in the sentence that is true."""
    return Finding(is_good, good if is_good else bad)


def run() -> list[Finding]:
    """Look at everything; a look that itself fails is a finding."""
    findings: list[Finding] = []
    for look in LOOKS:
        try:
            findings.extend(look())
        except (DatabaseError, psycopg.Error) as fault:
            told = f"The database refused a question: {_first_line(fault)}"
            findings.append(Finding(False, told))
    return findings


def _first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0]


def look_at_server() -> Iterator[Finding]:
    """The version and the locale of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        version = cursor.fetchone()[0]
        major = version // 10_000
        yield found(
            version >= OLDEST_SERVER,
            f"The server is PostgreSQL {major}.",
            f"The server is PostgreSQL {major}, which is too old: bring one of 15 or later.",
        )
        cursor.execute("SELECT show_trgm('总工会') <> '{}'")
        yield found(
            cursor.fetchone()[0],
            "Chinese text can be searched.",
            "Searches of Chinese text find nothing by index: make the database anew with an "
            "LC_CTYPE of UTF-8, such as C.UTF-8.",
        )
        cursor.execute("SHOW fsync")
        yield found(
            cursor.fetchone()[0] == "on",
            "The server writes to disk before it acknowledges.",
            "The server may lose what it acknowledged: set fsync to on.",
        )


def look_at_migrations() -> Iterator[Finding]:
    """Whether the tables are those of this release."""
    yield found(
        not migration_state.pending(),
        "The tables are those of this release.",
        "The tables are not those of this release: run huijia migrate.",
    )


def look_at_roles() -> Iterator[Finding]:
    """What the web and the worker role can do beyond what they should."""
    for role in ROLES:
        name = str(parsed(URLS[role])["user"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles "
                "WHERE rolname = %s",
                [name],
            )
            attributes = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [name])
            owned = cursor.fetchone()[0]
        is_plain = attributes is not None and not attributes[0] and not owned
        yield found(
            is_plain,
            f"The {role} role owns nothing and bypasses nothing ({name}).",
            f"The {role} role owns tables, may bypass row security or does not exist ({name}): "
            "give it an account of its own without such rights.",
        )


def look_at_fences() -> Iterator[Finding]:
    """Row security on sealed identities, and histories that only grow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE oid = 'people_identity'::regclass"
        )
        yield found(
            cursor.fetchone()[0],
            "Sealed identities are behind row-level security.",
            "Sealed identities are not behind row-level security. As owner: ALTER TABLE "
            "people_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY.",
        )
        for role in ROLES:
            name = str(parsed(URLS[role])["user"])
            cursor.execute(
                "SELECT has_table_privilege(%s, 'audit_entry', 'UPDATE, DELETE, TRUNCATE')",
                [name],
            )
            yield found(
                not cursor.fetchone()[0],
                f"The {role} role cannot change the audit.",
                f"The {role} role can change the audit. As owner: REVOKE UPDATE, DELETE, TRUNCATE "
                f"ON audit_entry FROM {name}.",
            )


def look_at_trust() -> Iterator[Finding]:
    """Whether the server asks for passwords: a wrong one must be refused."""
    for role, url in URLS.items():
        if not url:
            continue
        try:
            psycopg.connect(**{**parsed(url), "password": "wrong on purpose"}).close()
        except psycopg.OperationalError:
            yield Finding(True, f"The server asks the {role} role for its password.")
        else:
            yield Finding(
                False,
                f"The server lets the {role} role in with any password: write scram-sha-256 "
                "instead of trust into its pg_hba.conf.",
            )


def look_at_people() -> Iterator[Finding]:
    """Whether a production installation holds a demonstration, whose passwords are public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT credit_code FROM orgs_union WHERE depth = 1")
        top = cursor.fetchone()
    is_simulated = top is not None and (top[0] or "")[2:8] == NOWHERE
    if settings.HUIJIA_PRODUCTION and is_simulated:
        yield Finding(
            False,
            "The register is a demonstration, and the passwords of its accounts are public: "
            "begin with an empty database (huijia init).",
        )


def look_at_keys() -> Iterator[Finding]:
    """Whether the key ring is there and opens what is sealed."""
    try:
        keys = vault()
    except KeyRingError as fault:
        yield Finding(False, str(fault))
        return
    yield Finding(True, f"The key ring is readable ({keys.ring.sealing_key.suite.name}).")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number_sealed FROM people_identity LIMIT 1")
        row = cursor.fetchone()
    if row is not None:
        yield _opens(bytes(row[0]))


def _opens(sealed: bytes) -> Finding:
    try:
        vault().open(sealed, context="people.identity.number")
    except CannotOpenError:
        return Finding(False, "The key ring does not open what is sealed: it is another's ring.")
    return Finding(True, "The key ring opens what is sealed.")


def look_at_folder() -> Iterator[Finding]:
    """Room and rights of the home folder."""
    home = settings.HUIJIA_HOME
    free = shutil.disk_usage(home).free
    yield found(
        free > ENOUGH_DISK,
        f"{free / 1e9:.1f} GB are free in {home}.",
        f"Only {free / 1e9:.1f} GB are free in {home}: make room for 1 GB at least.",
    )
    yield found(
        os.access(home, os.W_OK),
        f"{home} can be written to.",
        f"{home} cannot be written to by this account: give it the folder.",
    )


def look_at_settings() -> Iterator[Finding]:
    """What production would refuse."""
    complaints = complaints_for_production()
    if settings.HUIJIA_PRODUCTION or not complaints:
        yield Finding(not complaints, "Settings are fit for production.")
    else:
        yield Finding(True, "Not a production installation (HUIJIA_PRODUCTION is off).")


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    look_at_server,
    look_at_migrations,
    look_at_roles,
    look_at_fences,
    look_at_trust,
    look_at_people,
    look_at_keys,
    look_at_folder,
    look_at_settings,
)
