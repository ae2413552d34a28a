"""What the child process of an import runs. Importable before Django is set up."""

import gc
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final

from huijia.registry.actions.importing.task import Task

if TYPE_CHECKING:
    from huijia.registry.actions.importing.child_work import Said

GARBAGE_AFTER: Final = 200_000
"""Objects that a look for garbage waits for, some blocks of rows."""


def run(task: Task, said: "Connection[Said, None]", over: "Connection[None, None]") -> None:
    """Do a task; see `child_work.work_through`."""
    # A terminal's Ctrl-C is for the parent to answer; the child ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    import django  # noqa: PLC0415 - a spawned process starts before settings are read

    django.setup()
    # Rows come and go by the ten thousand and form no cycles: looking for some costs a fifth.
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
    from huijia.registry.actions.importing import child_work  # noqa: PLC0415 - models need it

    child_work.work_through(task, said, over)


def _end_with(sentinel: int) -> None:
    """Wait until the parent is gone, then go: a killed parent leaves no child behind."""
    wait([sentinel])
    os._exit(1)
