"""Counting tries of the sign-in, so that guessing is hopeless and nobody can lock out others.

- An address may try 100 times a minute (a whole office stands behind one).
- A name may fail five times in half an hour; then nobody signs in under it from *unknown* devices.
- A device on which the account has signed in fully before (`device`) has a count of its own for
  that name: strangers who fail on purpose lock out strangers only.

Names without an account are counted like the others, so that the answers are alike.
Sources: OWASP ASVS 5.0 6.1.1, 6.3.1, 6.3.8; GB/T 22239-2019 level 3, identity authentication.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from huijia.core.access import device
from huijia.core.people.public import accounts
from huijia.core.requests.public import Limit, client_address, limits, neighbourhood

FAILURES = Limit("access.password", count=5, window=dt.timedelta(minutes=30))
CODES = Limit("access.code", count=5, window=dt.timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Try:
    """One counted try, which a success takes back; `is_last` when the next one will be refused."""

    limit: Limit
    key: str
    is_last: bool

    def take_back(self) -> None:
        """It was no failure."""
        limits.give_back(self.limit, self.key)


def at_password(request: HttpRequest, username: str, *, at: dt.datetime) -> Try:
    """Count a try of a password before it is looked at. Raises TooOften."""
    _count_address(request, at)
    return _count(FAILURES, request, username, at)


def at_code(request: HttpRequest, username: str, *, at: dt.datetime) -> Try:
    """Count a try of a second factor before it is looked at. Raises TooOften."""
    _count_address(request, at)
    return _count(CODES, request, username, at)


def forget(request: HttpRequest, username: str) -> None:
    """After a full sign-in the failures before it were slips of the owner."""
    for limit in (FAILURES, CODES):
        limits.forget(limit, _key(request, username))


def _count_address(request: HttpRequest, at: dt.datetime) -> None:
    a_minute = Limit("access.address", settings.HUIJIA_SIGN_IN_PER_MINUTE, dt.timedelta(minutes=1))
    limits.check(a_minute, neighbourhood(client_address(request)), at=at)


def _count(limit: Limit, request: HttpRequest, username: str, at: dt.datetime) -> Try:
    key = _key(request, username)
    return Try(limit, key, is_last=limits.check(limit, key, at=at) >= limit.count)


def _key(request: HttpRequest, username: str) -> str:
    name = accounts.name_as_kept(username)
    return f"{name}\n{device.known_for(request, name) or ''}"
