"""From installed packages and an empty folder to the first page."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.results import Result

PORT = 8795
AIM = 15.0


def without_a_server() -> dict[str, str]:
    """The environment without any database, so that a home starts its own."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("DATABASE_") and key != "HUIJIA_EMBEDDED"
    }


def run() -> list[Result]:
    """Seconds from nothing to the first page, without demonstration data."""
    home = Path(tempfile.mkdtemp())
    environment = {**without_a_server(), "HUIJIA_HOME": str(home)}
    huijia = (sys.executable, "-m", "huijia.config.cli")
    began = time.perf_counter()
    subprocess.run([*huijia, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*huijia, "serve", "--port", str(PORT)], env=environment)
    try:
        while time.perf_counter() - began < 120:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        spent = time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)
    return [Result("from an empty folder to the first page", spent, "s", "aim", AIM)]
