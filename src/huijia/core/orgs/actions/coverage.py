"""Which union covers an employer, from one day to another."""

import datetime as dt

from django.db import IntegrityError, transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.verdict import refused
from huijia.core.orgs.actions import unions
from huijia.core.orgs.models import Coverage, Employer, Union


def begin(
    *, union: Union, employer: Employer, since: dt.date, by: Actor, at: dt.datetime
) -> Coverage:
    """Let a union cover an employer from a day on.

    The caller has required the permit on the union. Raises Refused `covered-by-another` when some
    union already covers the employer then; which one is not told, it may lie out of reach.
    """
    try:
        with transaction.atomic():
            coverage = Coverage.objects.create(union=union, employer=employer, since=since)
    except IntegrityError as fault:
        raise Refused(refused("covered-by-another")) from fault
    _tell(coverage, "coverage.begin", {"since": since.isoformat()}, by, at)
    return coverage


def end(*, coverage_id: int, until: dt.date, by: Actor, at: dt.datetime) -> Coverage:
    """End a coverage; `until` is the first day on which it no longer holds."""
    with transaction.atomic():
        coverage = Coverage.objects.select_for_update().filter(pk=coverage_id, until=None).first()
        if coverage is None:
            raise NotFound
        if until <= coverage.since:
            raise Refused(refused("ends-before-it-began"))
        coverage.until = until
        coverage.save(update_fields=["until"])
        _tell(coverage, "coverage.end", {"until": until.isoformat()}, by, at)
    return coverage


def _tell(coverage: Coverage, verb: str, days: dict[str, str], by: Actor, at: dt.datetime) -> None:
    changes = {"employer": coverage.employer_id, **days}
    unions.note(union_id=coverage.union_id, verb=verb, changes=changes, by=by, at=at)
    record(
        verb=f"orgs.{verb}",
        subject=("union", coverage.union_id),
        by=by,
        at=at,
        union_id=coverage.union_id,
        changes=changes,
    )
