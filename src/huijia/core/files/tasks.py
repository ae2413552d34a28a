"""Background work on sealed files; the queue finds this module by its name."""

from procrastinate.contrib.django import app

from huijia.core.files.actions import remove_expired
from huijia.core.kernel import clock


@app.periodic(cron="20 19 * * *")
@app.task(name="files.expire", queueing_lock="files.expire")
def expire(timestamp: int) -> None:  # noqa: ARG001 - the queue's own argument
    """Every night at 03:20 in China: uploads, reports and exports whose time is over."""
    remove_expired(at=clock.now())
