"""`/metrics` tells how queue and figures stand; the queue keeps no finished jobs for ever."""

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app

from huijia.config import gauges, migration_state
from huijia.core.jobs.tasks import forget_finished
from huijia.core.kernel import clock
from huijia.insight.models import Delta, Recount


def told(client):
    """The gauges and their values, as a scraper on this machine reads them."""
    text = client.get("/metrics").content.decode()
    rows = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in rows if name.startswith("huijia_")}


def wait(minutes, task="insight.sweep"):
    """A job that was to run so long ago."""
    at = clock.now() - dt.timedelta(minutes=minutes)
    app.configure_task(task, schedule_at=at).defer(timestamp=0)


def test_an_installation_is_ready_once_database_tables_and_queue_are_there(db, client, monkeypatch):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"database": True, "migrations": True, "queue": True}

    monkeypatch.setattr(migration_state, "pending", lambda: True)
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [
        ("", {}, 200),
        ("", {"REMOTE_ADDR": "10.0.0.9"}, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "10.0.0.9"}, 404),
        ("secret", {}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer guess"}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer secret", "REMOTE_ADDR": "10.0.0.9"}, 200),
    ],
)
def test_counters_are_read_from_this_machine_or_with_the_token(
    db, client, settings, token, headers, status
):
    settings.HUIJIA_METRICS_TOKEN = token

    assert client.get("/metrics", **headers).status_code == status


def test_a_quiet_installation_has_nothing_to_tell(db, client):
    assert told(client) == {
        "huijia_database_up": 1,
        'huijia_jobs{state="waiting"}': 0,
        'huijia_jobs{state="under_way"}': 0,
        'huijia_jobs{state="failed"}': 0,
        "huijia_jobs_longest_wait_seconds": 0,
        "huijia_workers": 0,
        "huijia_figures_pending": 0,
    }


def test_waiting_jobs_pending_changes_and_a_recount_are_told(db, client):
    wait(minutes=10)
    wait(minutes=-60, task="insight.recount")
    at = clock.now()
    Delta.objects.create(union_id=1, indicator="members", change=3)
    Recount.objects.create(at=at, seconds=1.0, differences=2)

    found = told(client)

    assert found['huijia_jobs{state="waiting"}'] == 2
    assert 600 <= found["huijia_jobs_longest_wait_seconds"] < 700
    assert found["huijia_figures_pending"] == 1
    assert found["huijia_recount_differences"] == 2
    assert found["huijia_recount_time_seconds"] == pytest.approx(at.timestamp(), abs=1)


def test_without_a_database_the_servers_own_counters_are_still_told(db, client, monkeypatch):
    def broken(**_):
        raise DatabaseError

    monkeypatch.setattr(gauges.jobs, "standing", broken)

    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert b"huijia_database_up 0.0" in answer.content
    assert b"python_info" in answer.content


@pytest.mark.parametrize(
    ("status", "days", "is_kept"),
    [
        ("succeeded", 6, True),
        ("succeeded", 8, False),
        ("failed", 8, True),
        ("failed", 31, False),
        ("todo", 90, True),
    ],
)
def test_finished_jobs_are_forgotten_in_time(committed_db, status, days, is_kept):
    wait(minutes=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) SELECT id, %s, %s"
            " FROM procrastinate_jobs",
            [status if status != "todo" else "deferred", clock.now() - dt.timedelta(days=days)],
        )

    # A thread of its own: another test's browser may keep a loop running in this one.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, forget()).result()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == is_kept


async def forget():
    """The task as the worker runs it."""
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as worker:
        async with worker.open_async():
            await forget_finished.func(type("Context", (), {"app": worker}), timestamp=0)
