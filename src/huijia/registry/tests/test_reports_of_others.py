"""The report of a sheet that somebody else gave in: no number and no phone in it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from huijia.core.audit.models import Entry
from huijia.core.kernel import clock
from huijia.registry.actions import imports
from huijia.registry.models import Import
from huijia.registry.sheets.writing import workbook_parts
from huijia.registry.tests import sheets
from huijia.registry.tests.factories import signed_in
from huijia.registry.tests.test_import_pages import give_in

pytestmark = pytest.mark.usefixtures("committed_db")
HEADINGS = [*sheets.HEADINGS, "身份证号", "备注"]


def checked(client, unions, name):
    """An import for P1 that an officer of the city gave in, with what must not get out of it."""
    rows = sheets.member_rows(4, ["P1"])
    secrets = [cell for row in rows for cell in (row[1], row[3])]
    rows = [[*row, row[1], f"核对过{row[1]}，电话{row[3]}"] for row in rows]
    title = ["甬城第一制造有限公司工会花名册", f"填表人电话{rows[0][3]}"]
    table = [title, HEADINGS, *rows]
    content = sheets.as_csv(table) if name.endswith("csv") else b"".join(workbook_parts(table))
    signed_in(client, unions["C"])
    give_in(client, content, name=name)
    work = Import.objects.get()
    imports.go_on(import_id=work.pk, at=clock.now())
    return work, secrets


def text_of(client, work):
    answer = client.get(reverse("registry:import_report", args=[work.pk]))
    content = b"".join(answer.streaming_content)
    if work.file_format == "csv":
        return content.decode("utf-8-sig")
    values = openpyxl.load_workbook(io.BytesIO(content)).active.values
    return "\n".join(",".join(cell or "" for cell in row) for row in values)


@pytest.mark.parametrize("name", ["members.csv", "members.xlsx"])
def test_who_gave_the_sheet_in_has_it_back_and_another_officer_masked(client, name):
    unions = sheets.city()
    work, secrets = checked(client, unions, name)

    whole = text_of(client, work)
    assert [secret for secret in secrets if secret in whole] == secrets

    signed_in(client, unions["P1"])
    masked = text_of(client, work)
    assert not [secret for secret in secrets if secret in masked]
    lines = masked.splitlines()
    assert len(lines) == 6
    assert lines[2].split(",")[1] == f"{secrets[0][:3]}{'*' * 13}{secrets[0][-2:]}"
    assert lines[2].split(",")[2] == "P1"
    assert lines[2].endswith(",新增,")
    downloads = Entry.objects.filter(verb="registry.import.download").order_by("id")
    assert [entry.changes["is_masked"] for entry in downloads] == [False, True]
