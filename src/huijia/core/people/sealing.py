"""What is sealed about a person, under which context, and what its blind indexes are made of.

Everybody who writes or looks up a sealed value (form, import, search) goes by this page: a value
sealed under another context does not open, an index over another text is never found.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Final

from huijia.core.people.choices import PaperKind
from huijia.core.vault.public import vault

NUMBER_CONTEXT: Final = "people.identity.number"
PHONE_CONTEXT: Final = "people.identity.phone"
HISTORY_CONTEXT: Final = "people.history.values"
NUMBER_FIELD: Final = "number"
PHONE_FIELD: Final = "phone"
_LIKE_RESIDENT_LENGTH: Final = 18

Change = tuple[str, str]
"""A value before and after, as text; empty where there was or is none."""


def number_index_text(paper: str, number: str) -> str:
    """What the blind index of a number is made of: 18 characters stand alone.

    Numbers of other papers carry their kind, since a passport and a travel permit of two people
    can have the same digits; the 18 characters of cards and residence permits cannot.
    """
    return number if len(number) == _LIKE_RESIDENT_LENGTH else f"{paper}:{number}"


def number_index(paper: str, number: str) -> uuid.UUID:
    """The blind index under which a paper's number is found."""
    return vault().blind_index(number_index_text(paper, number), field=NUMBER_FIELD)


def possible_number_indexes(number: str) -> list[uuid.UUID]:
    """The blind indexes a number may have when its kind of paper is not known."""
    return list({number_index(kind, number) for kind in PaperKind})


def phone_index(number: str) -> uuid.UUID:
    """The blind index under which a phone number is found."""
    return vault().blind_index(number, field=PHONE_FIELD)


def seal_number(number: str) -> bytes:
    """A paper's number, sealed."""
    return vault().seal(number.encode(), context=NUMBER_CONTEXT)


def open_number(sealed: bytes) -> str:
    """A paper's number in clear."""
    return vault().open(bytes(sealed), context=NUMBER_CONTEXT).decode()


def seal_phone(number: str) -> bytes:
    """A phone number, sealed."""
    return vault().seal(number.encode(), context=PHONE_CONTEXT)


def open_phone(sealed: bytes) -> str:
    """A phone number in clear."""
    return vault().open(bytes(sealed), context=PHONE_CONTEXT).decode()


def seal_changes(changes: Mapping[str, Change]) -> bytes:
    """The values of one history row, sealed: `{field: [before, after]}` as JSON."""
    plain = json.dumps(dict(changes), ensure_ascii=False, separators=(",", ":"))
    return vault().seal(plain.encode(), context=HISTORY_CONTEXT)


def open_changes(sealed: bytes) -> dict[str, Change]:
    """The values of one history row in clear."""
    plain = json.loads(vault().open(bytes(sealed), context=HISTORY_CONTEXT))
    return {field: (before, after) for field, (before, after) in plain.items()}
