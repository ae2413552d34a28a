"""Putting work into the queue."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def enqueue(task_name: str, *, lock: str | None = None, **ids: int | str) -> None:
    """Have a task run soon; its arguments are ids and words, never anything about a person.

    Without a lock the job is part of the caller's transaction. With one, at most one such job
    waits at a time, and it is put into the queue right after the commit: the lock is a unique
    index, so inside their transactions writers would wait for one another, or deadlock. A task
    enqueued with a lock therefore needs a periodic twin that finds what a crash between commit
    and queue left behind.
    """
    if lock is None:
        app.configure_task(task_name, allow_unknown=False).defer(**ids)
    else:

        def after_commit() -> None:  # a function: Django names it when it fails
            _enqueue_once(task_name, lock, ids)

        transaction.on_commit(after_commit, robust=True)


def _enqueue_once(task_name: str, lock: str, ids: dict[str, int | str]) -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                app.configure_task(task_name, queueing_lock=lock, allow_unknown=False).defer(**ids)
        except AlreadyEnqueued:
            return
