"""Rows of a sheet in blocks, as they are read and as they are judged."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from huijia.registry.actions.importing.lines import NULL, member_lines, number_keys
from huijia.registry.actions.importing.numbers import Numbers
from huijia.registry.choices import RowVerdict
from huijia.registry.rules.members import MemberJudge, UnionBook
from huijia.registry.sheets.reading import Sheet

ROWS_A_CHUNK: Final = 10_000

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
    standing: int
    has_twins: bool
    is_fresh: bool
    refused: list[Problem]
    notes: dict[int, list[str]]


def blocks(sheet: Sheet, done: int) -> Iterator[Block]:
    """The rows that hold something, in blocks; positions count from 0.

    A block ends where an earlier walk had come to, whatever the size of its blocks was.
    """
    rows, first = sheet.data(), 0
    while taken := list(islice(rows, _size(first, done))):
        numbers, cells = zip(*taken, strict=True)
        yield Block(first, list(numbers), list(cells))
        first += len(taken)


def _size(first: int, done: int) -> int:
    return min(ROWS_A_CHUNK, done - first) if first < done else ROWS_A_CHUNK


def judge_of(
    columns: Mapping[str, int], unions: UnionBook, today: date, numbers: Numbers
) -> Callable[[Block], JudgedBlock]:
    """A judge of blocks of members, which seals the numbers and phones of rows that may stand."""
    judge_row, refused_verdict = MemberJudge(columns, unions, today), str(RowVerdict.REFUSED)
    key_of, line_of = number_keys(), member_lines()

    def judged(block: Block) -> JudgedBlock:
        lines: list[tuple[str, int, str]] = []
        asked: list[str] = []
        refused: list[Problem] = []
        notes: dict[int, list[str]] = {}
        for position, (number, cells) in enumerate(
            zip(block.numbers, block.cells, strict=True), block.first
        ):
            row, reasons, name = judge_row(cells)
            if row is None:
                refused.append((position, number, refused_verdict, name, list(map(str, reasons))))
                continue
            key = key_of(row.number)
            lines.append((key, position, line_of(position, number, key, row)))
            asked.append(f"{position}\t{number}\t{key}\t{row.name}\n")
            if reasons:
                notes[position] = list(map(str, reasons))
        twins, is_any_known = numbers.look(asked, len(asked))
        lines.sort()
        text = "".join([f"{line}\t{_first(twins.get(at))}\n" for _key, at, line in lines])
        return JudgedBlock(
            first=block.first,
            rows=len(block.cells),
            lines=text.encode(),
            standing=len(lines),
            has_twins=bool(twins),
            is_fresh=not twins and not is_any_known,
            refused=refused,
            notes=notes,
        )

    return judged


def _first(twin: tuple[int, str] | None) -> str:
    """The last two columns of a line: row and name of an earlier row with its number."""
    return f"{NULL}\t{NULL}" if twin is None else f"{twin[0]}\t{twin[1]}"
