"""Background work on figures; the queue finds this module by its name."""

from procrastinate.contrib.django import app

from huijia.core.kernel import clock
from huijia.insight.actions import figures, recounts


@app.task(name=figures.MERGE_TASK, queueing_lock=figures.MERGE_LOCK)
def merge() -> None:
    """Merge what is pending; asked for by every act that changes figures."""
    figures.merge_all()


@app.periodic(cron="* * * * *")
@app.task(name="insight.sweep", queueing_lock="insight.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - the queue's own argument
    """Merge what nobody asked to merge: a process that died between its commit and the queue."""
    figures.merge_all()


@app.periodic(cron="40 18 * * *")
@app.task(name="insight.recount", queueing_lock="insight.recount")
def recount(timestamp: int) -> None:  # noqa: ARG001 - the queue's own argument
    """Every night at 02:40 in China: all figures against a full recount."""
    recounts.recount_and_compare(at=clock.now())
