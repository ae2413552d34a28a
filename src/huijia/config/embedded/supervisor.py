"""The acts of this package: have the server run, ask about it, stop it."""

import os
from dataclasses import dataclass
from pathlib import Path

from huijia.config.embedded import cluster, keeper, locks, server
from huijia.config.embedded.errors import in_sentences
from huijia.config.embedded.place import (
    PASSWORDS,
    Place,
    make_supervisor_folder,
    settle,
    supervisor_folder,
)


@dataclass(frozen=True)
class Endpoints:
    """How to reach the running server; the addresses carry passwords: never print them."""

    owner_url: str
    web_url: str
    worker_url: str
    socket_dir: Path
    data_dir: Path


@dataclass(frozen=True)
class ServerStatus:
    """What is known about the server of a home; `pid` is None when it does not run.

    `has_keeper` is None while another process starts or stops the server.
    """

    pid: int | None
    accepts_connections: bool
    has_keeper: bool | None
    has_users: bool
    data_dir: Path | None
    log_dir: Path | None


def ensure_running(home: Path) -> Endpoints:
    """Have the server of this home run, made on first use, and use it until this process ends.

    Safe from any number of processes and threads at once, and cheap when it runs already, so a
    process whose server was killed simply calls again. Waits for crash recovery.
    Raises EmbeddedServerError with a sentence for the operator.
    """
    home = home.expanduser().resolve()
    with in_sentences(home):
        folder = make_supervisor_folder(home)
        with locks.starting(folder):
            joined = locks.join(folder)
            try:
                return _running(settle(home))
            except BaseException:
                if joined:  # the keeper must not hold on for a process that got nothing
                    locks.leave(folder)
                raise


def _running(place: Place) -> Endpoints:
    place.stopped.unlink(missing_ok=True)
    cluster.make_sure_it_exists(place)
    server.refuse_a_second(place)
    # The keeper comes first: a server without one would run for ever if we were killed now.
    keeper.make_sure_of_one(place.home, place.folder, place.keeper_log)
    socket_dir = server.start(place).socket_dir
    cluster.prepare(place, socket_dir=socket_dir)
    return Endpoints(
        owner_url=cluster.url(place, role=cluster.OWNER, socket_dir=socket_dir),
        web_url=cluster.url(place, role=cluster.WEB, socket_dir=socket_dir),
        worker_url=cluster.url(place, role=cluster.WORKER, socket_dir=socket_dir),
        socket_dir=socket_dir,
        data_dir=place.data,
    )


def status(home: Path) -> ServerStatus:
    """What runs for this home; makes and starts nothing.

    Raises EmbeddedServerError when the folder cannot be read.
    """
    home = home.expanduser().resolve()
    folder = supervisor_folder(home)
    with in_sentences(home):
        if not (folder / PASSWORDS).exists():
            return ServerStatus(None, False, False, False, None, None)
        place = settle(home)
        found = server.running(place)
        return ServerStatus(
            pid=found.pid if found else None,
            accepts_connections=found is not None and server.answers(found.socket_dir),
            has_keeper=_has_keeper(folder),
            has_users=locks.is_held(folder / locks.USERS),
            data_dir=place.data,
            log_dir=place.log,
        )


def _has_keeper(folder: Path) -> bool | None:
    """Asked under `start.lock` only: asking takes the lock for a moment."""
    handle = locks.try_exclusive(folder / locks.START)
    if handle is None:
        return None
    try:
        return locks.is_held(folder / locks.KEEPER)
    finally:
        os.close(handle)


def stop(home: Path) -> bool:
    """Stop the server for everybody, users or not; False if none was running.

    It stays down until somebody calls `ensure_running`. Raises EmbeddedServerError.
    """
    home = home.expanduser().resolve()
    folder = supervisor_folder(home)
    if not (folder / PASSWORDS).exists():
        return False
    with in_sentences(home), locks.starting(folder):
        place = settle(home)
        place.stopped.touch()
        stopped = server.stop(place)
        locks.leave(folder)
        return stopped


def leave(home: Path) -> None:
    """Stop using the server before this process ends; the last one to leave lets it stop."""
    locks.leave(supervisor_folder(home.expanduser().resolve()))
