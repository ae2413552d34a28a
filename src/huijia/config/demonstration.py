"""A demonstration: a simulated city, and an account for every role to look at it with.

Passwords and secrets below are public. They open accounts of a demonstration only: `prepare`
refuses in production, and no account is made in a register that it did not fill itself.
"""

import base64
import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import django
from django.conf import settings
from django.db import transaction

django.setup()

from huijia.config.cli.faults import OperatorError  # noqa: E402
from huijia.config.simulation.cities import draw_up  # noqa: E402 - models need the set-up
from huijia.config.simulation.loading import load_directly  # noqa: E402
from huijia.config.simulation.papers import NOWHERE  # noqa: E402
from huijia.core.access import public as access  # noqa: E402
from huijia.core.access.public import AccessPermit, RoleCode  # noqa: E402
from huijia.core.kernel import clock  # noqa: E402
from huijia.core.kernel.actor import Actor, ActorGrant, Place  # noqa: E402
from huijia.core.orgs.public import Union, UnionKind  # noqa: E402
from huijia.core.people import public as people  # noqa: E402
from huijia.core.people.public import Account, PeoplePermit  # noqa: E402

PASSWORD: Final = "huijia-demo-2026"  # noqa: S105 - public on purpose
SEED: Final = 2026
SHOWN_COUNTY: Final = "330226"
"""宁海县, whose 西店镇 the pilots of zone workers began in; elsewhere the first county."""
SHOWN_TOWN: Final = "330226111"


class NoDemonstrationError(OperatorError):
    """Here is no place for a demonstration; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody in the demonstration: which role, at which of the unions shown."""

    username: str
    display_name: str
    role: RoleCode
    place: str


CAST: Final = (
    Part("city", "市总工会 演示", RoleCode.CITY_OFFICER, "city"),
    Part("county", "县总工会 演示", RoleCode.COUNTY_OFFICER, "county"),
    Part("town", "镇总工会 演示", RoleCode.TOWN_OFFICER, "town"),
    Part("enterprise", "企业工会 演示", RoleCode.ENTERPRISE_OFFICER, "enterprise"),
    Part("chair", "企业工会主席 演示", RoleCode.ENTERPRISE_CHAIR, "enterprise"),
    Part("hotline", "热线坐席 演示", RoleCode.HOTLINE_AGENT, "city"),
    Part("partner", "协同部门 演示", RoleCode.PARTNER_DEPARTMENT, "city"),
    Part("zone", "片区工作者 演示", RoleCode.ZONE_WORKER, "town"),
    Part("station", "站点管理员 演示", RoleCode.STATION_KEEPER, "town"),
    Part("fund", "资金管理员 演示", RoleCode.FUND_MANAGER, "city"),
    Part("admin", "系统管理员 演示", RoleCode.SYSTEM_ADMINISTRATOR, "city"),
    Part("security", "安全管理员 演示", RoleCode.SECURITY_OFFICER, "city"),
    Part("auditor", "审计管理员 演示", RoleCode.AUDITOR, "city"),
    Part("worker", "职工 演示", RoleCode.WORKER, "enterprise"),
)


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """How to sign in as one role: `code` is what an authenticator app shows now."""

    username: str
    password: str
    role: str
    organisation: str
    code: str
    secret: str
    otpauth: str


def prepare(*, city: str = "330200", unions: int = 1_200, members: int = 60_000) -> Iterator[str]:
    """Fill an empty register, open the accounts; yields a sentence for each thing done.

    A register that is filled already stays as it is, whatever sizes are asked for. Connected as
    the owner of the database, with tables and roles in place. Raises NoDemonstrationError in
    production and where the city is not a simulated one.
    """
    if settings.HUIJIA_PRODUCTION:
        raise NoDemonstrationError(
            "This is a production installation: synthetic people have no place in it."
        )
    at = clock.now()
    top = Union.objects.filter(depth=1).first()
    if top is None:
        drawn = draw_up(city, unions, members, SEED, clock.china_day(at))
        loaded = load_directly(city=drawn, at=at)
        top = Union.objects.get(pk=loaded.city_id)
        yield (
            f"{drawn.name}: {loaded.unions:,} unions, {loaded.employers:,} employers and "
            f"{loaded.members:,} members, all invented, in {loaded.seconds:.1f} s."
        )
    opened = _open_accounts(top, at)
    if opened:
        yield f"{opened} demonstration accounts are open."


def accounts() -> list[DemonstrationAccount]:
    """The demonstration accounts that there are, in the order of the cast."""
    at = clock.now()
    held = dict(
        Account.objects.filter(
            username__in=[part.username for part in CAST], is_active=True
        ).values_list("username", "grants__union__name")
    )
    return [
        DemonstrationAccount(
            username=part.username,
            password=PASSWORD,
            role=str(part.role.label),
            organisation=held[part.username] or "",
            code=access.code_at(secret_of(part.username), at),
            secret=secret_of(part.username),
            otpauth=_otpauth(part.username),
        )
        for part in CAST
        if part.username in held
    ]


def accounts_table() -> str:
    """Who can sign in, as lines to print; codes last half a minute, secrets make new ones."""
    rows = [("name", "code now", "secret for an authenticator app", "role", "organisation")]
    rows += [
        (each.username, each.code, each.secret, each.role, each.organisation) for each in accounts()
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([f"Password of all demonstration accounts: {PASSWORD}", *lines])


def secret_of(username: str) -> str:
    """The fixed second-factor secret of a demonstration account (160 bits, Base32)."""
    digest = hashlib.sha256(f"huijia demonstration {username}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def _open_accounts(top: Union, at: dt.datetime) -> int:
    """Open the accounts that are missing, each with its role and second factor."""
    there = set(Account.objects.values_list("username", flat=True))
    missing = [part for part in CAST if part.username not in there]
    if not missing:
        return 0
    _require_simulated(top)
    by = _preparer(top)
    places = _places(top)
    with transaction.atomic():
        for part in missing:
            account = people.accounts.open_account(
                username=part.username,
                display_name=part.display_name,
                password=PASSWORD,
                must_change_password=False,
                by=by,
                at=at,
            )
            access.grants.give(
                account=account, role=part.role, union=places[part.place], by=by, at=at
            )
            access.second_factors.set_up(
                account=account, secret=secret_of(part.username), by=by, at=at
            )
    return len(missing)


def _require_simulated(top: Union) -> None:
    """Public passwords must never open a register of real people.

    A simulated city is known by a credit code that names no division: none is issued so.
    """
    if (top.credit_code or "")[2:8] != NOWHERE:
        raise NoDemonstrationError(
            "The register in this database is not a demonstration: no public accounts are opened."
        )


def _preparer(top: Union) -> Actor:
    permits = {
        AccessPermit.GRANT_EDIT, AccessPermit.SECOND_FACTOR_RESET, PeoplePermit.ACCOUNT_EDIT
    }  # fmt: skip
    place = Place(top.pk, top.depth, top.path)
    grant = ActorGrant("demonstration", frozenset(map(str, permits)), place)
    return Actor(account_id=None, name="demonstration", grants=(grant,))


def _places(top: Union) -> dict[str, Union]:
    """The unions that the accounts belong to: one above the other where the city has them."""
    county = _preferred(top, UnionKind.COUNTY, SHOWN_COUNTY) or top
    town = _preferred(county, UnionKind.TOWN, SHOWN_TOWN) or county
    enterprise = _largest_below(town) or _largest_below(county) or _largest_below(top) or town
    return {"city": top, "county": county, "town": town, "enterprise": enterprise}


def _preferred(above: Union, kind: UnionKind, code: str) -> Union | None:
    found = Union.objects.filter(path__within=above.path, kind=kind)
    return found.filter(code=code).first() or found.order_by("code").first()


def _largest_below(above: Union) -> Union | None:
    """The union of one employer with most staff: something to see on every page."""
    singles = Union.objects.filter(path__within=above.path, kind=UnionKind.SINGLE)
    return singles.exclude(staff_count=None).order_by("-staff_count", "pk").first()


def _otpauth(username: str) -> str:
    issuer = quote(settings.MFA_TOTP_ISSUER)
    return f"otpauth://totp/{issuer}:{username}?secret={secret_of(username)}&issuer={issuer}"


def _width(text: str) -> int:
    """Columns in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "FW" else 1 for each in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
