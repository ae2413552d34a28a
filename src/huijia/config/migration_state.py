"""Whether the database has all migrations of this release."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending() -> bool:
    """Whether a migration waits to be applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
