"""The populated city that pages are measured in, and a signed-in officer."""

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

HOME = Path("var/bench")
CITY = "330200"


def prepare(unions: int, members: int, *, home: Path = HOME) -> None:
    """A demonstration city of that size in a home of the bench's own; made once, then kept."""
    os.environ["HUIJIA_HOME"] = str(home.resolve())
    os.environ["HUIJIA_DEMONSTRATION"] = "1"
    os.environ["HUIJIA_SERVER_TIMING"] = "1"
    began = time.perf_counter()
    subprocess.run(
        [
            *(sys.executable, "-m", "huijia.config.cli", "demo", "--no-serve"),
            *("--unions", str(unions), "--members", str(members)),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    print(f"The city stands after {time.perf_counter() - began:.0f} s.", file=sys.stderr)
    from huijia.config import installation

    installation.prepare("web")
    settle()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def settle() -> None:
    """Merge what is pending into the figures, as the worker of a running site does."""
    prepared()
    from huijia.insight.actions import figures

    figures.merge_all()


def prepared() -> None:
    """Django, where the part before has not set it up."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def restarted() -> None:
    """Start the embedded server anew, which ends with a checkpoint; another's is left as it is."""
    from huijia.config import installation
    from huijia.config.embedded import public as embedded

    home = Path(os.environ["HUIJIA_HOME"])
    if embedded.status(home).pid is not None:
        embedded.stop(home)
        installation.use_embedded_server(home)


def one(statement: str, *values: object) -> tuple:
    """One row, as the owner of the database."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        row = owner.execute(statement, values).fetchone()
        assert row is not None, statement
        return row


@contextmanager
def served(port: int, *command: str) -> Iterator[None]:
    """A server of this machine while the block runs."""
    server = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.2)
            else:
                break
        yield
    finally:
        server.terminate()
        server.wait(20)


def session_of(port: int, username: str) -> str:
    """The cookie of an officer who has signed in as a person does."""
    from huijia.config.demonstration import PASSWORD, secret_of
    from huijia.core.access.second_factor import code_at
    from huijia.core.kernel import clock

    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    base = f"http://127.0.0.1:{port}"

    def send(address: str, **fields: str) -> str:
        page = opener.open(address).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, address
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return opener.open(urllib.request.Request(address, body)).geturl()

    reached = send(f"{base}/sign-in/", login=username, password=PASSWORD)
    reached = send(reached, code=code_at(secret_of(username), clock.now()))
    assert "/sign-in" not in reached, "the bench could not sign in"
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
