"""`make bench`: measures, prints, and writes var/bench.json.

`--members` and `--unions` set the size of the city, `--rows` those of the imported sheet; `--only`
runs some of the parts: install, pages, imports, first.
"""

import argparse
import json
from pathlib import Path

from bench import city
from bench.results import Result

OUT = Path("var/bench.json")


def main() -> None:
    """Run the parts in turn; what was measured before stays in the file under other names."""
    arguments = parsed()
    found: list[dict[str, object]] = []
    if "install" in arguments.only:
        from bench import install

        found += rows(install.run())
    if {"pages", "imports"} & set(arguments.only):
        city.prepare(arguments.unions, arguments.members)
    if "pages" in arguments.only:
        from bench import pages

        found += rows(pages.run())
    if "imports" in arguments.only:
        from bench import imports

        found += imports.run(arguments.rows)
    if "first" in arguments.only:
        from bench import first

        found += first.run(arguments.rows, arguments.unions)
    write(found)


def parsed() -> argparse.Namespace:
    """What to measure, and how large."""
    parser = argparse.ArgumentParser(prog="huijia bench", description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--unions", type=int, default=33_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", default=["install", "pages", "imports", "first"])
    return parser.parse_args()


def rows(results: list[Result]) -> list[dict[str, object]]:
    """Results as they are written."""
    return [result.row() for result in results]


def write(found: list[dict[str, object]]) -> None:
    """Add to var/bench.json and print a table."""
    OUT.parent.mkdir(exist_ok=True)
    kept = json.loads(OUT.read_text()) if OUT.exists() else []
    names = {row["name"] for row in found}
    merged = [row for row in kept if row["name"] not in names] + found
    OUT.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n")
    for row in found:
        print(
            f"{row['name']:<55} {row['value']:>12,} {row['unit']:<4} "
            f"{row['yardstick']:<45} {row['yardstick_value']:>12,}  ratio {row['ratio']}"
        )


if __name__ == "__main__":
    main()
