"""The work of an import's child process: judging ahead of the walk, reporting behind it."""

import datetime as dt
import threading
from collections.abc import Callable
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import Any, Final

from django.db import connection, connections

from huijia.registry.actions.importing import reports
from huijia.registry.actions.importing.readers import found_in, judged_blocks
from huijia.registry.choices import ImportState
from huijia.registry.models import Import

LOOK_AGAIN: Final = 0.05
"""Seconds between looks for chunks that the walk has committed."""


def work_through(import_id: int, at: dt.datetime, told: "Queue[Any]", is_over: Event) -> None:
    """Tell what the sheet is, its judged blocks, their end, and the report."""
    try:
        work = Import.objects.select_related("union", "upload").get(pk=import_id)
        sheet = reports.sheet_of(work)
        told.put(found_in(sheet))
        reporter = Reporter(work, at, lambda: not is_over.wait(LOOK_AGAIN))
        for block in judged_blocks(work, sheet):
            told.put(block)
        told.put(None)
        told.put(reporter.result())
    except BaseException as fault:  # noqa: BLE001 - it is raised again where it is awaited
        told.put(fault)
    finally:
        connections.close_all()


class Reporter:
    """Writes the report in a thread, chunk by chunk as the walk commits them.

    Only of a CSV: a workbook would have to be held in memory twice.
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
