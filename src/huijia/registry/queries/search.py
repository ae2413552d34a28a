"""One box for unions, members and employers: by number, phone or code exactly, by name in parts.

What is personal (an identity number, a phone) is never part of an address: such a text comes by
POST and is answered at once, while a name may stand in the address and be kept as a link.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.text import half_width, upper_token
from huijia.core.orgs.public import PRIMARY, CreditCode, EmployerLine, Node, read_credit_code
from huijia.core.orgs.public import queries as orgs
from huijia.core.people.public import Fault, IdentityNumber, Phone, read_identity_number, read_phone
from huijia.core.people.public import queries as people
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import member_lists as members
from huijia.registry.queries.member_lists import MemberRow

LIMIT = 20
LONGEST = 100
_DIGIT_RUN = re.compile(r"[0-9]{5}")
_LIKE_A_CARD = re.compile(r"[0-9]{17}[0-9X]").fullmatch
_CODE_LIKE = re.compile(r"(?=.*[0-9])[0-9A-Z.\-]{2,24}").fullmatch


class Kind(StrEnum):
    """What somebody seems to look for."""

    NOTHING = "nothing"
    NUMBER = "number"
    PHONE = "phone"
    CODE = "code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text in one shape, and what it seems to be."""

    text: str
    typed: str
    """As it was typed, in plain width: union codes may hold small letters."""
    kind: Kind
    is_personal: bool
    """Never to stand in an address or a log."""
    fault: Fault | None = None
    """What is wrong with a text that has the form of an identity number."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found within the reader's reach; each list stops at `LIMIT`."""

    unions: tuple[Node, ...] = ()
    members: tuple[MemberRow, ...] = ()
    employers: tuple[EmployerLine, ...] = ()

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return len(self.unions) + len(self.members) + len(self.employers)


def read(text: str, *, today: dt.date) -> Asked:
    """What a text in the search box seems to be."""
    plain = half_width(text)[:LONGEST]
    token = upper_token(plain)
    if not token:
        return Asked("", "", Kind.NOTHING, is_personal=False)
    number = read_identity_number(token, today=today)
    if isinstance(number, IdentityNumber):
        return Asked(token, plain, Kind.NUMBER, is_personal=True)
    phone = read_phone(token)
    if isinstance(phone, Phone):
        return Asked(phone.number, plain, Kind.PHONE, is_personal=True)
    if isinstance(number, Fault) and _LIKE_A_CARD(token):
        return Asked(token, plain, Kind.CODE, is_personal=True, fault=number)
    if _CODE_LIKE(token):
        return Asked(token, plain, Kind.CODE, is_personal=bool(_DIGIT_RUN.search(token)))
    return Asked(plain, plain, Kind.NAME, is_personal=bool(_DIGIT_RUN.search(token)))


def may_be_personal(text: str, *, today: dt.date) -> bool:
    """Whether a text typed into a filter may be a number of a person: no address keeps it."""
    return read(text, today=today).is_personal


def run(actor: Actor, asked: Asked) -> Found:
    """Look for it within the actor's reach, permit by permit."""
    if asked.kind == Kind.NUMBER:
        person_id = people.find_by_number(asked.text)
        return _people([person_id] if person_id else [], actor)
    if asked.kind == Kind.PHONE:
        return _people(people.find_by_phone(asked.text, limit=LIMIT), actor)
    if asked.kind == Kind.CODE:
        return _by_code(actor, asked)
    if asked.kind == Kind.NAME:
        return _by_name(actor, asked.text)
    return Found()


def find_primary(actor: Actor, text: str) -> list[Node]:
    """Primary unions by part of the name or by code, where the actor may admit members."""
    places = actor.places(RegistryPermit.MEMBER_EDIT)
    return orgs.find_by_name(text, places=places, limit=LIMIT, kinds=PRIMARY)


def _people(person_ids: list[int], actor: Actor) -> Found:
    places = actor.places(RegistryPermit.MEMBER_VIEW)
    if not person_ids or not places:
        return Found()
    return Found(members=tuple(members.of_persons(person_ids, places=places)))


def _by_code(actor: Actor, asked: Asked) -> Found:
    """A union code, a credit code of a union or employer, or the number of another paper."""
    code = asked.text
    unions = actor.places(RegistryPermit.UNION_VIEW)
    union = orgs.find_by_code({code, asked.typed}, places=unions)
    employer = None
    if isinstance(read_credit_code(code), CreditCode):
        places = actor.places(RegistryPermit.EMPLOYER_VIEW)
        employer = orgs.find_employer_by_code(code, places=places)
    person_id = people.find_by_number(code)
    found = _people([person_id] if person_id else [], actor)
    return Found(
        unions=(union,) if union else (),
        members=found.members,
        employers=(employer,) if employer else (),
    )


def _by_name(actor: Actor, text: str) -> Found:
    unions = actor.places(RegistryPermit.UNION_VIEW)
    people_at = actor.places(RegistryPermit.MEMBER_VIEW)
    employers = actor.places(RegistryPermit.EMPLOYER_VIEW)
    return Found(
        unions=tuple(orgs.find_by_name(text, places=unions, limit=LIMIT)) if unions else (),
        members=(
            tuple(members.find_by_name(text, places=people_at, limit=LIMIT)) if people_at else ()
        ),
        employers=(
            tuple(orgs.find_employers(text, places=employers, limit=LIMIT)) if employers else ()
        ),
    )
