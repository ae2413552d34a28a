"""Officers of a union's committee: appointed, corrected, ended; never deleted."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import require
from huijia.core.kernel.verdict import refused
from huijia.core.orgs.public import Union
from huijia.core.orgs.public import unions as tree
from huijia.registry.choices import IN_FORCE
from huijia.registry.models import Membership, Officer
from huijia.registry.permits import RegistryPermit


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFacts:
    """Who holds which post from when to when; `until` is the last day."""

    name: str
    post: str
    is_full_time: bool = False
    other_post: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def appoint(*, union_id: int, facts: OfficerFacts, by: Actor, at: dt.datetime) -> Officer:
    """Enter an officer of a union."""
    union = Union.objects.filter(pk=union_id).first()
    if union is None:
        raise NotFound
    require(by, RegistryPermit.UNION_EDIT, union)
    _require_days(facts)
    with transaction.atomic():
        person_id = _member_named(facts.name, union)
        officer = Officer.objects.create(union=union, person_id=person_id, **asdict(facts))
        _tell(officer, "officer.appoint", by, at)
    return officer


def edit(*, officer_id: int, facts: OfficerFacts, by: Actor, at: dt.datetime) -> Officer:
    """Correct an officer's facts, or end the term by its last day."""
    with transaction.atomic():
        officer = (
            Officer.objects.select_related("union")
            .select_for_update(of=("self",))
            .filter(pk=officer_id)
            .first()
        )
        if officer is None:
            raise NotFound
        require(by, RegistryPermit.UNION_EDIT, officer.union)
        _require_days(facts)
        real = {
            field: value
            for field, value in asdict(facts).items()
            if getattr(officer, field) != value
        }
        if not real:
            return officer
        if "name" in real or officer.person_id is None:
            real["person_id"] = _member_named(facts.name, officer.union)
        for field, value in real.items():
            setattr(officer, field, value)
        officer.save(update_fields=list(real))
        _tell(officer, "officer.end" if facts.until else "officer.edit", by, at)
    return officer


def _member_named(name: str, union: Union) -> int | None:
    """The one member of the union with an officer's name; nobody where there are two."""
    held = Membership.objects.filter(union=union, state__in=IN_FORCE, person__name=name)
    found = set(held.values_list("person_id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


def _require_days(facts: OfficerFacts) -> None:
    if facts.since and facts.until and facts.until < facts.since:
        raise Refused(refused("ends-before-it-began"))


def _tell(officer: Officer, verb: str, by: Actor, at: dt.datetime) -> None:
    """Names of officers are public; they stand in the union's history, not in the audit."""
    days = {
        "since": officer.since.isoformat() if officer.since else None,
        "until": officer.until.isoformat() if officer.until else None,
    }
    changes = {"officer": officer.pk, "post": officer.post, **days}
    named = {**changes, "name": officer.name}
    tree.note(union_id=officer.union_id, verb=verb, changes=named, by=by, at=at)
    record(
        verb=f"registry.{verb}",
        subject=("union", officer.union_id),
        by=by,
        at=at,
        union_id=officer.union_id,
        changes=changes,
    )
