"""Which process is the server: a number alone proves nothing, since numbers are used again.

A process is believed to be our postmaster only if it is a PostgreSQL that works in our data
folder (a PostgreSQL keeps its data folder as working directory) and has the start time that was
written down when it was started.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

CLOCK_TOLERANCE = 10.0
"""Seconds between PostgreSQL's own note of its start and the kernel's, if ours is missing."""


@dataclass(frozen=True)
class PidFile:
    """The lines of `postmaster.pid` that matter here; the file grows while a server starts."""

    pid: int
    started: float
    socket_dir: str
    state: str


@dataclass(frozen=True)
class Postmaster:
    """A living server of our data folder."""

    pid: int
    started: str
    socket_dir: Path
    ready: bool


def started_at(pid: int) -> str | None:
    """When the process started, as a token that no other process shares; None if there is none.

    On Linux ticks since this boot, since a wall clock may be set while the process lives.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        if not sys.platform.startswith("linux"):
            return f"{process.create_time():.2f}"
        after_name = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}:{after_name.split()[19]}"
    except (psutil.Error, OSError, IndexError):
        return None


def read_pid_file(data: Path) -> PidFile | None:
    """The pid file of a data folder, or None when missing or unreadable as such."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
        pid = abs(int(lines[0]))
    except (OSError, ValueError, IndexError):
        return None
    lines += [""] * (8 - len(lines))
    started = float(lines[2]) if lines[2].strip().isdigit() else 0.0
    return PidFile(pid=pid, started=started, socket_dir=lines[4].strip(), state=lines[7].strip())


def write_record(file: Path, *, pid: int, started: str) -> None:
    """Write down which process was started, for whoever looks next."""
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps({"pid": pid, "started": started, "space": _process_space()}))
    draft.replace(file)


def _recorded_start(file: Path, pid: int) -> str | None:
    try:
        record = json.loads(file.read_text())
        return str(record["started"]) if record["pid"] == pid else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def recorded_out_of_sight(file: Path) -> bool:
    """Whether the process was started in another container, whose processes we cannot see."""
    try:
        return bool(json.loads(file.read_text())["space"] != _process_space())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _process_space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def works_in(process: psutil.Process, data: Path) -> bool:
    """Whether the process is a PostgreSQL (postmaster or child) of this data folder."""
    try:
        return process.name() == "postgres" and Path(process.cwd()).samefile(data)
    except (psutil.Error, OSError):
        return False


def postmaster_of(data: Path, *, record: Path) -> Postmaster | None:
    """The living postmaster of the data folder; None when the pid file is missing or stale."""
    noted = read_pid_file(data)
    if noted is None:
        return None
    try:
        process = psutil.Process(noted.pid)
        created = float(process.create_time())
    except psutil.Error:
        return None
    started = started_at(noted.pid)
    if started is None or not works_in(process, data):
        return None
    expected = _recorded_start(record, noted.pid)
    if expected is None and abs(created - noted.started) > CLOCK_TOLERANCE:
        return None
    if expected is not None and expected != started:
        return None
    return Postmaster(
        pid=noted.pid,
        started=started,
        socket_dir=Path(noted.socket_dir),
        ready=noted.state == "ready",
    )


def all_working_in(data: Path) -> list[psutil.Process]:
    """Every process of PostgreSQL in this data folder, children without a parent included."""
    return [process for process in psutil.process_iter() if works_in(process, data)]


def signal_if_same(pid: int, started: str, number: int) -> bool:
    """Send the signal only if the process is still the one that started then."""
    if started_at(pid) != started:
        return False
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def launch_detached(
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str],
    user: tuple[int, int] | None = None,
    keep_open: Sequence[int] = (),
) -> int:
    """Start a program that outlives us, in a session of its own, and return its pid.

    A shell starts it in the background and leaves at once, so it is nobody's child: it leaves
    no zombie in a long-lived web process and is not reached by Ctrl-C.
    """
    identity = {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}
    script = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
    finished = subprocess.run(
        ["/bin/sh", "-c", script, "sh", str(log), *command],
        check=True,
        capture_output=True,
        text=True,
        cwd="/",
        env=dict(environment),
        start_new_session=True,
        pass_fds=tuple(keep_open),
        **identity,  # type: ignore[call-overload]  # user, group and groups go together
    )
    return int(finished.stdout)
