"""Serving pages and doing background work."""

import os
import socket
import subprocess
import sys

import click
import psycopg

from huijia.config import installation
from huijia.config.cli import processes
from huijia.config.cli.faults import NOT_MIGRATED, OperatorError

BUSY = (
    "Port {port} on {host} is taken by another program. Stop that program, or choose another "
    'port: make {command} ARGS="--port {other}"'
)


def require_free_port(host: str, port: int, command: str) -> None:
    """Stop with a sentence when somebody else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            if isinstance(fault, PermissionError):
                raise click.ClickException(
                    f"Port {port} is reserved for the system: choose one above 1024."
                ) from fault
            raise click.ClickException(
                BUSY.format(port=port, host=host, command=command, other=port + 1)
            ) from fault


def require_tables() -> None:
    """Stop with a sentence where the database was never brought up to date.

    Whether it is of this very release is what `/readyz` and `huijia check` tell.
    """
    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10) as connection:
        row = connection.execute("SELECT to_regclass('orgs_union') IS NOT NULL").fetchone()
    if row != (True,):
        raise OperatorError(NOT_MIGRATED)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve pages until Ctrl-C."""
    installation.prepare("web")
    require_tables()
    require_free_port(host, port, "serve")
    sys.exit(run_server(host, port, workers))


def run_server(host: str, port: int, workers: int) -> int:
    """Run granian over our application; its exit code. SIGTERM and Ctrl-C end it cleanly."""
    processes.stop_on_signals()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", host, "--port", str(port), "--workers", str(workers)),
            *("--blocking-threads", os.environ.get("HUIJIA_THREADS", "2")),
            *("--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
            *("--workers-kill-timeout", "5"),
            "huijia.config.wsgi:application",
        ]
    )
    try:
        return server.wait()
    except processes.Interrupted:
        return 0
    finally:
        processes.ignore_signals()
        processes.stop([server])


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs at a time.")
def worker(concurrency: int) -> None:
    """Do background work until Ctrl-C: imports, figures, reminders."""
    installation.prepare("worker")
    require_tables()
    from huijia.config import background  # noqa: PLC0415 - settings must be ready first

    background.run(concurrency)
