"""The work of an import's child process: judging ahead of the walk, reporting behind it."""

import datetime as dt
import os
import queue
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

from django.db import connection, connections

from huijia.registry.actions.importing import reports
from huijia.registry.actions.importing.blocks import Found, JudgedBlock, found_in, judged_blocks
from huijia.registry.actions.importing.task import Task
from huijia.registry.choices import ImportState
from huijia.registry.models import Import

LOOK_AGAIN: Final = 0.05
"""Seconds between looks for chunks that the walk has committed."""
BLOCKS_AHEAD: Final = 1
"""Judged blocks that wait while another one is on its way."""

Said = Found | JudgedBlock | int | BaseException | None


class OtherDatabaseError(Exception):
    """The child of an import would work on another database than its parent."""


def work_through(
    task: Task, said: "Connection[Said, None]", over: "Connection[None, None]"
) -> None:
    """Say what the sheet is, its judged blocks, None, and the report; or what stopped it.

    The walk closes its end of `over` when no chunk will follow.
    """
    voice = Voice(said)
    try:
        _stay_with(task.database)
        work = Import.objects.select_related("union", "upload").get(pk=task.import_id)
        sheet = reports.sheet_of(work)
        voice.say(found_in(sheet))
        reporter = Reporter(work, task.at, lambda: not over.poll(LOOK_AGAIN))
        for block in judged_blocks(work, sheet, task.rows_a_chunk):
            voice.say(block)
        voice.say(None)
        voice.say(reporter.result())
    except BaseException as fault:  # noqa: BLE001 - it is raised again where it is awaited
        fault.add_note("".join(traceback.format_tb(fault.__traceback__)))
        voice.say(fault)
    finally:
        connections.close_all()
    voice.end()


def _stay_with(database: str) -> None:
    if connection.settings_dict["NAME"] != database:
        raise OtherDatabaseError


class Voice:
    """Speaks to the parent in a thread, so that one block is judged while another is sent."""

    def __init__(self, said: "Connection[Said, None]") -> None:
        self._said = said
        self._waiting: queue.Queue[tuple[Said] | None] = queue.Queue(BLOCKS_AHEAD)
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()

    def say(self, what: Said) -> None:
        """Have something sent in its turn."""
        self._waiting.put((what,))

    def end(self) -> None:
        """Wait until all is sent."""
        self._waiting.put(None)
        self._thread.join()

    def _speak(self) -> None:
        try:
            while (turn := self._waiting.get()) is not None:
                self._said.send(turn[0])
        except OSError:
            os._exit(1)  # the parent has hung up: nobody waits for anything more


class Reporter:
    """Writes the report in a thread, chunk by chunk as the walk commits them.

    Only of a CSV: a workbook would have to be held in memory twice. Its transaction is open as
    long as the pass, a minute for a million rows.
    """

    def __init__(self, work: Import, at: dt.datetime, may_follow: Callable[[], bool]) -> None:
        self._work = work
        self._at = at
        self._may_follow = may_follow
        self._result: int | None = None
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._write, daemon=True)
        if work.file_format == "csv":
            self._thread.start()

    def result(self) -> int | None:
        """The id of the report when it is whole; None where it is not written here."""
        if self._thread.ident is not None:
            self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._result

    def _write(self) -> None:
        try:
            self._result = reports.write(
                self._work,
                at=self._at,
                is_dry_run=self._work.state == ImportState.JUDGING,
                may_follow=self._may_follow,
            ).pk
        except BaseException as fault:  # noqa: BLE001 - it is raised again where it is awaited
            self._fault = fault
        finally:
            connection.close()
