"""What the sign-in leaves in the audit: account numbers, never the name that was typed."""

import datetime as dt

from django.http import HttpRequest

from huijia.core.audit import public as audit
from huijia.core.kernel.actor import ANONYMOUS, Actor
from huijia.core.people.public import Account, accounts

UNKNOWN = "unknown"


def signed_in(account: Account, *, at: dt.datetime) -> None:
    """Somebody is in."""
    _note("access.session.sign-in", account, at)


def signed_out(request: HttpRequest, *, at: dt.datetime) -> None:
    """Somebody left by the door."""
    if request.user.is_authenticated:
        _note("access.session.sign-out", request.user, at)


def failed(username: str, factor: str, *, at: dt.datetime, locked: bool) -> None:
    """A try failed; with `locked`, the next ones are refused for a while.

    A name without an account leaves a trace as well, so that both take the same time. The name
    itself is not kept: people type passwords into it.
    """
    names = Account.objects.filter(username=accounts.name_as_kept(username))
    account_id = names.values_list("pk", flat=True).first()
    verbs = ["access.session.fail", *["access.account.lock"] * locked]
    for verb in verbs:
        audit.record(
            verb=verb,
            subject=("account", account_id or UNKNOWN),
            by=ANONYMOUS,
            at=at,
            changes={"factor": factor},
        )


def _note(verb: str, account: Account, at: dt.datetime) -> None:
    by = Actor(account.pk, account.display_name)
    audit.record(verb=verb, subject=("account", account.pk), by=by, at=at)
