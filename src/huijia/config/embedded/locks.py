"""File locks: the kernel drops them when a process dies, however it dies.

Three files in the folder of the supervisor, always taken in this order:
`start.lock` (whoever makes, starts or stops the server), `users.lock` (shared by every user for
as long as it lives), `keeper.lock` (held by the keeper, inherited from the process that made it).
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START, USERS, KEEPER = "start.lock", "users.lock", "keeper.lock"

_held: dict[Path, int] = {}
_guard = threading.Lock()


def _opened(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def starting(folder: Path) -> Iterator[None]:
    """Be the only process that makes, starts or stops this server; waits for the others."""
    handle = _opened(folder / START)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def join(folder: Path) -> bool:
    """Become a user until this process ends; False if it was one already."""
    with _guard:
        if folder in _held:
            return False
        handle = _opened(folder / USERS)
        fcntl.flock(handle, fcntl.LOCK_SH)
        _held[folder] = handle
        return True


def leave(folder: Path) -> None:
    """Stop being a user before the process ends."""
    with _guard:
        handle = _held.pop(folder, None)
        if handle is not None:
            os.close(handle)


def try_exclusive(file: Path) -> int | None:
    """The handle of an exclusive lock, or None when somebody holds the file."""
    handle = _opened(file)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def is_held(file: Path) -> bool:
    """Whether some process holds the lock at this moment; asking makes no file."""
    if not file.exists():
        return False
    handle = try_exclusive(file)
    if handle is None:
        return True
    os.close(handle)
    return False
