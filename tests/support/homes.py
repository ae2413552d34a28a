"""Homes that tests make for embedded servers of their own, and take away again."""

import contextlib
import shutil
from pathlib import Path

from huijia.config.embedded import public as embedded


def remove(home: Path) -> None:
    """Stop the server of a home and remove all that it kept, wherever that lies."""
    with contextlib.suppress(embedded.EmbeddedServerError):
        embedded.stop(home)
    embedded.leave(home)
    notes = [home / "database" / name for name in ("elsewhere", "socket-folder")]
    elsewhere = [Path(note.read_text().strip()) for note in notes if note.exists()]
    for folder in [*elsewhere, home]:
        shutil.rmtree(folder, ignore_errors=True)
