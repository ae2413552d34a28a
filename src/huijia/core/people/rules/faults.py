"""Why a fact of a person cannot stand, as codes with one sentence each.

No sentence repeats what was written: reports travel further than the sheet they are about.
"""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR: Final = 1900
YOUNGEST_MEMBER: Final = 16
LONGEST_NAME: Final = 50


class Fault(StrEnum):
    """Reason codes; stable, since reports and partner systems keep them."""

    NUMBER_MISSING = "number_missing"
    NUMBER_LENGTH = "number_length"
    NUMBER_OLD = "number_old"
    NUMBER_LOST_DIGITS = "number_lost_digits"
    NUMBER_CHARACTERS = "number_characters"
    NUMBER_BIRTH_DATE = "number_birth_date"
    NUMBER_CHECK_DIGIT = "number_check_digit"
    NUMBER_PLACE = "number_place"
    NUMBER_HK_MACAO = "number_hk_macao"
    NUMBER_TAIWAN = "number_taiwan"
    NUMBER_PERMANENT = "number_permanent"
    NUMBER_PASSPORT = "number_passport"
    NUMBER_OF_OTHER_PAPER = "number_of_other_paper"
    SEX_CONTRADICTS = "sex_contradicts"
    BIRTH_DATE_CONTRADICTS = "birth_date_contradicts"
    PHONE_MISSING = "phone_missing"
    PHONE_LANDLINE = "phone_landline"
    PHONE_LENGTH = "phone_length"
    PHONE_PREFIX = "phone_prefix"
    PHONE_CHARACTERS = "phone_characters"
    PHONE_LOST_DIGITS = "phone_lost_digits"
    NAME_MISSING = "name_missing"
    NAME_SHORT = "name_short"
    NAME_LONG = "name_long"
    NAME_CHARACTERS = "name_characters"
    NAME_MASKED = "name_masked"
    DATE_MISSING = "date_missing"
    DATE_FORM = "date_form"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_UNREAL = "date_unreal"
    DATE_RANGE = "date_range"
    UNDER_AGE = "under_age"


SENTENCES: Final[dict[Fault, Promise]] = {
    Fault.NUMBER_MISSING: _("The identity number is missing."),
    Fault.NUMBER_LENGTH: _(
        "An identity number has %(length)s characters. Please count them again, or name the kind "
        "of paper if it is not a resident identity card."
    ),
    Fault.NUMBER_OLD: _(
        "This is an old number of 15 digits, no longer valid since 2013. Please enter the 18 "
        "characters of the present card."
    ),
    Fault.NUMBER_LOST_DIGITS: _(
        "The spreadsheet has turned the number into a rounded figure, and its last digits are "
        "lost. Please format the column as text and enter the number again."
    ),
    Fault.NUMBER_CHARACTERS: _(
        "An identity number has 17 digits and, at the end, a digit or X. Please check for letters "
        "and signs."
    ),
    Fault.NUMBER_BIRTH_DATE: _(
        "The birthday inside the identity number (7th to 14th digit) does not exist, lies in the "
        "future or before %(year)s."
    ),
    Fault.NUMBER_CHECK_DIGIT: _(
        "The last character does not fit the other 17: at least one of them was mistyped."
    ),
    Fault.NUMBER_PLACE: _(
        "The identity number begins with a code that belongs to no province. Please compare it "
        "with the card."
    ),
    Fault.NUMBER_HK_MACAO: _(
        "A travel permit for Hong Kong and Macao residents has H or M and 8 or 10 digits."
    ),
    Fault.NUMBER_TAIWAN: _(
        "A travel permit for Taiwan residents has 8 digits, an older one 10 or 11 characters."
    ),
    Fault.NUMBER_PERMANENT: _(
        "A permanent residence card has 18 digits that begin with 9, an older one 3 letters and "
        "12 digits."
    ),
    Fault.NUMBER_PASSPORT: _("A passport number has 5 to 17 letters and digits."),
    Fault.NUMBER_OF_OTHER_PAPER: _(
        "The number is not one of the kind of paper named. Please check the kind."
    ),
    Fault.SEX_CONTRADICTS: _("The sex stated is not the one that the identity number says."),
    Fault.BIRTH_DATE_CONTRADICTS: _(
        "The birthday stated is not the one that the identity number says."
    ),
    Fault.PHONE_MISSING: _("The mobile number is missing."),
    Fault.PHONE_LANDLINE: _("This looks like a landline. Please enter a mobile number."),
    Fault.PHONE_LENGTH: _(
        "A mobile number has 11 digits; one from abroad begins with + and has 6 to 15."
    ),
    Fault.PHONE_PREFIX: _("A mobile number begins with 13 to 19. Please check the first digits."),
    Fault.PHONE_CHARACTERS: _(
        "A mobile number has digits only. Please enter one number, without remarks."
    ),
    Fault.PHONE_LOST_DIGITS: _(
        "The spreadsheet has rounded the mobile number. Please format the column as text and "
        "enter it again."
    ),
    Fault.NAME_MISSING: _("The name is missing."),
    Fault.NAME_SHORT: _("A name has at least two characters."),
    Fault.NAME_LONG: _("A name has at most %(longest)s characters."),
    Fault.NAME_CHARACTERS: _(
        "A name has no digits, brackets or signs. Please enter it as on the identity paper."
    ),
    Fault.NAME_MASKED: _("Part of the name is hidden by *. Please enter the whole name."),
    Fault.DATE_MISSING: _("The date is missing."),
    Fault.DATE_FORM: _("This is not read as a date. Please write it like 1990-01-02."),
    Fault.DATE_INCOMPLETE: _("The date lacks its month or day. Please write it like 1990-01-02."),
    Fault.DATE_UNREAL: _("There is no such day in the calendar."),
    Fault.DATE_RANGE: _("The date lies before %(year)s or after 2100."),
    Fault.UNDER_AGE: _(
        "A member is at least %(age)s years old: nobody younger may be employed (Labour Law, "
        "article 15)."
    ),
}
"""One sentence a reason, in the reader's language once it is shown."""

_FACTS: Final = {
    "length": 18,
    "year": EARLIEST_YEAR,
    "longest": LONGEST_NAME,
    "age": YOUNGEST_MEMBER,
}


def sentence(fault: Fault) -> str:
    """The reason in words, in the language active now."""
    return str(SENTENCES[fault]) % _FACTS
