"""What is known of the numbers of a block before it is merged: twins in the sheet, people known.

Asked ahead of the walk by who judges the rows, in that process's own session. That a number stands
in an earlier row is final. That nobody in the register has a number is only how it was a moment
ago: the unique index holds the merge to it, which judges anew where somebody came between.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

from django.db import DatabaseError, connection, transaction

from huijia.registry.actions.importing.statements import statements

SQL: Final = statements(Path(__file__).with_suffix(".sql"))
BUFFERS: Final = "96MB"


class Look(NamedTuple):
    """`twins` tells of a position the first row with its number, and the name there."""

    twins: dict[int, tuple[int, str]]
    is_any_known: bool


class Numbers:
    """The numbers of a sheet (as blind indexes) in tables of this database session.

    A person who stands twice in a sheet of any length is found without holding it in memory.
    """

    def __enter__(self) -> Self:
        self._do("unstage")
        self._widen_buffers()
        self._do("stage")
        return self

    def __exit__(self, fault: type[BaseException] | None, *_more: object) -> None:
        """Remove the tables; a session that is broken off leaves that to the next sheet."""
        if fault is None:
            self._do("unstage")

    def look(self, asked: Sequence[str]) -> Look:
        """Look for numbers, given as lines of position, row, blind index and name."""
        with transaction.atomic(), connection.cursor() as cursor:
            with cursor.copy("COPY asked (position, row, key, name) FROM STDIN") as copy:
                copy.write("".join(asked))
            cursor.execute(SQL["see"])
            twins = {}
            if cursor.rowcount < len(asked):
                cursor.execute(SQL["twins"])
                twins = {position: (row, name) for position, row, name in cursor.fetchall()}
            cursor.execute(SQL["known"])
            return Look(twins, bool(cursor.fetchone()[0]))

    def _do(self, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SQL[name])

    def _widen_buffers(self) -> None:
        """Keep the tables in memory: a million numbers take some 80 MB.

        A session that has used such tables before keeps the width it began with.
        """
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET temp_buffers = '{BUFFERS}'")
        except DatabaseError:
            return
