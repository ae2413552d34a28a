"""Bringing an installation up to date: privileges, tables, key ring, roles, static files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings

django.setup()

import psycopg  # noqa: E402 - after the set-up
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from huijia.config import migration_state  # noqa: E402
from huijia.config.cli.faults import OperatorError  # noqa: E402
from huijia.config.embedded.public import prepare_database  # noqa: E402
from huijia.config.roles import BUILT_IN_ROLES  # noqa: E402
from huijia.config.settings.database import URLS, parsed  # noqa: E402
from huijia.config.simulation.papers import NOWHERE  # noqa: E402
from huijia.core.access import public as access  # noqa: E402
from huijia.core.kernel import clock  # noqa: E402
from huijia.core.kernel.actor import Actor, ActorGrant, Place  # noqa: E402
from huijia.core.vault.public import (  # noqa: E402
    SUITES,
    KeyRingError,
    make_key_ring,
    vault,
    write_key_ring,
)

INSTALLER = Actor(
    account_id=None,
    name="huijia migrate",
    grants=(ActorGrant("installer", frozenset({access.AccessPermit.ROLE_EDIT}), Place(0, 0, "")),),
)


def run() -> Iterator[str]:
    """Do what is missing; yields a sentence for each thing done. Connects as the owner."""
    with psycopg.connect(URLS["owner"], autocommit=True) as owner:
        prepare_database(owner, *(str(parsed(URLS[each])["user"]) for each in ("web", "worker")))
    if migration_state.pending():
        call_command("migrate", verbosity=0)
        yield "The database is up to date."
    if not Path(settings.HUIJIA_KEY_RING).exists():
        yield new_key_ring()
    vault()
    with transaction.atomic():
        access.roles.install(table=BUILT_IN_ROLES, by=INSTALLER, at=clock.now())
        if bound := access.second_factors.bind_to_accounts():
            yield f"{bound} second factors are sealed anew, each for its own account."
    publish_static_files()


def publish_static_files() -> None:
    """Collect and compress static files, unless those of this release lie there already."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    files = sorted(
        (path, Path(storage.path(path)).stat().st_mtime_ns)
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    fingerprint = hashlib.sha256(repr(files).encode()).hexdigest()
    if mark.exists() and mark.read_text(encoding="utf-8") == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(fingerprint, encoding="utf-8")


def new_key_ring() -> str:
    """Make the ring of a new installation; never where something is sealed already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_identity)")
        if cursor.fetchone()[0]:
            raise KeyRingError(
                f"The database holds sealed values, and their key ring is not at "
                f"{settings.HUIJIA_KEY_RING}. Bring it back from the escrow; a new ring could "
                "not open them."
            )
    write_key_ring(make_key_ring(SUITES[settings.HUIJIA_SUITE]), Path(settings.HUIJIA_KEY_RING))
    return f"A new key ring lies at {settings.HUIJIA_KEY_RING}: keep a copy in a safe place."


def empty() -> None:
    """Throw away everything in the database, if it holds nothing but a demonstration.

    Raises OperatorError in production and where the register was not simulated.
    """
    if settings.HUIJIA_PRODUCTION:
        raise OperatorError("This is a production installation: it is not thrown away.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('orgs_union') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT credit_code FROM orgs_union WHERE depth = 1")
            top = cursor.fetchone()
            if top is not None and (top[0] or "")[2:8] != NOWHERE:
                raise OperatorError(
                    "The register in this database is not a demonstration: it is not thrown away."
                )
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
