"""Setting up, replacing and resetting second factors."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt
from django.db import transaction

from huijia.core.access.factor_sealing import MARK, belonging_to, resealed
from huijia.core.access.models import UsedStep
from huijia.core.access.permits import AccessPermit
from huijia.core.access.second_factor import RECOVERY, TOTP
from huijia.core.audit import public as audit
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import Refused
from huijia.core.kernel.permits import require
from huijia.core.kernel.verdict import refused
from huijia.core.people.public import Account

SECRET, SEED = "secret", "seed"
"""Where the library keeps what an app and what recovery codes are made of."""


@transaction.atomic
def set_up(*, account: Account, secret: str, by: Actor, at: dt.datetime) -> Authenticator:
    """Make a secret the account's second factor, in place of one it had.

    The caller has seen a code of the secret. Raises Refused for somebody else's account, unless
    the system prepares it (a demonstration, the first administrator).
    """
    _require_own(account, by)
    Account.objects.select_for_update().get(pk=account.pk)
    Authenticator.objects.filter(user=account, type=TOTP).delete()
    with belonging_to(account.pk):
        sealed = encrypt(secret)
    made = Authenticator.objects.create(
        user=account, type=TOTP, data={SECRET: sealed}, created_at=at
    )
    _note("access.second-factor.set-up", account, by=by, at=at)
    return made


@transaction.atomic
def renew_recovery_codes(*, account: Account, by: Actor, at: dt.datetime) -> list[str]:
    """New recovery codes in place of all before; they are shown once."""
    _require_own(account, by)
    Account.objects.select_for_update().get(pk=account.pk)
    Authenticator.objects.filter(user=account, type=RECOVERY).delete()
    with belonging_to(account.pk):
        codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    _note("access.second-factor.renew-recovery-codes", account, by=by, at=at)
    return codes


@transaction.atomic
def reset(*, account: Account, reason: str, by: Actor, at: dt.datetime) -> None:
    """Let somebody who has lost phone and recovery codes set up anew at the next sign-in.

    The security officer has made sure who is asking, and says how in the reason.
    """
    require(by, AccessPermit.SECOND_FACTOR_RESET)
    Authenticator.objects.filter(user=account).delete()
    UsedStep.objects.filter(account=account).delete()
    _note("access.second-factor.reset", account, by=by, at=at, reason=reason)


@transaction.atomic
def bind_to_accounts() -> int:
    """Seal anew, each for its account, what was sealed for none; how many there were.

    A step of bringing an installation up to date: nobody's app or recovery codes change.
    """
    unbound = [
        (authenticator, field)
        for authenticator in Authenticator.objects.select_for_update()
        for field in (SECRET, SEED)
        if not authenticator.data.get(field, MARK).startswith(MARK)
    ]
    for authenticator, field in unbound:
        with belonging_to(authenticator.user_id):
            authenticator.data[field] = resealed(authenticator.data[field])
        authenticator.save(update_fields=["data"])
    return len(unbound)


def _require_own(account: Account, by: Actor) -> None:
    if by.account_id == account.pk:
        return
    if not by.is_system:
        raise Refused(refused("not-permitted"))
    require(by, AccessPermit.SECOND_FACTOR_RESET)


def _note(verb: str, account: Account, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    audit.record(verb=verb, subject=("account", account.pk), by=by, at=at, reason=reason)
