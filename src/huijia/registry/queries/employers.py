"""What the page of an employer shows."""

import datetime as dt
from dataclasses import dataclass

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound
from huijia.core.orgs.public import Coverage, Employer, Union
from huijia.core.orgs.public import queries as orgs
from huijia.registry.permits import RegistryPermit

SHOWN = 50


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """A union that covers the employer, within the reader's reach."""

    union_id: int
    union: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class OwnUnion:
    """A union that stands at the employer."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class EmployerSheet:
    """An employer's page."""

    id: int
    name: str
    credit_code: str | None
    kind: str
    industry: str
    division: str
    address: str
    staff_count: int | None
    coverage: tuple[CoveredBy, ...]
    unions: tuple[OwnUnion, ...]


def sheet(actor: Actor, employer_id: int) -> EmployerSheet:
    """An employer that a union within reach covers or stands at; NotFound otherwise."""
    places = actor.places(RegistryPermit.EMPLOYER_VIEW)
    wanted = Employer.objects.select_related("division").filter(pk=employer_id)
    employer = orgs.employers_within(wanted, places).first()
    if employer is None:
        raise NotFound
    covered = (
        Coverage.objects.filter(orgs.within(places, at="union__"), employer_id=employer_id)
        .select_related("union")
        .order_by("-since")[:SHOWN]
    )
    own = Union.objects.filter(orgs.within(places), employer_id=employer_id)
    return EmployerSheet(
        id=employer.pk,
        name=employer.name,
        credit_code=employer.credit_code,
        kind=employer.get_kind_display(),
        industry=employer.industry,
        division=employer.division.name if employer.division else "",
        address=employer.address,
        staff_count=employer.staff_count,
        coverage=tuple(
            CoveredBy(row.union_id, row.union.name, row.since, row.until) for row in covered
        ),
        unions=tuple(OwnUnion(row.pk, row.name) for row in own.order_by("id")[:SHOWN]),
    )
