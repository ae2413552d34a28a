"""One member: the page with masks, memberships and changes, and what an edit begins with."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import decide, require
from huijia.core.kernel.verdict import Verdict
from huijia.core.orgs.public import Employer, Union
from huijia.core.orgs.public import queries as orgs
from huijia.core.people.public import NOT_SHOWN, MaskedIdentity, PersonChange
from huijia.core.people.public import queries as people
from huijia.registry.choices import ADMITTED, IN_FORCE, MembershipState
from huijia.registry.models import Import, Membership
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.memberships import next_states

CHANGES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One membership of a person, in force or ended."""

    id: int
    union_id: int
    union: str
    union_path: str
    state: str
    state_label: str
    joined_on: dt.date | None
    ended_on: dt.date | None
    group: str
    employer_id: int | None
    """None also where the employer's page is not the reader's to see."""
    employer: str
    workplace: str
    card_number: str
    employment: str
    new_employment: str


@dataclass(frozen=True, slots=True)
class MemberCan:
    """What the reader may do with a member."""

    edit: Verdict
    reveal: Verdict


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """A member's page."""

    person_id: int
    name: str
    sex: str
    birth_date: dt.date | None
    ethnicity: str
    education: str
    political_status: str
    household: str
    identity: MaskedIdentity
    memberships: tuple[MembershipRow, ...]
    changes: tuple[PersonChange, ...]
    can: MemberCan

    @property
    def current(self) -> MembershipRow:
        """The membership in force, or the one that ended last."""
        return self.memberships[0]

    @property
    def is_in_force(self) -> bool:
        """Whether the person is a member now, as far as the reader can see."""
        return self.current.state in IN_FORCE


@dataclass(frozen=True, slots=True)
class EditableMember:
    """What the edit form begins with; sealed values are not among it."""

    person_id: int
    membership_id: int
    union_id: int
    version: int
    membership_version: int
    next_states: tuple[MembershipState, ...]
    name: str
    values: Mapping[str, Any]


def sheet(actor: Actor, person_id: int) -> MemberSheet:
    """A member's page: NotFound unless a membership lies where the actor may see members."""
    held = _memberships(actor, person_id)
    person = held[0].person
    shown = _visible_employers(actor, held)
    return MemberSheet(
        person_id=person_id,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        ethnicity=person.ethnicity,
        education=person.education,
        political_status=person.political_status,
        household=person.household,
        identity=people.masked([person_id]).get(person_id, NOT_SHOWN),
        memberships=tuple(_membership(row, shown) for row in held),
        changes=_changes(held, person_id),
        can=MemberCan(
            edit=_decided(actor, RegistryPermit.MEMBER_EDIT, held[0].union),
            reveal=_decided(actor, RegistryPermit.IDENTITY_REVEAL, held[0].union),
        ),
    )


def editable(actor: Actor, person_id: int) -> EditableMember:
    """The member in force that the actor may edit; Refused or NotFound otherwise."""
    held = _memberships(actor, person_id)[0]
    require(actor, RegistryPermit.MEMBER_EDIT, held.union)
    person = held.person
    identity = people.masked([person_id]).get(person_id, NOT_SHOWN)
    readable = {
        field: getattr(person, field)
        for field in (
            "name",
            "sex",
            "birth_date",
            "ethnicity",
            "education",
            "political_status",
            "household",
        )
    }
    belonging = {
        field: getattr(held, field)
        for field in (
            "joined_on",
            "employer_id",
            "workplace",
            "group_id",
            "card_number",
            "employment",
            "new_employment",
        )
    }
    return EditableMember(
        person_id=person_id,
        membership_id=held.pk,
        union_id=held.union_id,
        version=held.version + person.version,
        membership_version=held.version,
        next_states=next_states(held.state),
        name=person.name,
        values={
            **readable,
            **belonging,
            "paper": identity.paper,
            "number_mask": identity.number,
            "phone_mask": identity.phone,
        },
    )


def _memberships(actor: Actor, person_id: int) -> list[Membership]:
    """A person's memberships that the actor may see, the one in force first."""
    places = actor.places(RegistryPermit.MEMBER_VIEW)
    rows = Membership.objects.filter(orgs.within(places), person_id=person_id).select_related(
        "person", "union", "group", "employer"
    )
    found = list(rows)
    if not found:
        _refuse_or_hide(actor, person_id)
    return sorted(found, key=lambda row: (row.ended_on or dt.date.max, row.pk), reverse=True)


def _changes(held: list[Membership], person_id: int) -> tuple[PersonChange, ...]:
    """The latest changes, newest first, of which the reader may know."""
    kept = people.history(person_id, limit=CHANGES_SHOWN, until=_seen_until(held))
    found = sorted([*kept, *_begun_by_imports(held)], key=lambda each: each.at, reverse=True)
    return tuple(found[:CHANGES_SHOWN])


def _begun_by_imports(held: list[Membership]) -> list[PersonChange]:
    """The beginnings of memberships that an import entered: it keeps when and who, once for all."""
    imports = Import.objects.filter(pk__in={row.batch_id for row in held if row.batch_id})
    return [
        PersonChange(work.started_at or work.created_at, work.actor, ADMITTED, ("state", "union"))
        for work in imports
    ]


def _seen_until(held: list[Membership]) -> dt.datetime | None:
    """The moment when the last of some memberships ended, None while one is in force.

    What happened to the person later belongs to other unions: who took the leaver in, and when,
    is not the former union's to know.
    """
    if any(row.state in IN_FORCE for row in held):
        return None
    return max(row.updated_at for row in held)


def _refuse_or_hide(actor: Actor, person_id: int) -> None:
    """Within reach without the permit it is a refusal; out of reach there is nothing."""
    other = Membership.objects.select_related("union").filter(person_id=person_id).first()
    if other is None:
        raise NotFound
    require(actor, RegistryPermit.MEMBER_VIEW, other.union)


def _visible_employers(actor: Actor, held: list[Membership]) -> set[int]:
    """Those employers of some memberships whose page the actor may see."""
    ids = {row.employer_id for row in held if row.employer_id}
    places = actor.places(RegistryPermit.EMPLOYER_VIEW)
    rows = orgs.employers_within(Employer.objects.filter(pk__in=ids), places)
    return set(rows.values_list("pk", flat=True)) if ids and places else set()


def _membership(row: Membership, employers: set[int]) -> MembershipRow:
    return MembershipRow(
        id=row.pk,
        union_id=row.union_id,
        union=row.union.name,
        union_path=row.union.path,
        state=row.state,
        state_label=str(MembershipState(row.state).label),
        joined_on=row.joined_on,
        ended_on=row.ended_on,
        group=row.group.name if row.group else "",
        employer_id=row.employer_id if row.employer_id in employers else None,
        employer=row.employer.name if row.employer else "",
        workplace=row.workplace,
        card_number=row.card_number,
        employment=row.employment,
        new_employment=row.new_employment,
    )


def _decided(actor: Actor, permit: RegistryPermit, union: Union) -> Verdict:
    verdict = decide(actor, permit, union)
    return verdict or Verdict(False, verdict.reason, {"permit": str(permit)})
