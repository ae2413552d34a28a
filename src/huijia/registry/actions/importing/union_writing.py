"""Writing a sheet of unions that was judged: employers, changes, new unions, chairs, figures."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from huijia.core.kernel import events
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.clock import china_day
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.orgs.public import PRIMARY, Coverage, Employer, UnionFacts, UnionRow, unions
from huijia.core.orgs.public import queries as orgs
from huijia.core.people.public import name_grams
from huijia.registry.actions import kinds
from huijia.registry.actions.importing.members import MeanwhileError
from huijia.registry.actions.importing.union_lines import Line, code_of
from huijia.registry.choices import Post
from huijia.registry.events import UnionsChanged, UnionTally
from huijia.registry.models import Officer

BATCH: Final = 2_000


def write(lines: Sequence[Line], *, by: Actor, at: dt.datetime) -> None:
    """Write what was judged, in the caller's transaction, and tell the figures.

    The tree refuses what the same rules allowed a moment ago only when an act at a desk has come
    between: MeanwhileError then, and the sheet is judged anew.
    """
    try:
        _write([line for line in lines if not line.reasons], by, at)
    except (Refused, NotFound) as fault:
        raise MeanwhileError from fault


def _write(standing: Sequence[Line], by: Actor, at: dt.datetime) -> None:
    new = [line for line in standing if line.existing is None]
    _enter_employers(standing)
    # Kinds first: a new union may need the new kind of the one above it.
    changed = sorted((line for line in standing if line.changes), key=lambda line: line.depth)
    tallies = [tally for line in changed for tally in _edit(line, by, at)]
    made = unions.create_many([_union_row(line) for line in new], at=at)
    unions.note_founded(made, by=by, at=at)
    for line, union in zip(new, made, strict=True):
        line.existing = union
    _appoint(standing)
    _cover([*new, *(line for line in changed if "employer_id" in line.changes)], at)
    tallies += [
        UnionTally(union.pk, orgs.spot_of(union).levels, 1)
        for union in made
        if union.kind in PRIMARY
    ]
    if tallies:
        events.publish(UnionsChanged(tallies=tuple(tallies), at=at))


def _union_row(line: Line) -> UnionRow:
    draft = line.draft
    assert line.parent is not None
    return UnionRow(
        facts=UnionFacts(
            name=draft.name,
            code=line.code,
            kind=line.kind,
            division_id=line.division_id,
            employer_id=line.employer_id,
            credit_code=draft.credit_code,
            founded_on=draft.founded_on,
            term_ends_on=draft.term_ends_on,
            staff_count=draft.staff_count,
        ),
        parent_code=code_of(line.parent),
    )


def _enter_employers(lines: Iterable[Line]) -> None:
    """Employers that rows name with a code nobody has yet; without a code none is made up."""
    fresh: dict[str, Employer] = {}
    for line in lines:
        code = line.draft.employer_code
        if code and line.employer_id is None and code not in fresh:
            name = line.draft.employer or line.draft.name.removesuffix("委员会").removesuffix(
                "工会"
            )
            fresh[code] = Employer(name=name, name_grams=name_grams(name), credit_code=code)
    Employer.objects.bulk_create(fresh.values(), batch_size=BATCH)
    for line in lines:
        made = fresh.get(line.draft.employer_code or "")
        if made is not None:
            line.employer_id = made.pk
            if line.existing is not None:
                line.changes["employer_id"] = made.pk


def _edit(line: Line, by: Actor, at: dt.datetime) -> tuple[UnionTally, ...]:
    """Change a union as its row says; what the figures hear of it."""
    assert line.existing is not None
    edited = unions.edit(
        union_id=line.existing.pk,
        changes=line.changes,
        version=line.existing.version,
        by=by,
        at=at,
    )
    return kinds.tallies(edited, before=line.existing.kind)


def _appoint(lines: Iterable[Line]) -> None:
    """Chairs that the sheet names where the union has none; a change is an act of its own."""
    Officer.objects.bulk_create(
        (
            Officer(union=line.existing, name=line.draft.chair, post=Post.CHAIR)
            for line in lines
            if line.names_chair and line.existing and line.draft.chair
        ),
        batch_size=BATCH,
    )


def _cover(lines: Iterable[Line], at: dt.datetime) -> None:
    """Let primary unions cover the employer they are at, unless another union does already.

    Which union that is may lie out of reach; its officers and those of the union above decide.
    """
    Coverage.objects.bulk_create(
        (
            Coverage(
                union=line.existing,
                employer_id=line.employer_id,
                since=line.draft.founded_on or china_day(at),
            )
            for line in lines
            if line.existing and line.employer_id and line.kind in PRIMARY
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
