"""How a number stands in the whole register: a verdict, never a row (`0003_matching`)."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection


class Standing(StrEnum):
    """What is known of a number, as far as its sheet's or form's owner may learn it."""

    HERE = "here"
    """A membership in force within the reach of this transaction."""
    ELSEWHERE = "elsewhere"
    """A membership in force somewhere else."""
    KNOWN = "known"
    """A person without a membership in force, under the same name."""
    OTHER_NAME = "other_name"
    """The same under another name."""


@dataclass(frozen=True, slots=True)
class Match:
    """The standing of one number; ids only for what lies within reach."""

    standing: Standing
    person_id: int | None
    membership_id: int | None


def match(number_index: uuid.UUID, name: str) -> Match | None:
    """How a number stands, or None where nobody has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT standing, person_id, membership_id FROM registry_match(%s, %s)",
            [[number_index], [name]],
        )
        row = cursor.fetchone()
    return Match(Standing(row[0]), row[1], row[2]) if row else None
