"""Why a row of a sheet ended as it did: a code, the column it is about, and at most one fact.

A reason is kept as text (`twice_in_sheet@number:17`), so that reports and the desk tell it in the
reader's language. It never repeats what was written in the sheet. Pure.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huijia.core.orgs.public import CREDIT_CODE_SENTENCES, CreditCodeFault, credit_code_sentence
from huijia.core.people.public import SENTENCES as PERSON_SENTENCES
from huijia.core.people.public import Fault, sentence


class ImportReason(StrEnum):
    """Reason codes of the import itself; stable, since reports keep them."""

    UNION_MISSING = "union_missing"
    UNION_UNKNOWN = "union_unknown"
    UNION_AMBIGUOUS = "union_ambiguous"
    UNION_DISSOLVED = "union_dissolved"
    UNION_WITHOUT_MEMBERS = "union_without_members"
    PAPER_UNKNOWN = "paper_unknown"
    JOINED_IN_FUTURE = "joined_in_future"
    TOO_LONG = "too_long"
    DIGITS_LOST = "digits_lost"
    WORD_UNKNOWN = "word_unknown"
    EMPLOYER_UNKNOWN = "employer_unknown"
    TWICE_IN_SHEET = "twice_in_sheet"
    UNION_TWICE_IN_SHEET = "union_twice_in_sheet"
    NUMBER_OF_ANOTHER_ROW = "number_of_another_row"
    NAME_DIFFERS = "name_differs"
    MEMBER_OF_ANOTHER = "member_of_another"
    DECIDED_ABOVE = "decided_above"
    UNION_NAME_MISSING = "union_name_missing"
    PARENT_MISSING = "parent_missing"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_AMBIGUOUS = "parent_ambiguous"
    PARENT_REFUSED = "parent_refused"
    PARENT_DISSOLVED = "parent_dissolved"
    PARENT_IN_CIRCLE = "parent_in_circle"
    PARENT_DIFFERS = "parent_differs"
    KIND_MISSING = "kind_missing"
    KIND_UNKNOWN = "kind_unknown"
    KIND_NOT_BELOW = "kind_not_below"
    KIND_NOT_ABOVE = "kind_not_above"
    UNION_HAS_MEMBERS = "union_has_members"
    TREE_TOO_DEEP = "tree_too_deep"
    CHAIR_DIFFERS = "chair_differs"
    CODE_FORM = "code_form"
    CODE_TAKEN = "code_taken"
    CREDIT_CODE_TAKEN = "credit_code_taken"
    CREDIT_CODE_NOT_OF_UNION = "credit_code_not_of_union"
    DIVISION_UNKNOWN = "division_unknown"
    FIGURE_FORM = "figure_form"
    TERM_BEFORE_FOUNDING = "term_before_founding"


SENTENCES: Final[Mapping[str, Promise]] = {
    ImportReason.UNION_MISSING: _("The row does not say which union the member belongs to."),
    ImportReason.UNION_UNKNOWN: _(
        "There is no such union within your reach. Please compare the name or code with the union "
        "tree."
    ),
    ImportReason.UNION_AMBIGUOUS: _(
        "Several unions have this name. Please add the union's code (%(fact)s)."
    ),
    ImportReason.UNION_DISSOLVED: _("This union has been dissolved and takes no members."),
    ImportReason.UNION_WITHOUT_MEMBERS: _(
        "A federation has no members of its own. Please name the primary union."
    ),
    ImportReason.PAPER_UNKNOWN: _(
        "This kind of identity paper is not known. Please choose one of the official list."
    ),
    ImportReason.JOINED_IN_FUTURE: _("The day of joining lies in the future."),
    ImportReason.TOO_LONG: _("The text has more than %(fact)s characters. Please shorten it."),
    ImportReason.DIGITS_LOST: _(
        "The spreadsheet has turned this into a rounded figure, and its last digits are lost. "
        "Please format the column as text and enter it again."
    ),
    ImportReason.WORD_UNKNOWN: _(
        "These words are not in the official list, so this field was left as it was."
    ),
    ImportReason.EMPLOYER_UNKNOWN: _(
        "No employer with this credit code is registered, so the member carries its name only."
    ),
    ImportReason.TWICE_IN_SHEET: _(
        "The same person stands in row %(fact)s already; that row counts."
    ),
    ImportReason.UNION_TWICE_IN_SHEET: _(
        "The same union stands in row %(fact)s already; that row counts."
    ),
    ImportReason.NUMBER_OF_ANOTHER_ROW: _(
        "Row %(fact)s has the same number under another name. Please compare both with the papers."
    ),
    ImportReason.NAME_DIFFERS: _(
        "The register has this number under another name. Please compare it with the paper; a "
        "change of name is entered on the member's page."
    ),
    ImportReason.MEMBER_OF_ANOTHER: _(
        "This person is a member of another of your unions. Please transfer the membership instead."
    ),
    ImportReason.DECIDED_ABOVE: _(
        "This number is known to the register outside your unions. The superior union decides."
    ),
    ImportReason.UNION_NAME_MISSING: _("The name of the union is missing."),
    ImportReason.PARENT_MISSING: _("The row does not name the superior union."),
    ImportReason.PARENT_UNKNOWN: _("The superior union is neither in your reach nor in the sheet."),
    ImportReason.PARENT_AMBIGUOUS: _(
        "Several unions have the name of the superior union. Please write its code (%(fact)s)."
    ),
    ImportReason.PARENT_REFUSED: _("The row of the superior union (row %(fact)s) was refused."),
    ImportReason.PARENT_DISSOLVED: _("The superior union has been dissolved."),
    ImportReason.PARENT_IN_CIRCLE: _("Following the superior unions leads back to this row."),
    ImportReason.PARENT_DIFFERS: _(
        "The register has this union below another superior union. Moving a union is an act of "
        "its own."
    ),
    ImportReason.KIND_MISSING: _(
        "The kind of union is missing and does not follow from its place."
    ),
    ImportReason.KIND_UNKNOWN: _(
        "This kind of union is not known. Please choose one of the official list."
    ),
    ImportReason.KIND_NOT_BELOW: _("A union of this kind cannot stand below that superior union."),
    ImportReason.KIND_NOT_ABOVE: _(
        "A union of this kind cannot stand above the unions that are below it."
    ),
    ImportReason.UNION_HAS_MEMBERS: _(
        "This union has members of its own. A federation has none: please transfer them first."
    ),
    ImportReason.TREE_TOO_DEEP: _("The union tree has at most %(fact)s levels."),
    ImportReason.CHAIR_DIFFERS: _(
        "The register names another chair, who was left as entered; a change of chair is entered "
        "on the union's page."
    ),
    ImportReason.CODE_FORM: _("A union's code has up to 24 letters, digits, dots and hyphens."),
    ImportReason.CODE_TAKEN: _("Another union has this code."),
    ImportReason.CREDIT_CODE_TAKEN: _("Another union has this credit code."),
    ImportReason.CREDIT_CODE_NOT_OF_UNION: _(
        "A trade union's credit code begins with 8. This one belongs to another kind of "
        "organisation."
    ),
    ImportReason.DIVISION_UNKNOWN: _(
        "There is no such administrative division. Please write its code."
    ),
    ImportReason.FIGURE_FORM: _("This is not read as a whole number."),
    ImportReason.TERM_BEFORE_FOUNDING: _("The term ends before the union was founded."),
}
"""One sentence a reason, in the reader's language once it is shown."""

_PERSON: Final = {str(code) for code in PERSON_SENTENCES}
_CREDIT_CODE: Final = {str(code) for code in CREDIT_CODE_SENTENCES}

DUPLICATES: Final = frozenset(
    {
        ImportReason.TWICE_IN_SHEET,
        ImportReason.UNION_TWICE_IN_SHEET,
        ImportReason.NUMBER_OF_ANOTHER_ROW,
    }
)
NOTES: Final = frozenset(
    {ImportReason.WORD_UNKNOWN, ImportReason.EMPLOYER_UNKNOWN, ImportReason.CHAIR_DIFFERS}
)
"""Reasons that do not refuse a row."""

COLUMN_NAMES: Final[Mapping[str, Promise]] = {
    "name": _("Name"),
    "number": _("Identity number"),
    "union": _("Union"),
    "union_name": _("Name of the union"),
    "sex": _("Sex"),
    "ethnicity": _("Ethnic group"),
    "birth_date": _("Date of birth"),
    "paper": _("Kind of paper"),
    "phone": _("Mobile number"),
    "education": _("Education"),
    "political_status": _("Political status"),
    "employment": _("Employment"),
    "household": _("Household"),
    "new_employment": _("New form of employment"),
    "workplace": _("Employer"),
    "employer_code": _("Employer's credit code"),
    "group": _("Union group"),
    "joined_on": _("Day of joining"),
    "card_number": _("Member card"),
    "parent": _("Superior union"),
    "code": _("Union code"),
    "kind": _("Kind of union"),
    "credit_code": _("Union's credit code"),
    "employer": _("Employer"),
    "division": _("Division"),
    "founded_on": _("Day of founding"),
    "term_ends_on": _("End of term"),
    "chair": _("Chair"),
    "staff_count": _("Number of workers"),
}


class Reason(NamedTuple):
    """A code, the field it is about, and a fact that the sentence names."""

    code: str
    column: str
    fact: str = ""

    def __str__(self) -> str:
        return (
            f"{self.code}@{self.column}:{self.fact}" if self.fact else f"{self.code}@{self.column}"
        )


def read_reason(text: str) -> Reason:
    """The reason that a text names."""
    head, _colon, fact = text.partition(":")
    code, _at, column = head.partition("@")
    return Reason(code, column, fact)


def in_words(reason: Reason) -> str:
    """The sentence of a reason, in the language active now."""
    if reason.code in _PERSON:
        return sentence(Fault(reason.code))
    if reason.code in _CREDIT_CODE:
        return credit_code_sentence(CreditCodeFault(reason.code))
    return str(SENTENCES[reason.code]) % {"fact": reason.fact}


def column_in_words(column: str) -> str:
    """What a column is called, in the language active now."""
    return str(COLUMN_NAMES.get(column, column))
