"""Founding unions below one's own, and editing the facts that the real-name register asks for."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from huijia.core.audit.public import record
from huijia.core.kernel import events
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import require
from huijia.core.orgs.public import PRIMARY, Union, UnionFacts
from huijia.core.orgs.public import queries as orgs
from huijia.core.orgs.public import unions as tree
from huijia.registry.actions import kinds
from huijia.registry.events import UnionsChanged, UnionTally
from huijia.registry.models import UnionFile
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.unions import may_bear


def found(*, parent_id: int, facts: UnionFacts, by: Actor, at: dt.datetime) -> Union:
    """Found a union below another; needs the permit on the one above."""
    parent = _editable(parent_id, by)
    _require_fitting_code(facts.credit_code, facts.kind)
    with transaction.atomic():
        union = tree.found(parent=parent, facts=facts, by=by, at=at)
        if union.kind in PRIMARY:
            _publish(union, 1, at)
    return union


def edit(
    *,
    union_id: int,
    changes: Mapping[str, Any],
    file_changes: Mapping[str, Any],
    version: int,
    by: Actor,
    at: dt.datetime,
) -> Union:
    """Change facts of a union in the tree and in its file.

    Raises Refused `changed-meanwhile` when somebody else has saved since `version` was read, and
    `union-has-members` when a union with members would become a federation.
    """
    _editable(union_id, by)
    with transaction.atomic():
        before = Union.objects.get(pk=union_id)
        _require_fitting_kind(before, changes.get("kind", before.kind))
        if changes.get("credit_code", before.credit_code) != before.credit_code:
            _require_fitting_code(changes["credit_code"], changes.get("kind", before.kind))
        union = tree.edit(union_id=union_id, changes=changes, version=version, by=by, at=at)
        _edit_file(union, file_changes, by, at)
        if tallies := kinds.tallies(union, before=before.kind):
            events.publish(UnionsChanged(tallies=tallies, at=at))
    return union


def _require_fitting_kind(union: Union, kind: str) -> None:
    if kind != union.kind and not (verdict := kinds.may_become(union, kind)):
        raise Refused(verdict)


def _require_fitting_code(credit_code: str | None, kind: str) -> None:
    if not (verdict := may_bear(credit_code, kind=kind)):
        raise Refused(verdict)


def _editable(union_id: int, by: Actor) -> Union:
    union = Union.objects.filter(pk=union_id).first()
    if union is None:
        raise NotFound
    require(by, RegistryPermit.UNION_EDIT, union)
    return union


def _edit_file(union: Union, changes: Mapping[str, Any], by: Actor, at: dt.datetime) -> None:
    file, _is_new = UnionFile.objects.select_for_update().get_or_create(union=union)
    real = {field: value for field, value in changes.items() if getattr(file, field) != value}
    if not real:
        return
    pairs = {field: [_json(getattr(file, field)), _json(value)] for field, value in real.items()}
    for field, value in real.items():
        setattr(file, field, value)
    file.updated_at = at
    file.save(update_fields=[*real, "updated_at"])
    tree.note(union_id=union.pk, verb="file.edit", changes=pairs, by=by, at=at)
    record(
        verb="registry.union_file.edit",
        subject=("union", union.pk),
        by=by,
        at=at,
        union_id=union.pk,
        changes=pairs,
    )


def _json(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _publish(union: Union, count: int, at: dt.datetime) -> None:
    tally = UnionTally(union.pk, orgs.spot_of(union).levels, count)
    events.publish(UnionsChanged(tallies=(tally,), at=at))
