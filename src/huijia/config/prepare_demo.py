"""Prepares the demonstration as the owner of the database; run as a process of its own."""

import os

import click

from huijia.config import installation
from huijia.config.cli.faults import in_one_sentence


@click.command()
@click.option("--city", required=True)
@click.option("--unions", required=True, type=int)
@click.option("--members", required=True, type=int)
@click.option("--reset", is_flag=True)
def main(city: str, unions: int, members: int, reset: bool) -> None:
    """Bring the database up to date, fill it once, and say who can sign in."""
    os.environ["HUIJIA_DEMONSTRATION"] = "1"
    installation.prepare("owner")
    from huijia.config import demonstration, upgrade  # noqa: PLC0415 - settings must be ready

    if reset:
        upgrade.empty()
    for line in upgrade.run():
        click.echo(line)
    for line in demonstration.prepare(city=city, unions=unions, members=members):
        click.echo(line)
    click.echo(demonstration.accounts_table())


if __name__ == "__main__":
    with in_one_sentence():
        main()
