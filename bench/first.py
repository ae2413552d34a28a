"""The first sheet of a city that has unions and no members, beside the bare load of its rows.

The bare load is what a database administrator would do with the finished rows: `COPY` in one
session into the same empty tables with their keys and foreign keys, and the other indexes after.
It runs in a process of its own, in a home of its own: `python -m bench.first ROWS UNIONS`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bench import city, imports, install
from bench.results import Result
from huijia.config.embedded import public as embedded

HOME = Path("var/bench-first")
SECONDARY = """
SELECT c.relname, pg_get_indexdef(i.indexrelid)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""


def run(rows: int, unions: int) -> list[dict[str, object]]:
    """Measure in a process of its own, on an embedded server of its own: the tables are emptied."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.first", str(rows), str(unions)],
        env=install.without_a_server(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [json.loads(answer.stdout.splitlines()[-1])]


def measured(rows: int, unions: int) -> Result:
    """Rows a second of the first import, beside the bare load."""
    city.prepare(unions, 0, home=HOME)
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "members.csv"
            imports.write_sheet(file, rows, seed=1)
            counts, _peak = imports.imported(file)
            assert counts["new"] == rows, counts
            copies = imports.copied_out(imports.latest_batch(), Path(folder))
            bare = loaded(copies)
    finally:
        embedded.stop(HOME.resolve())
        shutil.rmtree(HOME, ignore_errors=True)
    return Result(
        f"first import of {rows:,} members into an empty city",
        rows / counts["seconds"],
        "rows/s",
        "bare load: COPY, other indexes after",
        rows / bare,
    )


def loaded(copies: dict[str, Path]) -> float:
    """The seconds of the bare load."""
    with imports.owner() as connection:
        connection.execute(f"TRUNCATE {', '.join(copies)} CASCADE")
        build = without_secondary_indexes(connection, list(copies))
        with imports.open_to_copy(connection):
            began = time.perf_counter()
            imports.timed(connection, copies)
            for definition in build:
                connection.execute(definition)
            return time.perf_counter() - began


def without_secondary_indexes(connection: psycopg.Connection, tables: list[str]) -> list[str]:
    """Drop the indexes that are no keys; the statements that build them again."""
    found = connection.execute(SECONDARY, [tables]).fetchall()
    for name, _definition in found:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2])).row()))
