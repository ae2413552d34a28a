"""After imports, searches and faults, no number and no phone lies anywhere in clear.

Looked through: every row of every table as the owner sees it (jobs and their arguments among them),
sessions opened, the cache, temporary files, what the log's own handlers wrote, and the log of the
database server where it is one of our own.
"""

import io
import logging
import pickle
import tempfile
from pathlib import Path

import pytest
import structlog
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from huijia.config.embedded import public as embedded
from huijia.core.access.models import Session
from huijia.core.access.sessions import CONTEXT
from huijia.core.kernel import clock
from huijia.core.vault.public import vault
from huijia.registry.actions import imports, memberships
from huijia.registry.actions.importing import members
from huijia.registry.models import Import
from huijia.registry.tests import sheets
from huijia.registry.tests.factories import signed_in
from huijia.registry.tests.test_import_pages import give_in, send
from huijia.registry.tests.test_odd_sheets import as_xlsx
from tests.support.database import as_role, database_name

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def log(monkeypatch):
    """What the handlers of the installation's log write, formatted as they do."""
    written = io.StringIO()
    formatter = structlog.stdlib.ProcessorFormatter
    ours = [each for each in logging.root.handlers if isinstance(each.formatter, formatter)]
    assert ours
    for handler in ours:
        monkeypatch.setattr(handler, "stream", written)
    return written


def whole_database():
    """Every row of every table as the owner sees it, as text."""
    with as_role("owner", database_name()) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN"
            " ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'pg_temp%'"
        ).fetchall()
        for schema, table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
                for (row,) in cursor:
                    yield row


def opened_sessions():
    for row in Session.objects.all():
        sealed = bytes(row.content_sealed)
        yield vault().open(sealed, context=f"{CONTEXT}.{row.session_key}").decode()


def cached():
    """Keys and values of the cache of this process."""
    for key, value in cache._cache.items():
        yield f"{key} {pickle.loads(value)!r} {value.decode('latin-1')}"


def server_log():
    """The log of the tests' own database server; nothing of a server that somebody else runs."""
    folder = embedded.status(Path(settings.HUIJIA_HOME)).log_dir
    if folder is not None:
        for file in folder.iterdir():
            yield file.read_text(encoding="utf-8", errors="replace")


def found_in(text, secrets):
    """The secrets that a text holds, as they are or as the bytes of a bytea in hex."""
    return [each for each in secrets if each in text or each.encode().hex() in text]


def given_in(client, content, **how):
    answer = give_in(client, content, union="C", **how)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("id")


def take_in(client, content, **how):
    """A sheet given in at the desk, checked, looked at, confirmed and taken in."""
    work = given_in(client, content, **how)
    imports.go_on(import_id=work.pk, at=clock.now())
    client.get(reverse("registry:import", args=[work.pk]))
    send(client, "confirm_import", work)
    imports.go_on(import_id=work.pk, at=clock.now())
    client.get(reverse("registry:import", args=[work.pk]))
    work.refresh_from_db()
    return work


def fail_while_copying(client, content, monkeypatch):
    """The database refuses a row that carries a person: what it says of it quotes the row."""
    work = given_in(client, content)
    with monkeypatch.context() as patched:
        patched.setattr(members, "COLUMNS", ", ".join(reversed(members.COLUMNS.split(", "))))
        imports.go_on(import_id=work.pk, at=clock.now())
    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "sheet-not-to-be-kept")
    client.get(reverse("registry:import", args=[work.pk]))


def fail_while_admitting(client, union, row, monkeypatch):
    """A form that carries a number meets a fault whose message carries it too."""

    def fall(*, person, **_how):
        raise RuntimeError(f"{person.number} {person.phone}")

    typed = {"name": row[0], "sex": "2", "paper": "resident", "number": row[1], "phone": row[3]}
    typed |= {"joined_on": "2024-05-01", "once": "0b7e1f0e-4d8e-4b7e-9d06-3a1d4a1c2f57"}
    monkeypatch.setattr(client, "raise_request_exception", False)
    with monkeypatch.context() as patched:
        patched.setattr(memberships, "admit", fall)
        answer = client.post(reverse("registry:admit", args=[union.pk]), typed)
    assert answer.status_code == 500
    assert found_in(answer.content.decode(), [row[1], row[3]]) == []


def test_imports_searches_and_faults_leave_no_number_and_no_phone_in_clear(
    client, tmp_path, monkeypatch, log
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    unions = sheets.city()
    signed_in(client, unions["C"])
    rows = sheets.member_rows(1_500, ["P1", "P2", "P3"])
    odd = [["", *rows[0][1:]], [rows[1][1], *rows[1][1:]], ["王二", *rows[2][1:]]]
    secrets = {row[1] for row in rows} | {row[3] for row in rows}

    by_csv = take_in(client, sheets.as_csv([sheets.HEADINGS, *rows[:1_000], *odd]))
    workbook = as_xlsx([sheets.HEADINGS, *rows[1_000:1_200]])
    by_xlsx = take_in(client, workbook, name="members.xlsx")
    fail_while_copying(client, sheets.as_csv([sheets.HEADINGS, *rows[1_200:]]), monkeypatch)
    fail_while_admitting(client, unions["P1"], rows[1_300], monkeypatch)
    for text in (rows[0][1], rows[0][3], rows[1_300][1], rows[0][1][:-1]):
        client.post(reverse("registry:search"), {"q": text})

    assert [(work.state, work.new) for work in (by_csv, by_xlsx)] == [
        ("finished", 1_000), ("finished", 200)
    ]  # fmt: skip
    text = "\n".join(whole_database())
    assert "张" in text
    assert found_in(text, secrets) == []
    arguments = [str(job.args) for job in ProcrastinateJob.objects.all()]
    assert str({"import_id": by_csv.pk}) in arguments
    assert found_in("\n".join(arguments), secrets) == []
    sessions = list(opened_sessions())
    assert any("_auth_user_id" in each for each in sessions)
    assert found_in("\n".join(sessions), secrets) == []
    assert found_in("\n".join(cached()), secrets) == []
    assert "import.broken-off" in log.getvalue()
    assert "RuntimeError" in log.getvalue()
    assert found_in(log.getvalue(), secrets) == []
    assert found_in("\n".join(server_log()), secrets) == []
    assert [file for file in Path(tmp_path).rglob("*") if file.is_file()] == []
