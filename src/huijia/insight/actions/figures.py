"""Keeping figures: changes appended by the act, merged by a job.

Appending locks nothing, so any number of writers go side by side; merging takes rows in one order
everywhere, so any number of mergers do. A figure is what is merged and what is pending, read in
one statement (`queries`), so it is right whether or not a merge has happened.
"""

from collections.abc import Sequence

from django.db import connection

from huijia.core.jobs.public import enqueue
from huijia.insight import rules
from huijia.registry.public import MembershipsChanged, UnionsChanged

MERGE_TASK = "insight.merge"
MERGE_LOCK = "insight.merge"
MERGE_AT_ONCE = 20_000
"""Deltas a merge takes: about 0.1 s, in which other merges wait for the city's row."""

APPEND = "COPY insight_delta (union_id, indicator, period, change) FROM STDIN"
# The oldest first. `= ANY(ARRAY(…))` has the inner query run once, whatever the plan; a delta
# locked by another merge is skipped, and deltas not yet committed are not seen.
MERGE = """
WITH taken AS (
    DELETE FROM insight_delta WHERE id = ANY(ARRAY(
        SELECT id FROM insight_delta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
    RETURNING union_id, indicator, period, change
),
merged AS (
    INSERT INTO insight_figure (union_id, indicator, period, value)
    SELECT union_id, indicator, period, sum(change) FROM taken
     GROUP BY 1, 2, 3 HAVING sum(change) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (union_id, indicator, period)
    DO UPDATE SET value = insight_figure.value + EXCLUDED.value
)
SELECT count(*) FROM taken
"""


def count_memberships(event: MembershipsChanged) -> None:
    """Append what an event says of memberships, in the act's transaction, and ask for a merge."""
    append(rules.changes_by_memberships(event.tallies))


def count_unions(event: UnionsChanged) -> None:
    """Append what an event says of primary unions, in the act's transaction."""
    append(rules.changes_by_unions(event.tallies))


def append(changes: Sequence[rules.Change]) -> None:
    """Write changes as deltas, in one statement whatever their number.

    By COPY, which takes twenty thousand of them in the time of 0.05 s; it writes rows as INSERT
    does, in the same transaction.
    """
    if not changes:
        return
    lines = "".join(
        [f"{node}\t{indicator}\t{period}\t{n}\n" for node, indicator, period, n in changes]
    )
    with connection.cursor() as cursor, cursor.copy(APPEND) as copy:
        copy.write(lines)
    enqueue(MERGE_TASK, lock=MERGE_LOCK)


def merge(limit: int = MERGE_AT_ONCE) -> int:
    """Add the oldest pending changes to the figures, and say how many deltas that took.

    One statement, its own transaction if the caller has none: taken and merged stand or fall
    together.
    """
    with connection.cursor() as cursor:
        cursor.execute(MERGE, [limit])
        taken: int = cursor.fetchone()[0]
    return taken


def merge_all() -> int:
    """Merge until nothing is pending, a bite at a time; how many deltas that took."""
    total = 0
    while taken := merge():
        total += taken
        if taken < MERGE_AT_ONCE:
            break
    return total
