"""The background worker: Procrastinate over a direct connection of the worker role."""

import asyncio
import contextlib
import logging
import signal

import django
from django.conf import settings

django.setup()

import psycopg  # noqa: E402 - after the set-up
from procrastinate.contrib.django import app  # noqa: E402
from procrastinate.exceptions import ConnectorException  # noqa: E402

from huijia.config import installation  # noqa: E402
from huijia.config.cli import processes  # noqa: E402

log = logging.getLogger(__name__)
PAUSE = 2.0  # seconds before the database is tried again


def run(concurrency: int) -> None:
    """Work until SIGTERM or Ctrl-C; a database that went away is waited for.

    Jobs under way when the worker ends are finished or given back; those of a killed worker are
    taken up by the periodic task for stalled jobs.
    """
    asyncio.run(until_asked_to_stop(concurrency))
    # Python gives a second Ctrl-C back to the system while it tidies up: a killed process.
    processes.ignore_signals()


async def until_asked_to_stop(concurrency: int) -> None:
    """Work, and begin again whenever the work ends without anybody having asked for it.

    The library ends a worker quietly when its connection breaks, as if it had been stopped.
    """
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    while not asked.is_set():
        working = asyncio.create_task(work(concurrency))
        stopping = asyncio.create_task(asked.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        working.cancel()
        with contextlib.suppress(
            asyncio.CancelledError, ConnectorException, psycopg.OperationalError
        ):
            await working
        if not asked.is_set():
            log.warning("the work broke off, beginning again")
            await asyncio.to_thread(installation.prepare, "worker")
            await asyncio.sleep(PAUSE)


async def work(concurrency: int) -> None:
    """Work as long as the database is there."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's own
    with app.replace_connector(connector) as worker:
        async with worker.open_async():
            await worker.run_worker_async(
                concurrency=concurrency,
                name=f"huijia {settings.DATABASES['default']['USER']}",
                fetch_job_polling_interval=2.0,
                listen_notify=True,
                install_signal_handlers=False,
                shutdown_graceful_timeout=10,
            )
