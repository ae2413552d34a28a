"""Giving and ending roles."""

import datetime as dt

from django.db import transaction

from huijia.core.access import queries
from huijia.core.access.models import Grant, Role
from huijia.core.access.permits import AccessPermit
from huijia.core.access.rules import may_give_to, may_hold
from huijia.core.audit import public as audit
from huijia.core.kernel import clock
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import require
from huijia.core.kernel.verdict import refused
from huijia.core.orgs.public import Union
from huijia.core.people.public import Account


@transaction.atomic
def give(
    *,
    account: Account,
    role: str,
    union: Union,
    by: Actor,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Grant:
    """Give an account a role on a union and everything below it, from today if nothing is said.

    Offices kept apart are so on every day of the grant: one that begins later counts as well.
    Raises Refused `grant-to-oneself`, `role-kept-apart` or `dates-reversed`, and NotFound for a
    role that there is not.
    """
    require(by, AccessPermit.GRANT_EDIT, union)
    # The account's row is the lock under which its roles are judged together.
    Account.objects.select_for_update().get(pk=account.pk)
    first = starts_on or clock.china_day(at)
    if ends_on is not None and ends_on < first:
        raise Refused(refused("dates-reversed"))
    if not Role.objects.filter(pk=role).exists():
        raise NotFound
    held = queries.in_force_between(first, ends_on).filter(account=account)
    roles = set(held.values_list("role_id", flat=True))
    for verdict in (may_give_to(account.pk, by.account_id), may_hold(role, roles)):
        if not verdict:
            raise Refused(verdict)
    grant = Grant.objects.create(
        account=account,
        role_id=role,
        union=union,
        starts_on=first,
        ends_on=ends_on,
        given_by=by.account_id,
        given_at=at,
    )
    _note("access.grant.give", grant, by=by, at=at)
    return grant


@transaction.atomic
def end(*, grant_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a role away at once: the holder's next request goes without it.

    To end an ended grant again changes nothing. Raises NotFound when there is no such grant within
    the actor's reach.
    """
    grant = Grant.objects.select_for_update(of=("self",)).select_related("union")
    found = grant.filter(pk=grant_id).first()
    if found is None:
        raise NotFound
    require(by, AccessPermit.GRANT_EDIT, found.union)
    if found.ended_at is not None:
        return
    found.ended_at, found.ended_by = at, by.account_id
    found.save(update_fields=["ended_at", "ended_by"])
    _note("access.grant.end", found, by=by, at=at)


def _note(verb: str, grant: Grant, *, by: Actor, at: dt.datetime) -> None:
    audit.record(
        verb=verb,
        subject=("account", grant.account_id),
        by=by,
        at=at,
        union_id=grant.union_id,
        changes={
            "grant": grant.pk,
            "role": grant.role_id,
            "starts_on": grant.starts_on.isoformat(),
            "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
        },
    )
