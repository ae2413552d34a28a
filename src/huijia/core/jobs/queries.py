"""How the queue stands, for those who run the installation."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection

SILENT_AFTER: Final = dt.timedelta(minutes=2)
"""A worker gives a sign of life every ten seconds."""
# What waits and what is under way have partial indexes; finished jobs are removed after a while, so
# the count of failed ones reads a short table.
STANDING: Final = """
SELECT count(*) FILTER (WHERE j.status = 'todo'),
       count(*) FILTER (WHERE j.status = 'doing'),
       count(*) FILTER (WHERE j.status = 'failed'),
       min(coalesce(j.scheduled_at, e.at)) FILTER (
           WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) <= %(at)s
       ),
       (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %(alive_since)s)
  FROM procrastinate_jobs j
  LEFT JOIN LATERAL (
       SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id AND j.status = 'todo'
  ) e ON true
 WHERE j.status IN ('todo', 'doing', 'failed')
"""


@dataclass(frozen=True, slots=True)
class QueueStanding:
    """Jobs by what has become of them, the longest wait in seconds, and how many workers live."""

    waiting: int
    under_way: int
    failed: int
    longest_wait: float
    workers: int


def standing(*, at: dt.datetime) -> QueueStanding:
    """How the queue stands now."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"at": at, "alive_since": at - SILENT_AFTER})
        waiting, under_way, failed, since, workers = cursor.fetchone()
    wait = max((at - since).total_seconds(), 0.0) if since else 0.0
    return QueueStanding(waiting, under_way, failed, wait, workers)
