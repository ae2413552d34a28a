"""The background worker: Procrastinate over a direct connection of the worker role."""

import django
from django.conf import settings

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 - after the set-up


def run(concurrency: int) -> None:
    """Work until SIGTERM or Ctrl-C; jobs under way are finished or given back."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(
            concurrency=concurrency,
            name=f"huijia {settings.DATABASES['default']['USER']}",
            fetch_job_polling_interval=2.0,
            listen_notify=True,
            shutdown_graceful_timeout=10,
        )
