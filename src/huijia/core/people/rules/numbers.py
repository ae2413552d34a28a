"""Identity numbers: read from what sheets hold, judged, and told apart by kind of paper.

Resident cards follow GB 11643-1999, and so do the residence permits for Hong Kong, Macao and
Taiwan residents (81, 82, 83) and the permanent residence cards issued since December 2023 (9):
six digits of place, birthday, three of sequence (odd is male), one check character. The place is
never looked up: tables of divisions grow old and refuse the living (a code that was valid at
birth may be gone, one made yesterday may be missing). It can only warn.

A million rows pass through `read_identity_number`, hence the caches and tables.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Final, NamedTuple

from huijia.core.kernel.text import upper_token
from huijia.core.people.choices import PaperKind, Sex
from huijia.core.people.rules.faults import EARLIEST_YEAR, Fault

_EIGHTEEN: Final = re.compile(r"[1-9][0-9]{16}[0-9X]").fullmatch
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}").fullmatch
_HK_MACAO: Final = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?").fullmatch
_TAIWAN: Final = re.compile(r"[0-9]{8}|[0-9]{10}[0-9A-Z]?").fullmatch
_OLD_PERMANENT: Final = re.compile(r"[A-Z]{3}[0-9]{12}").fullmatch
_PASSPORT: Final = re.compile(r"(?=[A-Z]*[0-9])[A-Z0-9]{5,17}").fullmatch

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SUM_OF_ZEROS: Final = 48 * sum(_WEIGHTS)
_CHECKS: Final = tuple("10X98765432"[(weighted - _SUM_OF_ZEROS) % 11] for weighted in range(11))
_SEXES: Final[dict[str, Sex | None]] = {
    f"{sequence:03}": Sex.MALE if sequence % 2 else Sex.FEMALE for sequence in range(1, 1000)
} | {"000": None}
"""By the sequence. Numbers of sequence 000 are never issued to a person (tests and demonstrations
use them for that reason), so their parity says nothing."""

_PROVINCES: Final = frozenset(
    str(code)
    for region in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*region)
)
"""First two digits of GB/T 2260, with 83 for the residence permits of Taiwan residents."""
_PERMIT_PREFIXES: Final = frozenset({"81", "82", "83"})
_LIKE_RESIDENT: Final = frozenset(
    {PaperKind.RESIDENT, PaperKind.HMT_RESIDENCE, PaperKind.PERMANENT}
)
_OLD_LENGTH: Final = 15
_LENGTH: Final = 18
_FIRST_INEXACT: Final = 10**15
"""Spreadsheets keep 15 digits; the rest become zeros."""


class IdentityNumber(NamedTuple):
    """A number that may stand. A tuple, since a frozen dataclass takes four times as long.

    `birth_date` and `sex` are None for numbers that do not carry them; `warning` is a doubt that
    does not refuse.
    """

    kind: PaperKind
    number: str
    birth_date: date | None
    sex: Sex | None
    warning: Fault | None


def read_identity_number(
    text: str | float, *, today: date, kind: PaperKind | None = None
) -> IdentityNumber | Fault:
    """The number of an identity paper, or why it cannot be one.

    `text` is a cell: text, or the float a spreadsheet made of it. Without a `kind` it is guessed
    where it is unmistakable; among the papers numbered like a resident card the number itself
    decides, since sheets call all of them identity cards.
    """
    if not isinstance(text, str):
        return _read_figure(text, today=today, kind=kind)
    if _EIGHTEEN(text) is None:
        text = upper_token(text)
        if _EIGHTEEN(text) is None:
            return _read_other(text.removesuffix(".0"), today=today, kind=kind)
    if kind is None or kind in _LIKE_RESIDENT:
        return _read_eighteen(text, today)
    return Fault.NUMBER_OF_OTHER_PAPER


def check_character(first_seventeen: str) -> str:
    """The 18th character for the 17 before it (ISO 7064 MOD 11-2, as GB 11643 has it)."""
    remainder: int = sum(map(mul, _WEIGHTS, first_seventeen.encode())) % 11
    return _CHECKS[remainder]


def _read_eighteen(text: str, today: date) -> IdentityNumber | Fault:
    if _CHECKS[sum(map(mul, _WEIGHTS, text.encode())) % 11] != text[17]:
        is_rounded = text.endswith("000")
        return Fault.NUMBER_LOST_DIGITS if is_rounded else Fault.NUMBER_CHECK_DIGIT
    born = _day(text[6:14])
    if born is None or born > today:
        return Fault.NUMBER_BIRTH_DATE
    place = text[:2]
    if text[0] == "9":
        kind = PaperKind.PERMANENT
    elif place in _PERMIT_PREFIXES:
        kind = PaperKind.HMT_RESIDENCE
    else:
        kind = PaperKind.RESIDENT
        if place not in _PROVINCES:
            return IdentityNumber(kind, text, born, _SEXES[text[14:17]], Fault.NUMBER_PLACE)
    return IdentityNumber(kind, text, born, _SEXES[text[14:17]], None)


@lru_cache(maxsize=1 << 16)
def _day(digits: str) -> date | None:
    """The day that eight digits name; a register holds some 20,000 different birthdays."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day.year >= EARLIEST_YEAR else None


def _read_figure(figure: float, *, today: date, kind: PaperKind | None) -> IdentityNumber | Fault:
    if figure != figure or figure < 0 or figure % 1:  # noqa: PLR0124 - not a number
        return Fault.NUMBER_CHARACTERS
    if figure >= _FIRST_INEXACT:
        return Fault.NUMBER_LOST_DIGITS
    return read_identity_number(str(int(figure)), today=today, kind=kind)


def _read_other(text: str, *, today: date, kind: PaperKind | None) -> IdentityNumber | Fault:
    if not text:
        return Fault.NUMBER_MISSING
    if _ROUNDED(text):
        return Fault.NUMBER_LOST_DIGITS
    if _EIGHTEEN(text):  # a float's ".0" stood behind it
        return read_identity_number(text, today=today, kind=kind)
    guessed = kind or _kind_by_form(text)
    fault = _FORMS[guessed](text)
    return fault or IdentityNumber(guessed, text, None, None, None)


def _kind_by_form(text: str) -> PaperKind:
    if _HK_MACAO(text):
        return PaperKind.HK_MACAO
    if _OLD_PERMANENT(text):
        return PaperKind.PERMANENT
    return PaperKind.RESIDENT


def _resident_fault(text: str) -> Fault:
    """Why a text is not a number of 18: the caller has tried that."""
    if len(text) == _OLD_LENGTH and text.isdecimal():
        return Fault.NUMBER_OLD
    return Fault.NUMBER_CHARACTERS if len(text) == _LENGTH else Fault.NUMBER_LENGTH


def _hk_macao_fault(text: str) -> Fault | None:
    return None if _HK_MACAO(text) else Fault.NUMBER_HK_MACAO


def _taiwan_fault(text: str) -> Fault | None:
    return None if _TAIWAN(text) else Fault.NUMBER_TAIWAN


def _permanent_fault(text: str) -> Fault | None:
    return None if _OLD_PERMANENT(text) else Fault.NUMBER_PERMANENT


def _passport_fault(text: str) -> Fault | None:
    return None if _PASSPORT(text) else Fault.NUMBER_PASSPORT


_FORMS: Final[dict[PaperKind, Callable[[str], Fault | None]]] = {
    PaperKind.RESIDENT: _resident_fault,
    PaperKind.HMT_RESIDENCE: _resident_fault,
    PaperKind.HK_MACAO: _hk_macao_fault,
    PaperKind.TAIWAN: _taiwan_fault,
    PaperKind.PERMANENT: _permanent_fault,
    PaperKind.PASSPORT: _passport_fault,
}
