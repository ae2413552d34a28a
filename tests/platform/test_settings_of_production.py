"""Production starts with safe settings only, and says of each other one what mends it."""

import os
import subprocess
import sys

import pytest

SAFE = {
    "HUIJIA_PRODUCTION": "1",
    "HUIJIA_HOSTS": "union.example.cn",
    "SECRET_KEY": "s" * 50,
    "DATABASE_URL": "postgresql://web:secret@db.example.cn/huijia",
    "DATABASE_WORKER_URL": "postgresql://worker:secret@db.example.cn/huijia",
    "DATABASE_OWNER_URL": "postgresql://owner:secret@db.example.cn/huijia",
}


def start(home, **settings):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HUIJIA_", "DATABASE_", "DJANGO_", "SECRET_"))
    }
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"],
        env={
            **kept,
            **SAFE,
            "HUIJIA_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "huijia.config.settings",
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_settings_start(tmp_path):
    started = start(tmp_path)

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or short"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or short"),
        ({"HUIJIA_DEBUG": "1"}, "HUIJIA_DEBUG is on"),
        ({"HUIJIA_HOSTS": ""}, "HUIJIA_HOSTS must name"),
        ({"HUIJIA_HOSTS": "*"}, "HUIJIA_HOSTS must name"),
        ({"HUIJIA_SECURE_COOKIES": "0"}, "HUIJIA_SECURE_COOKIES is off"),
        ({"DATABASE_URL": "postgresql://web@db.example.cn/huijia"}, "trust authentication"),
        ({"DATABASE_WORKER_URL": "postgresql://w@db.example.cn/huijia"}, "of the worker role"),
    ],
)
def test_an_unsafe_setting_does_not_start_and_is_named(tmp_path, setting, told):
    refused = start(tmp_path, **setting)

    assert refused.returncode != 0
    assert "Not started." in refused.stderr
    assert told in refused.stderr
