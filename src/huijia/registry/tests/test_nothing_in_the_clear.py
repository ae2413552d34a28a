"""After an import, none of its numbers and phones lies anywhere in clear: the whole database."""

import tempfile
from pathlib import Path

import pytest
from django.urls import reverse

from huijia.core.kernel import clock
from huijia.registry.actions import imports
from huijia.registry.models import Import
from huijia.registry.tests import sheets
from huijia.registry.tests.factories import signed_in
from huijia.registry.tests.test_import_pages import give_in, send
from tests.support.database import as_role, database_name

pytestmark = pytest.mark.usefixtures("committed_db")


def whole_database():
    """Every row of every table as the owner sees it, as text."""
    with as_role("owner", database_name()) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN"
            " ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
                for (row,) in cursor:
                    yield row


def found_in(text, secrets):
    """The secrets that a text holds, as they are or as the bytes of a bytea in hex."""
    return [each for each in secrets if each in text or each.encode().hex() in text]


def test_a_thousand_members_leave_no_number_and_no_phone_in_clear(client, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    unions = sheets.city()
    signed_in(client, unions["C"])
    rows = sheets.member_rows(1_000, ["P1", "P2", "P3"])
    rows += [["", *rows[0][1:]], [rows[1][1], *rows[1][1:]], ["王二", *rows[2][1:]]]
    secrets = {row[1] for row in rows} | {row[3] for row in rows}

    give_in(client, sheets.as_csv([sheets.HEADINGS, *rows]), union="C")
    work = Import.objects.get()
    imports.go_on(import_id=work.pk, at=clock.now())
    send(client, "confirm_import", work)
    imports.go_on(import_id=work.pk, at=clock.now())
    client.get(reverse("registry:import", args=[work.pk]))

    work.refresh_from_db()
    assert (work.state, work.new) == ("finished", 1_000)
    text = "\n".join(whole_database())
    assert "张" in text
    assert found_in(text, secrets) == []
    assert [file for file in Path(tmp_path).rglob("*") if file.is_file()] == []
