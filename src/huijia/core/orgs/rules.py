"""Unified social credit codes (GB 32100-2015): read from what sheets hold, and judged.

A code is: registering authority, category, six digits of division, nine characters of
organisation code (GB 11714, with a check character of its own), one check character.
Our own check, since the usual library refuses codes of the authorities Y, N and A.
"""

import re
from enum import StrEnum
from operator import mul
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huijia.core.kernel.text import upper_token

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE: Final = re.compile(rf"[{_ALPHABET}]{{18}}").fullmatch
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}").fullmatch
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}
_INNER_VALUES: Final = {each: int(each, 36) for each in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_INNER_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_AUTHORITIES: Final = frozenset("123456789ANY")
_UNION_AUTHORITY: Final = "8"
_LENGTH: Final = 18
_OLD_LENGTHS: Final = frozenset({13, 15})
_FIRST_INEXACT: Final = 10**15


class CreditCodeFault(StrEnum):
    """Reason codes; stable, since reports and partner systems keep them."""

    MISSING = "credit_code_missing"
    LENGTH = "credit_code_length"
    OLD = "credit_code_old"
    LOST_DIGITS = "credit_code_lost_digits"
    LETTER = "credit_code_letter"
    CHARACTERS = "credit_code_characters"
    AUTHORITY = "credit_code_authority"
    CHECK = "credit_code_check"
    DIVISION = "credit_code_division"
    INNER_CHECK = "credit_code_inner_check"


CREDIT_CODE_SENTENCES: Final[dict[CreditCodeFault, Promise]] = {
    CreditCodeFault.MISSING: _("The unified social credit code is missing."),
    CreditCodeFault.LENGTH: _(
        "A unified social credit code has %(length)s characters. Please count them again."
    ),
    CreditCodeFault.OLD: _(
        "This looks like an old business registration number. Please enter the unified social "
        "credit code of %(length)s characters from the present licence."
    ),
    CreditCodeFault.LOST_DIGITS: _(
        "The spreadsheet has turned the code into a rounded figure, and its last digits are lost. "
        "Please format the column as text and enter the code again."
    ),
    CreditCodeFault.LETTER: _(
        "A unified social credit code never has the letters I, O, S, V and Z: please check whether "
        "they are 1, 0, 5, U and 2."
    ),
    CreditCodeFault.CHARACTERS: _("A unified social credit code has digits and letters only."),
    CreditCodeFault.AUTHORITY: _(
        "No authority registers codes that begin with this character. Please compare the code with "
        "the licence."
    ),
    CreditCodeFault.CHECK: _(
        "The last character does not fit the other 17: at least one of them was mistyped."
    ),
    CreditCodeFault.DIVISION: _(
        "The code carries no division code (3rd to 8th character). Please compare it with the "
        "licence."
    ),
    CreditCodeFault.INNER_CHECK: _(
        "The organisation code inside (9th to 17th character) does not agree with its own check "
        "character. Please compare it with the licence."
    ),
}
"""One sentence a reason, in the reader's language once it is shown."""


class CreditCode(NamedTuple):
    """A code that may stand; `warning` is a doubt that does not refuse."""

    code: str
    warning: CreditCodeFault | None

    @property
    def is_union(self) -> bool:
        """Whether a trade union registered it (81 a primary union, 89 another union body)."""
        return self.code.startswith(_UNION_AUTHORITY)

    @property
    def division(self) -> str:
        """The division code of the registering authority, as it was then."""
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        """The organisation code of GB 11714 inside."""
        return self.code[8:17]


def read_credit_code(text: str | float) -> CreditCode | CreditCodeFault:
    """The credit code in a cell, or why it cannot be one."""
    if not isinstance(text, str):
        return CreditCodeFault.LOST_DIGITS if text >= _FIRST_INEXACT else _fault(f"{text:.0f}")
    code = upper_token(text)
    if _CODE(code) is None:
        return _fault(code)
    if code[0] not in _AUTHORITIES:
        return CreditCodeFault.AUTHORITY
    if code[17] != credit_code_check(code[:17]):
        is_rounded = code.isdecimal() and code.endswith("000")
        return CreditCodeFault.LOST_DIGITS if is_rounded else CreditCodeFault.CHECK
    return CreditCode(code, _warning(code))


def credit_code_check(first_seventeen: str) -> str:
    """The 18th character for the 17 before it (modulus 31)."""
    weighted = sum(map(mul, _WEIGHTS, map(_VALUES.__getitem__, first_seventeen)))
    return _ALPHABET[-weighted % 31]


def organisation_code_check(first_eight: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997, modulus 11)."""
    weighted = sum(map(mul, _INNER_WEIGHTS, map(_INNER_VALUES.__getitem__, first_eight)))
    return "0123456789X"[-weighted % 11]


def credit_code_sentence(fault: CreditCodeFault) -> str:
    """The reason in words, in the language active now."""
    return str(CREDIT_CODE_SENTENCES[fault]) % {"length": _LENGTH}


def _warning(code: str) -> CreditCodeFault | None:
    if not code[2:8].isdecimal():
        return CreditCodeFault.DIVISION
    if code[16] != organisation_code_check(code[8:16]):
        return CreditCodeFault.INNER_CHECK
    return None


def _fault(code: str) -> CreditCodeFault:
    if not code:
        return CreditCodeFault.MISSING
    if _ROUNDED(code):
        return CreditCodeFault.LOST_DIGITS
    if len(code) != _LENGTH:
        is_old = code.isdecimal() and len(code) in _OLD_LENGTHS
        return CreditCodeFault.OLD if is_old else CreditCodeFault.LENGTH
    has_letter = any(letter in code for letter in "IOSVZ")
    return CreditCodeFault.LETTER if has_letter else CreditCodeFault.CHARACTERS
