"""Answers about who may what: the actor of an account."""

import datetime as dt

from django.db.models import Q

from huijia.core.access.models import Grant
from huijia.core.kernel.actor import Actor, ActorGrant, Place
from huijia.core.people.public import Account


def actor_of(account_id: int, *, on: dt.date) -> Actor:
    """The account as an actor, with the grants in force on a day, in one query."""
    rows = (
        Grant.objects.filter(account_id=account_id, account__is_active=True, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .values_list(
            "role_id",
            "role__permits",
            "union_id",
            "union__depth",
            "union__path",
            "account__display_name",
        )
    )
    grants = tuple(
        ActorGrant(role, frozenset(permits), Place(union_id, depth, path))
        for role, permits, union_id, depth, path, _name in rows
    )
    name = rows[0][5] if grants else _name_of(account_id)
    return Actor(account_id, name, grants)


def _name_of(account_id: int) -> str:
    return (
        Account.objects.filter(pk=account_id).values_list("display_name", flat=True).first() or ""
    )
