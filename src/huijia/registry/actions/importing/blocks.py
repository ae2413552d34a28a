"""Rows of a sheet in blocks, as they are read and as they are judged."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from huijia.registry.actions.importing.lines import member_lines
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
    """A block judged: rows that may stand as COPY text, the refused ones, notes on the others."""

    first: int
    rows: int
    lines: bytes
    standing: int
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
    columns: Mapping[str, int], unions: UnionBook, today: date
) -> Callable[[Block], JudgedBlock]:
    """A judge of blocks of members, which seals the numbers and phones of rows that may stand."""
    judge_row, line_of, refused_verdict = (
        MemberJudge(columns, unions, today),
        member_lines(),
        str(RowVerdict.REFUSED),
    )

    def judged(block: Block) -> JudgedBlock:
        lines: list[str] = []
        refused: list[Problem] = []
        notes: dict[int, list[str]] = {}
        for position, (number, cells) in enumerate(
            zip(block.numbers, block.cells, strict=True), block.first
        ):
            row, reasons, name = judge_row(cells)
            if row is None:
                refused.append((position, number, refused_verdict, name, list(map(str, reasons))))
                continue
            lines.append(line_of(position, number, row))
            if reasons:
                notes[position] = list(map(str, reasons))
        text = "".join(lines).encode()
        return JudgedBlock(block.first, len(block.cells), text, len(lines), refused, notes)

    return judged
