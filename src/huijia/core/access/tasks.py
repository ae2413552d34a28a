"""Background work on sessions and counters; the queue finds this module by its name."""

from procrastinate.contrib.django import app

from huijia.core.access.sessions import SessionStore
from huijia.core.kernel import clock
from huijia.core.requests.public import limits


@app.periodic(cron="7 * * * *")
@app.task(name="access.clear", queueing_lock="access.clear")
def clear(timestamp: int) -> None:  # noqa: ARG001 - the queue's own argument
    """Every hour: sessions that timed out, counters whose windows passed, spent form tokens."""
    SessionStore.clear_expired()
    limits.purge(at=clock.now())
