"""What real sheets look like, and what pretends to be one: each is read or refused in a sentence."""

import datetime as dt
import io
import resource
import time
import zipfile

import openpyxl
import pytest
import xlwt

from huijia.core.people.public import Person
from huijia.registry.models import Import, ImportProblem, Membership
from huijia.registry.public import run_cli_import
from huijia.registry.sheets.kinds import SheetError, check_workbook
from huijia.registry.sheets.writing import workbook_parts
from huijia.registry.tests import sheets

pytestmark = pytest.mark.usefixtures("committed_db")
HEADINGS = ["姓名", "证件号码", "工会代码", "手机号码", "入会日期"]


def rows(count=3):
    return [row[:5] for row in sheets.member_rows(count, ["P1"])]


def as_xlsx(rows, *, prepare=lambda book, sheet: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    prepare(book, book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def take(tmp_path):
    sheets.city()

    def take(content, name, **how):
        file = tmp_path / name
        file.write_bytes(content)
        return run_cli_import("members", file, **how)

    return take


def reasons():
    return [
        reason
        for problem in ImportProblem.objects.order_by("position")
        for reason in problem.reasons
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_usual_encoding_and_given_back_in_it(take, tmp_path, encoding):
    report = tmp_path / "report.csv"

    outcome = take(sheets.as_csv([HEADINGS, *rows()], encoding), "m.csv", report=report)

    assert outcome.counts["new"] == 3
    back = "utf-8-sig" if encoding == "utf-8" else encoding
    assert report.read_bytes().decode(back).splitlines()[0].startswith("姓名,")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_are_found(take, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in [HEADINGS, *rows()])

    assert take(text.encode(), "m.csv").counts["new"] == 3


def test_an_xlsx_below_merged_titles_with_stray_sheets_is_found(take, tmp_path):
    def prepare(book, sheet):
        sheet.insert_rows(1, 2)
        sheet["A1"] = "某某有限公司工会会员花名册"
        sheet.merge_cells("A1:E1")
        stray = book.create_sheet("说明", 0)
        stray["A1"] = "填表说明"

    report = tmp_path / "report.xlsx"

    outcome = take(as_xlsx([HEADINGS, *rows()], prepare=prepare), "m.xlsx", report=report)

    assert outcome.counts["new"] == 3
    shown = list(openpyxl.load_workbook(report).active.values)
    assert shown[0][0] == "某某有限公司工会会员花名册"
    assert shown[2][-2:] == ("校验结果", "原因")
    assert shown[3][1] == rows()[0][1]


def test_an_xls_is_read_and_its_report_is_an_xlsx(take, tmp_path):
    report = tmp_path / "report.xlsx"

    outcome = take(as_xls([HEADINGS, *rows()]), "m.xls", report=report)

    assert outcome.counts["new"] == 3
    assert openpyxl.load_workbook(report).active.max_row == 4


def test_dates_as_dates_serials_and_phones_as_floats_are_understood(take):
    first, second, third = rows()
    first[4], second[4], third[4] = dt.date(2020, 3, 1), 43891, "2020年3月1日"
    for row in (first, second, third):
        row[3] = float(row[3])

    outcome = take(as_xlsx([HEADINGS, first, second, third]), "m.xlsx")

    assert outcome.counts["new"] == 3
    assert set(Membership.objects.values_list("joined_on", flat=True)) == {dt.date(2020, 3, 1)}


def test_a_number_stored_as_a_figure_has_lost_its_digits_and_is_refused(take):
    first, *rest = rows()
    digits = next(n for n in sheets.numbers(50, seed=9) if n.isdigit())
    first[1] = int(digits)

    outcome = take(as_xlsx([HEADINGS, first, *rest]), "m.xlsx")

    assert (outcome.counts["new"], outcome.counts["refused"]) == (2, 1)
    assert reasons() == ["number_lost_digits@number"]


def test_unknown_columns_are_named_and_stay_in_the_report(take, tmp_path):
    report = tmp_path / "report.csv"

    take(
        sheets.as_csv([["工号", *HEADINGS], *([f"W{n}", *row] for n, row in enumerate(rows()))]),
        "m.csv",
        report=report,
    )

    assert Import.objects.get().headings["unknown"] == ["工号"]
    assert report.read_text("utf-8-sig").splitlines()[1].startswith("W0,")


def test_a_report_is_a_workbook_where_its_name_says_so(take, tmp_path):
    report = tmp_path / "report.xlsx"
    sheet = [[*HEADINGS, "备注"], *([*row, "=1+1"] for row in rows())]

    take(sheets.as_csv(sheet), "m.csv", report=report)

    shown = list(openpyxl.load_workbook(report).active.values)
    assert shown[0][-3:] == ("备注", "校验结果", "原因")
    assert [row[5:7] for row in shown[1:]] == [("=1+1", "新增")] * 3


def test_a_report_is_csv_where_its_name_says_so(take, tmp_path):
    report = tmp_path / "report.csv"

    take(as_xlsx([HEADINGS, *rows()]), "m.xlsx", report=report)

    lines = report.read_text("utf-8-sig").splitlines()
    assert lines[0].endswith(",校验结果,原因")
    assert len(lines) == 4


def test_a_report_that_no_workbook_holds_is_refused_before_anything_is_read(
    take, tmp_path, monkeypatch
):
    monkeypatch.setattr("huijia.registry.actions.command_line.MOST_ROWS", 2)

    with pytest.raises(SheetError) as refused:
        take(sheets.as_csv([HEADINGS, *rows()]), "m.csv", report=tmp_path / "report.xlsx")

    assert refused.value.code == "report-too-long-for-a-workbook"
    assert not Import.objects.exists()
    assert take(sheets.as_csv([HEADINGS, *rows()]), "m.csv").counts["new"] == 3


def test_a_report_given_in_again_does_not_grow(take, tmp_path):
    report = tmp_path / "report.csv"
    take(sheets.as_csv([HEADINGS, *rows()]), "m.csv", report=report)

    take(report.read_bytes(), "again.csv", report=report)

    assert report.read_text("utf-8-sig").splitlines()[0].count("校验结果") == 1


def test_a_report_given_in_again_says_what_the_sheet_said(take, tmp_path):
    report = tmp_path / "report.csv"
    sheet = [[*HEADINGS, "工作单位"], *([*row, "-甬城'制造"] for row in rows())]
    for row in sheet[1:]:
        row[3] = f"+86{row[3]}"
    assert take(sheets.as_csv(sheet), "m.csv", report=report).counts["new"] == 3
    assert ",'+86" in report.read_text("utf-8-sig")

    outcome = take(report.read_bytes(), "again.csv", report=report)

    assert outcome.counts["unchanged"] == 3
    assert ",'+86" in report.read_text("utf-8-sig")
    assert "''" not in report.read_text("utf-8-sig")


def test_a_sheet_without_the_needed_headings_says_which_are_missing(take):
    outcome = take(sheets.as_csv([["姓名", "性别"], ["张三", "男"]]), "m.csv")

    assert outcome.is_stopped
    assert "证件号码" in outcome.sentence


def packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "m.csv", "sheet-empty"),
        (b"%PDF-1.7 ...", "m.csv", "sheet-other-kind"),
        (b"<html><table>", "m.xls", "sheet-other-kind"),
        (b"PK\x03\x04 no archive", "m.xlsx", "sheet-damaged"),
        (packed({"a.txt": "x"}), "m.xlsx", "sheet-other-kind"),
        (
            packed({"xl/workbook.xml": "<x/>", "xl/big.xml": "0" * 50_000_000}),
            "m.xlsx",
            "sheet-bomb",
        ),
        (packed({f"xl/{n}.xml": "" for n in range(600)}), "m.xlsx", "sheet-bomb"),
        (
            packed(
                {"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'}
            ),
            "m.xlsx",
            "sheet-with-document-type",
        ),
        ("姓名".encode(), "m.doc", "sheet-extension"),
        ("姓名".encode(), "m.xlsx", "sheet-not-what-it-says"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_honest_sheet_is_refused_quickly_and_leaves_nothing(take, content, name, code):
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()

    with pytest.raises(SheetError) as refused:
        take(content, name)

    assert refused.value.code == code
    assert time.process_time() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024
    assert not Import.objects.exists()


def test_a_workbook_larger_than_the_reader_may_take_is_refused_with_the_way_out(take, monkeypatch):
    monkeypatch.setattr("huijia.registry.sheets.kinds.LARGEST_UNPACKED", 10_000)

    with pytest.raises(SheetError) as refused:
        check_workbook(as_xlsx([HEADINGS, *rows(200)]))

    assert refused.value.code == "sheet-too-large-save-as-csv"


def test_a_workbook_that_kills_its_reader_leaves_this_process_alive(take, monkeypatch):
    monkeypatch.setattr("huijia.registry.sheets.workbooks.MEMORY", 160 * 1024**2)
    content = b"".join(workbook_parts([HEADINGS, *([["", "", "", "", "x" * 3000]] * 60_000)]))

    outcome = take(content, "m.xlsx")

    assert outcome.is_stopped
    assert "csv" in outcome.sentence.lower()
    assert not Person.objects.exists()
