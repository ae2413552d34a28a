"""Background work on background work; the queue finds this module by its name."""

from typing import Any, Final

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

MOST_ATTEMPTS: Final = 10
HOURS_KEPT: Final = 24 * 7
HOURS_FAILED_KEPT: Final = 24 * 30


@app.periodic(cron="* * * * *")
@app.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the jobs of workers that died to others; one that keeps killing them is given up."""
    jobs: Any = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=settings.HUIJIA_STALE_AFTER):
        if job.attempts >= MOST_ATTEMPTS:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await jobs.retry_job(job)


@app.periodic(cron="20 19 * * *")
@app.task(name="jobs.forget_finished", queueing_lock="jobs.forget_finished", pass_context=True)
async def forget_finished(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Every night at 03:20 in China: remove jobs done a week ago, and failures after a month."""
    jobs: Any = context.app.job_manager
    await jobs.delete_old_jobs(nb_hours=HOURS_KEPT)
    await jobs.delete_old_jobs(nb_hours=HOURS_FAILED_KEPT, include_failed=True)
