"""A running city from one command."""

import os
import subprocess
import sys
import time

import click

from huijia.config import installation
from huijia.config.cli import processes
from huijia.config.cli.serve import require_free_port


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--city", default="330200", show_default=True, help="Division code of the city.")
@click.option("--unions", default=1200, show_default=True)
@click.option("--members", default=60_000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only prepare the city.")
@click.option("--reset", is_flag=True, help="Throw the demonstration away and start anew.")
def demo(
    host: str, port: int, city: str, unions: int, members: int, no_serve: bool, reset: bool
) -> None:
    """Start Huijia with a demonstration city on real divisions and invented people."""
    if not no_serve:
        require_free_port(host, port, "demo")
    started = time.monotonic()
    arguments = ["--city", city, "--unions", str(unions), "--members", str(members)]
    # A process of its own connects as the owner of the database and is gone when it is done.
    code = subprocess.call(
        [sys.executable, "-m", "huijia.config.prepare_demo", *arguments, *["--reset"] * reset]
    )
    if code:
        sys.exit(code)
    click.echo(f"Ready after {time.monotonic() - started:.0f} s.")
    if no_serve:
        return
    os.environ["HUIJIA_DEMONSTRATION"] = "1"  # pages say so, and show the gallery
    installation.prepare("web")
    click.secho(f"\n  http://localhost:{port}\n", bold=True)
    click.echo("Codes last half a minute; `make codes` shows new ones. Ctrl-C ends the city.")
    sys.exit(processes.run_together([["serve", "--host", host, "--port", str(port)], ["worker"]]))


@click.command()
def codes() -> None:
    """Show the demonstration accounts with the codes of this moment."""
    installation.prepare("owner")
    from huijia.config import demonstration  # noqa: PLC0415 - settings must be ready first

    click.echo(demonstration.accounts_table())
