"""What an operator does on a new machine, and what keeps a demonstration apart from a city."""

import os
import socket
import subprocess
import sys

import pytest

from huijia.config.embedded import public as embedded

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


@pytest.fixture(scope="module")
def huijia(tmp_path_factory):
    home = tmp_path_factory.mktemp("operator") / "home"
    home.mkdir()
    yield Operator(home)
    embedded.leave(home)
    embedded.stop(home)


@pytest.fixture(scope="module")
def begun(huijia):
    return huijia("init", "--city", "330200")


def test_a_city_begins_with_its_federation_and_the_first_accounts(begun):
    assert begun.returncode == 0, begun.stderr
    assert "宁波市总工会" in begun.stdout
    for username in ("admin", "security", "auditor", "city"):
        assert f"  {username} " in begun.stdout


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
