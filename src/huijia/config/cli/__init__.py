"""The command line `huijia`: one module for each kind of chore."""

import click

from huijia.config.cli import data, demo, operate, serve
from huijia.config.cli.faults import in_one_sentence


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huijia")
def huijia() -> None:
    """Huijia 会家, the digital trade-union platform."""


for command in (
    demo.demo,
    demo.codes,
    serve.serve,
    serve.worker,
    operate.init,
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
    with in_one_sentence():
        huijia(prog_name="huijia")
