"""A sheet opened: its headings found, its rows told apart into head, data and empty ones."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from huijia.registry.rules.headings import SEARCHED_ROWS, Layout, find_layout
from huijia.registry.sheets import texts
from huijia.registry.sheets.kinds import SheetError
from huijia.registry.sheets.texts import Row
from huijia.registry.sheets.workbooks import Workbook

LOOKED_THROUGH: Final = 4 * SEARCHED_ROWS
"""Rows, empty ones included, among which the headings must stand."""


class Sheet:
    """The layout of a sheet, the rows up to its headings, and those that follow, read once.

    `height` is the number of its rows where that is known beforehand; `others` are sheets of the
    same workbook that have the headings too and are not read.
    """

    def __init__(
        self,
        rows: Iterator[Row],
        kind: str,
        *,
        height: int | None = None,
        others: Sequence[str] = (),
    ) -> None:
        top = [row for _count, row in zip(range(LOOKED_THROUGH), rows, strict=False)]
        layout = find_layout(kind, ((number, cells) for number, cells in top if holds(cells)))
        if not isinstance(layout, Layout):
            raise SheetError("sheet-without-headings", missing="、".join(layout))
        self.layout = layout
        self.height = height
        self.others = tuple(others)
        self.head = [cells for number, cells in top if number < layout.row]
        self._rows = chain((row for row in top if row[0] > layout.row), rows)

    def everything(self) -> Iterator[Row]:
        """All rows below the headings, empty ones included."""
        return self._rows

    def data(self) -> Iterator[Row]:
        """The rows below the headings that hold something."""
        return (row for row in self._rows if holds(row[1]))


def holds(cells: list[str]) -> bool:
    """Whether a row has anything in it."""
    joined = "".join(cells)
    return bool(joined) and not joined.isspace()


def open_sheet(content: Iterable[bytes], *, file_format: str, encoding: str, kind: str) -> Sheet:
    """A sheet of members or unions; raises SheetError when it cannot be read as one."""
    if file_format == "csv":
        return Sheet(texts.rows(content, encoding), kind)
    workbook = Workbook(b"".join(content), kind)
    return Sheet(workbook.rows(), kind, height=workbook.height, others=workbook.others)
