"""Editing a member: the person's facts and those of the membership, in one act."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from django.db import transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.clock import china_day
from huijia.core.kernel.errors import Refused
from huijia.core.kernel.verdict import refused
from huijia.core.people.public import Identity, persons
from huijia.registry.actions import telling
from huijia.registry.actions.memberships import MembershipFacts, locked
from huijia.registry.models import Membership
from huijia.registry.rules import memberships as rules

FIELDS = tuple(field.name for field in fields(MembershipFacts))


def edit(
    *,
    membership_id: int,
    person: Mapping[str, Any],
    membership: Mapping[str, Any],
    version: int,
    by: Actor,
    at: dt.datetime,
) -> tuple[str, ...]:
    """Change facts of a member and return the names of the fields that changed.

    `person` and `membership` name fields of `PersonFacts` and `MembershipFacts`; a number or phone
    left out stays as it is. `version` is the sum of both rows' versions as they were read.
    Raises Refused `changed-meanwhile`, `membership-ended`, or why the new facts cannot stand.
    """
    with transaction.atomic():
        held = locked(membership_id, by)
        if held.version + held.person.version != version:
            raise Refused(refused("changed-meanwhile"))
        if not rules.is_in_force(held.state):
            raise Refused(refused("membership-ended"))
        before = telling.tally(held, held.person)
        changed = (
            *_edit_person(held, person, membership.get("joined_on", held.joined_on), by, at),
            *_edit_membership(held, membership, by, at),
        )
        if changed:
            record(
                verb="registry.member.edit",
                subject=("person", held.person_id),
                by=by,
                at=at,
                union_id=held.union_id,
                changes=dict.fromkeys(changed),
            )
            telling.publish(before=before, after=telling.tally(held, held.person), at=at)
    return changed


def _edit_person(
    held: Membership,
    changes: Mapping[str, Any],
    joined_on: dt.date | None,
    by: Actor,
    at: dt.datetime,
) -> tuple[str, ...]:
    identity = Identity.objects.get(pk=held.person_id)
    facts = replace(persons.as_facts(held.person, identity), **changes)
    verdict = rules.may_be_entered(facts, joined_on=joined_on, today=china_day(at))
    if not verdict:
        raise Refused(verdict)
    return persons.edit(person=held.person, identity=identity, facts=facts, by=by, at=at)


def _edit_membership(
    held: Membership, changes: Mapping[str, Any], by: Actor, at: dt.datetime
) -> tuple[str, ...]:
    real = {
        field: (getattr(held, field), value)
        for field, value in changes.items()
        if getattr(held, field) != value
    }
    if not real:
        return ()
    for field, (_was, value) in real.items():
        setattr(held, field, value)
    held.version += 1
    held.updated_at = at
    held.save(update_fields=[*real, "version", "updated_at"])
    values = {field: (_text(was), _text(value)) for field, (was, value) in real.items()}
    persons.note(person_id=held.person_id, verb="membership.edit", changes=values, by=by, at=at)
    return tuple(real)


def _text(value: object) -> str:
    return "" if value is None else str(value)
