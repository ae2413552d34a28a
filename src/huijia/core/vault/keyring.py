"""The key ring: a file outside the database that holds every key by number.

A sealed value names the key that sealed it, so that keys can change while old values stay
readable. The index key is one for all, since a blind index is compared, not opened.
"""

import base64
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from huijia.core.vault.suites import SUITES, Suite

INDEX_KEY_SIZE = 32
DAMAGED = "The key ring is damaged: restore it from the escrow."


class KeyRingError(Exception):
    """The key ring is missing, unreadable or open to others; the message says how to go on."""


@dataclass(frozen=True, slots=True)
class Key:
    """A sealing key: its number on the ring, its suite, its secret."""

    number: int
    suite: Suite
    secret: bytes


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All sealing keys, the number of the one that seals today, and the index key."""

    keys: dict[int, Key]
    current: int
    index_suite: Suite
    index_secret: bytes

    @property
    def sealing_key(self) -> Key:
        """The key under which new values are sealed."""
        return self.keys[self.current]


def make(suite: Suite) -> KeyRing:
    """A new ring with one fresh sealing key and a fresh index key."""
    key = Key(1, suite, secrets.token_bytes(suite.key_size))
    return KeyRing({1: key}, 1, suite, secrets.token_bytes(INDEX_KEY_SIZE))


def write(ring: KeyRing, file: Path) -> None:
    """Write a ring where there was none, readable by this account alone.

    Raises FileExistsError rather than overwrite keys that something may be sealed under.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "current": ring.current,
        "keys": {
            str(key.number): {"suite": key.suite.name, "secret": _encoded(key.secret)}
            for key in ring.keys.values()
        },
        "index": {"suite": ring.index_suite.name, "secret": _encoded(ring.index_secret)},
    }
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())


def read(file: Path) -> KeyRing:
    """Read a ring; raises KeyRingError with what to do about it."""
    try:
        mode = file.stat().st_mode
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise KeyRingError(
            f"There is no key ring at {file}. A new installation makes one with `huijia migrate`; "
            "an existing one must get its own file back from the escrow, since without it no "
            "sealed value can be read."
        ) from fault
    except (OSError, ValueError) as fault:
        raise KeyRingError(f"The key ring at {file} cannot be read: {fault}") from fault
    if stat.S_IMODE(mode) & 0o077:
        raise KeyRingError(f"The key ring at {file} is open to other accounts: chmod 600 it.")
    try:
        return _parsed(_table(content))
    except (KeyError, ValueError) as fault:
        raise KeyRingError(DAMAGED) from fault


def _parsed(content: dict[str, object]) -> KeyRing:
    keys = {}
    for number, entry in _table(content["keys"]).items():
        fields = _table(entry)
        keys[int(number)] = Key(
            int(number), SUITES[str(fields["suite"])], _decoded(str(fields["secret"]))
        )
    index = _table(content["index"])
    return KeyRing(
        keys,
        int(str(content["current"])),
        SUITES[str(index["suite"])],
        _decoded(str(index["secret"])),
    )


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise KeyRingError(DAMAGED)
    return value


def _encoded(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
