"""Devices on which somebody has signed in fully before, known by a signed cookie.

The cookie lets nobody in. It only gives the device its own count of failures for the names that
signed in on it (OWASP's device cookies), so that strangers cannot lock its owner out.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from huijia.core.people.public import accounts
from huijia.core.vault.public import vault

SALT = "huijia.access.device"
YEAR = 365 * 24 * 3600
MOST_NAMES = 5
"""How many people of a shared machine are remembered, the latest first."""


def known_for(request: HttpRequest, name: str) -> str | None:
    """The number of the device if this name has signed in on it, or None."""
    number, names = _read(request)
    return number if number and _digest(name) in names else None


def remember(request: HttpRequest, response: HttpResponseBase, username: str) -> None:
    """Make the device known for a name, for a year from now."""
    number, names = _read(request)
    mine = _digest(username)
    kept = [mine, *(each for each in names if each != mine)][:MOST_NAMES]
    response.set_cookie(
        settings.HUIJIA_DEVICE_COOKIE,
        signing.dumps([number or secrets.token_urlsafe(12), kept], salt=SALT),
        max_age=YEAR,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        number, names = signing.loads(
            request.COOKIES.get(settings.HUIJIA_DEVICE_COOKIE, ""), salt=SALT, max_age=YEAR
        )
    except (signing.BadSignature, ValueError):
        return "", []
    return number, names


def _digest(name: str) -> str:
    return vault().blind_index(accounts.name_as_kept(name), field="access.device").hex
