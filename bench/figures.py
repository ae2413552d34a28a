"""The desk's home, whose figures are kept, beside the bare indexed query of the same counters."""

import threading
import time

import psycopg

from bench import loopback
from bench.results import Result, percentile

COUNTERS = """
SELECT indicator, period, sum(value)
  FROM (SELECT indicator, period, value FROM insight_figure WHERE union_id = %(union)s
        UNION ALL
        SELECT indicator, period, change FROM insight_delta WHERE union_id = %(union)s) AS parts
 GROUP BY 1, 2
"""
MIDDLE, LATE = 0.5, 0.99


def run(
    *, port: int, cookie: str, database: str, union: int, requests: int = 800, at_once: int = 8
) -> list[dict[str, object]]:
    """Measure a running server over the present database; server time, in milliseconds.

    `cookie` is the header of an officer whose place is `union`; `database` an address with the
    right to read.
    """
    headers = {"Cookie": cookie}
    paths = ["/desk/"]
    loopback.run(port, paths, requests=50, at_once=at_once, headers=headers)
    home = loopback.run(port, paths, requests=requests, at_once=at_once, headers=headers)
    bare = bare_query(database, union, requests=requests, at_once=at_once)
    return [
        Result(
            name=f"desk home {name}",
            value=home.milliseconds(share),
            unit="ms",
            yardstick=f"bare indexed query of the counters {name}",
            yardstick_value=1000 * percentile(bare, share),
        ).row()
        for name, share in (("p50", MIDDLE), ("p99", LATE))
    ]


def bare_query(database: str, union: int, *, requests: int, at_once: int) -> list[float]:
    """Seconds of the counters' query alone, so many connections at a time."""
    spent: list[float] = []

    def ask() -> None:
        with psycopg.connect(database, autocommit=True) as connection:
            for _ in range(requests // at_once):
                began = time.perf_counter()
                connection.execute(COUNTERS, {"union": union}).fetchall()
                spent.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent
