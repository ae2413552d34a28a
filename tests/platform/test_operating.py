"""What an operator does on a new machine, and what keeps a demonstration apart from a city."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psycopg
import pytest

from huijia.config.embedded import public as embedded
from tests.support import homes

pytestmark = pytest.mark.slow


class Operator:
    """Runs `huijia` in a home of its own, over the embedded server of that home."""

    def __init__(self, home):
        self.home = home
        kept = {name: value for name, value in os.environ.items() if "DATABASE_" not in name}
        self.environment = {**kept, "HUIJIA_HOME": str(home)}
        for name in ("HUIJIA_EMBEDDED", "HUIJIA_ROLE", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"):
            self.environment.pop(name, None)

    def __call__(self, *arguments, **variables):
        return subprocess.run(
            [sys.executable, "-m", "huijia.config.cli", *arguments],
            check=False,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
        )

    def start(self, *arguments):
        """Run it in the background, what it says kept."""
        return subprocess.Popen(
            [sys.executable, "-m", "huijia.config.cli", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def operator_of(home):
    home.mkdir()
    yield Operator(home)
    homes.remove(home)


@pytest.fixture(scope="module")
def huijia(tmp_path_factory):
    yield from operator_of(tmp_path_factory.mktemp("operator") / "home")


@pytest.fixture
def newcomer(tmp_path):
    """The operator of a home in which nothing was done yet."""
    yield from operator_of(tmp_path / "home")


@pytest.fixture(scope="module")
def begun(huijia):
    return huijia("init", "--city", "330200")


def test_what_comes_too_early_says_what_comes_first(newcomer, tmp_path):
    sheet = tmp_path / "unions.csv"
    sheet.write_text("工会名称,上级工会\n海曙区总工会,宁波市总工会\n", encoding="utf-8")
    chores = (["serve"], ["worker"], ["import", "unions", str(sheet)])

    without_tables = [newcomer(*chore) for chore in chores]
    newcomer("migrate")
    without_city = newcomer("import", "unions", str(sheet))

    for refused in (*without_tables, without_city):
        assert refused.returncode == 1
        assert "huijia init --city" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert all("huijia migrate" in refused.stderr for refused in without_tables)


def test_a_city_begins_with_its_federation_and_the_first_accounts(begun):
    assert begun.returncode == 0, begun.stderr
    assert "宁波市总工会" in begun.stdout
    for username in ("admin", "security", "auditor", "city"):
        assert f"  {username} " in begun.stdout


def test_a_begun_city_takes_its_register_from_sheets_and_counts_it_right(huijia, begun, tmp_path):
    made = huijia("simulate", "--unions", "33", "--members", "400", "--out", str(tmp_path))
    assert made.returncode == 0, made.stderr

    taken = [
        json.loads(huijia("import", kind, str(tmp_path / f"{kind}.xlsx"), "--json").stdout)
        for kind in ("unions", "members", "unions", "members")
    ]

    assert [(each["new"], each["unchanged"], each["refused"]) for each in taken] == [
        (32, 0, 0),
        (400, 0, 0),
        (0, 32, 0),
        (0, 400, 0),
    ]
    figures = huijia("manage", "shell", "-v0", "-c", RECOUNT)
    assert figures.stdout.split() == ["0", "400"], figures.stderr


RECOUNT = """
from huijia.core.kernel import clock
from huijia.insight.actions.recounts import recount_and_compare
from huijia.insight.models import Figure
from huijia.insight.tasks import figures
figures.merge_all()
print(recount_and_compare(at=clock.now()).differences)
print(Figure.objects.get(union_id=1, indicator="members", period=0).value)
"""


def test_a_city_begins_once(huijia, begun):
    again = huijia("init", "--city", "330200")

    assert again.returncode == 1
    assert "has its city already" in again.stderr


def test_a_register_that_was_not_simulated_is_neither_reset_nor_opened(huijia, begun):
    for arguments in (["--reset"], []):
        refused = huijia("demo", "--no-serve", "--unions", "60", "--members", "60", *arguments)

        assert refused.returncode == 1
        assert "not a demonstration" in refused.stderr


def test_check_finds_a_fresh_installation_sound(huijia, begun):
    found = huijia("check")

    assert found.returncode == 0, found.stdout
    assert "BAD" not in found.stdout


SPOILED = {
    "GRANT UPDATE ON audit_entry TO huijia_web": "REVOKE UPDATE ON audit_entry FROM huijia_web",
    "ALTER TABLE people_identity NO FORCE ROW LEVEL SECURITY": "ALTER TABLE people_identity"
    " FORCE ROW LEVEL SECURITY",
    "DELETE FROM django_migrations WHERE app = 'audit' AND name LIKE '0003%'": "INSERT INTO"
    " django_migrations (app, name, applied) VALUES ('audit', '0003_by_time_and_union', now())",
}


def test_check_says_what_is_wrong_and_what_mends_it(huijia, begun):
    ring = huijia.home / "keys" / "ring.json"
    kept = ring.read_text()
    owner = embedded.ensure_running(huijia.home).owner_url
    with psycopg.connect(owner, autocommit=True) as server:
        try:
            for spoil in SPOILED:
                server.execute(spoil)
            ring.write_text("{}")
            told = huijia("check")
        finally:
            ring.write_text(kept)
            for mend in SPOILED.values():
                server.execute(mend)

    assert told.returncode == 1
    wrong = [line for line in told.stdout.splitlines() if line.startswith("BAD")]
    assert len(wrong) == 4, told.stdout
    for word in ("REVOKE", "FORCE ROW", "huijia migrate", "escrow"):
        assert any(word in line for line in wrong), told.stdout
    assert huijia("check").returncode == 0


def test_pages_and_background_work_end_quietly_on_ctrl_c_even_pressed_twice(huijia, begun):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    running = [huijia.start("serve", "--port", port), huijia.start("worker")]
    try:
        assert answers(f"http://127.0.0.1:{port}/readyz")
        for _press in range(2):
            for process in running:
                process.send_signal(signal.SIGINT)
            time.sleep(0.3)
        told = [process.communicate(timeout=30)[0] for process in running]
    finally:
        for process in running:
            process.kill()

    assert [process.returncode for process in running] == [0, 0], told
    assert not any("Traceback" in text for text in told), told


def answers(address):
    """Whether an address answers well within a minute."""
    for _second in range(60):
        with contextlib.suppress(OSError), urllib.request.urlopen(address) as answer:
            return answer.status == 200
        time.sleep(1)
    return False


def test_production_refuses_debug_a_short_secret_and_open_cookies_in_words(huijia, begun):
    refused = huijia(
        "check",
        HUIJIA_PRODUCTION="1",
        HUIJIA_DEBUG="0",
        SECRET_KEY="short",
        HUIJIA_SECURE_COOKIES="0",
    )

    assert refused.returncode == 1
    for word in ("SECRET_KEY", "HUIJIA_HOSTS", "HUIJIA_SECURE_COOKIES"):
        assert word in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_busy_port_is_told_with_the_way_out(huijia, begun):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = huijia("serve", "--port", str(taken.getsockname()[1]))

    assert refused.returncode == 1
    assert "taken by another program" in refused.stderr
    assert "--port" in refused.stderr


def test_a_lost_key_ring_is_never_replaced_over_sealed_values(huijia, begun):
    ring = huijia.home / "keys" / "ring.json"
    ring.chmod(0o644)
    try:
        refused = huijia("migrate")
    finally:
        ring.chmod(0o600)

    assert refused.returncode == 1
    assert "chmod 600" in refused.stderr
