"""The sheet given back: every column as it came, and two more, verdict and reason."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from huijia.core.files import public as files
from huijia.core.kernel.actor import Actor
from huijia.registry.choices import RowVerdict
from huijia.registry.models import Import, ImportChunk, ImportProblem
from huijia.registry.rules.reasons import column_in_words, in_words, read_reason
from huijia.registry.sheets import writing
from huijia.registry.sheets.kinds import SheetError
from huijia.registry.sheets.reading import Sheet, holds, open_sheet

ADDED: Final = ("校验结果", "原因")
"""What the two columns are called: the official layout has Chinese headings, so have these."""
LANGUAGE: Final = "zh-hans"
"""Reports go back to who keeps the sheet, in the language of the official layout."""
Outcome = tuple[str, str]
"""The letter of a verdict and the reasons in words; empty where there is none."""
CONTENT_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet_of(work: Import) -> Sheet:
    """The sheet of an import, opened from its sealed upload.

    Raises SheetError where it is gone or cannot be read as one, CannotOpenError where it was
    altered.
    """
    if work.upload_id is None:
        raise SheetError("sheet-gone")
    return open_sheet(
        files.content_of(work.upload_id),
        file_format=work.file_format,
        encoding=work.encoding,
        kind=work.kind,
    )


def write(
    work: Import,
    *,
    at: dt.datetime,
    is_dry_run: bool,
    may_follow: Callable[[], bool] = lambda: False,
) -> files.Blob:
    """The report of a pass as a sealed file: CSV for CSV, .xlsx for any workbook.

    While `may_follow()` is true more chunks may be committed, and the report waits for them; it
    may take a moment to answer.
    """
    sheet = sheet_of(work)
    file_format = "csv" if work.file_format == "csv" else "xlsx"
    rows = _rows(sheet, _outcomes(work.pk, is_dry_run=is_dry_run, may_follow=may_follow))
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
            by=Actor(account_id=work.account_id, name=work.actor, grants=()),
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
    chunks = ImportChunk.objects.filter(of=import_id, is_dry_run=is_dry_run).order_by("first")
    for verdicts in chunks.values_list("verdicts", flat=True).iterator(chunk_size=100):
        digest.update(verdicts.encode())
    return digest.hexdigest()


def _rows(sheet: Sheet, outcomes: Iterator[Outcome]) -> Iterator[list[str]]:
    """The rows of the sheet, empty ones and titles included, each with its verdict."""
    width = _own_width(sheet.layout.labels)
    words = {verdict.value: str(verdict.label) for verdict in RowVerdict}
    yield from sheet.head
    yield [*sheet.layout.labels[:width], *ADDED]
    for _row, cells in sheet.everything():
        if not holds(cells):
            yield cells
            continue
        letter, reason = next(outcomes)
        kept = cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]
        yield [*kept, words.get(letter, ""), reason]


def _outcomes(
    import_id: int, *, is_dry_run: bool, may_follow: Callable[[], bool]
) -> Iterator[Outcome]:
    """What became of each row, in order; nothing for the rows after the last chunk.

    Of a chunk over which a merge was stopped there are reasons without verdicts.
    """
    told: dict[str, str] = {}
    chunks = ImportChunk.objects.filter(of=import_id, is_dry_run=is_dry_run).order_by("first")
    problems = ImportProblem.objects.filter(of=import_id, is_dry_run=is_dry_run)
    first, is_growing = 0, True
    while is_growing:
        is_growing = may_follow()  # asked first: a chunk committed meanwhile is not missed
        for start, verdicts in chunks.filter(first__gte=first).values_list("first", "verdicts"):
            first = start + len(verdicts)
            reasons = _reasons(problems.filter(position__range=(start, first - 1)), told)
            for position, letter in enumerate(verdicts, start):
                yield letter, reasons.get(position, "")
    reasons = _reasons(problems.filter(position__gte=first), told)
    for position in count(first):
        yield "", reasons.get(position, "")


def _reasons(problems: QuerySet[ImportProblem], told: dict[str, str]) -> dict[int, str]:
    """The reasons of rows in words; `told` keeps the words that came up before.

    Not those that name a fact, of which a long sheet has as many as rows.
    """
    found = {}
    for position, reasons in problems.values_list("position", "reasons"):
        for text in reasons:
            if text not in told and ":" not in text:
                told[text] = _told(text)
        found[position] = "；".join(told.get(text) or _told(text) for text in reasons)
    return found


def _own_width(labels: Sequence[str]) -> int:
    """How many columns are the sheet's own: those of an earlier report are given up."""
    return len(labels) - len(ADDED) if tuple(labels[-len(ADDED) :]) == ADDED else len(labels)


def _told(text: str) -> str:
    reason = read_reason(text)
    return f"{column_in_words(reason.column)}：{in_words(reason)}"
