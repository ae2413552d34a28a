"""One pass through a sheet: a dry run, or the merge; both take the same way.

Each chunk is one transaction: rows, figures, verdicts and the pointer. A pass that was broken off
begins again at the pointer, by reading the sealed upload from its start; rows before the pointer
are only looked at for their numbers. A session lock keeps two workers from walking the same sheet.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Final

import psycopg
import structlog
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from huijia.core.access.public import actor_of, set_reach
from huijia.core.audit.public import record
from huijia.core.files.public import Blob, remove
from huijia.core.kernel.actor import Actor, ActorGrant, Place
from huijia.core.kernel.clock import china_day
from huijia.core.orgs.public import Union
from huijia.core.vault.public import CannotOpenError
from huijia.registry.actions.importing import reports
from huijia.registry.actions.importing.blocks import Block, Found, found_in
from huijia.registry.actions.importing.members import Chunk, MeanwhileError, MemberChunks
from huijia.registry.actions.importing.readers import Reader, reading, written_now
from huijia.registry.actions.importing.unions import UnionSheet
from huijia.registry.choices import ImportKind, ImportState, RowVerdict
from huijia.registry.models import Import, ImportChunk, ImportProblem
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.imports import may_go_on
from huijia.registry.sheets.kinds import SheetError

MOST_UNIONS: Final = 100_000
TRIES: Final = 4
MOST_ATTEMPTS: Final = 3
"""Walks in a row that may end before the pointer moves."""
LOCK_SPACE: Final = 74_103
"""First key of the advisory locks of imports; the second is the import's id."""
COUNTS: Final = {
    "new": RowVerdict.NEW,
    "unchanged": RowVerdict.UNCHANGED,
    "updated": RowVerdict.UPDATED,
    "conflict": RowVerdict.CONFLICT,
    "refused": RowVerdict.REFUSED,
}
log = structlog.get_logger(__name__)


Judgement = tuple[Chunk, Callable[[], None]]
"""What became of some rows, and how to write them."""


class LeftError(Exception):
    """The import was cancelled, or another worker has it: this walk ends without a word."""


def run(import_id: int, *, at: dt.datetime) -> None:
    """Walk a pass of an import to its end, from wherever it stands; nothing to do is no fault.

    Runs outside a transaction. Whatever ends it leaves the import in a state that says so; what
    nobody foresaw is raised, until it has happened too often.
    """
    with _alone_with(import_id) as is_alone:
        if not is_alone:
            return
        work = Import.objects.select_related("union", "upload").get(pk=import_id)
        if work.state not in (ImportState.JUDGING, ImportState.MERGING):
            return
        if work.attempts >= MOST_ATTEMPTS:
            _fail(work, "internal", {"number": work.pk})
            _close(work, at, is_dry_run=work.state == ImportState.JUDGING)
            return
        is_dry_run = work.state == ImportState.JUDGING
        # Counted beforehand, so that a walk is counted whose process dies.
        Import.objects.filter(pk=work.pk).update(attempts=F("attempts") + 1, touched_at=Now())
        try:
            _walk(work, at)
        except LeftError:
            log.info("import.left", of=work.pk)
        except SheetError as fault:
            _fail(work, fault.code, dict(fault.facts))
        except CannotOpenError:
            _fail(work, "sheet-cannot-be-opened", {})
        except Exception as fault:
            # Only the kind of it: what a database says may quote a row.
            log.warning("import.broken-off", of=work.pk, fault=type(fault).__name__)
            if not (code := _code_of_end(work, fault)):
                raise
            _fail(work, code, {"number": work.pk})
        else:
            return
        _close(work, at, is_dry_run=is_dry_run)


def _code_of_end(work: Import, fault: Exception) -> str:
    """What an unforeseen fault is called that ends the import; empty while another walk may help.

    What the database cannot hold it cannot hold the next time either; `COPY` raises the driver's
    own fault, any other statement Django's.
    """
    if isinstance(fault, (DataError, psycopg.DataError)):
        return "sheet-not-to-be-kept"
    return "internal" if _is_given_up(work) else ""


def _is_given_up(work: Import) -> bool:
    """Whether so many walks in a row came no chunk further that another one is in vain."""
    attempts = Import.objects.values_list("attempts", flat=True).get(pk=work.pk)
    return attempts >= MOST_ATTEMPTS


@contextmanager
def _alone_with(import_id: int) -> Iterator[bool]:
    """The session lock on an import: released when the session ends, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, import_id])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, import_id])


def importer(work: Import, *, on: dt.date) -> Actor:
    """Who imports, with the grants of today that allow it, at the union of the sheet and below.

    Whoever may import there reads what became of the rows, so it must not tell of unions beyond,
    even where the one who gave the sheet in sees them.
    """
    if work.account_id is not None:
        actor = actor_of(work.account_id, on=on)
        place = Place(work.union_id, work.union.depth, work.union.path)
        grants = tuple(
            replace(grant, place=place)
            for grant in actor.grants
            if RegistryPermit.IMPORT_RUN in grant.permits and grant.place.holds(place.path)
        )
        return replace(actor, grants=grants)
    return system_importer(work.actor, work.union)


def system_importer(name: str, union: Union) -> Actor:
    """The system importing under a name: it may do that at a union and below."""
    place = Place(union.pk, union.depth, union.path)
    grant = ActorGrant("system", frozenset({RegistryPermit.IMPORT_RUN}), place)
    return Actor(account_id=None, name=name, grants=(grant,))


def _walk(work: Import, at: dt.datetime) -> None:
    by = importer(work, on=china_day(at))
    if not any(place.holds(work.union.path) for place in by.places(RegistryPermit.IMPORT_RUN)):
        raise SheetError("import-no-longer-permitted")
    walk = _walk_members if work.kind == ImportKind.MEMBERS else _walk_unions
    report = walk(work, by, at)
    try:
        _end(work, report, by, at)
    except LeftError:
        remove(blob=report)
        raise


def _walk_members(work: Import, by: Actor, at: dt.datetime) -> Blob:
    """Take every chunk of members; the report."""
    with reading(work, at=at) as reader:
        _note_layout(work, reader.found)
        _take_members(work, reader, by, at)
        return reader.report()


def _take_members(work: Import, reader: Reader, by: Actor, at: dt.datetime) -> None:
    chunks = MemberChunks(
        batch=work.pk,
        fields=frozenset(reader.found.layout.columns),
        is_dry_run=work.state == ImportState.JUDGING,
        by=by,
        at=at,
    )
    chunks.prepare()
    for block in reader.judged():
        _commit(work, partial(chunks.judge, block), by)
    chunks.finish()


def _walk_unions(work: Import, by: Actor, at: dt.datetime) -> Blob:
    """Take all unions in one chunk, since they name each other; the report."""
    sheet = reports.sheet_of(work)
    _note_layout(work, found_in(sheet))
    rows = list(islice(sheet.data(), MOST_UNIONS + 1))
    if len(rows) > MOST_UNIONS:
        raise SheetError("sheet-too-many-unions", most=MOST_UNIONS)
    if rows and not work.rows_done:
        block = Block(0, [number for number, _cells in rows], [cells for _number, cells in rows])

        def judge() -> Judgement:
            judged = UnionSheet(target=work.union, by=by, at=at)
            return judged.judge(block, dict(sheet.layout.columns)), judged.write

        _commit(work, judge, by)
    return written_now(work, at)


def _commit(work: Import, judge: Callable[[], Judgement], by: Actor) -> None:
    """One chunk, tried again when it met another writer; leaves when it is mostly trouble."""
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                _commit_lazily()
                set_reach(by)
                _hold(work)
                is_bearable = _take(work, *judge())
            break
        except (IntegrityError, OperationalError, MeanwhileError) as fault:
            if attempt == TRIES or connection.connection is None or connection.connection.closed:
                raise
            log.warning("import.again", of=work.pk, attempt=attempt, fault=type(fault).__name__)
            state = work.state
            work.refresh_from_db()
            if work.state != state:
                raise LeftError from fault
    if not is_bearable:
        raise LeftError


def _commit_lazily() -> None:
    """Do not wait for the disk at the end of this transaction.

    Should the server die, the last chunks are lost with their pointer, and done again. The end of
    the pass is committed in full, and everything before it with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _hold(work: Import) -> None:
    """Lock the import's row; leave when it is no longer ours to go on with."""
    state, done = (
        Import.objects.select_for_update(of=("self",))
        .values_list("state", "rows_done")
        .get(pk=work.pk)
    )
    if state != work.state or done != work.rows_done:
        raise LeftError


def _take(work: Import, chunk: Chunk, write: Callable[[], None]) -> bool:
    """Write and count a chunk; False when the import was stopped over it instead."""
    verdict = may_go_on(
        rows=work.rows_done + len(chunk.verdicts),
        conflicts=work.conflict + chunk.count(RowVerdict.CONFLICT),
        duplicates=work.duplicates + chunk.duplicates,
    )
    is_dry_run = work.state == ImportState.JUDGING
    if not verdict:
        work.state, work.fault = ImportState.STOPPED, verdict.reason
        work.fault_facts, work.finished_at = dict(verdict.facts), Now()
        work.save(update_fields=["state", "fault", "fault_facts", "finished_at"])
        _keep(work, chunk, is_dry_run=is_dry_run, is_written=False)
        return False
    if not is_dry_run:
        write()
    _keep(work, chunk, is_dry_run=is_dry_run, is_written=True)
    return True


def _keep(work: Import, chunk: Chunk, *, is_dry_run: bool, is_written: bool) -> None:
    """Write the verdicts of a chunk and move the pointer.

    Of a chunk over which a merge was stopped only the trouble is counted: nothing was written.
    """
    _keep_problems(work, chunk, is_dry_run=is_dry_run)
    counted = COUNTS
    if is_dry_run or is_written:
        ImportChunk.objects.create(
            of=work, is_dry_run=is_dry_run, first=chunk.first, verdicts=chunk.verdicts
        )
    else:
        counted = {field: COUNTS[field] for field in ("conflict", "refused")}
    for field, verdict in counted.items():
        found = chunk.count(verdict)
        setattr(work, field, getattr(work, field) + found)
        work.rows_done += found
    work.duplicates += chunk.duplicates
    work.rows_known = max(work.rows_known or 0, work.rows_done)
    work.save(update_fields=["rows_done", "rows_known", "duplicates", *COUNTS])
    Import.objects.filter(pk=work.pk).update(touched_at=Now(), attempts=0)


def _keep_problems(work: Import, chunk: Chunk, *, is_dry_run: bool) -> None:
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                of=work,
                is_dry_run=is_dry_run,
                position=position,
                row=row,
                verdict=verdict,
                name=name,
                reasons=reasons,
            )
            for position, row, verdict, name, reasons in chunk.problems
        ),
        batch_size=2_000,
    )


def _note_layout(work: Import, found: Found) -> None:
    """Keep what was read of the headings: which columns count and which do not."""
    layout = found.layout
    work.headings = {
        "row": layout.row,
        "columns": dict(layout.columns),
        "labels": list(layout.labels),
        "unknown": list(layout.unknown),
        "other_sheets": list(found.others),
    }
    if work.rows_known is None and found.height is not None:
        work.rows_known = max(found.height - layout.row, 0)
    work.save(update_fields=["headings", "rows_known"])


def _end(work: Import, report: Blob, by: Actor, at: dt.datetime) -> None:
    """The pass is through: the state that follows, the report, one audit entry with a digest."""
    is_dry_run = work.state == ImportState.JUDGING
    with transaction.atomic():
        _hold(work)
        if work.report_id is not None:
            reports.discard(work)
        work.report = report
        work.rows_known = work.rows_done
        work.state = ImportState.JUDGED if is_dry_run else ImportState.FINISHED
        work.save(update_fields=["report", "rows_known", "state"])
        Import.objects.filter(pk=work.pk).update(touched_at=Now(), finished_at=Now())
        verb = "judge" if is_dry_run else "merge"
        record_end(work, verb=verb, by=by, at=at, is_dry_run=is_dry_run)


def _close(work: Import, at: dt.datetime, *, is_dry_run: bool) -> None:
    """A pass ended before its time: an audit entry as of any end, and a report of what was judged.

    Who cancels an import has written the entry already. The report is left out where the sheet
    cannot be read.
    """
    work.refresh_from_db()
    verbs = {ImportState.STOPPED: "stop", ImportState.FAILED: "fail", ImportState.CANCELLED: ""}
    if work.state not in verbs:
        return
    by = importer(work, on=china_day(at))
    if verb := verbs[ImportState(work.state)]:
        record_end(work, verb=verb, by=by, at=at, is_dry_run=is_dry_run)
    if not work.rows_done:
        return
    try:
        report = reports.write(work, at=at, is_dry_run=is_dry_run)
    except (SheetError, CannotOpenError) as fault:
        log.warning("import.unreported", of=work.pk, fault=type(fault).__name__)
        return
    with transaction.atomic():
        reports.discard(work)
        work.report = report
        work.save(update_fields=["report"])


def record_end(work: Import, *, verb: str, by: Actor, at: dt.datetime, is_dry_run: bool) -> None:
    """The audit entry of the end of a pass, however it ended: counts, and a digest of verdicts."""
    record(
        verb=f"registry.import.{verb}",
        subject=("import", work.pk),
        by=by,
        at=at,
        union_id=work.union_id,
        changes={
            **counts_of(work),
            "digest": reports.digest_of(work.pk, is_dry_run=is_dry_run),
            **({"fault": work.fault} if work.fault else {}),
        },
    )


def counts_of(work: Import) -> dict[str, int]:
    """The counts of the present pass, in the words that the command line prints."""
    return {"rows": work.rows_done, **{field: getattr(work, field) for field in COUNTS}}


def _fail(work: Import, code: str, facts: dict[str, str | int]) -> None:
    """The sheet cannot be read on: say why; what earlier chunks wrote stands."""
    under_way = (ImportState.JUDGING, ImportState.MERGING)
    Import.objects.filter(pk=work.pk, state__in=under_way).update(
        state=ImportState.FAILED,
        fault=code,
        fault_facts=facts,
        finished_at=Now(),
        touched_at=Now(),
    )
