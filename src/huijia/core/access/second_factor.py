"""The second factor: codes that change every half minute, and recovery codes for a lost phone.

Secrets are sealed by the vault for their account (`factor_sealing`). A code counts once: the
account keeps the last time step used, in the database, so that all processes refuse a code seen
by any.
Sources: RFC 6238 5.2; OWASP ASVS 5.0 6.5.1.
"""

import base64
import datetime as dt
import secrets

import structlog
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import connection
from django.http import HttpRequest

from huijia.core.access.factor_sealing import belonging_to
from huijia.core.people.public import Account
from huijia.core.vault.public import CannotOpenError

log = structlog.get_logger(__name__)
METHOD = "mfa"
"""How allauth names it in the session's record of what was shown."""
STEP = 30
"""Seconds a code lasts."""
NEIGHBOURS = (0, -1, 1)
"""Steps tried besides the present one: phones' clocks are a little off."""
SECRET_SIZE = 20
TOTP = Authenticator.Type.TOTP
RECOVERY = Authenticator.Type.RECOVERY_CODES

USE = """
INSERT INTO access_usedstep AS used (account_id, step) VALUES (%s, %s)
ON CONFLICT (account_id) DO UPDATE SET step = excluded.step WHERE used.step < excluded.step
RETURNING step
"""


def is_shown(request: HttpRequest) -> bool:
    """Whether the person signed in has shown a second factor in this session."""
    return any(record["method"] == METHOD for record in _records(request))


def shown_within(request: HttpRequest, age: dt.timedelta, *, at: dt.datetime) -> bool:
    """Whether password or second factor were shown that recently in this session."""
    latest = max((float(record["at"]) for record in _records(request)), default=0.0)
    return at.timestamp() - latest <= age.total_seconds()


def note_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Write into the session that its owner has shown the second factor just now."""
    record_authentication(
        request, authenticator.user, METHOD, id=authenticator.pk, type=authenticator.type
    )


def is_set_up(account: Account) -> bool:
    """Whether the account has an authenticator app."""
    return bool(Authenticator.objects.filter(user=account, type=TOTP).exists())


def new_secret() -> str:
    """A fresh secret as authenticator apps take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_SIZE)).decode()


def code_at(secret: str, at: dt.datetime) -> str:
    """The code that an authenticator app shows at a moment."""
    return str(format_hotp_value(hotp_value(secret, _step(at))))


def accepted(account: Account, code: str, *, at: dt.datetime) -> Authenticator | None:
    """The authenticator to which a code belongs, the code being spent now; None if to none."""
    for authenticator in Authenticator.objects.filter(user=account, type__in=(TOTP, RECOVERY)):
        if _fits(authenticator, account, code, at=at):
            authenticator.user = account
            return authenticator
    return None


def _fits(authenticator: Authenticator, account: Account, code: str, *, at: dt.datetime) -> bool:
    """Whether a code belongs to an authenticator; one that does not open takes no code."""
    try:
        with belonging_to(account.pk):
            if authenticator.type == TOTP:
                return spend(account, decrypt(authenticator.data["secret"]), code, at=at)
            return bool(authenticator.wrap().validate_code(code))
    except CannotOpenError:
        log.exception("access.second-factor.does-not-open", account=account.pk)
        return False


def spend(account: Account, secret: str, code: str, *, at: dt.datetime) -> bool:
    """Whether a code fits the secret now and was not used before; it is used from here on."""
    for offset in NEIGHBOURS:
        step = _step(at) + offset
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return _use(account, step)
    return False


def _use(account: Account, step: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(USE, [account.pk, step])
        return cursor.fetchone() is not None


def _step(at: dt.datetime) -> int:
    return int(at.timestamp()) // STEP


def _records(request: HttpRequest) -> list[dict[str, str]]:
    records: list[dict[str, str]] = get_authentication_records(request, request.user)
    return records
