"""Sealing and opening the values of a person, and their blind indexes, one at a time.

The contexts are those of `sealed`, which bulk writers use with sealers of their own.
"""

import json
import uuid
from collections.abc import Callable, Mapping

from huijia.core.people import sealed as contexts
from huijia.core.vault.public import vault

Sealed = bytes | memoryview
Change = tuple[str, str]
"""A value before and after, as text; empty where there was or is none."""


def number_index(number: str) -> uuid.UUID:
    """The blind index under which a paper's number is found, whatever its kind."""
    return vault().blind_index(number, field=contexts.NUMBER)


def phone_index(number: str) -> uuid.UUID:
    """The blind index under which a phone number is found."""
    return vault().blind_index(number, field=contexts.PHONE)


def seal_number(number: str) -> bytes:
    """A paper's number, sealed."""
    return vault().seal(number.encode(), context=contexts.NUMBER)


def open_number(sealed: Sealed) -> str:
    """A paper's number in clear."""
    return vault().open(bytes(sealed), context=contexts.NUMBER).decode()


def opener(context: str) -> Callable[[Sealed], str]:
    """A function that opens many values of one of the contexts in `sealed`."""
    open_ = vault().opener(context)
    return lambda sealed: open_(bytes(sealed)).decode()


def seal_phone(number: str) -> bytes:
    """A phone number, sealed."""
    return vault().seal(number.encode(), context=contexts.PHONE)


def open_phone(sealed: Sealed) -> str:
    """A phone number in clear."""
    return vault().open(bytes(sealed), context=contexts.PHONE).decode()


def seal_changes(changes: Mapping[str, Change]) -> bytes:
    """The values of one history row, sealed: `{field: [before, after]}` as JSON."""
    plain = json.dumps(dict(changes), ensure_ascii=False, separators=(",", ":"))
    return vault().seal(plain.encode(), context=contexts.HISTORY)


def open_changes(sealed: Sealed) -> dict[str, Change]:
    """The values of one history row in clear."""
    plain = json.loads(vault().open(bytes(sealed), context=contexts.HISTORY))
    return {field: (before, after) for field, (before, after) in plain.items()}
