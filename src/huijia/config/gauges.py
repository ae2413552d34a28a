"""What operators watch beside the web server's own counters: the queue and the figures.

Read from the database at each scrape, so every process answers alike; nothing about a person.
"""

from collections.abc import Iterator

import structlog
from django.db import DatabaseError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from huijia.core.jobs.public import queries as jobs
from huijia.core.kernel import clock
from huijia.insight.public import queries as figures

log = structlog.get_logger(__name__)


class Gauges(Collector):
    """The gauges of an installation; without a database only that it does not answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What the database tells now."""
        try:
            found = [*_queue(), *_figures()]
        except DatabaseError as fault:
            log.warning("metrics.without-database", fault=type(fault).__name__)
            found = []
        yield _gauge("huijia_database_up", "Whether the database answers", float(bool(found)))
        yield from found


def exposition() -> bytes:
    """The gauges as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(Gauges())
    return generate_latest(registry)


def _queue() -> Iterator[GaugeMetricFamily]:
    queue = jobs.standing(at=clock.now())
    counts = GaugeMetricFamily("huijia_jobs", "Background jobs by state", labels=["state"])
    for state, count in (
        ("waiting", queue.waiting),
        ("under_way", queue.under_way),
        ("failed", queue.failed),
    ):
        counts.add_metric([state], count)
    yield counts
    yield _gauge(
        "huijia_jobs_longest_wait_seconds", "How long the oldest job waits", queue.longest_wait
    )
    yield _gauge("huijia_workers", "Background workers alive", queue.workers)


def _figures() -> Iterator[GaugeMetricFamily]:
    upkeep = figures.upkeep()
    yield _gauge("huijia_figures_pending", "Changes of figures to be merged", upkeep.pending)
    if upkeep.recounted_at is None:
        return
    yield _gauge(
        "huijia_recount_differences", "Figures that the last recount found wrong and mended",
        upkeep.differences,
    )  # fmt: skip
    yield _gauge(
        "huijia_recount_time_seconds", "When the last recount was, in Unix time",
        upkeep.recounted_at.timestamp(),
    )  # fmt: skip


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)
