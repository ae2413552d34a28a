"""Questions about imports: the unions a sheet may name, and what became of its rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from huijia.core.kernel.actor import Actor, Place
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import decide
from huijia.core.orgs.public import Union, UnionState
from huijia.core.orgs.public import queries as orgs
from huijia.core.web.listing import Keyset, Page
from huijia.registry.choices import ImportState
from huijia.registry.models import Import, ImportProblem
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.imports import may_become
from huijia.registry.rules.members import UnionBook, UnionEntry, union_name
from huijia.registry.rules.memberships import may_hold_members
from huijia.registry.rules.reasons import Reason, read_reason

MOST_CODES = 3
NULL = "\\N"


def union_book(target: Union) -> UnionBook:
    """The unions at and below a union, by code and by name, as the judge of members needs them."""
    place = Place(target.pk, target.depth, target.path)
    by_code: dict[str, UnionEntry] = {}
    by_name: dict[str, UnionEntry] = {}
    codes: defaultdict[str, list[str]] = defaultdict(list)
    default = None
    rows = Union.objects.filter(orgs.within([place])).values_list(
        "id", "code", "name", "short_name", "kind", "state", "employer_id",
        "level_1", "level_2", "level_3", "level_4", "level_5",
    )  # fmt: skip
    for key, code, name, short_name, kind, state, employer_id, *levels in rows.iterator():
        entry = UnionEntry(
            id=key,
            holds_members=bool(may_hold_members(kind=kind, state=UnionState.ACTIVE)),
            is_dissolved=state == UnionState.DISSOLVED,
            place="\t".join(
                NULL if each is None else str(each) for each in (key, *levels, employer_id)
            ),
        )
        by_code[code.upper()] = entry
        for each in {union_name(name), union_name(short_name)} - {""}:
            by_name[each] = entry
            codes[each].append(code)
        if key == target.pk and entry.holds_members:
            default = entry
    ambiguous = {
        name: "、".join(found[:MOST_CODES]) for name, found in codes.items() if len(found) > 1
    }
    for name in ambiguous:
        del by_name[name]
    return UnionBook(by_code, by_name, ambiguous, default)


@dataclass(frozen=True, slots=True)
class Can:
    """What the reader may do with an import now."""

    confirm: bool
    cancel: bool
    download: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How an import stands: everything its page says of it but the rows."""

    id: int
    kind: str
    kind_label: str
    state: str
    state_label: str
    file_name: str
    union_id: int
    union_name: str
    actor: str
    created_at: dt.datetime
    finished_at: dt.datetime | None
    counts: Mapping[str, int]
    rows_done: int
    rows_known: int
    rows_a_second: int
    unknown: tuple[str, ...]
    other_sheets: tuple[str, ...]
    fault: str
    fault_facts: Mapping[str, Any]
    is_dry_run: bool
    was_confirmed: bool
    can: Can

    @property
    def is_under_way(self) -> bool:
        """Whether it is worth to look again in a moment."""
        return self.state in (ImportState.UPLOADED, *UNDER_WAY)

    @property
    def minutes_left(self) -> int:
        """How long the pass goes on at its present speed, begun minutes counted whole."""
        rows_left = max(0, self.rows_known - self.rows_done)
        return -(-rows_left // (self.rows_a_second * 60)) if self.rows_a_second else 0


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row that needs a look."""

    position: int
    row: int
    verdict: str
    verdict_label: str
    name: str
    reasons: tuple[Reason, ...]


UNDER_WAY = (ImportState.JUDGING, ImportState.MERGING)
ENDED_WELL = (ImportState.JUDGED, ImportState.FINISHED)
LATEST = Keyset("-id", size=30)
PROBLEMS = Keyset("position", size=50)
COUNTED = ("new", "unchanged", "updated", "conflict", "refused")


def listing(actor: Actor, query: Mapping[str, Any]) -> "Page[Standing]":
    """Imports into unions where the actor may import, newest first."""
    page = LATEST.page(_visible(actor), query)
    return replace(page, rows=[_standing(work, actor) for work in page.rows])


def standing(actor: Actor, import_id: int) -> Standing:
    """One import; NotFound out of reach."""
    return _standing(_one(actor, import_id), actor)


def problems(
    actor: Actor, import_id: int, verdict: str, query: Mapping[str, Any]
) -> "Page[ProblemRow]":
    """The rows of an import that need a look, one verdict or all, in the order of the sheet."""
    work = _one(actor, import_id)
    rows = ImportProblem.objects.filter(of=work, is_dry_run=_shows_dry_run(work))
    if verdict:
        rows = rows.filter(verdict=verdict)
    page = PROBLEMS.page(rows, query)
    return replace(page, rows=[_problem(problem) for problem in page.rows])


def targets(actor: Actor) -> list[tuple[str, str]]:
    """The unions at the top of where the actor may import: code and name."""
    ids = [place.id for place in actor.places(RegistryPermit.IMPORT_RUN)]
    rows = Union.objects.filter(pk__in=ids).order_by("depth", "code")
    return list(rows.values_list("code", "name"))


def target(actor: Actor, code: str) -> Union:
    """A union where the actor may import, by its code; NotFound for any other."""
    places = actor.places(RegistryPermit.IMPORT_RUN)
    found = Union.objects.filter(orgs.within(places), code__iexact=code).first()
    if found is None:
        raise NotFound
    return found


def _visible(actor: Actor) -> "QuerySet[Import]":
    places = actor.places(RegistryPermit.IMPORT_RUN)
    return Import.objects.select_related("union").filter(orgs.within(places, at="union__"))


def _one(actor: Actor, import_id: int) -> Import:
    work = _visible(actor).filter(pk=import_id).first()
    if work is None:
        raise NotFound
    return work


def _shows_dry_run(work: Import) -> bool:
    """Whether what is known of the rows is what a dry run found."""
    return work.confirmed_at is None and work.state != ImportState.FINISHED


def _standing(work: Import, actor: Actor) -> Standing:
    return Standing(
        id=work.pk,
        kind=work.kind,
        kind_label=str(work.get_kind_display()),
        state=work.state,
        state_label=str(work.get_state_display()),
        file_name=work.file_name,
        union_id=work.union_id,
        union_name=work.union.name,
        actor=work.actor,
        created_at=work.created_at,
        finished_at=work.finished_at,
        counts={field: getattr(work, field) for field in COUNTED},
        rows_done=work.rows_done,
        rows_known=max(work.rows_known or 0, work.rows_done),
        rows_a_second=_rate(work),
        unknown=tuple(work.headings.get("unknown", ())),
        other_sheets=tuple(work.headings.get("other_sheets", ())),
        fault=work.fault,
        fault_facts=work.fault_facts,
        is_dry_run=_shows_dry_run(work),
        was_confirmed=work.confirmed_at is not None,
        can=_can(work, actor),
    )


def _can(work: Import, actor: Actor) -> Can:
    may = bool(decide(actor, RegistryPermit.IMPORT_RUN, work.union))
    return Can(
        confirm=may and work.state == ImportState.JUDGED and bool(work.new + work.updated),
        cancel=may and bool(may_become(work.state, ImportState.CANCELLED)),
        download=may and work.report_id is not None,
    )


def _rate(work: Import) -> int:
    if work.started_at is None or not work.rows_done:
        return 0
    ended = work.finished_at or work.touched_at
    return round(work.rows_done / max((ended - work.started_at).total_seconds(), 1))


def _problem(problem: ImportProblem) -> ProblemRow:
    return ProblemRow(
        position=problem.position,
        row=problem.row,
        verdict=problem.verdict,
        verdict_label=str(problem.get_verdict_display()),
        name=problem.name,
        reasons=tuple(map(read_reason, problem.reasons)),
    )
