"""Who reads and judges a sheet: this process a small one, a child process a large one.

What an import waits for is its database session, so who drives that should do nothing else: a
child reads, judges and seals ahead of it, and writes the report of a CSV behind it.
"""

import datetime as dt
import multiprocessing
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, Protocol

from huijia.core.files.public import Blob, blob
from huijia.registry.actions.importing import child, reports
from huijia.registry.actions.importing.blocks import JudgedBlock, blocks, judge_of
from huijia.registry.actions.importing.numbers import Numbers
from huijia.registry.choices import ImportState
from huijia.registry.models import Import
from huijia.registry.queries.imports import union_book
from huijia.registry.rules.headings import Layout
from huijia.registry.sheets.reading import Sheet

LARGE: Final = 30_000
"""Rows of a CSV below which a child is not worth its start."""
LARGE_WORKBOOK: Final = 2 << 20
"""Bytes of a workbook of about as many rows."""
BLOCKS_AHEAD: Final = 2
PATIENCE: Final = 1.0
"""Seconds between looks whether a silent child is alive."""


class ChildGoneError(Exception):
    """The child ended without a word: killed, or out of memory."""


class Found(NamedTuple):
    """What was found on opening a sheet; the same words as `Sheet`."""

    layout: Layout
    height: int | None
    others: tuple[str, ...]


class Reader(Protocol):
    """Reads one sheet of members once, from its start."""

    found: Found

    def judged(self) -> Iterator[JudgedBlock]:
        """The rows of members in judged blocks, in their order."""

    def report(self) -> Blob:
        """The report, once all blocks are judged and committed."""


@contextmanager
def reading(work: Import, *, at: dt.datetime) -> Iterator[Reader]:
    """A reader of a sheet of members; raises SheetError when it cannot be read as one."""
    if not _is_large(work):
        yield Here(work, at)
        return
    reader = Beside(work, at)
    try:
        yield reader
    finally:
        reader.close()


def _is_large(work: Import) -> bool:
    if work.file_format == "csv":
        return (work.rows_known or 0) >= LARGE
    return work.upload is not None and work.upload.size >= LARGE_WORKBOOK


class Here:
    """Reads in this process."""

    def __init__(self, work: Import, at: dt.datetime) -> None:
        self._work = work
        self._at = at
        self.sheet = reports.sheet_of(work)
        self.found = found_in(self.sheet)

    def judged(self) -> Iterator[JudgedBlock]:
        """The blocks, each judged when it is asked for."""
        return judged_blocks(self._work, self.sheet)

    def report(self) -> Blob:
        """The report, written now."""
        return written_now(self._work, self._at)


class Beside:
    """Has a child process read; what it finds comes by a queue that holds few blocks."""

    def __init__(self, work: Import, at: dt.datetime) -> None:
        context = multiprocessing.get_context("spawn")
        self._work = work
        self._at = at
        self._is_over = context.Event()
        self._told: Any = context.Queue(BLOCKS_AHEAD)
        # No daemon, though it ends with its parent: a workbook is read by a child of its own.
        self._process = context.Process(
            target=child.run, args=(work.pk, at, self._told, self._is_over)
        )
        self._process.start()
        self.found: Found = self._next()

    def judged(self) -> Iterator[JudgedBlock]:
        """The blocks as the child has judged them."""
        while (block := self._next()) is not None:
            yield block

    def report(self) -> Blob:
        """The report that the child wrote behind the walk, or one written now."""
        self._is_over.set()
        written: int | None = self._next()
        report = None if written is None else blob(written)
        return written_now(self._work, self._at) if report is None else report

    def close(self) -> None:
        """End the child, whatever it is doing: its transaction ends with it."""
        self._process.kill()
        self._process.join()
        self._told.close()

    def _next(self) -> Any:
        """What the child says next; raises what it raises."""
        while True:
            is_alive = self._process.is_alive()
            try:
                said = self._told.get(timeout=PATIENCE)
            except queue.Empty:
                if is_alive:
                    continue
                raise ChildGoneError from None
            if isinstance(said, BaseException):
                raise said
            return said


def found_in(sheet: Sheet) -> Found:
    """What a sheet was found to be on opening it."""
    return Found(sheet.layout, sheet.height, sheet.others)


def written_now(work: Import, at: dt.datetime) -> Blob:
    """The report of a pass that is through."""
    return reports.write(work, at=at, is_dry_run=work.state == ImportState.JUDGING)


def judged_blocks(work: Import, sheet: Sheet) -> Iterator[JudgedBlock]:
    """The rows of a sheet of members, judged by the unions of this moment."""
    unions = union_book(work.union)
    with Numbers() as numbers:
        judge = judge_of(sheet.layout.columns, unions, work.judged_on, numbers)
        yield from map(judge, blocks(sheet, work.rows_done))
