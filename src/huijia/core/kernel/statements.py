"""Statements whose plan holds for any values: planned once a connection, not at each request.

For questions that are answered by key, planning takes PostgreSQL ten times as long as answering.
Not for lists and searches, whose best plan depends on the values: they are asked as usual.
"""

from django.db import connection
from django.db.backends.utils import CursorWrapper


def planned() -> CursorWrapper:
    """A cursor for such statements; used like `connection.cursor()`."""
    cursor: CursorWrapper = connection.planning_cursor()  # type: ignore[attr-defined]  # our engine
    return cursor
