"""Union groups (工会小组) inside a primary union."""

import datetime as dt

from django.db import IntegrityError, transaction

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import require
from huijia.core.kernel.verdict import refused
from huijia.core.orgs.public import PRIMARY, Union
from huijia.core.orgs.public import unions as tree
from huijia.registry.models import Group
from huijia.registry.permits import RegistryPermit


def form(*, union_id: int, name: str, by: Actor, at: dt.datetime) -> Group:
    """Form a group; raises Refused `group-name-taken`, or `federation-has-no-members`."""
    union = Union.objects.filter(pk=union_id).first()
    if union is None:
        raise NotFound
    require(by, RegistryPermit.UNION_EDIT, union)
    if union.kind not in PRIMARY:
        raise Refused(refused("federation-has-no-members"))
    group = Group(union=union, name=name)
    _written(group)
    _tell(group, "group.form", [None, name], by, at)
    return group


def rename(*, group_id: int, name: str, by: Actor, at: dt.datetime) -> Group:
    """Give a group another name; its members stay in it."""
    with transaction.atomic():
        group = (
            Group.objects.select_related("union")
            .select_for_update(of=("self",))
            .filter(pk=group_id)
            .first()
        )
        if group is None:
            raise NotFound
        require(by, RegistryPermit.UNION_EDIT, group.union)
        was, group.name = group.name, name
        if was != name:
            _written(group)
            _tell(group, "group.rename", [was, name], by, at)
    return group


def _written(group: Group) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as fault:
        raise Refused(refused("group-name-taken")) from fault


def _tell(group: Group, verb: str, names: list[str | None], by: Actor, at: dt.datetime) -> None:
    changes = {"group": group.pk, "name": names}
    tree.note(union_id=group.union_id, verb=verb, changes=changes, by=by, at=at)
    record(
        verb=f"registry.{verb}",
        subject=("union", group.union_id),
        by=by,
        at=at,
        union_id=group.union_id,
        changes=changes,
    )
