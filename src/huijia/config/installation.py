"""Before settings are read: which home, which database, which keys.

An installation is a home folder (`HUIJIA_HOME`, by default `./var`) and a database. Without
`DATABASE_URL` the embedded server of that home is started and its three addresses are put into
the environment, for this process and those it starts.
"""

import os
import secrets
from pathlib import Path

from huijia.config.embedded import public as embedded

SETTINGS = "huijia.config.settings"


def home() -> Path:
    """The folder of everything that this installation keeps."""
    return Path(os.environ.get("HUIJIA_HOME", "var")).expanduser().resolve()


def prepare(role: str | None = None) -> None:
    """Make the environment complete for a process that connects as `role`.

    Raises `embedded.EmbeddedServerError` with a sentence when the embedded server cannot run.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("HUIJIA_HOME", str(home()))
    if role:
        os.environ["HUIJIA_ROLE"] = role
    if "DATABASE_URL" not in os.environ or os.environ.get("HUIJIA_EMBEDDED") == "1":
        use_embedded_server(home())
    keep_secret(home())


def use_embedded_server(folder: Path) -> None:
    """Start the embedded server if need be, hold on to it, and name its addresses."""
    endpoints = embedded.ensure_running(folder)
    os.environ.update(
        DATABASE_URL=endpoints.web_url,
        DATABASE_WORKER_URL=endpoints.worker_url,
        DATABASE_OWNER_URL=endpoints.owner_url,
        # Children hold on to the server too, rather than take the addresses as an outside one.
        HUIJIA_EMBEDDED="1",
    )


def keep_secret(folder: Path) -> None:
    """Make the signing secret of a home that has none; one given by the environment wins."""
    file = folder / "keys" / "secret"
    if os.environ.get("SECRET_KEY") or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(secrets.token_urlsafe(50))


def prepare_for_tests() -> None:
    """A home of the tests' own; the server is theirs unless `DATABASE_URL` names one."""
    if "HUIJIA_TEST_HOME" not in os.environ:
        os.environ["HUIJIA_TEST_HOME"] = str(home() / "test")
    os.environ["HUIJIA_HOME"] = os.environ["HUIJIA_TEST_HOME"]
    os.environ["SECRET_KEY"] = "only for tests: " + "x" * 40
    os.environ["HUIJIA_ROLE"] = "web"
    if os.environ.get("HUIJIA_STATIC_ANALYSIS") == "1":
        return  # type checkers read settings and must not start a server
    prepare()
