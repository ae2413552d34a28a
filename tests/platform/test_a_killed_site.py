"""kill -9 of web server, worker and database during an import: nothing missing, nothing doubled.

The site is a whole one with an embedded server of its own, started as an operator starts it.
"""

import csv
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from huijia.config.embedded import public as embedded
from huijia.config.simulation.public import simulate

pytestmark = pytest.mark.slow
ROWS = 40_000
PATIENCE = 200
GIVE_IN = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import transaction
from huijia.core.kernel import clock
from huijia.core.orgs.public import Union
from huijia.registry.actions import imports
from huijia.registry.actions.importing.passes import system_importer
top = Union.objects.get(depth=1)
by = system_importer("test", top)
content = [Path(sys.argv[1]).read_bytes()]
with transaction.atomic():
    received = imports.receive(content, name="members.csv", by=by, at=clock.now())
    work = imports.give_in(kind="members", received=received, union=top, by=by, at=clock.now())
    imports.confirm(import_id=work.pk, by=by, at=clock.now())
"""


class Site:
    """A home with an embedded server, and the processes of an installation."""

    def __init__(self, home):
        self.home = home
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")},
            "HUIJIA_HOME": str(home),
            "HUIJIA_DEMONSTRATION": "1",
            "HUIJIA_STALE_AFTER": "3",
            "DJANGO_SETTINGS_MODULE": "huijia.config.settings",
        }
        for name in ("HUIJIA_EMBEDDED", "HUIJIA_ROLE", "SECRET_KEY"):
            self.environment.pop(name, None)
        self.children = {}
        self.arguments = {}

    def huijia(self, *arguments):
        return [sys.executable, "-m", "huijia.config.cli", *arguments]

    def run(self, *command):
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def run_as(self, role, *command):
        """Run a program as one of the database roles."""
        endpoints = embedded.ensure_running(self.home)
        environment = {
            **self.environment,
            "HUIJIA_ROLE": role,
            "DATABASE_URL": endpoints.web_url,
            "DATABASE_WORKER_URL": endpoints.worker_url,
            "DATABASE_OWNER_URL": endpoints.owner_url,
        }
        subprocess.run(command, env=environment, check=True)

    def start(self, name, *arguments):
        self.arguments[name] = arguments
        log = (self.home / f"{name}.log").open("ab")
        with log:
            self.children[name] = subprocess.Popen(
                self.huijia(name, *arguments), env=self.environment, stdout=log, stderr=log
            )

    def kill(self, name):
        """kill -9 of a process and of those it started."""
        process = psutil.Process(self.children[name].pid)
        for each in [*process.children(recursive=True), process]:
            each.kill()
        self.children[name].wait()

    def kill_database(self):
        os.kill(embedded.status(self.home).pid, signal.SIGKILL)

    def ask(self, statement):
        """One value, as the owner; the server may be on its way up."""
        until = time.monotonic() + 60
        while True:
            try:
                url = embedded.ensure_running(self.home).owner_url
                with psycopg.connect(url) as owner:
                    return owner.execute(statement).fetchone()[0]
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def stop(self):
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            child.wait(30)
        embedded.leave(self.home)
        embedded.stop(self.home)


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path / "home")
    made.home.mkdir()
    yield made
    made.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(site, statement, value):
    until = time.monotonic() + PATIENCE
    while site.ask(statement) != value:
        assert time.monotonic() < until, f"{statement}: {site.ask(statement)}"
        time.sleep(0.5)


def sheet_for(site, folder):
    """A sheet of people that the city does not know, for primary unions that it has."""
    _unions, members = simulate("330200", 60, ROWS, 5, folder, form="csv")
    with psycopg.connect(embedded.ensure_running(site.home).owner_url) as owner:
        codes = [
            row[0]
            for row in owner.execute("SELECT code FROM orgs_union WHERE kind = 'single'").fetchall()
        ]
    with members.open(encoding="utf-8-sig", newline="") as stream:
        headings, *rows = csv.reader(stream)
    place = headings.index("所属工会")
    headings[place] = "工会代码"
    for number, row in enumerate(rows):
        row[place] = codes[number % len(codes)]
    sheet = folder / "for-the-city.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, *rows])
    return sheet


def counts(site, sheet):
    """What a dry run finds."""
    output = subprocess.run(
        site.huijia("import", "members", str(sheet), "--dry-run", "--json"),
        env=site.environment,
        check=True,
        capture_output=True,
    ).stdout
    found = json.loads(output)
    found.pop("seconds")
    return found


def test_an_import_goes_on_after_web_worker_and_database_were_killed(site, tmp_path):
    dice = random.Random()
    site.run(*site.huijia("demo", "--no-serve", "--unions", "60", "--members", "60"))
    sheet = sheet_for(site, tmp_path)
    expected = counts(site, sheet)
    assert expected["new"] > ROWS * 0.9
    before = site.ask("SELECT count(*) FROM registry_membership")
    site.start("serve", "--port", str(free_port()), "--workers", "1")
    site.start("worker")
    site.run_as("worker", sys.executable, "-c", GIVE_IN, str(sheet))

    for victim in dice.sample(["worker", "database", "worker", "serve", "database"], 5):
        time.sleep(dice.uniform(0.2, 3))
        if victim == "database":
            site.kill_database()
        else:
            site.kill(victim)
            site.start(victim, *site.arguments[victim])

    wait_for(site, "SELECT state FROM registry_import ORDER BY id DESC LIMIT 1", "finished")
    last = "FROM registry_import ORDER BY id DESC LIMIT 1"
    found = {name: site.ask(f"SELECT {name} {last}") for name in expected if name != "rows"}
    assert {"rows": site.ask(f"SELECT rows_done {last}"), **found} == expected
    total = before + expected["new"]
    assert site.ask("SELECT count(*) FROM registry_membership") == total
    assert site.ask("SELECT count(*) FROM people_person") == total
    assert site.ask("SELECT count(DISTINCT number_index) FROM people_identity") == total
    assert (
        site.ask(
            "SELECT coalesce((SELECT sum(value) FROM insight_figure f JOIN orgs_union u "
            "ON u.id = f.union_id WHERE u.depth = 1 AND indicator = 'members'), 0) + coalesce("
            "(SELECT sum(change) FROM insight_delta d JOIN orgs_union u ON u.id = d.union_id "
            "WHERE u.depth = 1 AND indicator = 'members'), 0)"
        )
        == total
    )
