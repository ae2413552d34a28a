"""Runs an import as the command line does, beside a child, in chunks small enough to be killed.

`python -m huijia.registry.tests.killed FILE`
"""

import os
import sys
from pathlib import Path


def environment(database):
    """What a process of its own needs to work on the tests' database as the worker role."""
    from django.conf import settings

    from huijia.config.settings.database import URLS

    named = {
        f"DATABASE_{role.upper()}_URL" if role != "web" else "DATABASE_URL": URLS[role]
        for role in URLS
    }
    base = {key: f"{url.rpartition('/')[0]}/{database}" for key, url in named.items()}
    return {
        **os.environ,
        **base,
        "DJANGO_SETTINGS_MODULE": "huijia.config.settings",
        "HUIJIA_ROLE": "worker",
        "HUIJIA_HOME": str(settings.HUIJIA_HOME),
        "HUIJIA_KEY_RING": str(settings.HUIJIA_KEY_RING),
    }


if __name__ == "__main__":
    import django

    django.setup()

    from huijia.registry.actions.importing import blocks, readers
    from huijia.registry.public import run_cli_import

    blocks.ROWS_A_CHUNK, readers.LARGE = 200, 1
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    run_cli_import("members", Path(sys.argv[1]))
