"""The trail of one day: latest act first, page by page, by the index that knows days."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from huijia.core.audit import queries
from huijia.core.audit.models import Entry
from huijia.core.audit.queries import EntryFilters

DAY = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
OF_THE_DAY = EntryFilters(begins=DAY, ends=DAY + dt.timedelta(days=1))
pytestmark = pytest.mark.usefixtures("db")


def write(count, day=DAY):
    """Entries of a day, the later ones written first."""
    Entry.objects.bulk_create(
        Entry(at=day + dt.timedelta(minutes=10 * (count - number)), actor="a", verb="b.c.d")
        for number in range(count)
    )


def test_a_days_acts_are_read_latest_first_to_the_end():
    write(120)
    write(5, DAY + dt.timedelta(days=1, minutes=1))

    read, query = [], QueryDict("")
    while query is not None:
        page = queries.entries(OF_THE_DAY, query, within=None)
        read += [row.at for row in page.rows]
        query = QueryDict(page.next.removeprefix("?")) if page.next else None

    assert len(read) == 120
    assert read == sorted(read, reverse=True)


@pytest.mark.parametrize(
    ("filters", "index"),
    [(OF_THE_DAY, "audit_by_time"), (EntryFilters(verb="b.c.d"), "audit_by_verb")],
)
def test_the_trail_is_read_by_an_index_in_the_order_it_is_shown(filters, index):
    write(3)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.entries(filters, QueryDict(""), within=None)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan
