"""Giving a sheet in at the desk: checked first, then confirmed, always to be found again."""

import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huijia.core.files.models import Blob
from huijia.core.kernel import clock
from huijia.core.people.public import Person
from huijia.registry.actions import imports
from huijia.registry.choices import ImportState
from huijia.registry.models import Import, ImportProblem
from huijia.registry.permits import RegistryPermit
from huijia.registry.public import run_cli_import
from huijia.registry.tests import sheets
from huijia.registry.tests.factories import in_english, signed_in

pytestmark = pytest.mark.usefixtures("committed_db")


def give_in(client, content, name="members.csv", union="P1", kind="members", **more):
    return client.post(
        reverse("registry:new_import"),
        {
            "kind": kind,
            "union": union,
            "file": SimpleUploadedFile(name, content),
            "once": str(uuid.uuid4()),
            **more,
        },
    )


def send(client, route, work):
    return client.post(reverse(f"registry:{route}", args=[work.pk]), {"once": str(uuid.uuid4())})


def page(client, work, **query):
    return client.get(reverse("registry:import", args=[work.pk]), query).content.decode()


def walk(work):
    imports.go_on(import_id=work.pk, at=clock.now())
    work.refresh_from_db()


def test_a_sheet_is_checked_then_confirmed_and_then_taken_in(client):
    unions = sheets.city()
    signed_in(client, unions["C"])
    rows = sheets.member_rows(20, ["P1"])
    rows[4][1] = rows[4][1][:-1] + ("1" if rows[4][1][-1] != "1" else "2")

    answer = give_in(client, sheets.as_csv([sheets.HEADINGS, *rows]))
    work = Import.objects.get()
    assert answer["Location"] == reverse("registry:import", args=[work.pk])
    walk(work)
    checked = page(client, work)
    assert not Person.objects.exists()
    send(client, "confirm_import", work)
    work.refresh_from_db()
    walk(work)

    assert "The last character does not fit the other 17" in checked or "校验" in checked
    assert work.state == ImportState.FINISHED
    assert Person.objects.count() == 19


@pytest.mark.parametrize("state", [ImportState.UPLOADED, ImportState.JUDGING])
def test_a_sheet_is_not_taken_in_before_it_was_checked(client, state):
    unions = sheets.city()
    signed_in(in_english(client), unions["C"])
    give_in(client, sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])]))
    Import.objects.update(state=state)
    work = Import.objects.get()

    answer = send(client, "confirm_import", work)

    work.refresh_from_db()
    assert answer.status_code == 409
    assert "still being checked, and nothing was taken in" in answer.content.decode()
    assert work.state == state


def test_a_step_that_is_no_longer_open_says_so_on_the_page(client):
    unions = sheets.city()
    signed_in(in_english(client), unions["C"])
    give_in(client, sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])]))
    Import.objects.update(state=ImportState.FINISHED)
    work = Import.objects.get()

    for route in ("confirm_import", "cancel_import"):
        answer = send(client, route, work)
        assert answer.status_code == 409
        assert "This step is no longer open" in answer.content.decode()


def test_an_officer_imports_into_the_unions_in_their_care_only(client):
    unions = sheets.city()
    signed_in(client, unions["P1"])

    answer = give_in(client, sheets.as_csv([sheets.HEADINGS]), union="P2")

    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert not Blob.objects.exists()


def test_an_import_elsewhere_does_not_exist(client):
    unions = sheets.city()
    signed_in(client, unions["P1"])
    give_in(client, sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])]))
    work = Import.objects.get()
    signed_in(client, unions["P2"])

    for route in ("import", "import_report"):
        assert client.get(reverse(f"registry:{route}", args=[work.pk])).status_code == 404
    for route in ("confirm_import", "cancel_import"):
        assert send(client, route, work).status_code == 404


def test_the_same_form_sent_twice_gives_one_import(client):
    unions = sheets.city()
    signed_in(client, unions["P1"])
    token = str(uuid.uuid4())
    content = sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])])

    first = give_in(client, content, once=token)
    again = give_in(client, content, once=token)

    assert first["Location"] == again["Location"]
    assert Import.objects.count() == 1


def test_a_cancelled_import_is_left_alone_by_the_worker(client):
    unions = sheets.city()
    signed_in(client, unions["P1"])
    give_in(client, sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])]))
    work = Import.objects.get()

    send(client, "cancel_import", work)
    walk(work)

    assert work.state == ImportState.CANCELLED
    assert work.rows_done == 0


def test_the_report_is_downloaded_and_who_took_it_is_written_down(client):
    from huijia.core.audit.models import Entry

    unions = sheets.city()
    signed_in(client, unions["P1"])
    give_in(client, sheets.as_csv([sheets.HEADINGS, *sheets.member_rows(3, ["P1"])]))
    work = Import.objects.get()
    walk(work)

    answer = client.get(reverse("registry:import_report", args=[work.pk]))

    assert b"".join(answer.streaming_content).decode("utf-8-sig").count("\n") == 4
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(verb="registry.import.download").count() == 1


def test_the_empty_sheet_has_the_official_layout(client):
    unions = sheets.city()
    signed_in(client, unions["P1"])

    answer = client.get(reverse("registry:import_layout", args=["members"]))

    first_row = next(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert first_row[:3] == ("姓名", "证件类型", "证件号码")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("members.pdf", b"%PDF-1.7", ".xlsx"),
        ("members.csv", b"%PDF-1.7", None),
        ("members.xlsx", b"\xe5\xa7\x93\xe5\x90\x8d,\n", None),
        ("members.xls", b"<html><table>", None),
        ("members.csv", b"", None),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence_and_not_kept(client, name, content, told):
    unions = sheets.city()
    signed_in(client, unions["P1"])

    answer = give_in(client, content, name=name)

    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert not Blob.objects.exists()


def test_without_the_permit_there_is_no_door(client):
    unions = sheets.city()
    signed_in(client, unions["C"], permits=[RegistryPermit.MEMBER_VIEW])

    assert client.get(reverse("registry:imports")).status_code == 403
    assert give_in(client, b"x").status_code == 403
    assert not Blob.objects.exists()


def test_every_page_of_imports_shows(client):
    unions = sheets.city()
    signed_in(client, unions["C"])
    rows = sheets.member_rows(5, ["P1"])
    give_in(
        client, sheets.as_csv([[*sheets.HEADINGS, "备注"], *rows, ["", *rows[0][1:]]]), union="C"
    )
    work = Import.objects.get()
    waiting = page(client, work)
    walk(work)

    assert "hx-trigger" in waiting
    assert "备注" in page(client, work)
    assert page(client, work, verdict="R") != page(client, work, verdict="C")
    assert "members.csv" in client.get(reverse("registry:imports")).content.decode()
    assert client.get(reverse("registry:new_import")).status_code == 200


def test_a_sheet_for_a_lower_union_tells_nothing_of_the_givers_other_unions(client, tmp_path):
    unions = sheets.city()
    (somebody,) = sheets.member_rows(1, ["P3"])
    file = tmp_path / "members.csv"
    file.write_bytes(sheets.as_csv([sheets.HEADINGS, somebody]))
    run_cli_import("members", file)
    signed_in(client, unions["C"])

    somebody[2] = "P1"
    give_in(client, sheets.as_csv([sheets.HEADINGS, somebody]), union="P1")
    walk(Import.objects.latest("id"))

    assert ImportProblem.objects.get().reasons == ["decided_above@number"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "There are no rows below the headings."),
        ([["测一", "3302", "P1"]], "No row can be taken in."),
    ],
    ids=["no rows", "only refused rows"],
)
def test_a_sheet_with_nothing_to_take_in_says_why_and_waits_for_nobody(client, rows, told):
    unions = sheets.city()
    signed_in(in_english(client), unions["P1"])
    give_in(client, sheets.as_csv([sheets.HEADINGS, *rows]))
    work = Import.objects.get()
    walk(work)

    shown = page(client, work)

    assert told in shown
    assert "Give another sheet in" in shown
    assert "waiting for your confirmation" not in shown
    assert "Confirm the sheet" not in client.get(reverse("insight:home")).content.decode()


def test_a_sheet_that_could_not_be_read_tells_that_nothing_was_taken_in(client):
    unions = sheets.city()
    signed_in(in_english(client), unions["P1"])
    give_in(client, sheets.as_csv([["甲", "乙"], ["1", "2"]]))
    work = Import.objects.get()
    walk(work)

    shown = page(client, work)

    assert "No row of headings was found" in shown
    assert "Nothing was taken in." in shown
    assert "Rows that need a look" not in shown


def test_a_refused_form_asks_for_the_file_once_more_because_browsers_do_not_keep_it(client):
    unions = sheets.city()
    signed_in(in_english(client), unions["P1"])

    answer = give_in(client, sheets.as_csv([sheets.HEADINGS]), union="nonsense")

    told = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="nonsense"' in told
    assert "Please choose the file once more" in told
