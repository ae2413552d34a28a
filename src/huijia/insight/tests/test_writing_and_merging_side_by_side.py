"""Eight writers, three mergers and a rebuild at once, all committing: no deadlock, nothing lost."""

import threading

import pytest
from django.db import connection, transaction

from huijia.insight.actions import figures, recounts
from huijia.insight.models import Delta
from huijia.insight.tests import city
from huijia.insight.tests.city import AT, Facts

WRITERS, ACTS = 8, 25


def run_together(*works):
    """Run each in a thread with a connection of its own; what failed is returned."""
    failed = []
    start = threading.Barrier(len(works))

    def run(work):
        try:
            start.wait(timeout=30)
            work()
        except Exception as fault:  # noqa: BLE001 - told by the assertion
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return failed


def writer(number, unions):
    """Acts of one officer: each its own transaction, some large, some changing their mind."""

    def work():
        for turn in range(ACTS):
            with transaction.atomic():
                chosen = [unions[(number * 5 + turn + step) % len(unions)] for step in range(4)]
                made = city.admit([(union, Facts(female=turn % 2 == 0)) for union in chosen])
                if turn % 3 == 0:
                    city.move(made[0], unions[(number + turn) % len(unions)])
                if turn % 5 == 0:
                    transaction.set_rollback(True)

    return work


@pytest.mark.usefixtures("committed_db")
def test_eight_writers_and_three_mergers_lose_nothing_and_never_deadlock():
    unions = city.make_city()
    done = threading.Event()

    def merger():
        while not done.is_set():
            figures.merge(limit=7)

    def rebuilder():
        for _ in range(5):
            recounts.rebuild()

    def reader():
        totals = []
        while not done.is_set():
            members = city.queries.figures_of(unions[0].pk, at=AT).value("members")
            assert not totals or members >= totals[-1], "a city that only gains members lost some"
            totals.append(members)

    def writers():
        try:
            failed = run_together(*(writer(number, unions[7:]) for number in range(WRITERS)))
            assert failed == []
        finally:
            done.set()

    failed = run_together(writers, merger, merger, merger, rebuilder, reader)

    assert failed == []
    assert city.shown() == city.recounted()
    figures.merge_all()
    assert city.nothing_is_pending()
    assert city.merged() == city.recounted()
    assert recounts.rebuild() == 0


@pytest.mark.usefixtures("committed_db")
def test_a_merge_passes_over_what_another_merge_holds():
    unions = city.make_city()
    city.admit([(unions[10], Facts())])
    waiting = Delta.objects.count()

    with transaction.atomic():
        assert figures.merge() == waiting
        second = []
        assert run_together(lambda: second.append(figures.merge())) == []

    assert second == [0]
    assert city.shown() == city.recounted()


@pytest.mark.usefixtures("committed_db")
def test_an_act_asks_for_one_merge_and_never_waits_for_another_acts_queue_entry():
    unions = city.make_city()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        assert cursor.fetchone() == (1,)

    with transaction.atomic():
        city.admit([(unions[10], Facts())])
        assert run_together(lambda: city.admit([(unions[11], Facts())])) == []

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        assert cursor.fetchall() == [("insight.merge",)]
