"""Why a whole sheet cannot be taken, in words; and how one that was taken ended. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FAULTS: Final[Mapping[str, Promise]] = {
    "sheet-extension": gettext_lazy("Please choose a file that ends in .xlsx, .xls or .csv."),
    "sheet-not-what-it-says": gettext_lazy(
        "The file ends in %(said)s but holds something else. Please open it in your spreadsheet "
        "program and save it again as .xlsx or .csv."
    ),
    "sheet-other-kind": gettext_lazy(
        "This is no spreadsheet. Some systems export web pages under the name of a sheet: please "
        "open it in your spreadsheet program and save it as .xlsx or .csv."
    ),
    "sheet-empty": gettext_lazy("The file is empty."),
    "sheet-damaged": gettext_lazy(
        "The workbook is damaged or protected by a password. Please save it again without a "
        "password."
    ),
    "sheet-bomb": gettext_lazy(
        "The workbook would unpack to many times its size, which no real sheet does. Please save "
        "it as .csv and try again."
    ),
    "sheet-with-document-type": gettext_lazy(
        "The workbook carries a document type definition, which no spreadsheet program writes. It "
        "was not opened."
    ),
    "sheet-too-large": gettext_lazy("The file is larger than 1 GB. Please divide it."),
    "sheet-too-large-save-as-csv": gettext_lazy(
        "The workbook is too large to be read safely. Please save it as .csv, which may have any "
        "number of rows."
    ),
    "report-too-long-for-a-workbook": gettext_lazy(
        "A workbook holds %(most)s rows at most. Please let the name of the report end in .csv. "
        "Nothing was imported."
    ),
    "sheet-without-headings": gettext_lazy(
        "No row of headings was found. These columns are missing: %(missing)s. Please take the "
        "official layout, in any order of columns."
    ),
    "sheet-cell-too-long": gettext_lazy(
        "A cell holds more text than a spreadsheet allows; probably a quotation mark is missing "
        "somewhere. Please save the sheet again."
    ),
    "sheet-encoding": gettext_lazy(
        "The text of the file cannot be read. Please save it as CSV in UTF-8."
    ),
    "sheet-gone": gettext_lazy(
        "The upload has been deleted, as happens after 30 days. Please upload the sheet again."
    ),
    "sheet-cannot-be-opened": gettext_lazy(
        "The sealed upload cannot be opened. Please tell the administrators: the key ring may not "
        "be the one it was sealed under."
    ),
    "sheet-too-many-unions": gettext_lazy(
        "The sheet has more than %(most)s unions. Please divide it."
    ),
    "import-no-longer-permitted": gettext_lazy(
        "Whoever gave the sheet in may no longer import for this union."
    ),
    "sheet-not-to-be-kept": gettext_lazy(
        "A cell of the sheet holds something that the register cannot keep, so the import ended. "
        "What was taken in before stands. Please save the sheet again as .xlsx; should that not "
        "help, tell the administrators the number of this import: %(number)s."
    ),
    "internal": gettext_lazy(
        "Something unexpected happened, and trying again did not help. What was taken in before "
        "stands. Please tell the administrators the number of this import: %(number)s."
    ),
    "import-mostly-trouble": gettext_lazy(
        "Stopped: of %(rows)s rows, %(trouble)s are duplicates or conflicts. Please check that "
        "this is the right sheet and the right union."
    ),
}
"""One sentence a fault, in the reader's language once it is shown."""


def fault_in_words(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a fault, in the language active now."""
    return str(FAULTS[code]) % facts


def outcome_in_words(counts: Mapping[str, int], *, is_dry_run: bool) -> str:
    """How a pass ended, in one sentence."""
    told = _(
        "%(rows)s rows: %(new)s new, %(unchanged)s unchanged, %(updated)s updated, "
        "%(conflict)s in conflict, %(refused)s refused."
    )
    ending = _("Nothing was written.") if is_dry_run else ""
    return f"{told % counts} {ending}".strip()


def unread_in_words(headings: Mapping[str, Any]) -> str:
    """Which columns and sheets were not read, in at most two sentences."""
    told = []
    if unknown := headings.get("unknown"):
        text = _("These columns are not known and were not read: %(columns)s.")
        told.append(text % {"columns": _(", ").join(unknown)})
    if others := headings.get("other_sheets"):
        text = _(
            "The workbook has further sheets with such headings, which were not read: %(sheets)s."
        )
        told.append(text % {"sheets": _(", ").join(others)})
    return " ".join(told)
