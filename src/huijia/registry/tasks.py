"""Background work of the registry; the queue finds this module by its name."""

from procrastinate.contrib.django import app

from huijia.core.kernel import clock
from huijia.registry.actions import imports


@app.task(name=imports.TASK)
def walk(import_id: int) -> None:
    """Walk a pass of an import to its end, or as far as it comes."""
    imports.go_on(import_id=import_id, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="registry.import.sweep", queueing_lock="registry.import.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - the queue's own argument
    """Take up imports whose process died, whether a worker's or the command line's."""
    imports.resume_stale(at=clock.now())
