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


def run_together(commands: Sequence[Sequence[str]]) -> int:
    """Run commands side by side until one ends or we are stopped; then stop all; its exit code.

    Children get a session of their own, so that Ctrl-C reaches them once, from here.
    """
    stop_on_signals()
    children = [subprocess.Popen([*SELF, *command], start_new_session=True) for command in commands]
    code = 0
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        code = next(child.returncode for child in children if child.poll() is not None)
    except Interrupted:
        pass
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop(children)
    return code


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
