"""Founding and editing nodes of the union tree, one by one or many at once."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from huijia.core.audit.public import record
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.verdict import refused
from huijia.core.orgs.models import Union, UnionHistory
from huijia.core.orgs.tree import levels_of, may_stand_below, path_below
from huijia.core.people.public import name_grams

LEVELS = ("level_1", "level_2", "level_3", "level_4", "level_5")
BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionFacts:
    """The facts of a union that the tree itself keeps."""

    name: str
    code: str
    kind: str
    short_name: str = ""
    division_id: str | None = None
    employer_id: int | None = None
    credit_code: str | None = None
    founded_on: dt.date | None = None
    term_started_on: dt.date | None = None
    term_ends_on: dt.date | None = None
    staff_count: int | None = None


FIELDS = tuple(field.name for field in fields(UnionFacts))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionRow:
    """A union to be created with many others; its parent is named by code, or None at the top.

    The parent may be an existing union or a row of the same batch.
    """

    facts: UnionFacts
    parent_code: str | None


def found(*, parent: Union | None, facts: UnionFacts, by: Actor, at: dt.datetime) -> Union:
    """Create a union below a parent; the caller has required the permit on the parent.

    Path, depth and levels are written with the row: no reader ever sees a half-placed node.
    Raises Refused when kind and depth do not fit, the parent is dissolved, or a code is taken.
    """
    with transaction.atomic():
        above = _locked(parent.pk) if parent else None
        if above and above.dissolved_on:
            raise Refused(refused("parent-dissolved"))
        verdict = may_stand_below(
            facts.kind,
            parent_kind=above.kind if above else None,
            parent_depth=above.depth if above else 0,
        )
        if not verdict:
            raise Refused(verdict)
        union = _placed(_next_ids(1)[0], facts, above, at)
        _written(union, force_insert=True)
        _note(union.pk, "found", {field: [None, value] for field, value in _plain(facts)}, by, at)
        record(
            verb="orgs.union.found", subject=("union", union.pk), by=by, at=at, union_id=union.pk
        )
    return union


def edit(
    *, union_id: int, changes: Mapping[str, Any], version: int, by: Actor, at: dt.datetime
) -> Union:
    """Change facts of a union; the caller has required the permit on it.

    `changes` names fields of `UnionFacts`; what equals the present value is left alone, and when
    nothing is left nothing is written. Raises Refused `changed-meanwhile` when somebody else has
    saved since `version` was read.
    """
    with transaction.atomic():
        union = _locked(union_id)
        if union.version != version:
            raise Refused(refused("changed-meanwhile"))
        real = {field: value for field, value in changes.items() if getattr(union, field) != value}
        if not real:
            return union
        if "kind" in real:
            _require_fitting_kind(union, real["kind"])
        before = {field: getattr(union, field) for field in real}
        for field, value in real.items():
            setattr(union, field, value)
        union.name_grams = name_grams(union.name)
        union.version += 1
        union.updated_at = at
        _written(union, update_fields=[*real, "name_grams", "version", "updated_at"])
        pairs = {field: [_json(before[field]), _json(value)] for field, value in real.items()}
        _note(union.pk, "edit", pairs, by, at)
        record(
            verb="orgs.union.edit",
            subject=("union", union.pk),
            by=by,
            at=at,
            union_id=union.pk,
            changes=pairs,
        )
    return union


def create_many(rows: Sequence[UnionRow], *, at: dt.datetime) -> list[Union]:
    """Create many unions in a few statements and return them in the order of the rows.

    For imports and simulations, which judge rows beforehand and write one audit entry for the
    whole batch themselves. Parents may stand anywhere in the batch.
    Raises NotFound for an unknown parent code, Refused when a row does not fit below its parent.
    """
    ids = _next_ids(len(rows))
    known = _existing({row.parent_code for row in rows if row.parent_code})
    waiting = list(zip(rows, ids, strict=True))
    placed: dict[int, Union] = {}
    while waiting:
        ready = [
            (row, key) for row, key in waiting if not row.parent_code or row.parent_code in known
        ]
        if not ready:
            raise NotFound
        for row, union_id in ready:
            placed[union_id] = _judged(row, union_id, known, at)
        for row, union_id in ready:
            known[row.facts.code] = placed[union_id]
        done = {union_id for _row, union_id in ready}
        waiting = [each for each in waiting if each[1] not in done]
    by_depth = sorted(placed.values(), key=lambda union: (union.depth, union.pk))
    Union.objects.bulk_create(by_depth, batch_size=BATCH)
    return [placed[union_id] for union_id in ids]


def note_founded(made: Sequence[Union], *, by: Actor, at: dt.datetime) -> None:
    """Begin the histories of unions that `create_many` made, as `found` begins that of one."""
    UnionHistory.objects.bulk_create(
        (
            UnionHistory(
                union=union,
                at=at,
                account_id=by.account_id,
                actor=by.name,
                verb="found",
                changes={
                    field: [None, _json(value)]
                    for field in FIELDS
                    if (value := getattr(union, field))
                },
            )
            for union in made
        ),
        batch_size=BATCH,
    )


def note(
    *, union_id: int, verb: str, changes: Mapping[str, Any], by: Actor, at: dt.datetime
) -> None:
    """Add a row to a union's history, for what other capabilities keep of it (officers, files)."""
    _note(union_id, verb, changes, by, at)


def _judged(row: UnionRow, union_id: int, known: Mapping[str, Union], at: dt.datetime) -> Union:
    parent = known[row.parent_code] if row.parent_code else None
    verdict = may_stand_below(
        row.facts.kind,
        parent_kind=parent.kind if parent else None,
        parent_depth=parent.depth if parent else 0,
    )
    if not verdict:
        raise Refused(verdict)
    return _placed(union_id, row.facts, parent, at)


def _placed(union_id: int, facts: UnionFacts, parent: Union | None, at: dt.datetime) -> Union:
    path = path_below(parent.path if parent else "", union_id)
    return Union(
        id=union_id,
        parent_id=parent.pk if parent else None,
        path=path,
        depth=parent.depth + 1 if parent else 1,
        **dict(zip(LEVELS, levels_of(path), strict=True)),
        **asdict(facts),
        name_grams=name_grams(facts.name),
        updated_at=at,
    )


def _require_fitting_kind(union: Union, kind: str) -> None:
    """A kind that fits below the parent and above the children that are already there."""
    parent = union.parent
    verdict = may_stand_below(
        kind, parent_kind=parent.kind if parent else None, parent_depth=union.depth - 1
    )
    if not verdict:
        raise Refused(verdict)
    for below in union.children.values_list("kind", flat=True).distinct():
        verdict = may_stand_below(below, parent_kind=kind, parent_depth=union.depth)
        if not verdict:
            raise Refused(verdict)


def _locked(union_id: int) -> Union:
    """The row, locked against other writers of it; readers of the key go on."""
    union = Union.objects.select_for_update(no_key=True).filter(pk=union_id).first()
    if union is None:
        raise NotFound
    return union


def _next_ids(count: int) -> list[int]:
    """Ids reserved from the table's sequence, since a path holds the id of its own row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('orgs_union', 'id')) "
            "FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _existing(codes: Iterable[str]) -> dict[str, Union]:
    wanted = Union.objects.filter(code__in=list(codes))
    return {union.code: union for union in wanted.only("id", "code", "kind", "path", "depth")}


def _written(row: Model, **how: Any) -> None:
    """Save, and say which code is taken when one is."""
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError as fault:
        if "credit_code" in str(fault):
            raise Refused(refused("credit-code-taken")) from fault
        if "code" in str(fault):
            raise Refused(refused("union-code-taken")) from fault
        raise


def _plain(facts: UnionFacts) -> list[tuple[str, Any]]:
    return [(field, _json(value)) for field, value in asdict(facts).items() if value]


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _note(union_id: int, verb: str, changes: Mapping[str, Any], by: Actor, at: dt.datetime) -> None:
    UnionHistory.objects.create(
        union_id=union_id,
        at=at,
        account_id=by.account_id,
        actor=by.name,
        verb=verb,
        changes=dict(changes),
    )
