"""The account the server runs as: ours, or a system user of its own when we are root.

PostgreSQL refuses to run as root, with good reason.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huijia.config.embedded.errors import EmbeddedServerError

NAME = "huijia-postgres"

_WAYS_TO_ADD = (
    ("useradd", "--system", "--no-create-home", "--home-dir", "/var/lib/huijia",
     "--shell", "/usr/sbin/nologin", NAME),
    ("adduser", "-S", "-D", "-H", "-h", "/var/lib/huijia", "-s", "/sbin/nologin", NAME),
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """Who runs the server; `switch` is None when that is the account we already are."""

    uid: int
    switch: tuple[int, int] | None

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL to its end as this account; output is joined."""
        return subprocess.run(
            command,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            cwd="/",
            env=environment(),
            user=self.switch[0] if self.switch else None,
            group=self.switch[1] if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def reaches(self, folder: Path) -> bool:
        """Whether this account can enter the folder; tried, since modes do not tell all."""
        if self.switch is None:
            return True
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0

    def own_folder(self, folder: Path) -> None:
        """Make the folder if missing, private to this account."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.switch is not None and folder.stat().st_uid != self.uid:
            os.chown(folder, *self.switch)


def environment() -> dict[str, str]:
    """Our environment without what would steer PostgreSQL aside, with messages in English."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LD_", "LANG")) and name != "TZ"
    }
    return kept | {"LC_ALL": "C.UTF-8"}


def server_account() -> Account:
    """The account for the server; as root the system user, made if it is missing.

    Raises EmbeddedServerError when it cannot be made.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), switch=None)
    entry = _entry() or _added()
    if entry is None:
        raise EmbeddedServerError(
            "PostgreSQL does not run as root, and the system user it needs could not be made. "
            f"Make it (useradd --system {NAME}), run Huijia as an ordinary user, or set "
            "DATABASE_URL to a PostgreSQL server."
        )
    return Account(uid=entry.pw_uid, switch=(entry.pw_uid, entry.pw_gid))


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _added() -> pwd.struct_passwd | None:
    for command in _WAYS_TO_ADD:
        if shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)
            if entry := _entry():  # perhaps made by another process meanwhile: as good
                return entry
    return None
