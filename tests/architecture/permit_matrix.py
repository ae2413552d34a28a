"""Which answer every address gives to whom: the table that `test_permit_matrix.py` walks.

HOW TO ADD A ROUTE. Give the route a name and its row below, under "namespace:name":

    "registry:member": Row(
        get=(SIGN_IN, 404, 403, 200),
        post=(SIGN_IN, 404, 403, 405),
        arguments=lambda world: {"membership_id": world.membership.pk},
    ),

The four answers are for four visitors, in this order:

    1. signed out;
    2. wrong organisation: the right permit, but on a sibling town;
    3. wrong permit: on the right town, with every permit there is except those of the route;
    4. right permit: on the right town, with the route's permits and no other.

An answer is a status, or SIGN_IN (a redirect to the sign-in), or DONE (any other redirect).
The route's permit is read from its view (`@desk_page(permit=…)`). A route whose view or action
asks for further ones names them: `also=(RegistryPermit.MEMBER_EDIT,)`; a page without a permit
of its own that still shows only what somebody may see is like any other, with the same answers
in columns 3 and 4. For a thing in an address, answer what lies in the right town of the `World`;
whoever is in the wrong organisation must get 404 for it, as if it were not there. A POST that
needs fields to succeed gives them: `data=lambda world: {...}`; without, column 4 is usually 200
(the form again) or 400.

Never write a row to make the test green: if an answer surprises you, the view is wrong.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from huijia.core.access.middleware import set_reach
from huijia.core.access.tests.factories import make_union
from huijia.core.kernel import clock
from huijia.core.kernel.actor import ANONYMOUS, Place, system
from huijia.core.orgs.models import Coverage, Employer, Union
from huijia.core.people.models import Identity, Person
from huijia.core.people.sealing import number_index, seal_number
from huijia.registry.models import Group, Import, Membership, Officer
from huijia.registry.permits import RegistryPermit

SIGN_IN = "sign-in"
DONE = "done"
Answers = tuple[int | str, int | str, int | str, int | str]


class World:
    """A city with two sibling towns; the things in addresses lie in the right one."""

    def __init__(self) -> None:
        self.city = make_union("某市总工会")
        self.county = make_union("某区总工会", self.city)
        self.right_town = make_union("右街道总工会", self.county)
        self.wrong_town = make_union("左街道总工会", self.county)
        self.union = make_union("右社区联合工会", self.right_town)
        self.employer = Employer.objects.create(name="右街道某机械有限公司")
        self.person = self._person(self.union)
        self.group = Group.objects.create(union=self.union, name="一组")
        self.officer = Officer.objects.create(union=self.union, name="陈静", post="chair")
        self.coverage = Coverage.objects.create(
            union=self.union, employer=self.employer, since=dt.date(2020, 1, 1)
        )
        self.membership = Membership.objects.create(
            person=self.person,
            union=self.union,
            employer=self.employer,
            **{f"level_{n}": getattr(self.union, f"level_{n}") for n in range(1, 6)},
        )
        self.work = Import.objects.create(
            kind="members",
            state="judged",
            union=self.union,
            actor="somebody",
            file_name="sheet.csv",
            file_format="csv",
            created_at=clock.now(),
            touched_at=clock.now(),
            judged_on=clock.today(),
        )

    def _person(self, union: Union) -> Person:
        number = "330203199003070002"
        person = Person.objects.create(name="王小明", name_grams=["王小", "小明"], sex="1")
        place = Place(self.city.pk, self.city.depth, self.city.path)
        set_reach(system("test", RegistryPermit.MEMBER_EDIT, place=place))
        Identity.objects.create(
            person=person,
            paper="id_card",
            number_sealed=seal_number(number),
            number_index=number_index(number),
            scope=[int(part) for part in union.path.split(".")],
        )
        set_reach(ANONYMOUS)
        return person


def nothing(world: World) -> dict[str, Any]:
    """No arguments, no fields."""
    return {}


@dataclass(frozen=True)
class Row:
    """The answers of one route to GET and to POST."""

    get: Answers
    post: Answers
    arguments: Callable[[World], Mapping[str, Any]] = nothing
    data: Callable[[World], Mapping[str, Any]] = nothing
    also: tuple[StrEnum, ...] = field(default=())


def to_all(answer: int | str) -> Answers:
    """The same answer to everybody."""
    return (answer, answer, answer, answer)


def to_members_of_the_desk(answer: int | str) -> Answers:
    """The same answer to everybody who is signed in."""
    return (SIGN_IN, answer, answer, answer)


def the_union(world: World) -> dict[str, Any]:
    """The union in the right town."""
    return {"union_id": world.union.pk}


def the_person(world: World) -> dict[str, Any]:
    """The member in the right town."""
    return {"person_id": world.person.pk}


ONE_THING: Answers = (SIGN_IN, 404, 403, 200)
"""A page or act on one thing in the right town."""


def the_import(world: World) -> Mapping[str, Any]:
    """A sheet given in for the right town."""
    return {"import_id": world.work.pk}


def a_token(world: World) -> Mapping[str, Any]:
    """What a form that acts once carries."""
    return {"once": str(uuid.uuid4())}


TABLE: Mapping[str, Row] = {
    # For everybody and for machines.
    "healthz": Row(get=to_all(200), post=to_all(405)),
    "readyz": Row(get=to_all(200), post=to_all(405)),
    "metrics": Row(get=to_all(404), post=to_all(405)),
    "front": Row(get=to_all(200), post=to_all(405)),
    "help": Row(get=to_all(200), post=to_all(405)),
    "privacy": Row(get=to_all(200), post=to_all(405)),
    "set_language": Row(get=to_all(DONE), post=to_all(DONE)),
    "gallery": Row(get=to_all(200), post=to_all(405)),
    # The way in: whoever is in already is led on.
    "account_login": Row(get=(200, DONE, DONE, DONE), post=(200, DONE, DONE, DONE)),
    "mfa_authenticate": Row(get=(SIGN_IN, DONE, DONE, DONE), post=(SIGN_IN, DONE, DONE, DONE)),
    "account_logout": Row(get=(DONE, 200, 200, 200), post=to_all(DONE)),
    # One's own account: no permit, and nobody else's.
    "account_home": Row(get=to_members_of_the_desk(200), post=to_members_of_the_desk(405)),
    "account_change_password": Row(
        get=to_members_of_the_desk(200), post=to_members_of_the_desk(200)
    ),
    "account_reauthenticate": Row(
        get=to_members_of_the_desk(200), post=to_members_of_the_desk(200)
    ),
    "mfa_reauthenticate": Row(get=to_members_of_the_desk(200), post=to_members_of_the_desk(200)),
    "mfa_activate_totp": Row(get=to_members_of_the_desk(200), post=to_members_of_the_desk(200)),
    "mfa_view_recovery_codes": Row(
        get=to_members_of_the_desk(200), post=to_members_of_the_desk(DONE)
    ),
    "sign_out_elsewhere": Row(get=to_members_of_the_desk(405), post=to_members_of_the_desk(DONE)),
    # The desk.
    "insight:home": Row(get=to_members_of_the_desk(200), post=to_all(405)),
    "insight:figures": Row(
        get=(SIGN_IN, 404, 403, 200),
        post=to_all(405),
        arguments=lambda world: {"union_id": world.union.pk},
    ),
    # The register: lists show what lies within reach, so whoever holds the permit gets a page.
    "registry:unions": Row(get=(SIGN_IN, 200, 403, 200), post=to_all(405)),
    "registry:union": Row(get=ONE_THING, post=to_all(405), arguments=the_union),
    "registry:children": Row(get=ONE_THING, post=to_all(405), arguments=the_union),
    "registry:union_facts": Row(get=ONE_THING, post=to_all(405), arguments=the_union),
    "registry:union_employers": Row(get=ONE_THING, post=to_all(405), arguments=the_union),
    "registry:union_history": Row(get=ONE_THING, post=to_all(405), arguments=the_union),
    "registry:edit": Row(get=ONE_THING, post=ONE_THING, arguments=the_union),
    "registry:found": Row(get=ONE_THING, post=ONE_THING, arguments=the_union),
    "registry:appoint": Row(get=ONE_THING, post=ONE_THING, arguments=the_union),
    "registry:form_group": Row(get=ONE_THING, post=ONE_THING, arguments=the_union),
    "registry:admit": Row(get=ONE_THING, post=ONE_THING, arguments=the_union),
    "registry:officer": Row(
        get=ONE_THING,
        post=ONE_THING,
        arguments=lambda world: {"officer_id": world.officer.pk},
    ),
    "registry:group": Row(
        get=ONE_THING, post=ONE_THING, arguments=lambda world: {"group_id": world.group.pk}
    ),
    "registry:cover": Row(get=ONE_THING, post=ONE_THING, arguments=the_union),
    "registry:uncover": Row(
        get=ONE_THING,
        post=ONE_THING,
        arguments=lambda world: {"coverage_id": world.coverage.pk},
    ),
    "registry:members": Row(get=(SIGN_IN, 200, 403, 200), post=to_all(405)),
    "registry:new_member": Row(get=(SIGN_IN, 200, 403, 200), post=to_all(405)),
    "registry:member": Row(get=ONE_THING, post=to_all(405), arguments=the_person),
    "registry:edit_member": Row(
        get=ONE_THING, post=ONE_THING, arguments=the_person, also=(RegistryPermit.MEMBER_VIEW,)
    ),
    "registry:member_state": Row(
        get=ONE_THING, post=ONE_THING, arguments=the_person, also=(RegistryPermit.MEMBER_VIEW,)
    ),
    "registry:reveal_number": Row(
        get=to_all(405),
        post=ONE_THING,
        arguments=the_person,
        data=lambda world: {"reason": "核对入会申请表"},
        also=(RegistryPermit.MEMBER_VIEW,),
    ),
    "registry:reveal_phone": Row(
        get=to_all(405),
        post=ONE_THING,
        arguments=the_person,
        data=lambda world: {"reason": "核对入会申请表"},
        also=(RegistryPermit.MEMBER_VIEW,),
    ),
    "registry:employer": Row(
        get=ONE_THING,
        post=to_all(405),
        arguments=lambda world: {"employer_id": world.employer.pk},
    ),
    "registry:search": Row(get=to_members_of_the_desk(200), post=to_members_of_the_desk(DONE)),
    "registry:audit": Row(get=(SIGN_IN, 200, 403, 200), post=to_all(405)),
    # Imports: whoever runs them sees those into unions in their care.
    "registry:imports": Row(get=(SIGN_IN, 200, 403, 200), post=to_all(405)),
    "registry:new_import": Row(get=(SIGN_IN, 200, 403, 200), post=(SIGN_IN, 200, 403, 200)),
    "registry:import_layout": Row(
        get=(SIGN_IN, 200, 403, 200),
        post=to_all(405),
        arguments=lambda world: {"kind": "members"},
    ),
    "registry:import": Row(get=ONE_THING, post=to_all(405), arguments=the_import),
    "registry:confirm_import": Row(
        get=to_all(405), post=(SIGN_IN, 404, 403, DONE), arguments=the_import, data=a_token
    ),
    "registry:cancel_import": Row(
        get=to_all(405), post=(SIGN_IN, 404, 403, DONE), arguments=the_import, data=a_token
    ),
    # Without a report there is nothing to download for anybody.
    "registry:import_report": Row(
        get=(SIGN_IN, 404, 403, 404), post=to_all(405), arguments=the_import
    ),
}
