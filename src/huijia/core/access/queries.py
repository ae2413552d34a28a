"""Answers about who may what: the actor of an account, its grants."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huijia.core.access.choices import RoleCode
from huijia.core.access.models import Grant, Session
from huijia.core.access.rules import is_in_force
from huijia.core.access.sessions import IDLE
from huijia.core.kernel.actor import Actor, ActorGrant, Place
from huijia.core.people.public import Account


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in: the actor, and the seat that the page's frame shows."""

    actor: Actor
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant as a screen shows it; `role` is the code."""

    id: int
    role: str
    label: str
    union_id: int
    union_name: str
    starts_on: dt.date
    ends_on: dt.date | None
    ended_at: dt.datetime | None
    is_in_force: bool


def actor_of(account_id: int, *, on: dt.date) -> Actor:
    """The account as an actor, with the grants in force on a day."""
    return signed_in(account_id, on=on).actor


def signed_in(account_id: int, *, on: dt.date, name: str | None = None) -> SignedIn:
    """The actor and the seat of an account, in one query (two when it holds nothing and has no
    `name` given). An account that is closed holds nothing.
    """
    rows = list(
        in_force(on)
        .filter(account_id=account_id, account__is_active=True)
        .order_by("union__depth", "id")
        .values_list(
            "role_id",
            "role__permits",
            "union_id",
            "union__depth",
            "union__path",
            "union__name",
            "account__display_name",
        )
    )
    grants = tuple(
        ActorGrant(role, frozenset(permits), Place(union_id, depth, path))
        for role, permits, union_id, depth, path, _union, _name in rows
    )
    if not rows:
        return SignedIn(Actor(account_id, _name_of(account_id) if name is None else name))
    actor = Actor(account_id, rows[0][6], grants)
    return SignedIn(actor, role=role_label(rows[0][0]), organisation=rows[0][5])


def in_force(on: dt.date) -> QuerySet[Grant]:
    """The grants that count on a day."""
    return Grant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, ended_at__isnull=True
    )


def grants_of(account_id: int, *, on: dt.date) -> list[GrantLine]:
    """All grants an account has or had, those in force first."""
    rows = Grant.objects.filter(account_id=account_id).select_related("union").order_by("-id")
    lines = [
        GrantLine(
            id=row.pk,
            role=row.role_id,
            label=role_label(row.role_id),
            union_id=row.union_id,
            union_name=row.union.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            ended_at=row.ended_at,
            is_in_force=is_in_force(row.starts_on, row.ends_on, row.ended_at, on=on),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.is_in_force)


def sessions_of(account_id: int, *, at: dt.datetime) -> int:
    """In how many places an account is signed in."""
    alive = Session.objects.filter(expires_at__gt=at, seen_at__gt=at - IDLE)
    return alive.filter(account_id=account_id).count()


def recovery_codes_left(account_id: int) -> int:
    """How many recovery codes an account has not used yet."""
    found = Authenticator.objects.filter(
        user_id=account_id, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def role_label(code: str) -> str:
    """A role's words in the reader's language; a role that a federation made shows its code."""
    return str(RoleCode(code).label) if code in RoleCode.values else _(code)


def _name_of(account_id: int) -> str:
    names = Account.objects.filter(pk=account_id).values_list("display_name", flat=True)
    return names.first() or ""
