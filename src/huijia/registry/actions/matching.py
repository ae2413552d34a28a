"""Taking in a person who is known and belongs to no union now."""

import uuid

from django.db import connection


def take_in(number_index: uuid.UUID, name: str, *, union_id: int) -> int | None:
    """Let the person with this number and name be seen within a union of this reach.

    Answers the person's id, or None when there is none, the name differs or a membership is in
    force somewhere. Runs as the tables' owner (`0003_matching`): the one way past row security.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM registry_take_in(%s, %s, %s)",
            [[number_index], [name], [union_id]],
        )
        row = cursor.fetchone()
    return row[0] if row else None
