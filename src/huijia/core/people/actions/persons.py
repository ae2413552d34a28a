"""Entering and editing persons: readable facts in clear; number, phone and history sealed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from django.db import IntegrityError, transaction

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import Refused
from huijia.core.kernel.verdict import refused
from huijia.core.people import sealing
from huijia.core.people.models import Identity, Person, PersonHistory
from huijia.core.people.rules import name_grams

SEALED = ("number", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is entered of a person, already read by the rules: codes, plain numbers, real dates."""

    name: str
    sex: str
    birth_date: dt.date | None
    paper: str
    number: str
    phone: str = ""
    ethnicity: str = ""
    education: str = ""
    political_status: str = ""
    household: str = ""


READABLE = tuple(
    field.name for field in fields(PersonFacts) if field.name not in (*SEALED, "paper")
)


def enter(*, facts: PersonFacts, scope: Sequence[int], by: Actor, at: dt.datetime) -> Person:
    """A new person with a sealed identity, visible within `scope` (the path of a union).

    Raises Refused `person-decided-above` when the number belongs to a person whom the caller's
    reach does not show: the unique index knows, and nobody learns more than that.
    """
    try:
        with transaction.atomic():
            person = Person.objects.create(
                **{field: getattr(facts, field) for field in READABLE},
                name_grams=name_grams(facts.name),
                updated_at=at,
            )
            Identity.objects.create(person=person, scope=list(scope), **_sealed(facts))
    except IntegrityError as fault:
        if "number_index" in str(fault):
            raise Refused(refused("person-decided-above")) from fault
        raise
    note(person_id=person.pk, verb="enter", changes=_first_values(facts), by=by, at=at)
    return person


def edit(
    *, person: Person, identity: Identity, facts: PersonFacts, by: Actor, at: dt.datetime
) -> tuple[str, ...]:
    """Bring a person to new facts and return the names of the fields that changed.

    The caller holds the lock on the person's row and has compared the version.
    Raises Refused `person-decided-above` when the new number already belongs to another person.
    """
    before = as_facts(person, identity)
    changes = changes_between(before, facts)
    if not changes:
        return ()
    for field in READABLE:
        setattr(person, field, getattr(facts, field))
    person.name_grams = name_grams(facts.name)
    person.version += 1
    person.updated_at = at
    person.save(update_fields=[*READABLE, "name_grams", "version", "updated_at"])
    if changes.keys() & {"paper", *SEALED}:
        _write_identity(identity, facts)
    note(person_id=person.pk, verb="edit", changes=changes, by=by, at=at)
    return tuple(changes)


def move_scope(*, identity: Identity, scope: Sequence[int]) -> None:
    """Let the identity be seen within another union's path from now on."""
    identity.scope = list(scope)
    identity.save(update_fields=["scope"])


def note(
    *,
    person_id: int,
    verb: str,
    changes: Mapping[str, sealing.Change],
    by: Actor,
    at: dt.datetime,
) -> None:
    """Add one row to a person's sealed history."""
    PersonHistory.objects.create(
        person_id=person_id,
        at=at,
        account_id=by.account_id,
        actor=by.name,
        verb=verb,
        fields=list(changes),
        values_sealed=sealing.seal_changes(changes) if changes else None,
    )


def as_facts(person: Person, identity: Identity) -> PersonFacts:
    """The facts that are kept of a person, opened."""
    return PersonFacts(
        **{field: getattr(person, field) for field in READABLE},
        paper=identity.paper,
        number=sealing.open_number(identity.number_sealed),
        phone=sealing.open_phone(identity.phone_sealed) if identity.phone_sealed else "",
    )


def completed(facts: PersonFacts, *, known: PersonFacts) -> PersonFacts:
    """The facts that were entered; where nothing was said, what is known of the person."""
    unsaid = [field.name for field in fields(facts) if not getattr(facts, field.name)]
    return replace(facts, **{name: getattr(known, name) for name in unsaid})


def changes_between(before: PersonFacts, after: PersonFacts) -> dict[str, sealing.Change]:
    """The fields in which two sets of facts differ, with both values as text."""
    old, new = asdict(before), asdict(after)
    return {
        field: (_text(old[field]), _text(new[field])) for field in old if old[field] != new[field]
    }


def _first_values(facts: PersonFacts) -> dict[str, sealing.Change]:
    return {field: ("", _text(value)) for field, value in asdict(facts).items() if value}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _write_identity(identity: Identity, facts: PersonFacts) -> None:
    for column, value in _sealed(facts).items():
        setattr(identity, column, value)
    try:
        with transaction.atomic():
            identity.save()
    except IntegrityError as fault:
        raise Refused(refused("person-decided-above")) from fault


def _sealed(facts: PersonFacts) -> dict[str, object]:
    return {
        "paper": facts.paper,
        "number_sealed": sealing.seal_number(facts.number),
        "number_index": sealing.number_index(facts.number),
        "phone_sealed": sealing.seal_phone(facts.phone) if facts.phone else None,
        "phone_index": sealing.phone_index(facts.phone) if facts.phone else None,
    }
