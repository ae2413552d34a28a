"""Entering employers: records of their own, found again by credit code."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import Refused
from huijia.core.kernel.verdict import refused
from huijia.core.orgs.models import Employer
from huijia.core.people.public import name_grams


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFacts:
    """What is known of an employer."""

    name: str
    credit_code: str | None = None
    kind: str = ""
    industry: str = ""
    division_id: str | None = None
    address: str = ""
    staff_count: int | None = None


def enter(*, facts: EmployerFacts, by: Actor, at: dt.datetime) -> Employer:
    """A new employer; raises Refused `credit-code-taken` when the code belongs to another."""
    try:
        with transaction.atomic():
            employer = Employer.objects.create(**asdict(facts), name_grams=name_grams(facts.name))
    except IntegrityError as fault:
        raise Refused(refused("credit-code-taken")) from fault
    record(verb="orgs.employer.enter", subject=("employer", employer.pk), by=by, at=at)
    return employer
