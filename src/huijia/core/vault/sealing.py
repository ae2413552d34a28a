"""Sealing, opening and blind indexes over a key ring."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from huijia.core.vault import keyring
from huijia.core.vault.keyring import KeyRing
from huijia.core.vault.suites import CannotOpenError

VERSION = 1
HEAD = 4  # version, suite, key number in two bytes


class Vault:
    """Seals values under the current key, opens those of any key on the ring.

    A sealed value is `version · suite · key number · nonce · ciphertext · tag`: 32 bytes more than
    the plain one. The context (`people.identity.number`, say) is authenticated with it, so that a
    value moved to another column does not open.
    """

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring
        key = ring.sealing_key
        self._head = bytes((VERSION, key.suite.code)) + key.number.to_bytes(2, "big")
        self._seal = key.suite.sealer(key.secret)
        self._openers = {
            bytes((VERSION, each.suite.code)) + number.to_bytes(2, "big"): each.suite.opener(
                each.secret
            )
            for number, each in ring.keys.items()
        }
        self._digest = ring.index_suite.digester(ring.index_secret)

    def seal(self, value: bytes, *, context: str) -> bytes:
        """The sealed form of a value."""
        return self._head + self._seal(value, context.encode())

    def sealer(self, context: str) -> Callable[[bytes], bytes]:
        """A function that seals many values of one context."""
        head, seal, associated = self._head, self._seal, context.encode()
        return lambda value: head + seal(value, associated)

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """The plain form; raises CannotOpenError when it was altered, moved or is of a lost key."""
        return self.opener(context)(sealed)

    def opener(self, context: str) -> Callable[[bytes], bytes]:
        """A function that opens many values of one context, as `open` does."""
        openers, associated = self._openers, context.encode()

        def open_(sealed: bytes) -> bytes:
            opener = openers.get(bytes(sealed[:HEAD]))
            if opener is None:
                raise CannotOpenError
            return opener(bytes(sealed[HEAD:]), associated)

        return open_

    def blind_index(self, value: str, *, field: str) -> uuid.UUID:
        """128 bits of a keyed digest: equal for equal values of a field, and tells nothing else.

        It is kept in PostgreSQL's `uuid` type, the smallest fixed-width key with fast comparison.
        """
        return uuid.UUID(bytes=self._digest(f"{field}\0{value}".encode())[:16])

    def hex_indexer(self, field: str) -> Callable[[str], str]:
        """A function that makes blind indexes of one field as 32 hexadecimal digits, for COPY."""
        digest, prefix = self._digest, f"{field}\0".encode()
        return lambda value: digest(prefix + value.encode())[:16].hex()

    def seal_stream(self, pieces: Iterable[bytes], *, context: str) -> Iterator[bytes]:
        """Seal the pieces of a long content, each bound to its number and the last one marked.

        Dropping, repeating or reordering pieces, or cutting the end, makes `open_stream` fail.
        """
        waiting, number = None, 0
        for piece in pieces:
            if waiting is not None:
                yield self.seal(waiting, context=f"{context}#{number}")
                number += 1
            waiting = piece
        yield self.seal(waiting or b"", context=f"{context}#{number}!")

    def open_stream(self, pieces: Iterable[bytes], *, context: str) -> Iterator[bytes]:
        """Open what `seal_stream` sealed; raises CannotOpenError at the first wrong piece."""
        waiting, number = None, 0
        for piece in pieces:
            if waiting is not None:
                yield self.open(waiting, context=f"{context}#{number}")
                number += 1
            waiting = piece
        if waiting is None:
            raise CannotOpenError
        yield self.open(waiting, context=f"{context}#{number}!")


@cache
def vault_of(file: str) -> Vault:
    """The vault over the ring in a file, read once a process."""
    return Vault(keyring.read(Path(file)))
