"""Ending sessions."""

import datetime as dt

from huijia.core.access.models import Session
from huijia.core.access.permits import AccessPermit
from huijia.core.access.sessions import stored_key
from huijia.core.audit import public as audit
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.permits import require
from huijia.core.people.public import Account


def end_others(*, account: Account, but: str, by: Actor, at: dt.datetime) -> int:
    """Sign oneself out everywhere but here; `but` is this session's key. Answers how often."""
    if by.account_id != account.pk:
        require(by, AccessPermit.SESSION_END)
    ended, _ = Session.objects.filter(account=account).exclude(pk=stored_key(but)).delete()
    audit.record(
        verb="access.session.end-others",
        subject=("account", account.pk),
        by=by,
        at=at,
        changes={"count": ended},
    )
    return ended


def end_all(*, account: Account, reason: str, by: Actor, at: dt.datetime) -> int:
    """Sign somebody out everywhere, as the security officer."""
    require(by, AccessPermit.SESSION_END)
    ended, _ = Session.objects.filter(account=account).delete()
    audit.record(
        verb="access.session.end-all",
        subject=("account", account.pk),
        by=by,
        at=at,
        reason=reason,
        changes={"count": ended},
    )
    return ended
