"""Starting child processes and stopping them together."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

PATIENCE = 15.0  # seconds a child may take to finish what it is doing
SELF = (sys.executable, "-m", "huijia.config.cli")


class Interrupted(Exception):  # noqa: N818 - the wish to stop, not an error
    """Somebody pressed Ctrl-C or asked this process to end."""


def stop_on_signals() -> None:
    """Turn SIGTERM and SIGINT into `Interrupted`."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise Interrupted

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)


def ignore_signals() -> None:
    """Whoever presses Ctrl-C twice still lets the children end what they are doing."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def run_together(commands: Sequence[Sequence[str]]) -> int:
    """Run commands side by side until one ends by itself or we are stopped; its exit code.

    A child that was killed is started again: what it had acknowledged is in the database, and what
    it was doing is taken up from there. Children get a session of their own, so that Ctrl-C
    reaches them once, from here.
    """
    stop_on_signals()
    children = {tuple(command): _started(command) for command in commands}
    try:
        while True:
            time.sleep(0.2)
            for command, child in children.items():
                ended = child.poll()
                if ended is None:
                    continue
                if ended >= 0:
                    return ended
                children[command] = _started(command)
    except Interrupted:
        pass
    finally:
        ignore_signals()
        stop(list(children.values()))
    return 0


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*SELF, *command], start_new_session=True)


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask children to end, wait, and kill only those that do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
