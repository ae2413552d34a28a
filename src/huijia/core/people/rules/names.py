"""Names of persons: one shape for one name, and the parts by which they are searched.

Names of the Uygur and other groups carry a middle dot, which sheets write in a dozen ways;
without one dot for all, one person becomes two.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final, NamedTuple

from huijia.core.kernel.text import HALF_WIDTH
from huijia.core.people.rules.faults import LONGEST_NAME, Fault

_HAN_RANGES: Final = (
    "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_PRIVATE: Final = "\ue000-\uf8ff"
"""Rare characters of old systems live in the private area until they are recoded: they stay."""

MIDDLE_DOT: Final = "·"
_DOTS: Final = dict.fromkeys(
    map(ord, "\u2022\u30fb\u2027\uff65\u2219\u22c5\u0387\u1427\u25cf\u2024\uff0e\ufe52\u2e31"),
    MIDDLE_DOT,
)
_PLAIN: Final = re.compile(r"[\u4e00-\u9fff]{2,20}").fullmatch
_DOT_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN_RANGES}])[.]+(?=[{_HAN_RANGES}])")
_DOTS_IN_A_ROW: Final = re.compile(rf"\s*{MIDDLE_DOT}[{MIDDLE_DOT}\s]*")
_BLANK_AT_HAN: Final = re.compile(
    rf"(?<=[{_HAN_RANGES}{_PRIVATE}])\s+|\s+(?=[{_HAN_RANGES}{_PRIVATE}])"
)
_BLANKS: Final = re.compile(r"\s+")
_MARKS_ALLOWED: Final = frozenset(f"{MIDDLE_DOT} -'.’〇々")
_CATEGORIES_ALLOWED: Final = frozenset({"Lu", "Ll", "Lt", "Lo", "Lm", "Mn", "Mc", "So", "Co"})
_SHORTEST: Final = 2


class PersonName(NamedTuple):
    """A name as it is kept."""

    text: str


def read_name(text: str) -> PersonName | Fault:
    """The name in a cell in its one shape, or why it is none.

    Blanks inside names of Han characters go (`张　三`), in others one remains; compatible
    characters are unified (NFKC); all middle dots become `·`.
    """
    if _PLAIN(text):
        return PersonName(text)
    return _judged(_tidied(text))


def name_grams(name: str) -> list[str]:
    """All runs of two neighbouring characters, dots and blanks left out, small letters.

    Kept with the person and asked for by search, so both sides must use this function.
    """
    bare = name.replace(MIDDLE_DOT, "").replace(" ", "").casefold()
    return list(dict.fromkeys(map("".join, pairwise(bare))))


def _tidied(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_DOTS).translate(HALF_WIDTH))
    dotted = _DOT_BETWEEN_HAN.sub(MIDDLE_DOT, _BLANK_AT_HAN.sub("", plain))
    single = _DOTS_IN_A_ROW.sub(MIDDLE_DOT, dotted)
    return _BLANKS.sub(" ", single).strip(f" {MIDDLE_DOT}")


def _judged(name: str) -> PersonName | Fault:
    if not name:
        return Fault.NAME_MISSING
    if "*" in name:
        return Fault.NAME_MASKED
    if not all(map(_may_stand_in_a_name, name)):
        return Fault.NAME_CHARACTERS
    if len(name) < _SHORTEST:
        return Fault.NAME_SHORT
    return PersonName(name) if len(name) <= LONGEST_NAME else Fault.NAME_LONG


def _may_stand_in_a_name(character: str) -> bool:
    return character in _MARKS_ALLOWED or unicodedata.category(character) in _CATEGORIES_ALLOWED
