"""The sheet given back: every column as it came, and two more, verdict and reason."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from django.db import transaction
from django.utils import translation

from huijia.core.files import public as files
from huijia.core.kernel.actor import Actor
from huijia.registry.choices import RowVerdict
from huijia.registry.models import Import, ImportChunk, ImportProblem
from huijia.registry.rules.reasons import column_in_words, in_words, read_reason
from huijia.registry.sheets import writing
from huijia.registry.sheets.reading import Sheet, holds, open_sheet

ADDED: Final = ("校验结果", "原因")
"""What the two columns are called: the official layout has Chinese headings, so have these."""
LANGUAGE: Final = "zh-hans"
"""Reports go back to who keeps the sheet, in the language of the official layout."""
CONTENT_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(work: Import, *, by: Actor, at: dt.datetime, is_dry_run: bool) -> files.Blob:
    """The report of a pass as a sealed file: CSV for CSV, .xlsx for any workbook."""
    assert work.upload_id is not None
    sheet = open_sheet(
        files.content_of(work.upload_id),
        file_format=work.file_format,
        encoding=work.encoding,
        kind=work.kind,
    )
    file_format = "csv" if work.file_format == "csv" else "xlsx"
    rows = _rows(work, sheet, is_dry_run=is_dry_run)
    if file_format == "csv":
        parts = writing.csv_parts(rows, work.encoding)
    else:
        parts = writing.workbook_parts(rows, widths=[*[16] * len(sheet.layout.labels), 10, 60])
    stem = work.file_name.rpartition(".")[0] or work.file_name
    with transaction.atomic(), translation.override(LANGUAGE):
        return files.store(
            parts,
            purpose="import-report",
            name=f"{stem}-{ADDED[0]}.{file_format}",
            content_type=CONTENT_TYPES[file_format],
            by=by,
            at=at,
        )


def discard(work: Import) -> None:
    """Remove the report of an earlier pass."""
    if work.report is not None:
        report, work.report = work.report, None
        work.save(update_fields=["report"])
        files.remove(blob=report)


def digest_of(import_id: int, *, is_dry_run: bool) -> str:
    """SHA-256 over all verdicts of a pass in order: what the audit entry vouches for."""
    digest = hashlib.sha256()
    for verdicts in verdicts_of(import_id, is_dry_run=is_dry_run):
        digest.update(verdicts.encode())
    return digest.hexdigest()


def verdicts_of(import_id: int, *, is_dry_run: bool) -> Iterator[str]:
    """The verdicts of a pass, chunk by chunk."""
    chunks = ImportChunk.objects.filter(of=import_id, is_dry_run=is_dry_run).order_by("first")
    yield from chunks.values_list("verdicts", flat=True).iterator(chunk_size=100)


def _rows(work: Import, sheet: Sheet, *, is_dry_run: bool) -> Iterator[list[str]]:
    """The rows of the sheet, empty ones and titles included, each with its verdict."""
    width = _own_width(sheet.layout.labels)
    words = {verdict.value: str(verdict.label) for verdict in RowVerdict}
    letters = (
        letter for verdicts in verdicts_of(work.pk, is_dry_run=is_dry_run) for letter in verdicts
    )
    problems = _problems(work.pk, is_dry_run=is_dry_run)
    position, next_problem = -1, next(problems, None)
    yield from sheet.head
    yield [*sheet.layout.labels[:width], *ADDED]
    for _row, cells in sheet.everything():
        if not holds(cells):
            yield cells
            continue
        position += 1
        reason = ""
        if next_problem is not None and next_problem[0] == position:
            reason, next_problem = next_problem[1], next(problems, None)
        kept = cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]
        yield [*kept, words.get(next(letters, ""), ""), reason]


def _own_width(labels: Sequence[str]) -> int:
    """How many columns are the sheet's own: those of an earlier report are given up."""
    return len(labels) - len(ADDED) if tuple(labels[-len(ADDED) :]) == ADDED else len(labels)


def _problems(import_id: int, *, is_dry_run: bool) -> Iterator[tuple[int, str]]:
    """Position and reasons in words of every row that has any, in order."""
    rows = ImportProblem.objects.filter(of=import_id, is_dry_run=is_dry_run).order_by("position")
    known: dict[str, str] = {}
    for position, reasons in rows.values_list("position", "reasons").iterator(chunk_size=2_000):
        for text in reasons:
            if text not in known:
                known[text] = _told(text)
        yield position, "；".join(known[text] for text in reasons)


def _told(text: str) -> str:
    reason = read_reason(text)
    return f"{column_in_words(reason.column)}：{in_words(reason)}"
