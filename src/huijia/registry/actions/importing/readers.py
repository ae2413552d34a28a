"""Who reads and judges a sheet: this process a small one, a child process a large one.

What an import waits for is its database session, so who drives that should do nothing else: a
child reads, judges and seals ahead of it, and writes the report of a CSV behind it.
"""

import datetime as dt
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from django.db import connection

from huijia.core.files.public import Blob, blob
from huijia.registry.actions.importing import blocks, child, reports
from huijia.registry.actions.importing.blocks import Found, JudgedBlock, found_in, judged_blocks
from huijia.registry.actions.importing.child_work import Said
from huijia.registry.actions.importing.task import Task
from huijia.registry.choices import ImportState
from huijia.registry.models import Import

LARGE: Final = 30_000
"""Rows of a CSV below which a child is not worth its start."""
LARGE_WORKBOOK: Final = 2 << 20
"""Bytes of a workbook of about as many rows."""


class ReaderGoneError(Exception):
    """The child that read ended without a word: killed, or out of memory."""


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
    """Reads a sheet of members in this process."""

    def __init__(self, work: Import, at: dt.datetime) -> None:
        self._work = work
        self._at = at
        self._sheet = reports.sheet_of(work)
        self.found = found_in(self._sheet)

    def judged(self) -> Iterator[JudgedBlock]:
        """The blocks, each judged when it is asked for."""
        return judged_blocks(self._work, self._sheet, blocks.ROWS_A_CHUNK)

    def report(self) -> Blob:
        """The report, written now."""
        return written_now(self._work, self._at)


class Beside:
    """Has a child process read a sheet of members, which says what it finds through a pipe.

    Either end of a pipe learns from its closing that the other is gone, however it went.
    """

    def __init__(self, work: Import, at: dt.datetime) -> None:
        context = multiprocessing.get_context("spawn")
        self._work = work
        self._at = at
        self._heard, said = context.Pipe(duplex=False)
        over, self._over = context.Pipe(duplex=False)
        task = Task(work.pk, at, blocks.ROWS_A_CHUNK, connection.settings_dict["NAME"])
        # No daemon, though it ends with its parent: a workbook is read by a child of its own.
        self._process = context.Process(target=child.run, args=(task, said, over))
        self._process.start()
        said.close()
        over.close()
        try:
            found = self._next()
            assert isinstance(found, Found), found
        except BaseException:
            self.close()
            raise
        self.found = found

    def judged(self) -> Iterator[JudgedBlock]:
        """The blocks as the child has judged them."""
        while (block := self._next()) is not None:
            assert isinstance(block, JudgedBlock), block
            yield block

    def report(self) -> Blob:
        """The report that the child wrote behind the walk, or one written now."""
        self._over.close()
        written = self._next()
        report = blob(written) if isinstance(written, int) else None
        return written_now(self._work, self._at) if report is None else report

    def close(self) -> None:
        """End the child, whatever it is doing: its transaction ends with it."""
        self._process.kill()
        self._process.join()
        self._heard.close()
        self._over.close()

    def _next(self) -> Said:
        """What the child says next; raises what it raises."""
        try:
            said: Said = self._heard.recv()
        except (EOFError, OSError) as fault:
            raise ReaderGoneError from fault
        if isinstance(said, BaseException):
            raise said
        return said


def written_now(work: Import, at: dt.datetime) -> Blob:
    """The report of a pass that is through."""
    return reports.write(work, at=at, is_dry_run=work.state == ImportState.JUDGING)
