"""kill -9 of web server, worker and database during an import: nothing missing, nothing doubled.

The site is a whole one with an embedded server of its own, started as an operator starts it. Each
kill waits until the import has come on since the last one, so it always meets an import under way.
`HUIJIA_KILL_SEED` repeats the order and the moments of a run; a failure shows its seed.
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
from tests.support import homes

pytestmark = pytest.mark.slow
ROWS = 60_000
PATIENCE = 150
LAST = "FROM registry_import ORDER BY id DESC LIMIT 1"
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
from huijia.registry.choices import ImportState
from huijia.registry.models import Import
top = Union.objects.get(depth=1)
by = system_importer("test", top)
content = [Path(sys.argv[1]).read_bytes()]
with transaction.atomic():
    received = imports.receive(content, name="members.csv", by=by, at=clock.now())
    work = imports.give_in(kind="members", received=received, union=top, by=by, at=clock.now())
    Import.objects.update(state=ImportState.JUDGED)  # only the merge is of interest here
    imports.confirm(import_id=work.pk, by=by, at=clock.now())
"""
RECOUNT = """
import django
django.setup()
from huijia.core.kernel import clock
from huijia.insight.public import recounts
print(recounts.recount_and_compare(at=clock.now()).differences)
"""
BEAT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args)
SELECT 'default', name, name, '{"timestamp": 0}'
  FROM unnest(ARRAY['jobs.retry_stalled', 'registry.import.sweep']) AS name
ON CONFLICT DO NOTHING
RETURNING id
"""
FIGURES = """
SELECT coalesce(sum(value), 0)::integer
  FROM (SELECT union_id, indicator, value FROM insight_figure
        UNION ALL SELECT union_id, indicator, change FROM insight_delta) AS parts
  JOIN orgs_union u ON u.id = union_id
 WHERE u.depth = 1 AND indicator = '%s'
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
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode().strip()

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
                    return (owner.execute(statement).fetchone() or (None,))[0]
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def stop(self):
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            child.wait(30)
        homes.remove(self.home)


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


def wait_for(site, statement, is_there):
    """Wait for an answer of the database; where none comes for a while, the clock ticks.

    The minute in which the site looks for what was broken off is made shorter, not the looking.
    """
    until, beat_at = time.monotonic() + PATIENCE, time.monotonic() + 4
    while not is_there(found := site.ask(statement)):
        assert time.monotonic() < until, f"{statement}: {found}"
        if time.monotonic() > beat_at:
            site.ask(BEAT)
            beat_at = time.monotonic() + 4
        time.sleep(0.05)
    return found


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
    seed = os.environ.get("HUIJIA_KILL_SEED") or str(random.randrange(10**6))
    tell(f"HUIJIA_KILL_SEED={seed}")
    dice = random.Random(seed)
    site.run(*site.huijia("demo", "--no-serve", "--unions", "60", "--members", "60"))
    sheet = sheet_for(site, tmp_path)
    expected = counts(site, sheet)
    assert expected["new"] > ROWS * 0.9
    before = site.ask("SELECT count(*) FROM registry_membership")
    site.start("serve", "--port", str(free_port()), "--workers", "1")
    site.start("worker")
    site.run_as("worker", sys.executable, "-c", GIVE_IN, str(sheet))

    killed_at = []
    for victim in dice.sample(["worker", "database", "serve"], 3):
        last = killed_at[-1] if killed_at else 0
        wait_for(site, f"SELECT rows_done {LAST}", lambda rows, last=last: rows > last)
        time.sleep(dice.uniform(0, 0.3))
        state, rows = site.ask(f"SELECT ARRAY[state, rows_done::text] {LAST}")
        tell(f"kill of {victim} at {rows} rows, {state}")
        assert state == "merging"
        kill(site, victim)
        killed_at.append(int(rows))

    wait_for(site, f"SELECT state {LAST}", lambda state: state != "merging")
    assert site.ask(f"SELECT state {LAST}") == "finished"
    assert_as_if_never_killed(site, expected, before)


def tell(line):
    """Said by pytest of a test that fails."""
    sys.stdout.write(f"{line}\n")


def kill(site, victim):
    """Kill one of the three; the web server and the worker are started again, as by an operator."""
    if victim == "database":
        site.kill_database()
    else:
        site.kill(victim)
        site.start(victim, *site.arguments[victim])


def assert_as_if_never_killed(site, expected, before):
    """The counts of the dry run, everybody once, and figures that a recount of all nodes finds."""
    found = {name: site.ask(f"SELECT {name} {LAST}") for name in expected if name != "rows"}
    assert {"rows": site.ask(f"SELECT rows_done {LAST}"), **found} == expected
    total = before + expected["new"]
    assert site.ask("SELECT count(*) FROM registry_membership") == total
    assert site.ask("SELECT count(*) FROM people_person") == total
    assert site.ask("SELECT count(DISTINCT number_index) FROM people_identity") == total
    verdicts = f"FROM registry_importchunk WHERE of_id = (SELECT id {LAST}) AND NOT is_dry_run"
    assert site.ask(f"SELECT sum(length(verdicts)) {verdicts}") == expected["rows"]
    assert site.ask(FIGURES % "members") == total
    assert site.ask(FIGURES % "women") > 0
    assert site.ask(FIGURES % "joins") > 0
    assert site.run_as("worker", sys.executable, "-c", RECOUNT).splitlines()[-1] == "0"
