"""The door to background work."""

from huijia.core.jobs import queries as queries
from huijia.core.jobs.actions import enqueue as enqueue

__all__ = ["enqueue", "queries"]
