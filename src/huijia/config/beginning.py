"""`huijia init`: the first steps of an installation that is to hold a real city.

The top of the union tree, the city's divisions, and one account for each office that must exist
before anything else: the system administrator, the security officer, the auditor, and the officer
who brings the register in. Their passwords are shown once, changed at the first sign-in, and the
second factor is set up there.
"""

import datetime as dt
import secrets
from collections.abc import Iterator

import django

django.setup()

from django.db import transaction  # noqa: E402 - after the set-up

from huijia.config.cli.faults import OperatorError  # noqa: E402
from huijia.core.access import public as access  # noqa: E402
from huijia.core.access.public import AccessPermit, RoleCode  # noqa: E402
from huijia.core.kernel import clock  # noqa: E402
from huijia.core.kernel.actor import Actor, ActorGrant, Place  # noqa: E402
from huijia.core.orgs.public import (  # noqa: E402
    Division,
    Union,
    UnionFacts,
    UnionKind,
    divisions,
    unions,
)
from huijia.core.people import public as people  # noqa: E402
from huijia.core.people.public import PeoplePermit  # noqa: E402

OFFICES = (
    ("admin", "系统管理员", RoleCode.SYSTEM_ADMINISTRATOR),
    ("security", "安全管理员", RoleCode.SECURITY_OFFICER),
    ("auditor", "审计管理员", RoleCode.AUDITOR),
    ("city", "市总工会", RoleCode.CITY_OFFICER),
)
NAME = "huijia init"


def run(*, city: str, name: str | None) -> Iterator[str]:
    """Found the city federation of a division and open its first accounts; yields what to print.

    Raises OperatorError when the register has a top already.
    """
    at = clock.now()
    with transaction.atomic():
        top = founded(city, name, at)
        yield f"{top.name} stands at the top of the register."
        yield "First accounts; each password works once and is asked to be changed:"
        for username, password in opened(top, at):
            yield f"  {username:<10} {password}"


def founded(city: str, name: str | None, at: dt.datetime) -> Union:
    """The city's divisions and its federation."""
    if Union.objects.filter(depth=1).exists():
        raise OperatorError("The register has its city already: huijia init is for a new one.")
    by = beginner()
    divisions.load(city=city, by=by, at=at)
    place = Division.objects.filter(code=city[:4]).first() or Division.objects.get(code=city)
    facts = UnionFacts(
        name=name or f"{place.name}总工会",
        code=city,
        kind=UnionKind.CITY,
        division_id=place.pk,
    )
    return unions.found(parent=None, facts=facts, by=by, at=at)


def opened(top: Union, at: dt.datetime) -> Iterator[tuple[str, str]]:
    """Names and first passwords of the accounts of the first offices."""
    by = beginner(Place(top.pk, top.depth, str(top.path)))
    for username, title, role in OFFICES:
        password = secrets.token_urlsafe(12)
        account = people.accounts.open_account(
            username=username, display_name=title, password=password, by=by, at=at
        )
        access.grants.give(account=account, role=role, union=top, by=by, at=at)
        yield username, password


def beginner(place: Place | None = None) -> Actor:
    """The system, permitted what beginning needs and nothing else."""
    permits = frozenset({str(AccessPermit.GRANT_EDIT), str(PeoplePermit.ACCOUNT_EDIT)})
    grant = ActorGrant("beginner", permits, place or Place(0, 0, ""))
    return Actor(account_id=None, name=NAME, grants=(grant,))
