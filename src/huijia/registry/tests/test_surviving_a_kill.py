"""An import whose process is killed goes on where it stood: nothing missing, nothing twice."""

import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from huijia.core.kernel import clock
from huijia.core.people.public import Person
from huijia.registry.actions import imports
from huijia.registry.actions.importing import blocks, passes
from huijia.registry.models import Import, ImportChunk, ImportProblem, Membership
from huijia.registry.tests import sheets
from huijia.registry.tests.killed import environment

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.slow]
ROWS = 3_000
KILLS = 4


def start(file):
    database = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-m", "huijia.registry.tests.killed", str(file)],
        env=environment(database),
        stdout=subprocess.PIPE,
    )
    with process.stdout as output:
        assert output.readline() == b"ready\n"
    return process


def wait_until_done(rows, process):
    """Until so many rows are done, or the process has ended by itself."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        work = Import.objects.first()
        if work is not None and work.rows_done >= rows:
            return
        time.sleep(0.01)


def test_killed_at_random_points_it_goes_on_and_ends_as_if_never_killed(tmp_path, monkeypatch):
    chosen = random.Random()
    sheets.city()
    rows = sheets.member_rows(ROWS, ["P1", "P2", "P3"])
    rows.insert(2_500, rows[10])  # far below its first row, on the other side of any kill
    file = tmp_path / "members.csv"
    file.write_bytes(sheets.as_csv([sheets.HEADINGS, *rows]))
    monkeypatch.setattr(blocks, "ROWS_A_CHUNK", 200)

    process = start(file)
    wait_until_done(chosen.randrange(200, ROWS // 2), process)
    process.kill()
    process.wait()
    wait_until_the_server_noticed()
    work = Import.objects.get()
    for _kill in range(KILLS):
        walk_and_break_off(work, chosen.randrange(1, 5), monkeypatch)
    imports.go_on(import_id=work.pk, at=clock.now())

    work.refresh_from_db()
    assert (work.state, work.rows_done, work.new, work.refused) == ("finished", ROWS + 1, ROWS, 1)
    assert Person.objects.count() == Membership.objects.count() == ROWS
    assert ImportProblem.objects.get().reasons == ["twice_in_sheet@number:12"]
    verdicts = "".join(ImportChunk.objects.order_by("first").values_list("verdicts", flat=True))
    assert Counter(verdicts) == {"N": ROWS, "R": 1}


def wait_until_the_server_noticed():
    """A killed client's session lives on until its statement ends, and holds the import's lock."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s",
                [passes.LOCK_SPACE],
            )
            if cursor.fetchone() is None:
                return
        time.sleep(0.05)


def walk_and_break_off(work, chunks, monkeypatch):
    """Walk on for some chunks, and fall in the middle of the next one."""
    real, left = passes._keep, [chunks]

    def keep(*args, **how):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(*args, **how)

    with monkeypatch.context() as patched:
        patched.setattr(passes, "_keep", keep)
        try:
            imports.go_on(import_id=work.pk, at=clock.now())
        except KeyboardInterrupt:
            return


def test_what_was_broken_off_is_enqueued_again_and_what_goes_on_is_not(tmp_path):
    import datetime as dt

    from procrastinate.contrib.django.models import ProcrastinateJob

    sheets.city()
    at = clock.now()
    for minutes in (0, 10):
        work = give_in(tmp_path)
        Import.objects.filter(pk=work.pk).update(
            state="merging", touched_at=at - dt.timedelta(minutes=minutes)
        )

    count = imports.resume_stale(at=at)

    jobs = ProcrastinateJob.objects.filter(task_name=imports.TASK)
    assert count == 1
    assert [job.args for job in jobs] == [{"import_id": work.pk}]


def give_in(tmp_path):
    from huijia.core.orgs.public import Union
    from huijia.registry.actions.importing.passes import system_importer

    union = Union.objects.get(code="C")
    by = system_importer("test", union)
    content = sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])])
    received = imports.receive([content], name="m.csv", by=by, at=clock.now())
    return imports.give_in(kind="members", received=received, union=union, by=by, at=clock.now())
