"""Known faults end in their sentence, not in a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from psycopg import OperationalError as UnreachableError
from psycopg.errors import UndefinedColumn, UndefinedTable

from huijia.config.embedded.public import EmbeddedServerError
from huijia.core.orgs.gazetteer import DivisionListMissingError, UnknownCityError
from huijia.core.vault.keyring import KeyRingError

KNOWN = (
    DivisionListMissingError,
    EmbeddedServerError,
    ImproperlyConfigured,
    KeyRingError,
    OperationalError,
    UnknownCityError,
    UnreachableError,
)

NOT_MIGRATED = (
    "The database lacks tables of this release. Please run: huijia migrate (or, to begin a new "
    "city: huijia init --city 330200)."
)


class OperatorError(Exception):
    """Something an operator can mend; the message says how."""


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Print a known fault as a sentence and end with code 1."""
    try:
        yield
    except (*KNOWN, OperatorError) as fault:
        if os.environ.get("HUIJIA_DEBUG", "").lower() in {"1", "true", "yes", "on"}:
            raise
        _end(str(fault).strip())
    except ProgrammingError as fault:
        if not isinstance(fault.__cause__, (UndefinedTable, UndefinedColumn)):
            raise
        _end(NOT_MIGRATED)


def _end(sentence: str) -> None:
    click.secho(sentence, fg="red", err=True)
    sys.exit(1)
