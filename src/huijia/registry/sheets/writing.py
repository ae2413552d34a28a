"""Writing sheets back: CSV as it came, workbooks as .xlsx; no cell can act as a formula.

Cells that begin with `= + - @`, a tab or a carriage return are led by an apostrophe in CSV, which
spreadsheets take for "this is text"; in workbooks every cell is a text cell.

Workbooks are written here, in the least that the format asks for, because the libraries either
hold all rows in memory or put them into a temporary file, where they would lie in clear.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import iterparse
from xml.sax.saxutils import escape

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
ROWS_A_PART: Final = 2_000
MOST_ROWS: Final = 1_048_576
"""What a sheet of a workbook can hold."""

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    # Style 1 is "text", so that a number typed over a cell keeps its digits.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}


def safe(cell: str) -> str:
    """The cell so that a spreadsheet shows it and never runs it."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def csv_parts(rows: Iterable[Sequence[str]], encoding: str) -> Iterator[bytes]:
    """Rows as CSV in an encoding, in parts."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    codec = "utf-16" if encoding == "utf-16" else encoding
    is_first = True
    for number, row in enumerate(rows, 1):
        writer.writerow([safe(cell) if cell[:1] in RISKY else cell for cell in row])
        if number % ROWS_A_PART == 0:
            yield _encoded(text, codec, is_first=is_first)
            is_first = False
    yield _encoded(text, codec, is_first=is_first)


def _encoded(text: io.StringIO, encoding: str, *, is_first: bool) -> bytes:
    """What was written so far; marks of byte order only at the very start."""
    plain = text.getvalue()
    text.seek(0)
    text.truncate()
    if not is_first:
        encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    return plain.encode(encoding, "replace")


def workbook_parts(rows: Iterable[Sequence[str]], *, widths: Sequence[int] = ()) -> Iterator[bytes]:
    """Rows as an .xlsx file of text cells, in parts, in little memory whatever their number."""
    target = _Drained()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in _PARTS.items():
            book.writestr(name, _HEAD + content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + f'<worksheet xmlns="{_MAIN}">').encode())
            sheet.write(f"{_columns(widths)}<sheetData>".encode())
            waiting: list[str] = []
            for row in rows:
                waiting.append(_row(row))
                if len(waiting) >= ROWS_A_PART:
                    sheet.write("".join(waiting).encode())
                    waiting.clear()
                    yield target.drain()
            sheet.write("".join(waiting).encode())
            sheet.write(b"</sheetData></worksheet>")
    yield target.drain()


def rows_back(parts: Iterable[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a workbook that `workbook_parts` wrote, numbered from 1.

    Only for those: they hold one sheet of text cells and nothing that a stranger wrote as XML.
    """
    with (
        zipfile.ZipFile(io.BytesIO(b"".join(parts))) as book,
        book.open("xl/worksheets/sheet1.xml") as sheet,
    ):
        number, rows = 0, None
        for event, element in iterparse(sheet, ("start", "end")):  # noqa: S314 - written by us
            if element.tag == f"{{{_MAIN}}}sheetData":
                rows = element
            elif element.tag == f"{{{_MAIN}}}row" and event == "end" and rows is not None:
                number += 1
                yield number, ["".join(cell.itertext()) for cell in element]
                rows.clear()


def _columns(widths: Sequence[int]) -> str:
    cells = "".join(
        f'<col min="{place}" max="{place}" width="{width}" style="1" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    return f"<cols>{cells}</cols>" if cells else ""


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    plain = escape(_NOT_IN_XML.sub("", text))
    return f'<c t="inlineStr" s="1"><is><t xml:space="preserve">{plain}</t></is></c>'


class _Drained(io.RawIOBase):
    """A target that cannot be sought in and gives away what was written to it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        """Writing is all it can do."""
        return True

    def write(self, part: bytes) -> int:  # type: ignore[override]  # the archive writes bytes only
        """Keep a part until it is drained."""
        self._waiting.append(bytes(part))
        return len(part)

    def drain(self) -> bytes:
        """What was written since the last time."""
        drained = b"".join(self._waiting)
        self._waiting.clear()
        return drained
