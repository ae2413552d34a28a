"""An operator's chores: bring the database up to date, look for what is wrong, measure."""

import runpy
import sys
from pathlib import Path

import click

from huijia.config import installation

BENCH = Path("bench") / "__main__.py"


@click.command()
def migrate() -> None:
    """Bring the database up to date; make the key ring of a new installation."""
    installation.prepare("owner")
    from huijia.config import upgrade  # noqa: PLC0415 - settings must be ready first

    for line in upgrade.run():
        click.echo(line)


@click.command()
@click.option("--city", required=True, help="Division code of the city, such as 330200.")
@click.option("--name", help="Name of the city federation; by default the city's with 总工会.")
def init(city: str, name: str | None) -> None:
    """Begin a new installation: the city federation and the first accounts."""
    installation.prepare("owner")
    from huijia.config import beginning, upgrade  # noqa: PLC0415 - settings must be ready first

    for line in upgrade.run():
        click.echo(line)
    for line in beginning.run(city=city, name=name):
        click.echo(line)


@click.command()
def check() -> None:
    """Say what is wrong with this installation; exit code 1 when anything is."""
    installation.prepare("owner")
    from huijia.config import inspection  # noqa: PLC0415 - settings must be ready first

    findings = inspection.run()
    for finding in findings:
        click.secho(
            f"{'ok ' if finding.is_good else 'BAD'} {finding.sentence}",
            fg="green" if finding.is_good else "red",
        )
    if not all(finding.is_good for finding in findings):
        sys.exit(1)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands, as the owner of the database."""
    installation.prepare("owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["huijia manage", *arguments])


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure and write var/bench.json (from a source checkout)."""
    if not BENCH.is_file():
        raise click.ClickException("The bench is part of the source checkout: run it there.")
    sys.argv = ["huijia bench", *arguments]
    sys.path.insert(0, str(Path.cwd()))
    runpy.run_path(str(BENCH), run_name="__main__")
