"""Reading .xlsx and .xls in a child process with a memory limit.

The reader holds a whole sheet in memory, some 800 MB for a full one, and a crafted workbook asks
for more. So the child gets the bytes through a pipe, a limit, and sends back rows as text, block
by block; when it dies, the parent says so and nothing else happens. Only the child imports
`python_calamine`, and it imports nothing of Django.
"""

import datetime as dt
import io
import multiprocessing
import resource
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from typing import Any, Final

from huijia.registry.rules.headings import SEARCHED_ROWS, Layout, find_layout
from huijia.registry.sheets.kinds import SheetError
from huijia.registry.sheets.texts import Row

MEMORY = 2 * 1024**3
"""Address space of the child in bytes: a sheet of about half a million official rows fits."""
ROWS_A_BLOCK: Final = 2_000
FIRST_INEXACT: Final = 1e15
MOST_SHEETS: Final = 50


class Workbook:
    """A workbook being read: which sheet holds the rows, how many there are, and the rows."""

    def __init__(self, content: bytes, kind: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._mine, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, kind, MEMORY), daemon=True)
        self._child.start()
        theirs.close()
        self._send(content)
        found = self._receive()
        self.sheet: str = found["sheet"]
        self.others: list[str] = found["others"]
        self.height: int = found["height"]

    def rows(self) -> Iterator[Row]:
        """All rows of the sheet from its first one, numbered as the spreadsheet shows them.

        The child ends with them, or when nobody wants more.
        """
        with closing(self):
            while block := self._receive():
                yield from block

    def close(self) -> None:
        """End the child."""
        self._mine.close()
        self._child.kill()
        self._child.join()

    def _send(self, content: bytes) -> None:
        try:
            self._mine.send_bytes(content)
        except (BrokenPipeError, ConnectionResetError) as fault:
            raise SheetError("sheet-damaged") from fault

    def _receive(self) -> Any:
        try:
            answer = self._mine.recv()
        except (EOFError, ConnectionResetError) as fault:
            self.close()
            raise SheetError("sheet-too-large-save-as-csv") from fault
        if isinstance(answer, tuple):
            self.close()
            raise SheetError(answer[0], **answer[1])
        return answer


def _serve(pipe: Connection, kind: str, memory: int) -> None:
    """The child: read one workbook from the pipe and answer with its rows."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _answer(pipe, pipe.recv_bytes(), kind)
    except MemoryError:
        pipe.send(("sheet-too-large-save-as-csv", {}))
    except SheetError as fault:
        pipe.send((fault.code, fault.facts))
    except (BrokenPipeError, ConnectionResetError, EOFError):
        return  # the parent has gone


def _answer(pipe: Connection, content: bytes, kind: str) -> None:
    # Only here: the parent must not carry a parser of foreign bytes.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet, others = _choose(workbook, kind)
        pipe.send({"sheet": sheet.name, "others": others, "height": sheet.total_height})
        block: list[Row] = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            block.append((number, [as_text(cell) for cell in cells]))
            if len(block) >= ROWS_A_BLOCK:
                pipe.send(block)
                block = []
        if block:
            pipe.send(block)
        pipe.send([])
    except CalamineError as fault:
        raise SheetError("sheet-damaged") from fault


def _choose(workbook: Any, kind: str) -> tuple[Any, list[str]]:
    """The first sheet with the required headings, and the names of the others that have them."""
    chosen: Any = None
    others: list[str] = []
    missing: tuple[str, ...] = ()
    for name in workbook.sheet_names[:MOST_SHEETS]:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except Exception:  # noqa: BLE001, S112 - a chart or dialog sheet has no rows
            continue
        top = (
            (number, [as_text(cell) for cell in cells])
            for number, cells in zip(range(1, 4 * SEARCHED_ROWS), sheet.iter_rows(), strict=False)
        )
        layout = find_layout(kind, ((number, cells) for number, cells in top if any(cells)))
        if not isinstance(layout, Layout):
            missing = missing if missing and len(missing) <= len(layout) else layout
        elif chosen is None:
            chosen = sheet
        else:
            others.append(name)
    if chosen is None:
        raise SheetError("sheet-without-headings", missing="、".join(missing))
    return chosen, others


def as_text(cell: Any) -> str:
    """A cell as the rules read it: whole numbers without a point, lost digits visible as such."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if abs(cell) >= FIRST_INEXACT:
            return f"{cell:.14e}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell or "")
