"""The one exception of this package, and the sentences it carries."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class EmbeddedServerError(Exception):
    """The embedded server cannot run; the message says what happened and what to do."""


_ADVICE = {
    "No space left on device": (
        "The disk that holds {folder} is full. Free at least 300 MB there, or set HUIJIA_HOME "
        "to a folder on another disk, and start again; nothing saved is lost."
    ),
    "Disk quota exceeded": (
        "The disk quota for {folder} is used up. Free at least 300 MB, or set HUIJIA_HOME to a "
        "folder on another disk, and start again; nothing saved is lost."
    ),
    "Read-only file system": (
        "{folder} is on a file system that is mounted read-only. Make it writable, or set "
        "HUIJIA_HOME to a folder that can be written."
    ),
    "invalid locale": (
        "This machine has no locale C.UTF-8, without which Chinese names cannot be searched. "
        "Install it (Debian: apt-get install libc-bin; others: localedef -i C -f UTF-8 C.UTF-8), "
        "or set DATABASE_URL to a PostgreSQL server."
    ),
    "pre-existing shared memory block": (
        "Another PostgreSQL still works on {folder}, perhaps in another container. Stop it, "
        "then start again."
    ),
    "Permission denied": (
        "The account that runs the database may not write {folder}. Give the folder to that "
        "account (chown), or set HUIJIA_HOME to a folder it may write."
    ),
    "Operation not permitted": (
        "The account that runs Huijia may not change {folder}. Give the folder to that account "
        "(chown), or set HUIJIA_HOME to a folder it may write."
    ),
}

_BY_NUMBER = {
    errno.ENOSPC: "No space left on device",
    errno.EDQUOT: "Disk quota exceeded",
    errno.EROFS: "Read-only file system",
    errno.EACCES: "Permission denied",
    errno.EPERM: "Operation not permitted",
}


def explained(output: str, *, doing: str, folder: Path) -> EmbeddedServerError:
    """What a program of PostgreSQL printed before it failed, as a sentence with advice."""
    for sign, advice in _ADVICE.items():
        if sign in output:
            return EmbeddedServerError(advice.format(folder=folder))
    said = " ".join(output.split())[-600:] or "it said nothing"
    return EmbeddedServerError(f"The embedded PostgreSQL failed while {doing} in {folder}: {said}")


@contextmanager
def in_sentences(folder: Path) -> Iterator[None]:
    """Turn the errors of files, programs and the new database into an EmbeddedServerError."""
    try:
        yield
    except OSError as problem:
        sign = _BY_NUMBER.get(problem.errno or 0, str(problem))
        where = Path(str(problem.filename)) if problem.filename else folder
        raise explained(sign, doing="using files", folder=where) from problem
    except (psycopg.Error, subprocess.SubprocessError) as problem:
        raise explained(str(problem), doing="preparing the database", folder=folder) from problem
