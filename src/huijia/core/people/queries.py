"""Answers about persons: masks, exact look-ups by sealed values, opened histories.

Row-level security decides which identities exist for the caller; nothing here widens that.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from huijia.core.kernel.statements import planned
from huijia.core.people import sealed, sealing
from huijia.core.people.models import Account, Identity, PersonHistory
from huijia.core.people.rules import mask_identity_number, mask_phone, name_grams


class MaskedIdentity(NamedTuple):
    """What a screen may show of an identity without asking why; lists make many of them."""

    paper: str
    number: str
    phone: str


# Every list asks this, so it is written out: the ORM would take longer to say it than to have it.
SEALED = """
SELECT person_id, paper, number_sealed, phone_sealed FROM people_identity
 WHERE person_id = ANY(%s::bigint[])
"""
NOT_SHOWN = MaskedIdentity(paper="", number="", phone="")
"""Of a person whose identity lies outside the reader's reach."""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One row of a person's history; the values stay sealed until `values` is asked for."""

    at: dt.datetime
    actor: str
    verb: str
    fields: tuple[str, ...]


def masked(person_ids: Collection[int]) -> dict[int, MaskedIdentity]:
    """The masks of some persons, in one query; those out of reach are missing."""
    with planned() as cursor:
        cursor.execute(SEALED, [list(person_ids)])
        rows = cursor.fetchall()
    number_of, phone_of = sealing.opener(sealed.NUMBER), sealing.opener(sealed.PHONE)
    return {
        person_id: MaskedIdentity(
            paper=paper,
            number=mask_identity_number(number_of(number)),
            phone=mask_phone(phone_of(phone)) if phone else "",
        )
        for person_id, paper, number, phone in rows
    }


def naming(text: str, *, alias: str) -> tuple[str, list[Any]]:
    """In SQL: the name in `alias` begins with the text or, from two characters on, holds it.

    Served by the pair of indexes that persons, unions and employers have alike: one character by
    the `text_pattern_ops` index, pairs of neighbours by the GIN index, longer texts with a recheck.
    """
    grams = name_grams(text)
    literal = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    if not grams:
        return f"{alias}.name LIKE %s", [f"{literal}%"]
    held = f"{alias}.name_grams @> %s::varchar[]"
    if len(grams) == 1:
        return held, [grams]
    return f"{held} AND {alias}.name LIKE %s", [grams, f"%{literal}%"]


def find_by_number(number: str) -> int | None:
    """The person within reach whose paper has this number, in its one shape."""
    found = Identity.objects.filter(number_index=sealing.number_index(number))
    return found.values_list("person_id", flat=True).first()


def find_by_phone(number: str, *, limit: int) -> list[int]:
    """The persons within reach who have this phone number; families and foremen share one."""
    rows = Identity.objects.filter(phone_index=sealing.phone_index(number))
    return list(rows.order_by("-person_id").values_list("person_id", flat=True)[:limit])


def accounts_named(text: str) -> tuple[int, ...]:
    """The accounts with this sign-in name or display name."""
    rows = Account.objects.filter(Q(username=text) | Q(display_name=text))
    return tuple(rows.values_list("pk", flat=True)[:20])


def history(person_id: int, *, limit: int, until: dt.datetime | None = None) -> list[PersonChange]:
    """The latest changes of a person, newest first: which fields, never which values.

    With `until` only what had happened by that moment, itself included.
    """
    rows = PersonHistory.objects.filter(person_id=person_id)
    if until is not None:
        rows = rows.filter(at__lte=until)
    latest = rows.order_by("-id")[:limit]
    return [PersonChange(row.at, row.actor, row.verb, tuple(row.fields)) for row in latest]
