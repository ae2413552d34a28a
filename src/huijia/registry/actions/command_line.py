"""`huijia import`: a sheet from a file, walked in this process to its end."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from huijia.core.files.public import content_of
from huijia.core.kernel import clock
from huijia.core.kernel.errors import NotFound
from huijia.core.orgs.public import Union
from huijia.registry.actions import imports
from huijia.registry.actions.importing.passes import counts_of, system_importer
from huijia.registry.choices import ImportState
from huijia.registry.models import Import
from huijia.registry.rules.faults import fault_in_words, outcome_in_words, unread_in_words
from huijia.registry.sheets import texts
from huijia.registry.sheets.kinds import SheetError
from huijia.registry.sheets.writing import MOST_ROWS, csv_parts, rows_back, workbook_parts

ACTOR: Final = "command line"
READ_AT_ONCE: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How an import from the command line ended: the counts to print, and a sentence."""

    counts: dict[str, int | float]
    sentence: str
    is_stopped: bool
    import_id: int


def run_cli_import(
    kind: str,
    file: Path,
    *,
    union_code: str | None = None,
    is_dry_run: bool = False,
    report: Path | None = None,
) -> ImportOutcome:
    """Import a sheet of `members` or `unions`; without a union's code it is the city's.

    The report is a workbook or CSV as its name ends, else as the sheet is. Raises NotFound for an
    unknown union, SheetError for a file that is no sheet and for a report that no workbook holds.
    """
    began = time.perf_counter()
    union = _union(union_code)
    by = system_importer(ACTOR, union)
    with transaction.atomic():
        received = imports.receive(_parts(file), name=file.name, by=by, at=clock.now())
        work = imports.give_in(kind=kind, received=received, union=union, by=by, at=clock.now())
        if report is not None and _changes_into_workbook(work, report):
            _require_room(work)
    work = imports.merge_now(work=work, at=clock.now(), is_dry_run=is_dry_run)
    if report is not None and work.report_id is not None:
        _write(report, _parts_of_report(work, report))
    counts = {**counts_of(work), "seconds": round(time.perf_counter() - began, 3)}
    is_done = work.state in (ImportState.FINISHED, ImportState.JUDGED)
    return ImportOutcome(counts, _sentence(work), is_stopped=not is_done, import_id=work.pk)


def _union(code: str | None) -> Union:
    chosen = Union.objects.filter(code=code) if code else Union.objects.filter(depth=1)
    union = chosen.first()
    if union is None:
        raise NotFound
    return union


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while part := stream.read(READ_AT_ONCE):
            yield part


def _kept_as(work: Import) -> str:
    return ".csv" if work.file_format == "csv" else ".xlsx"


def _changes_into_workbook(work: Import, target: Path) -> bool:
    return target.suffix.lower() == ".xlsx" and _kept_as(work) == ".csv"


def _require_room(work: Import) -> None:
    if (work.rows_known or 0) > MOST_ROWS:
        raise SheetError("report-too-long-for-a-workbook", most=MOST_ROWS)


def _parts_of_report(work: Import, target: Path) -> Iterator[bytes]:
    """The report in the format that the target's name asks for."""
    assert work.report_id is not None
    content = content_of(work.report_id)
    if _changes_into_workbook(work, target):
        return workbook_parts(cells for _number, cells in texts.rows(content, work.encoding))
    if target.suffix.lower() == ".csv" and _kept_as(work) == ".xlsx":
        return csv_parts((cells for _number, cells in rows_back(content)), "utf-8-sig")
    return content


def _write(target: Path, parts: Iterator[bytes]) -> None:
    with target.open("wb") as stream:
        for part in parts:
            stream.write(part)


def _sentence(work: Import) -> str:
    if work.fault:
        return fault_in_words(work.fault, work.fault_facts)
    told = outcome_in_words(counts_of(work), is_dry_run=work.state == ImportState.JUDGED)
    return f"{told} {unread_in_words(work.headings)}".strip()
