"""Second factors sealed for the account that they belong to, and for no other.

The account's id is authenticated with the secret: a sealed secret copied into another account's
row does not open there. The library that asks for sealing does not say whose secret it has, so
whoever calls it says so first, with `belonging_to`.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from huijia.core.vault.public import CannotOpenError, vault

CONTEXT: Final = "access.second-factor"
"""Before accounts were part of it, the whole context."""
MARK: Final = "a:"
"""Begins what is sealed for an account."""
_owner: ContextVar[int] = ContextVar("owner of the second factor at hand")


@contextmanager
def belonging_to(account_id: int) -> Iterator[None]:
    """Seal and open as the second factor of an account."""
    token = _owner.set(account_id)
    try:
        yield
    finally:
        _owner.reset(token)


def seal(text: str) -> str:
    """The sealed form of a secret, as text; LookupError when nobody said whose it is."""
    return MARK + base64.b64encode(vault().seal(text.encode(), context=_context())).decode()


def unseal(sealed: str) -> str:
    """The secret; raises CannotOpenError when it was altered, is another's, or its key is lost."""
    if not sealed.startswith(MARK):
        raise CannotOpenError
    return vault().open(_decoded(sealed.removeprefix(MARK)), context=_context()).decode()


def resealed(sealed: str) -> str:
    """A secret of before accounts were part of the seal, sealed for the account at hand."""
    return seal(vault().open(_decoded(sealed), context=CONTEXT).decode())


def _context() -> str:
    return f"{CONTEXT}.{_owner.get()}"


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
