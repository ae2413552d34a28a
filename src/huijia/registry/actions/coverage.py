"""Which employers a union covers, as its officers enter it."""

import datetime as dt

from django.db import transaction

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import require
from huijia.core.orgs.public import Coverage, Employer, EmployerFacts, Union, coverage, employers
from huijia.registry.permits import RegistryPermit


def begin(
    *, union_id: int, employer: EmployerFacts, since: dt.date, by: Actor, at: dt.datetime
) -> Coverage:
    """Let a union cover an employer, found again by its credit code or entered now.

    Raises Refused `covered-by-another` when some union covers it on that day.
    """
    union = Union.objects.filter(pk=union_id).first()
    if union is None:
        raise NotFound
    require(by, RegistryPermit.UNION_EDIT, union)
    with transaction.atomic():
        known = Employer.objects.filter(credit_code=employer.credit_code).first()
        covered = known or employers.enter(facts=employer, by=by, at=at)
        return coverage.begin(union=union, employer=covered, since=since, by=by, at=at)


def end(*, coverage_id: int, until: dt.date, by: Actor, at: dt.datetime) -> Coverage:
    """End a coverage; `until` is the first day on which it no longer holds."""
    row = Coverage.objects.select_related("union").filter(pk=coverage_id).first()
    if row is None:
        raise NotFound
    require(by, RegistryPermit.UNION_EDIT, row.union)
    return coverage.end(coverage_id=coverage_id, until=until, by=by, at=at)
