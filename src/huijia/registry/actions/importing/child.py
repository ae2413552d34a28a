"""What a judging child process runs. Importable before Django is set up."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from huijia.registry.rules.members import UnionBook

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


_judge: list[Callable[[Block], JudgedBlock]] = []


def start() -> None:
    """Make this process a judge to be: set Django up, and end with the parent."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    import django  # noqa: PLC0415 - a spawned process starts before settings are read

    django.setup()


def take_terms(columns: dict[str, int], unions: "UnionBook", today: date) -> None:
    """Take what rows are judged by."""
    _judge[:] = [judge_of(columns, unions, today)]


def judge(block: Block) -> JudgedBlock:
    """Judge a block by the terms that were taken."""
    return _judge[0](block)


def judge_of(
    columns: dict[str, int], unions: "UnionBook", today: date
) -> Callable[[Block], JudgedBlock]:
    """A judge of blocks of members."""
    # Models can be imported only once Django is set up.
    from huijia.registry.actions.importing.lines import member_lines  # noqa: PLC0415
    from huijia.registry.choices import RowVerdict  # noqa: PLC0415
    from huijia.registry.rules.members import MemberJudge  # noqa: PLC0415

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


def _end_with(sentinel: Any) -> None:
    """Wait until the parent is gone, then go: a killed parent leaves no child behind."""
    wait([sentinel])
    os._exit(1)
