"""Starting and stopping the postmaster. The caller holds `start.lock` for both."""

import errno
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from psycopg import pq

from huijia.config.embedded import binaries, locks, processes, tuning
from huijia.config.embedded.account import environment
from huijia.config.embedded.errors import EmbeddedServerError, explained
from huijia.config.embedded.place import PORT, SOCKET_FILE, Place, socket_folder
from huijia.config.embedded.processes import Postmaster

READY_WITHIN = 900.0
"""Seconds for a start: a crash in the middle of a bulk load can need minutes of recovery."""
STOP_WITHIN = 300.0
"""Seconds for a fast stop, which writes what is in memory, before an immediate one."""
LEFTOVERS_LEAVE_WITHIN = 5.0
"""Seconds for children of a killed postmaster to notice; they do within one normally."""
ADOPTIONS = 3
"""How often a running server is taken over before a new one: it may be dying just then."""
SOCKET_MISSING_FOR = 2.0
FULL_BELOW = 16 * 1024 * 1024
"""Bytes; with less the server cannot add the one file its log of changes needs."""

ACCESS = """\
# Written at every start. Passwords only, over the Unix socket only: nobody is trusted for
# being on this machine.
local all all scram-sha-256
"""


def running(place: Place) -> Postmaster | None:
    """The living server of this place, or None."""
    return processes.postmaster_of(place.data, record=place.record)


def refuse_a_second(place: Place) -> None:
    """Two servers on one data folder destroy it; from within a container the other is invisible.

    Its keeper's lock is visible, since locks belong to files.
    """
    if processes.recorded_out_of_sight(place.record) and locks.is_held(place.folder / locks.KEEPER):
        raise EmbeddedServerError(
            f"The database in {place.data} is in use by Huijia in another container. Run all "
            "processes of Huijia in one container, or set DATABASE_URL to a PostgreSQL server."
        )


def start(place: Place) -> Postmaster:
    """Start the server, or adopt the one that runs, and wait until it takes connections.

    Raises EmbeddedServerError when it ends instead, or is not ready after READY_WITHIN.
    """
    for _ in range(ADOPTIONS):
        found = running(place) or _clear_away_the_dead(place)
        if found is None:
            break
        if _lost_its_socket(found):
            stop(place)  # its folder in /tmp was cleaned away: alive, but nobody can enter
        elif ready := _ready(place, pid=found.pid, started=found.started):
            return ready
    since = _now()
    pid = _launch(place)
    if started := processes.started_at(pid):
        processes.write_record(place.record, pid=pid, started=started)
        if ready := _ready(place, pid=pid, started=started):
            return ready
    raise _failure(place, since=since)


def _lost_its_socket(server: Postmaster) -> bool:
    return server.ready and not _true_within(
        SOCKET_MISSING_FOR, (server.socket_dir / SOCKET_FILE).exists
    )


def _clear_away_the_dead(place: Place) -> Postmaster | None:
    """After `kill -9` of the postmaster: wait for its children, remove its pid files.

    Only processes that are PostgreSQL and work in our data folder are waited for or signalled;
    a process that merely has the number in the pid file is left alone. If one of them turns
    out to be a server just starting, that server is the answer.
    """
    for number in (None, signal.SIGQUIT, signal.SIGKILL):
        for process in processes.all_working_in(place.data) if number else ():
            _signal(process, number)
        gone = _true_within(
            LEFTOVERS_LEAVE_WITHIN,
            lambda: running(place) is not None or not processes.all_working_in(place.data),
        )
        if found := running(place):
            return found
        if gone:
            break
    else:
        raise EmbeddedServerError(
            f"Processes of an earlier PostgreSQL in {place.data} do not end. Restart the machine, "
            "then start again."
        )
    # Both files name the dead server's number, which a stranger (or a zombie) may have now;
    # PostgreSQL would believe it. The socket folder is private to this server.
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    sockets = socket_folder(place)
    for name in (SOCKET_FILE, f"{SOCKET_FILE}.lock"):
        (sockets / name).unlink(missing_ok=True)
    return None


def _signal(process: psutil.Process, number: signal.Signals | None) -> None:
    if number is None:
        return
    try:
        process.send_signal(number)  # psutil checks the start time first
    except psutil.Error:
        return


def _launch(place: Place) -> int:
    account = place.account
    program = binaries.programs(account) / "postgres"
    account.own_folder(place.log)
    chosen = tuning.settings(
        data=place.data, log=place.log, socket_dir=socket_folder(place), hba=place.access
    )
    for file, text in ((place.settings, tuning.as_text(chosen)), (place.access, ACCESS)):
        file.write_text(text)
        file.chmod(0o644)  # no secrets; the server's account reads it whatever our umask is
    _start_log(place).unlink(missing_ok=True)
    return processes.launch_detached(
        [str(program), "-D", str(place.data), "-c", f"config_file={place.settings}"],
        log=_start_log(place),
        environment=environment(),
        user=account.switch,
    )


def _now() -> str:
    """The time as lines of the server's log begin, to the second."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())


def _start_log(place: Place) -> Path:
    return place.log / "start.log"


def _ready(place: Place, *, pid: int, started: str) -> Postmaster | None:
    """The server once it takes connections; None if it ended before that."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        found = running(place)
        if found is not None and found.ready and answers(found.socket_dir):
            return found
        if processes.started_at(pid) != started:
            return None
        time.sleep(0.02)
    raise EmbeddedServerError(
        f"The database in {place.data} has been recovering from a crash for "
        f"{READY_WITHIN / 60:.0f} minutes and goes on. Wait and start Huijia again; {place.log} "
        "tells how far it is."
    )


def answers(socket_dir: Path) -> bool:
    """Whether the server takes connections now (it may be recovering)."""
    address = f"host='{socket_dir}' port={PORT} dbname=template1 user=huijia connect_timeout=5"
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def _failure(place: Place, *, since: str) -> EmbeddedServerError:
    """Why the server ended: the last lines it wrote before and after its log file was open."""
    if shutil.disk_usage(place.data).free < FULL_BELOW:  # it could not even write its complaint
        return explained(os.strerror(errno.ENOSPC), doing="starting", folder=place.data)
    logs = sorted(place.log.glob("*.log"), key=lambda file: file.stat().st_mtime)[-2:]
    lines = [
        line
        for file in logs
        for line in file.read_text(errors="replace").splitlines()[-40:]
        if line >= since  # lines begin with their time, or else with a letter, which sorts after
    ]
    telling = [line for line in lines if any(s in line for s in ("FATAL", "PANIC", "could not"))]
    return explained("\n".join(telling or lines), doing="starting", folder=place.data)


def stop(place: Place) -> bool:
    """Stop the server fast, writing everything to disk; False if none was running."""
    server = running(place)
    if server is None:
        return False
    for number, patience in ((signal.SIGINT, STOP_WITHIN), (signal.SIGQUIT, 30.0)):
        if not processes.signal_if_same(server.pid, server.started, number):
            return True
        if _true_within(patience, lambda: processes.started_at(server.pid) != server.started):
            return True
    raise EmbeddedServerError(
        f"The database in {place.data} (process {server.pid}) does not stop. Look into "
        f"{place.log}, or restart the machine."
    )


def abandon(server: Postmaster) -> None:
    """End a server whose folder was deleted: there is nothing left to write."""
    processes.signal_if_same(server.pid, server.started, signal.SIGQUIT)


def _true_within(seconds: float, question: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True
