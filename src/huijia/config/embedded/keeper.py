"""The keeper: a small process that stops the server when its last user has gone.

Users hold a shared lock for as long as they live, so it does not matter how they end. While
there are users, the keeper starts a postmaster anew that ended unexpectedly.
Run as `python -m huijia.config.embedded.keeper HOME HANDLE`, where HANDLE is the open, locked
`keeper.lock` inherited from the process that started it.
"""

import logging
import os
import sys
import time
from pathlib import Path

from huijia.config.embedded import locks, place, processes, server
from huijia.config.embedded.errors import EmbeddedServerError, in_sentences
from huijia.config.embedded.place import Place
from huijia.config.embedded.processes import Postmaster

LOOKS_EVERY = 0.5
GRACE = 2.0
"""Seconds without users before the server stops, so that one command after another finds it."""
TRIES = 5
HEALTHY_AFTER = 600.0
"""Seconds of running after which an earlier failure no longer counts."""

logger = logging.getLogger("huijia.embedded.keeper")


def make_sure_of_one(home: Path, folder: Path, log: Path) -> None:
    """Start a keeper unless there is one. Caller holds `start.lock`.

    The lock is taken here and inherited by the keeper: there is no moment without it.
    """
    handle = locks.try_exclusive(folder / locks.KEEPER)
    if handle is None:
        return
    try:
        source = str(Path(__file__).resolve().parents[3])
        paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
        processes.launch_detached(
            [sys.executable, "-m", "huijia.config.embedded.keeper", str(home), str(handle)],
            log=log,
            environment=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(paths)},
            keep_open=[handle],
        )
    finally:
        os.close(handle)


class Keeper:
    """One server's keeper and what it remembers: the server last seen, and failed starts."""

    def __init__(self, kept: Place, handle: int) -> None:
        self.place = kept
        self.handle = handle
        self.seen: Postmaster | None = None
        self.tries = 0
        self.healthy_since = time.monotonic()

    def keep(self) -> None:
        """Look after the server until nobody needs it."""
        while self._is_needed():
            time.sleep(LOOKS_EVERY)

    def _is_needed(self) -> bool:
        if not (self.place.folder / locks.USERS).exists():  # the home was deleted
            if self.seen is not None:
                server.abandon(self.seen)
            return False
        if not locks.is_held(self.place.folder / locks.USERS):
            return not self._stopped_after_grace()
        found = server.running(self.place)
        if found is None:
            return self._started_again()
        self.seen = found
        if time.monotonic() - self.healthy_since > HEALTHY_AFTER:
            self.tries = 0
        return True

    def _stopped_after_grace(self) -> bool:
        """Stop the server if nobody comes during the grace; a newcomer waits for the stop."""
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline:
            time.sleep(0.1)
            if locks.is_held(self.place.folder / locks.USERS):
                return False
        with locks.starting(self.place.folder):
            if locks.is_held(self.place.folder / locks.USERS):
                return False  # newcomers join under start.lock: from here on nobody can
            server.stop(self.place)
            self._resign()
            return True

    def _started_again(self) -> bool:
        """Start the server that ended; False when that was wished, or is hopeless."""
        with locks.starting(self.place.folder):
            if server.running(self.place) is not None:
                return True
            if self.place.stopped.exists() or self.tries >= TRIES:
                self._resign()
                return False
            self.tries += 1
            self.healthy_since = time.monotonic()
            logger.warning("The server ended unexpectedly; start number %d.", self.tries)
            try:
                with in_sentences(self.place.data):
                    self.seen = server.start(self.place)
            except EmbeddedServerError as problem:
                logger.warning("%s", problem)
        if self.seen is None or server.running(self.place) is None:
            time.sleep(2.0 ** (self.tries - 1))
        return True

    def _resign(self) -> None:
        """Give the keeper's lock back while `start.lock` is held: the next caller sees it free."""
        os.close(self.handle)


def main() -> None:
    """Keep the server named on the command line."""
    home, handle = Path(sys.argv[1]), int(sys.argv[2])
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    os.set_inheritable(handle, False)  # the server must not inherit the keeper's lock
    with locks.starting(place.supervisor_folder(home)):
        kept = place.settle(home)
    Keeper(kept, handle).keep()


if __name__ == "__main__":
    main()
