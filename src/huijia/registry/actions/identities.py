"""Revealing sealed values, for a reason, within limits, with a record for the auditor.

The person may ask for that record.
"""

import datetime as dt
from collections.abc import Sequence

from huijia.core.audit.public import may_be_kept, record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import require
from huijia.core.kernel.verdict import refused
from huijia.core.people.public import Identity, persons
from huijia.core.requests.public import Limit, limits
from huijia.registry.models import Membership
from huijia.registry.permits import RegistryPermit

A_MINUTE = Limit("registry.reveal.minute", count=20, window=dt.timedelta(minutes=1))
A_DAY = Limit("registry.reveal.day", count=200, window=dt.timedelta(days=1))
REVEALABLE = ("number", "phone")
SHORTEST_REASON = 4


def reveal(
    *, person_id: int, fields: Sequence[str], reason: str, by: Actor, at: dt.datetime
) -> dict[str, str]:
    """The plain values of sealed fields, after writing down who asked for which and why.

    Raises NotFound out of reach, Refused without the permit or a reason and for a reason with a
    number in it, TooOften past 20 a minute or 200 a day and officer.
    """
    membership = (
        Membership.objects.select_related("union")
        .filter(person_id=person_id)
        .order_by("-ended_on", "-id")  # the one in force has no end, and nulls come first
        .first()
    )
    identity = Identity.objects.select_related("person").filter(pk=person_id).first()
    if membership is None or identity is None:
        raise NotFound
    require(by, RegistryPermit.IDENTITY_REVEAL, membership.union)
    if len(reason.strip()) < SHORTEST_REASON or not set(fields) <= set(REVEALABLE):
        raise Refused(refused("reason-needed"))
    if not (verdict := may_be_kept(reason)):
        raise Refused(verdict)
    limits.check(A_MINUTE, str(by.account_id), at=at)
    limits.check(A_DAY, str(by.account_id), at=at)
    record(
        verb="registry.identity.reveal",
        subject=("person", person_id),
        by=by,
        at=at,
        union_id=membership.union_id,
        reason=reason,
        changes=dict.fromkeys(fields),
    )
    facts = persons.as_facts(identity.person, identity)
    return {field: getattr(facts, field) for field in fields}
