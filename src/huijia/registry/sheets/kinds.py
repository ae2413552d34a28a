"""Telling sheets apart by their bytes, and refusing what is no sheet or a bomb, before reading."""

import codecs
import io
import zipfile
from typing import Final

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MEBIBYTE: Final = 1 << 20
LARGEST: Final = {"csv": 1024 * MEBIBYTE, "xlsx": 64 * MEBIBYTE, "xls": 64 * MEBIBYTE}
"""Bytes of an upload, by format."""
LARGEST_UNPACKED: Final = 768 * MEBIBYTE
MOST_MEMBERS: Final = 500
MOST_TIMES: Final = 300
"""How many times larger than packed a workbook may be; a sheet of one repeated row reaches 100."""
PROLOGUE: Final = 64 * 1024
EXTENSIONS: Final = {".csv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls"}


class SheetError(Exception):
    """A file cannot be read as a sheet; `code` names the sentence, `facts` what it mentions."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Sniffer:
    """Looks at an upload as it passes, and learns what it is: format, encoding, number of lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.head = b""
        self.lines = 0
        self.is_utf_8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")

    def take(self, part: bytes) -> None:
        """See the next part."""
        if len(self.head) < PROLOGUE:
            self.head += part[: PROLOGUE - len(self.head)]
        self.lines += part.count(b"\n")
        if self.is_utf_8 and not self.head.startswith((ZIP, OLE)):
            self._try(part)

    def _try(self, part: bytes, *, final: bool = False) -> None:
        try:
            self._decoder.decode(part, final)
        except UnicodeDecodeError:
            self.is_utf_8 = False

    def format(self) -> str:
        """`csv`, `xlsx` or `xls`, once the whole content has passed.

        Raises SheetError when the bytes are of another kind than the name says, or of none.
        """
        extension = "." + self.name.lower().rpartition(".")[2]
        said = EXTENSIONS.get(extension)
        if said is None:
            raise SheetError("sheet-extension")
        found = self._found()
        if found != said and "csv" in (found, said):
            raise SheetError("sheet-not-what-it-says", said=extension)
        return found

    def encoding(self) -> str:
        """How the text of a CSV file is written."""
        if self.head.startswith(UTF_16):
            return "utf-16"
        if self.is_utf_8:
            self._try(b"", final=True)
        return "utf-8-sig" if self.is_utf_8 else "gb18030"

    def _found(self) -> str:
        if self.head.startswith(ZIP):
            return "xlsx"
        if self.head.startswith(OLE):
            return "xls"
        if not self.head.strip():
            raise SheetError("sheet-empty")
        start = self.head[:512].lstrip(codecs.BOM_UTF8).lstrip().lower()
        if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"%pdf", b"{\\rtf")):
            raise SheetError("sheet-other-kind")
        if b"\0" in self.head and not self.head.startswith(UTF_16):
            raise SheetError("sheet-other-kind")
        return "csv"


def check_workbook(content: bytes) -> None:
    """Refuse a packed workbook that would unpack to too much or carries a document type.

    Only the directory and the first bytes of each part are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive, len(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
        raise SheetError("sheet-damaged") from fault


def _check_members(archive: zipfile.ZipFile, packed: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > max(packed * MOST_TIMES, MEBIBYTE):
        raise SheetError("sheet-bomb")
    if unpacked > LARGEST_UNPACKED:
        raise SheetError("sheet-too-large-save-as-csv")
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise SheetError("sheet-other-kind")
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                start = part.read(PROLOGUE).upper()
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise SheetError("sheet-with-document-type")
