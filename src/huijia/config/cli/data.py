"""Bringing data in: the real-name import and the simulation."""

import json
import sys
from pathlib import Path

import click

from huijia.config import installation


@click.command(name="import")
@click.argument("kind", type=click.Choice(["members", "unions"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--union", "union_code", help="Code of the union that the whole sheet belongs to.")
@click.option("--dry-run", is_flag=True, help="Judge every row and change nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Verdict sheet.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
def import_(
    kind: str, file: Path, union_code: str | None, dry_run: bool, report: Path | None, as_json: bool
) -> None:
    """Import members or unions from an official sheet (.xlsx, .xls, .csv)."""
    installation.prepare("worker")
    from huijia.config import bulk  # noqa: PLC0415 - settings must be ready first

    outcome = bulk.import_sheet(
        kind, file, union_code=union_code, is_dry_run=dry_run, report=report
    )
    if as_json:
        click.echo(json.dumps(outcome.counts, ensure_ascii=False))
    click.echo(outcome.sentence, err=as_json)
    if outcome.is_stopped:
        sys.exit(1)


@click.command()
@click.option("--city", default="330200", show_default=True, help="Division code of the city.")
@click.option("--unions", default=1200, show_default=True)
@click.option("--members", default=60_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def simulate(city: str, unions: int, members: int, seed: int, out: Path) -> None:
    """Write official sheets of an invented city: the same seed gives the same sheets."""
    from huijia.config.simulation import public as simulation  # noqa: PLC0415 - large

    for file in simulation.simulate(city, unions, members, seed, out):
        click.echo(file)
