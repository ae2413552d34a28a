"""Answers about who may what: the actor of an account, its grants."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huijia.core.access.choices import RoleCode
from huijia.core.access.factor_sealing import belonging_to
from huijia.core.access.models import Grant, Session
from huijia.core.access.rules import IDLE, is_in_force
from huijia.core.kernel.actor import Actor, ActorGrant, Place
from huijia.core.kernel.statements import planned
from huijia.core.people.public import Account

_FIELDS = Account._meta.concrete_fields  # noqa: SLF001 - Django's documented API
ROLE_CODES = frozenset(RoleCode.values)
ACCOUNT_NAMES = tuple(str(field.attname) for field in _FIELDS)
# Each request begins with this, so it is written out: as three questions of the ORM it costs 1.5 ms
# of CPU more. Plan: session and account by key, grants by the index on their account, and for each
# grant its role and union by key.
SESSION_ROW = f"""
SELECT s.content_sealed, s.started_at, s.seen_at, s.expires_at,
       (SELECT json_agg(json_build_array(r.code, r.permits, u.id, u.depth, u.path, u.name)
                        ORDER BY u.depth, g.id)
          FROM access_grant g
          JOIN access_role r ON r.code = g.role_id
          JOIN orgs_union u ON u.id = g.union_id
         WHERE g.account_id = a.id AND a.is_active AND g.ended_at IS NULL
           AND g.starts_on <= %(on)s AND (g.ends_on IS NULL OR g.ends_on >= %(on)s)),
       {", ".join(f"a.{field.column}" for field in _FIELDS)}
  FROM access_session s LEFT JOIN people_account a ON a.id = s.account_id
 WHERE s.session_key = %(key)s
"""  # noqa: S608 - only names of columns are put in


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in: the actor, and the seat that the page's frame shows."""

    actor: Actor
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """The account that a session belongs to, and the grants in force on the day it was read."""

    account: Account
    grants: tuple[tuple[Any, ...], ...]

    def signed_in(self) -> SignedIn:
        """The account with all it holds; ask first whether the second factor was shown."""
        return _signed_in(self.account.pk, self.account.display_name, self.grants)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the table has it, and whose it is."""

    session_key: str
    content_sealed: bytes
    started_at: dt.datetime
    seen_at: dt.datetime
    expires_at: dt.datetime
    seat: Seat | None


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


def session_row(stored_key: str, *, on: dt.date) -> SessionRow | None:
    """A session by the digest of its key, with its account and the grants in force on a day."""
    with planned() as cursor:
        cursor.execute(SESSION_ROW, {"key": stored_key, "on": on})
        row = cursor.fetchone()
    if row is None:
        return None
    sealed, started_at, seen_at, expires_at, grants, *account = row
    seat = None
    if account[0] is not None:
        owner = Account.from_db(DEFAULT_DB_ALIAS, ACCOUNT_NAMES, account)
        seat = Seat(owner, tuple(map(tuple, grants or ())))
    return SessionRow(stored_key, bytes(sealed), started_at, seen_at, expires_at, seat)


def signed_in(account_id: int, *, on: dt.date) -> SignedIn:
    """The actor and the seat of an account, in one query (two when it holds nothing). An account
    that is closed holds nothing.
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
    name = rows[0][-1] if rows else _name_of(account_id)
    return _signed_in(account_id, name, [row[:-1] for row in rows])


def _signed_in(account_id: int, name: str, held: Sequence[tuple[Any, ...]]) -> SignedIn:
    grants = tuple(
        ActorGrant(role, frozenset(permits), Place(union_id, depth, path))
        for role, permits, union_id, depth, path, _union in held
    )
    if not grants:
        return SignedIn(Actor(account_id, name))
    return SignedIn(Actor(account_id, name, grants), role_label(held[0][0]), held[0][-1])


def in_force(on: dt.date) -> QuerySet[Grant]:
    """The grants that count on a day."""
    return Grant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, ended_at__isnull=True
    )


def in_force_between(first: dt.date, last: dt.date | None) -> QuerySet[Grant]:
    """The grants that count on any day from the first to the last; without one, for ever."""
    rows = Grant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first), ended_at__isnull=True
    )
    return rows if last is None else rows.filter(starts_on__lte=last)


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
    with belonging_to(account_id):
        return len(found.wrap().get_unused_codes()) if found else 0


def role_label(code: str) -> str:
    """A role's words in the reader's language; a role that a federation made shows its code."""
    return str(RoleCode(code).label) if code in ROLE_CODES else _(code)


def _name_of(account_id: int) -> str:
    names = Account.objects.filter(pk=account_id).values_list("display_name", flat=True)
    return names.first() or ""
