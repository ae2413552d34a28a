"""Rows of a sheet in blocks, as they are read and as they are judged."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from huijia.registry.actions.importing.lines import NULL, member_lines, number_keys
from huijia.registry.actions.importing.numbers import Numbers
from huijia.registry.choices import RowVerdict
from huijia.registry.models import Import
from huijia.registry.queries.imports import union_book
from huijia.registry.rules.headings import Layout
from huijia.registry.rules.members import MemberJudge, UnionBook
from huijia.registry.sheets.reading import Sheet

ROWS_A_CHUNK: Final = 10_000
REFUSED: Final = str(RowVerdict.REFUSED)

Problem = tuple[int, int, str, str, list[str]]
"""Position, row number, verdict, name, reasons."""


class Block(NamedTuple):
    """Some rows that follow one another: the position of the first, numbers and cells of all."""

    first: int
    numbers: list[int]
    cells: list[list[str]]


class JudgedBlock(NamedTuple):
    """A block judged: rows that may stand as COPY text, the refused ones, notes on the others.

    The lines are in the order of the blind index. `is_fresh` says that all their numbers were new
    to the sheet and to the register when they were looked for.
    """

    first: int
    rows: int
    lines: bytes
    rows_standing: int
    has_twins: bool
    is_fresh: bool
    refused: list[Problem]
    notes: dict[int, list[str]]


class Found(NamedTuple):
    """What was found on opening a sheet; the same words as `Sheet`."""

    layout: Layout
    height: int | None
    others: tuple[str, ...]


def found_in(sheet: Sheet) -> Found:
    """What a sheet was found to be on opening it."""
    return Found(sheet.layout, sheet.height, sheet.others)


def blocks(sheet: Sheet, done: int, size: int) -> Iterator[Block]:
    """The rows that hold something, in blocks; positions count from 0.

    A block ends where an earlier walk had come to, whatever the size of its blocks was.
    """
    rows, first = sheet.data(), 0
    while taken := list(islice(rows, min(size, done - first) if first < done else size)):
        numbers, cells = zip(*taken, strict=True)
        yield Block(first, list(numbers), list(cells))
        first += len(taken)


def judged_blocks(work: Import, sheet: Sheet, size: int) -> Iterator[JudgedBlock]:
    """The rows from the pointer on, judged by the unions of this moment.

    Of the rows before it, which are done, only the numbers are noted.
    """
    unions, done = union_book(work.union), work.rows_done
    with Numbers() as numbers:
        judge = BlockJudge(sheet.layout.columns, unions, work.judged_on, numbers)
        for block in blocks(sheet, done, size):
            if block.first < done:
                judge.note(block)
            else:
                yield judge.judged(block)


class BlockJudge:
    """Judges blocks of members, and seals the numbers and phones of rows that may stand."""

    def __init__(
        self, columns: Mapping[str, int], unions: UnionBook, today: date, numbers: Numbers
    ) -> None:
        self._judge_row = MemberJudge(columns, unions, today)
        self._key_of = number_keys()
        self._line_of = member_lines()
        self._numbers = numbers

    def note(self, block: Block) -> None:
        """Have later blocks know the numbers of this one."""
        asked = [
            f"{block.first}\t{number}\t{self._key_of(row.number)}\t{row.name}\n"
            for number, cells in zip(block.numbers, block.cells, strict=True)
            if (row := self._judge_row(cells).row) is not None
        ]
        self._numbers.look(asked)

    def judged(self, block: Block) -> JudgedBlock:
        """What becomes of the rows of a block, as far as the sheet alone says."""
        judge_row, key_of, line_of = self._judge_row, self._key_of, self._line_of
        lines: list[tuple[str, int, str]] = []
        asked: list[str] = []
        refused: list[Problem] = []
        notes: dict[int, list[str]] = {}
        for position, (number, cells) in enumerate(
            zip(block.numbers, block.cells, strict=True), block.first
        ):
            row, reasons, name = judge_row(cells)
            if row is None:
                refused.append((position, number, REFUSED, name, list(map(str, reasons))))
                continue
            key = key_of(row.number)
            lines.append((key, position, line_of(position, number, key, row)))
            asked.append(f"{position}\t{number}\t{key}\t{row.name}\n")
            if reasons:
                notes[position] = list(map(str, reasons))
        twins, is_any_known = self._numbers.look(asked)
        lines.sort()
        text = "".join([f"{line}\t{_first(twins.get(at))}\n" for _key, at, line in lines])
        return JudgedBlock(
            first=block.first,
            rows=len(block.cells),
            lines=text.encode(),
            rows_standing=len(lines),
            has_twins=bool(twins),
            is_fresh=not twins and not is_any_known,
            refused=refused,
            notes=notes,
        )


def _first(twin: tuple[int, str] | None) -> str:
    """The last two columns of a line: row and name of an earlier row with its number."""
    return f"{NULL}\t{NULL}" if twin is None else f"{twin[0]}\t{twin[1]}"
