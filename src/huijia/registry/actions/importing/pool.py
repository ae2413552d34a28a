"""Judging and sealing rows in a child process, in order, with few blocks under way at a time.

One judge keeps ahead of the database, so two cores are busy. The reading itself happens in a
thread, while this one waits for the database. A child takes a second to start: until it has, and
for small sheets altogether, rows are judged here.
"""

import multiprocessing
import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from types import TracebackType
from typing import Final, Self

from django.db import connection

from huijia.registry.actions.importing import child
from huijia.registry.actions.importing.child import Block, JudgedBlock
from huijia.registry.rules.headings import Layout
from huijia.registry.rules.members import UnionBook

SMALL: Final = 30_000
"""Rows below which a child is not worth its start."""
BLOCKS_UNDER_WAY: Final = 3


class Judges:
    """Judges blocks of rows: `with Judges(…) as judges: for judged in judges.judged(blocks)`."""

    def __init__(self, layout: Layout, unions: UnionBook, today: date, *, rows_known: int) -> None:
        self._terms = (dict(layout.columns), unions, today)
        self._pool: ProcessPoolExecutor | None = None
        if rows_known >= SMALL:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=child.start,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def judged(self, blocks: Iterable[Block]) -> Iterator[JudgedBlock]:
        """The blocks judged, in their order."""
        judge = child.judge_of(*self._terms)
        if self._pool is None:
            yield from map(judge, blocks)
            return
        # The terms go by the queue: as arguments of the start they would hold this process up.
        ready = self._pool.submit(child.take_terms, *self._terms)
        waiting: deque[Future[JudgedBlock] | JudgedBlock] = deque()
        for block in ahead(blocks, BLOCKS_UNDER_WAY):
            if ready.done():
                waiting.append(self._pool.submit(child.judge, block))
            else:
                waiting.append(judge(block))
            if len(waiting) >= BLOCKS_UNDER_WAY or not ready.done():
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(judged: Future[JudgedBlock] | JudgedBlock) -> JudgedBlock:
    return judged.result() if isinstance(judged, Future) else judged


def ahead(blocks: Iterable[Block], most: int) -> Iterator[Block]:
    """The same blocks, read by a thread that is at most so many ahead.

    The thread has a database connection of its own, from which it fetches the sealed upload.
    """
    waiting: queue.Queue[Block | BaseException | None] = queue.Queue(most)
    stopped = threading.Event()

    def read() -> None:
        last: BaseException | None = None
        try:
            for block in blocks:
                _put(waiting, block, stopped)
                if stopped.is_set():
                    break
        except BaseException as fault:  # noqa: BLE001 - it is raised again where it is awaited
            last = fault
        finally:
            connection.close()
        _put(waiting, last, stopped)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        while (block := waiting.get()) is not None:
            if isinstance(block, BaseException):
                raise block
            yield block
    finally:
        stopped.set()
        thread.join()


def _put(
    waiting: "queue.Queue[Block | BaseException | None]",
    item: Block | BaseException | None,
    stopped: threading.Event,
) -> None:
    """Put an item where there is room, unless nobody waits for it any more."""
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=0.2)
        except queue.Full:
            continue
        return
