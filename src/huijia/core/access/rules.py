"""What may be granted to whom, and how long a session lasts.

Sources: GB/T 22239-2019 level 3, separation of the three offices; OWASP ASVS 5.0 7.3.
"""

import datetime as dt
from collections.abc import Collection

from huijia.core.access.choices import KEPT_APART
from huijia.core.kernel.verdict import ALLOWED, Verdict, refused

IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)


def may_hold(role: str, held: Collection[str]) -> Verdict:
    """Whether somebody with these roles may hold this one too.

    System, security and audit are looked after by three people, none of whom does desk work:
    whoever could grant, use and erase traces would be watched by nobody.
    """
    others = set(held) - {role}
    if role in KEPT_APART and others:
        return refused("role-kept-apart", role=role, held=sorted(others))
    if others & KEPT_APART:
        return refused("role-kept-apart", role=role, held=sorted(others & KEPT_APART))
    return ALLOWED


def may_give_to(account_id: int, giver_id: int | None) -> Verdict:
    """Whether the giver may give to this account: to everybody but oneself."""
    return refused("grant-to-oneself") if account_id == giver_id else ALLOWED


def is_in_force(
    starts_on: dt.date, ends_on: dt.date | None, ended_at: dt.datetime | None, *, on: dt.date
) -> bool:
    """Whether a grant with these dates counts on a day; both its days belong to it."""
    return ended_at is None and starts_on <= on and (ends_on is None or on <= ends_on)


def is_alive(seen_at: dt.datetime, expires_at: dt.datetime, *, at: dt.datetime) -> bool:
    """Whether neither the idle nor the absolute time-out of a session has passed."""
    return at < expires_at and at - seen_at < IDLE
