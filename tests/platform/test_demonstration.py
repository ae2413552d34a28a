"""The demonstration says on every page that it is one."""

import os
import subprocess

from click.testing import CliRunner

from huijia.config import installation
from huijia.config.cli import demo, processes


def test_what_the_demo_serves_knows_that_it_is_a_demonstration(monkeypatch):
    told = {}
    monkeypatch.setenv("HUIJIA_DEMONSTRATION", "0")
    monkeypatch.setattr(demo, "require_free_port", lambda *_: None)
    monkeypatch.setattr(subprocess, "call", lambda *_: 0)
    monkeypatch.setattr(installation, "prepare", lambda _role: None)
    monkeypatch.setattr(processes, "run_together", lambda _commands: told.update(os.environ) or 0)

    result = CliRunner().invoke(demo.demo)

    assert result.exit_code == 0
    assert told["HUIJIA_DEMONSTRATION"] == "1"
