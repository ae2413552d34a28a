"""Imports as officers see them: given in, confirmed, cancelled, gone on with."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction

from huijia.core.audit.public import record
from huijia.core.files import public as files
from huijia.core.jobs.public import enqueue
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.clock import china_day
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.permits import require
from huijia.core.orgs.public import Union
from huijia.registry.actions.importing import passes
from huijia.registry.actions.importing.masking import masked_parts
from huijia.registry.choices import ImportState
from huijia.registry.models import Import
from huijia.registry.permits import RegistryPermit
from huijia.registry.rules.imports import may_be_confirmed, may_become
from huijia.registry.sheets.kinds import LARGEST, SheetError, Sniffer, check_workbook

TASK: Final = "registry.import"
PURPOSE: Final = "import"
MOST_BYTES: Final = max(LARGEST.values())


@dataclass(frozen=True, slots=True)
class Received:
    """A sheet that has arrived: sealed, and looked at on the way."""

    blob: files.Blob
    sniffer: Sniffer


def receive(content: Iterable[bytes], *, name: str, by: Actor, at: dt.datetime) -> Received:
    """Seal a content that is at hand; an upload through the web is sealed as it arrives."""
    sniffer = Sniffer(name)

    def seen() -> Iterator[bytes]:
        for part in content:
            sniffer.take(part)
            yield part

    with transaction.atomic():
        try:
            blob = files.store(
                seen(),
                purpose=PURPOSE,
                name=name,
                content_type="application/octet-stream",
                by=by,
                at=at,
                limit=MOST_BYTES,
            )
        except files.TooLargeError as fault:
            raise SheetError("sheet-too-large") from fault
    return Received(blob, sniffer)


def give_in(*, kind: str, received: Received, union: Union, by: Actor, at: dt.datetime) -> Import:
    """Make an import of a sealed sheet: told apart by its bytes, checked before it is read.

    Raises SheetError when it is no sheet that can be read, Refused or NotFound without the permit
    on the union that the sheet is about.
    """
    require(by, RegistryPermit.IMPORT_RUN, union)
    blob, sniffer = received.blob, received.sniffer
    file_format = sniffer.format()
    if blob.size > LARGEST[file_format]:
        raise SheetError("sheet-too-large-save-as-csv")
    if file_format == "xlsx":
        check_workbook(b"".join(files.content_of(blob.pk)))
    with transaction.atomic():
        work = Import.objects.create(
            kind=kind,
            union=union,
            account_id=by.account_id,
            actor=by.name,
            upload=blob,
            file_name=blob.name,
            file_format=file_format,
            encoding=sniffer.encoding() if file_format == "csv" else "",
            created_at=at,
            touched_at=at,
            judged_on=china_day(at),
            rows_known=sniffer.lines if file_format == "csv" else None,
        )
        _tell(work, "give_in", by, at)
    return work


def discard_unused(blob: files.Blob) -> None:
    """Remove a sealed sheet unless an import was made of it."""
    if not Import.objects.filter(upload=blob).exists():
        files.remove(blob=blob)


def judge(*, work: Import, by: Actor, at: dt.datetime) -> None:
    """Have the sheet checked in the background."""
    _begin(work, ImportState.JUDGING, by, at)
    enqueue(TASK, import_id=work.pk)


def confirm(*, import_id: int, by: Actor, at: dt.datetime) -> Import:
    """Have a checked sheet taken in, in the background; counts begin anew.

    Raises Refused for a sheet that is not checked yet, or that has been taken in or ended already.
    """
    with transaction.atomic():
        work = locked(import_id, by)
        if not (verdict := may_be_confirmed(work.state)):
            raise Refused(verdict)
        _begin(work, ImportState.MERGING, by, at)
        enqueue(TASK, import_id=work.pk)
    return work


def merge_now(*, work: Import, at: dt.datetime, is_dry_run: bool) -> Import:
    """Walk a pass in this process, outside a transaction: the command line waits for its end."""
    state = ImportState.JUDGING if is_dry_run else ImportState.MERGING
    with transaction.atomic():
        _begin(work, state, passes.importer(work, on=china_day(at)), at)
    passes.run(work.pk, at=at)
    work.refresh_from_db()
    return work


def go_on(*, import_id: int, at: dt.datetime) -> None:
    """Walk the pass that an import stands in, from its pointer; outside a transaction."""
    passes.run(import_id, at=at)


def cancel(*, import_id: int, by: Actor, at: dt.datetime) -> Import:
    """End an import; what chunks before have taken in stays, and the page says how much."""
    with transaction.atomic():
        work = locked(import_id, by)
        is_dry_run = work.state != ImportState.MERGING
        _become(work, ImportState.CANCELLED)
        work.finished_at = work.touched_at = at
        work.save(update_fields=["state", "finished_at", "touched_at"])
        passes.record_end(work, verb="cancel", by=by, at=at, is_dry_run=is_dry_run)
    return work


@dataclass(frozen=True, slots=True)
class Report:
    """A report on its way out; its size is known where it goes out as it was kept."""

    name: str
    content_type: str
    size: int | None
    content: Iterator[bytes]


def open_report(*, import_id: int, by: Actor, at: dt.datetime) -> Report:
    """The report of an import, to be downloaded; who took it is written down.

    It holds whatever the sheet held: whoever gave the sheet in has it back as it was, anybody else
    with numbers and phones masked. Raises NotFound out of reach, and when it is not there yet or
    no more.
    """
    with transaction.atomic():
        work = locked(import_id, by)
        if work.report_id is None:
            raise NotFound
        is_giver = by.account_id is not None and by.account_id == work.account_id
        record(
            verb="registry.import.download",
            subject=("import", work.pk),
            by=by,
            at=at,
            union_id=work.union_id,
            changes={"rows": work.rows_done, "is_masked": not is_giver},
        )
    report = files.blob(work.report_id)
    if report is None:
        raise NotFound
    if is_giver:
        whole = files.content_of(report.pk)
        return Report(report.name, report.content_type, report.size, whole)
    return Report(report.name, report.content_type, None, masked_parts(work))


def resume_stale(*, at: dt.datetime) -> int:
    """Enqueue again what was broken off: the process died, or the queue never got the job.

    An import under way commits a chunk every second or so; one that has not for so long was broken
    off, and if it was not, the lock keeps a second walk away.
    """
    under_way = (ImportState.JUDGING, ImportState.MERGING)
    silent_since = at - dt.timedelta(seconds=settings.HUIJIA_STALE_AFTER)
    stale = Import.objects.filter(state__in=under_way, touched_at__lt=silent_since)
    ids = list(stale.values_list("pk", flat=True))
    for import_id in ids:
        enqueue(TASK, lock=f"{TASK}.{import_id}", import_id=import_id)
    return len(ids)


def locked(import_id: int, by: Actor) -> Import:
    """An import that the actor may run, locked; NotFound for any other."""
    work = (
        Import.objects.select_related("union")
        .select_for_update(of=("self",))
        .filter(pk=import_id)
        .first()
    )
    if work is None:
        raise NotFound
    require(by, RegistryPermit.IMPORT_RUN, work.union)
    return work


def _begin(work: Import, state: ImportState, by: Actor, at: dt.datetime) -> None:
    """Start a pass: the counts of a dry run before are put aside."""
    before = work.state
    _become(work, state)
    if before == ImportState.JUDGED:
        work.dry_run = passes.counts_of(work)
        work.confirmed_at = at
        for field in ("rows_done", "duplicates", *passes.COUNTS):
            setattr(work, field, 0)
    work.started_at = work.touched_at = at
    work.finished_at = None
    work.attempts = 0
    work.save()
    _tell(work, state.value, by, at)


def _become(work: Import, state: ImportState) -> None:
    verdict = may_become(work.state, state)
    if not verdict:
        raise Refused(verdict)
    work.state = state


def _tell(work: Import, verb: str, by: Actor, at: dt.datetime) -> None:
    record(
        verb=f"registry.import.{verb}",
        subject=("import", work.pk),
        by=by,
        at=at,
        union_id=work.union_id,
        changes={"kind": work.kind},
    )
