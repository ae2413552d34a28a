"""Admitting people to a union and changing the state of a membership."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.clock import china_day
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import decide, require
from huijia.core.kernel.verdict import Verdict, refused
from huijia.core.orgs.public import Spot, tree
from huijia.core.people.public import Identity, Person, PersonFacts, persons, sealing
from huijia.registry.actions import matching, telling
from huijia.registry.choices import ADMITTED, MembershipState
from huijia.registry.models import LEVELS, Membership
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries.matching import Standing, match
from huijia.registry.rules import memberships as rules


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFacts:
    """What is entered of somebody's belonging to a union."""

    joined_on: dt.date | None = None
    employer_id: int | None = None
    workplace: str = ""
    group_id: int | None = None
    card_number: str = ""
    employment: str = ""
    new_employment: str = ""


def admit(
    *,
    union: Spot,
    person: PersonFacts,
    membership: MembershipFacts,
    by: Actor,
    at: dt.datetime,
) -> Membership:
    """Make somebody a member of a primary union; a person has one membership in force at most.

    Raises Refused: `already-member` (with the union's name where the actor may see members there),
    `person-decided-above` where the number is known and not to be seen from here, or the reason
    why the facts cannot stand.
    """
    require(by, RegistryPermit.MEMBER_EDIT, union)
    with transaction.atomic():
        _require(rules.may_hold_members(kind=union.kind, state=union.state))
        _require(rules.may_be_entered(person, joined_on=membership.joined_on, today=china_day(at)))
        admitted = _person(union, person, by, at)
        begun = _begun(union, admitted, membership, at)
        changes = {"state": ("", str(begun.state)), "union": ("", union.name)}
        persons.note(person_id=admitted.pk, verb=ADMITTED, changes=changes, by=by, at=at)
        record(
            verb="registry.membership.admit",
            subject=("person", admitted.pk),
            by=by,
            at=at,
            union_id=union.id,
        )
        telling.publish(before=None, after=telling.tally(begun, admitted), at=at)
    return begun


def change_state(
    *,
    membership_id: int,
    to: str,
    on: dt.date,
    reason: str,
    version: int,
    by: Actor,
    at: dt.datetime,
) -> Membership:
    """Retain, resume or end a membership on a day, for a reason kept in the sealed history.

    Raises Refused `changed-meanwhile`, or with the rule's reason; NotFound out of reach.
    """
    with transaction.atomic():
        membership = locked(membership_id, by)
        if membership.version != version:
            raise Refused(refused("changed-meanwhile"))
        verdict = rules.may_change_state(
            state=membership.state,
            to=to,
            joined_on=membership.joined_on,
            on=on,
            today=china_day(at),
        )
        _require(verdict)
        before = telling.tally(membership, membership.person)
        was, membership.state = membership.state, to
        membership.ended_on = None if rules.is_in_force(to) else on
        membership.version += 1
        membership.updated_at = at
        membership.save(update_fields=["state", "ended_on", "version", "updated_at"])
        persons.note(
            person_id=membership.person_id,
            verb=f"membership.{to}",
            changes={"state": (was, to), "on": ("", on.isoformat()), "reason": ("", reason)},
            by=by,
            at=at,
        )
        record(
            verb="registry.membership.change_state",
            subject=("person", membership.person_id),
            by=by,
            at=at,
            union_id=membership.union_id,
            changes={"state": [was, to], "on": on.isoformat(), "reason": None},
        )
        after = before if rules.is_in_force(to) else None
        telling.publish(before=before, after=after, at=at)
    return membership


def locked(membership_id: int, by: Actor) -> Membership:
    """A membership that the actor may edit, locked together with its person."""
    membership = (
        Membership.objects.select_related("person", "union")
        .select_for_update(of=("self", "person"), no_key=True)
        .filter(pk=membership_id)
        .first()
    )
    if membership is None:
        raise NotFound
    require(by, RegistryPermit.MEMBER_EDIT, membership.union)
    return membership


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


def _person(union: Spot, facts: PersonFacts, by: Actor, at: dt.datetime) -> Person:
    """The person with this number: new, or known and free to join.

    What is known and was not said on joining again stays: an empty field is no answer.
    """
    number_index = sealing.number_index(facts.number)
    known = match(number_index, facts.name)
    if known is None:
        return persons.enter(facts=facts, scope=tree.ids_of(union.path), by=by, at=at)
    if known.standing == Standing.HERE and known.membership_id:
        raise Refused(_already(known.membership_id, by))
    person_id = matching.take_in(number_index, facts.name, union_id=union.id)
    if person_id is None:
        raise Refused(refused("person-decided-above"))
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    identity = Identity.objects.get(pk=person_id)
    entered = persons.completed(facts, known=persons.as_facts(person, identity))
    persons.edit(person=person, identity=identity, facts=entered, by=by, at=at)
    return person


def _already(membership_id: int, by: Actor) -> Verdict:
    """Where the person is a member, told only to who may see members there."""
    union = Membership.objects.select_related("union").get(pk=membership_id).union
    if decide(by, RegistryPermit.MEMBER_VIEW, union):
        return refused("already-member", union=union.name)
    return refused("person-decided-above")


def _begun(union: Spot, person: Person, facts: MembershipFacts, at: dt.datetime) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(
                person=person,
                union_id=union.id,
                state=MembershipState.MEMBER,
                **dict(zip(LEVELS, union.levels, strict=True)),
                **asdict(facts),
                updated_at=at,
            )
    except IntegrityError as fault:
        if "one_in_force" in str(fault):
            raise Refused(refused("person-decided-above")) from fault
        raise
