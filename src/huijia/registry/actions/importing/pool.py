"""Judging and sealing rows in child processes, in order, with few blocks under way at a time.

The database and one judge keep two cores busy; a small sheet is judged in this process, since a
child takes a second to start. Children end when the parent is gone, however it went.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from types import TracebackType
from typing import Final, Self

from huijia.registry.actions.importing import child
from huijia.registry.actions.importing.child import Block, JudgedBlock
from huijia.registry.rules.headings import Layout
from huijia.registry.rules.members import UnionBook

SMALL: Final = 20_000
"""Rows below which no child is worth its start."""
MOST_CHILDREN: Final = 2
BLOCKS_UNDER_WAY: Final = 4


class Judges:
    """Judges blocks of rows: `with Judges(…) as judges: for judged in judges.judged(blocks)`."""

    def __init__(self, layout: Layout, unions: UnionBook, today: date, *, rows_known: int) -> None:
        self._terms = (dict(layout.columns), unions, today)
        self._pool: ProcessPoolExecutor | None = None
        if rows_known >= SMALL:
            self._pool = ProcessPoolExecutor(
                max_workers=max(1, min(MOST_CHILDREN, (os.cpu_count() or 2) - 1)),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=child.start,
                initargs=self._terms,
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
        if self._pool is None:
            judge = child.judge_of(*self._terms)
            yield from map(judge, blocks)
            return
        waiting: deque[Future[JudgedBlock]] = deque()
        for block in blocks:
            waiting.append(self._pool.submit(child.judge, block))
            if len(waiting) >= BLOCKS_UNDER_WAY:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
