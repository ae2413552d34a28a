"""Reading CSV as a stream: any length in little memory."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from huijia.registry.sheets import writing
from huijia.registry.sheets.kinds import SheetError

DELIMITERS: Final = (",", "\t", ";")
LONGEST_CELL: Final = 32_767
"""What a cell of a spreadsheet can hold."""
SAMPLE: Final = 64 * 1024

Row = tuple[int, list[str]]


class _Raw(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Only reading, from the start to the end."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer will do
        """Fill the buffer from the present piece."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def rows(content: Iterable[bytes], encoding: str) -> Iterator[Row]:
    """All rows of a CSV file with their numbers from 1; the separator is found in the first lines.

    Raises SheetError for text that cannot be read.
    """
    buffered = io.BufferedReader(_Raw(content), SAMPLE)  # type: ignore[type-var]  # no mode and name
    delimiter = _delimiter(buffered.peek(SAMPLE)[:SAMPLE], encoding)
    errors = "replace" if encoding == "gb18030" else "strict"
    text = io.TextIOWrapper(buffered, encoding, errors, newline="")
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        for number, cells in zip(count(1), csv.reader(text, delimiter=delimiter), strict=False):
            yield number, _meant(cells) if "'" in "".join(cells) else cells
    except csv.Error as fault:
        raise SheetError("sheet-cell-too-long") from fault
    except UnicodeError as fault:
        raise SheetError("sheet-encoding") from fault


def _meant(cells: list[str]) -> list[str]:
    """The cells without the apostrophe that a report puts before what could act as a formula."""
    return [
        cell[1:] if cell.startswith("'") and cell[1:2] in writing.RISKY else cell for cell in cells
    ]


def _delimiter(head: bytes, encoding: str) -> str:
    lines = head.decode(encoding, "ignore").splitlines()[:20]
    return max(DELIMITERS, key=lambda each: sum(line.count(each) for line in lines))
