"""Where everything of one installation's server lies.

In `<home>/database`, except where root runs Huijia and the server's user cannot enter the home:
then data and logs go to a folder under /var/lib/huijia whose name is written down in the home.
No folder above is ever opened to others for the server's sake.
"""

import hashlib
import logging
import os
import re
import socket
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from huijia.config.embedded import binaries
from huijia.config.embedded.account import Account, server_account
from huijia.config.embedded.errors import EmbeddedServerError

PORT = 5432
PASSWORDS = "passwords.json"
SOCKET_FILE = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 100
"""Bytes; systems allow 104 to 108 for the address of a Unix socket."""

logger = logging.getLogger("huijia.embedded")


@dataclass(frozen=True)
class Place:
    """The folders and files of one server."""

    home: Path
    folder: Path
    root: Path
    log: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def settings(self) -> Path:
        """Outside the data folder, where the server's account may read but not write."""
        return self.root / "postgresql.conf"

    @property
    def access(self) -> Path:
        return self.root / "pg_hba.conf"

    @property
    def record(self) -> Path:
        return self.folder / "server.json"

    @property
    def passwords(self) -> Path:
        return self.folder / PASSWORDS

    @property
    def prepared(self) -> Path:
        return self.folder / "prepared"

    @property
    def stopped(self) -> Path:
        return self.folder / "stopped"

    @property
    def keeper_log(self) -> Path:
        return self.folder / "keeper.log"


def supervisor_folder(home: Path) -> Path:
    """The folder of the supervisor itself in the home: locks, passwords, records."""
    return home / "database"


def make_supervisor_folder(home: Path) -> Path:
    """Make it; as root it may be passed through (not listed), since the data lie below it."""
    folder = supervisor_folder(home)
    home.mkdir(parents=True, exist_ok=True)
    _make(folder, 0o711 if os.geteuid() == 0 else 0o700)
    return folder


def _make(folder: Path, mode: int) -> None:
    """Make a folder with exactly this mode, whatever the umask; leave an existing one alone."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(mode)


def settle(home: Path) -> Place:
    """Decide where the server lives, and remember it. Caller holds `start.lock`."""
    account = server_account()
    folder = supervisor_folder(home)
    note = folder / "elsewhere"
    if note.exists():
        root = _confirmed(Path(note.read_text().strip()), home)
        return Place(home=home, folder=folder, root=root, log=root / "log", account=account)
    inside = Place(
        home=home, folder=folder, root=folder, log=home / "log" / "postgresql", account=account
    )
    (home / "log").mkdir(exist_ok=True)
    if account.reaches(folder) and account.reaches(home / "log"):
        _refuse_strangers(inside)
        return inside
    if inside.data.exists():
        raise EmbeddedServerError(
            f"The database in {inside.data} can no longer be reached by its system user, because "
            "a folder above it became private. Let others pass through that folder again "
            "(chmod o+x), or move HUIJIA_HOME to a folder such as /srv/huijia."
        )
    root = _made_elsewhere(home)
    note.write_text(str(root))
    logger.warning(
        "The database of %s is kept in %s, because its system user cannot enter that folder.",
        home,
        root,
    )
    return Place(home=home, folder=folder, root=root, log=root / "log", account=account)


def _refuse_strangers(place: Place) -> None:
    """A data folder of another account is a mistake in who runs Huijia: say so, touch nothing."""
    if place.data.exists() and place.data.stat().st_uid != place.account.uid:
        raise EmbeddedServerError(
            f"The database in {place.data} belongs to another account (uid "
            f"{place.data.stat().st_uid}). Run Huijia as the account that made it, or set "
            "HUIJIA_HOME to another folder."
        )


def _made_elsewhere(home: Path) -> Path:
    """A new folder named by the home; never one that an earlier home left behind."""
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    _make(binaries.SHARED, 0o755)
    for number in range(1, 1000):
        root = binaries.SHARED / (digest if number == 1 else f"{digest}-{number}")
        try:
            root.mkdir()
        except FileExistsError:
            continue
        root.chmod(0o711)
        (root / "home").write_text(str(home))
        return root
    raise EmbeddedServerError(f"Too many old databases in {binaries.SHARED}: remove some.")


def _confirmed(root: Path, home: Path) -> Path:
    """A home that was moved keeps its data; a home that was copied must not share them."""
    owner = root / "home"
    if not owner.exists():
        raise EmbeddedServerError(
            f"The database of {home} was kept in {root}, which is gone. Restore it from a backup, "
            f"or remove {supervisor_folder(home)} to begin with an empty database."
        )
    first = Path(owner.read_text())
    if first != home:
        note = supervisor_folder(first) / "elsewhere"
        if note.exists() and note.read_text().strip() == str(root):
            raise EmbeddedServerError(
                f"{home} is a copy of {first}, and both would use the database in {root}. Remove "
                f"{supervisor_folder(home)} to give the copy an empty database of its own."
            )
        owner.write_text(str(home))
    return root


def socket_folder(place: Place) -> Path:
    """A private folder for the socket: beside the data, or in /tmp when that path is too long.

    The name in /tmp cannot be guessed; it is written down, and believed again only while the
    folder is still a real one of the server's account that nobody else may enter.
    """
    beside = place.root / "socket"
    if _fits(beside):
        place.account.own_folder(beside)
        if _takes_a_socket(beside):
            return beside
    note = place.folder / "socket-folder"
    if note.exists():
        known = Path(note.read_text().strip())
        if _is_private(known, place.account.uid):
            return known
    made = Path(tempfile.mkdtemp(prefix="huijia-", dir="/tmp"))  # private by mkdtemp
    place.account.own_folder(made)
    note.write_text(str(made))
    return made


def _fits(folder: Path) -> bool:
    plain = re.search(r"[\s,'\"\\%@]", str(folder)) is None  # separators of settings and URLs
    return plain and len(os.fsencode(folder / SOCKET_FILE)) < LONGEST_SOCKET_PATH


def _takes_a_socket(folder: Path) -> bool:
    """Whether the file system knows sockets; folders shared from a host often do not."""
    trial = folder / f".try.{os.getpid()}"
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(trial))
    except OSError:
        return False
    finally:
        trial.unlink(missing_ok=True)
    return True


def _is_private(folder: Path, uid: int) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077
