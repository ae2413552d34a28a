"""Counting everything anew: after a bulk load, and every night to prove the figures right."""

import datetime as dt
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from django.db import connection, transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import system
from huijia.core.orgs.public import PRIMARY, UnionState
from huijia.core.people.public import Sex
from huijia.insight.choices import JOINS_SINCE
from huijia.insight.models import Recount
from huijia.registry.public import IN_FORCE

RECOUNT = Path(__file__).with_name("recount.sql").read_text(encoding="utf-8")
ONE_AT_A_TIME = 7_410_321
"""Key of the advisory lock under which differences are found and mended."""

MOST_TOLD = 20
STEWARD = system("figures")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much a figure had to be raised to be right."""

    union_id: int
    indicator: str
    period: int
    change: int


def rebuild() -> int:
    """Make every figure equal to a count of the registry; how many differed.

    For bulk loads that publish nothing: one pass, safe beside writers and merges.
    """
    return _mend()[0]


def recount_and_compare(*, at: dt.datetime) -> Recount:
    """Compare every figure with a count of the registry, report what differs and mend it."""
    started = time.perf_counter()
    with transaction.atomic():
        differences, largest = _mend()
        found = Recount.objects.create(
            at=at,
            seconds=round(time.perf_counter() - started, 3),
            differences=differences,
            largest=[[each.union_id, each.indicator, each.period, each.change] for each in largest],
        )
        record(
            verb="figures.recounted",
            subject=("recount", found.pk),
            by=STEWARD,
            at=at,
            changes={"differences": differences, "largest": found.largest},
        )
    tell = log.error if differences else log.info
    tell("figures.recounted", differences=differences, seconds=found.seconds, largest=found.largest)
    return found


@transaction.atomic
def _mend() -> tuple[int, list[Difference]]:
    """Find and mend all differences: their number and the largest.

    The lock is a statement of its own, so that the recount's snapshot is taken under it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute(RECOUNT, _parameters())
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    number = int(rows[0][4]) if rows else 0
    return number, [Difference(row[0], row[1], row[2], int(row[3])) for row in rows]


def _parameters() -> dict[str, str | int | list[str]]:
    return {
        "in_force": [str(state) for state in IN_FORCE],
        "primary_kinds": [str(kind) for kind in PRIMARY],
        "active": str(UnionState.ACTIVE),
        "female": str(Sex.FEMALE),
        "joins_since": JOINS_SINCE,
        "most": MOST_TOLD,
    }
