"""A report as others than its giver get it: numbers and phones masked.

Columns of numbers and phones are told by their headings. In all other cells a run of digits as long
as a phone's is masked too, since a remark may hold one; in a column that is not known, any longer
than a date is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from huijia.core.files import public as files
from huijia.core.people.public import mask_identity_number, mask_phone
from huijia.registry.models import Import
from huijia.registry.rules.headings import fields_of
from huijia.registry.sheets import writing
from huijia.registry.sheets.reading import Sheet
from huijia.registry.sheets.texts import rows as text_rows

Mask = Callable[[str], str]
CODES: Final = frozenset({"union_code", "employer_code", "code", "credit_code", "parent"})
"""Fields that hold codes of unions and employers, which are public."""
WIDTH: Final = 16

_LONG: Final = re.compile(r"\d{11,}[Xx]?")
_RATHER_LONG: Final = re.compile(r"\d{9,}[Xx]?")


def masked_parts(work: Import) -> Iterator[bytes]:
    """The kept report of an import, masked, in the format in which it is kept."""
    assert work.report_id is not None
    content, is_text = files.content_of(work.report_id), work.file_format == "csv"
    rows = text_rows(content, work.encoding) if is_text else writing.rows_back(content)
    masked = _masked(Sheet(rows, work.kind), work.kind)
    if is_text:
        return writing.csv_parts(masked, work.encoding)
    return writing.workbook_parts(masked)


def _masked(sheet: Sheet, kind: str) -> Iterator[list[str]]:
    masks = [_mask_of(field) for field in fields_of(kind, sheet.layout.labels)]
    unknown = _mask_of(None)
    yield from ([unknown(cell) for cell in cells] for cells in sheet.head)
    yield list(sheet.layout.labels)
    for _number, cells in sheet.everything():
        yield _masked_row(cells, masks, unknown)


def _masked_row(cells: Sequence[str], masks: Sequence[Mask], beyond: Mask) -> list[str]:
    return [
        (masks[place] if place < len(masks) else beyond)(cell) if cell else cell
        for place, cell in enumerate(cells)
    ]


def _mask_of(field: str | None) -> Mask:
    if field == "number":
        return mask_identity_number
    if field == "phone":
        return mask_phone
    if field in CODES:
        return str
    return _mask_long if field else _mask_rather_long


def _mask_long(cell: str) -> str:
    return _LONG.sub(lambda found: mask_identity_number(found[0]), cell)


def _mask_rather_long(cell: str) -> str:
    return _RATHER_LONG.sub(lambda found: mask_identity_number(found[0]), cell)
