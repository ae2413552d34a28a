"""What the child process of an import runs. Importable before Django is set up.

It tells what it found on opening the sheet, then the judged blocks, then None, then the id of the
report, or None where it wrote none; and whatever stops it, as the exception.
"""

import datetime as dt
import gc
import multiprocessing
import os
import threading
from multiprocessing.connection import wait
from typing import Any, Final

GARBAGE_AFTER: Final = 200_000
"""Objects that a look for garbage waits for, some blocks of rows."""


def run(import_id: int, at: dt.datetime, told: Any, is_over: Any) -> None:
    """Read, judge and seal the sheet of an import, and write its report as the walk goes on.

    `told` is the queue to the parent, `is_over` the event that says that no chunk will follow.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    import django  # noqa: PLC0415 - a spawned process starts before settings are read

    django.setup()
    # Rows come and go by the ten thousand and form no cycles: looking for some costs a fifth.
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
    from huijia.registry.actions.importing import beside  # noqa: PLC0415 - models need the set-up

    beside.work_through(import_id, at, told, is_over)


def _end_with(sentinel: Any) -> None:
    """Wait until the parent is gone, then go: a killed parent leaves no child behind."""
    wait([sentinel])
    os._exit(1)
