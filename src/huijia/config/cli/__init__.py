"""The command line `huijia`: one module for each kind of chore."""

import os
import sys

import click

from huijia.config.cli import data, demo, operate, serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huijia")
def huijia() -> None:
    """Huijia 会家, the digital trade-union platform."""


for command in (
    demo.demo,
    serve.serve,
    serve.worker,
    operate.migrate,
    operate.check,
    operate.manage,
    operate.bench,
    data.import_,
    data.simulate,
):
    huijia.add_command(command)


def main() -> None:
    """Entry point; a known fault ends in its sentence, not in a traceback."""
    try:
        huijia(prog_name="huijia", standalone_mode=True)
    except operate.known_faults() as fault:
        if os.environ.get("HUIJIA_DEBUG"):
            raise
        click.secho(str(fault), fg="red", err=True)
        sys.exit(1)
