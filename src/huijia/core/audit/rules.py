"""What may stand in an entry that is never changed again."""

import re
from typing import Final

from huijia.core.kernel.text import half_width
from huijia.core.kernel.verdict import ALLOWED, Verdict, refused

_DIGITS: Final = re.compile(r"\d{7}")
_SPACED: Final = re.compile(r"\d(?:[\s.\-\u2010-\u2015]?\d){10}")
"""A phone or identity number in groups; a day with its eight digits is shorter."""


def may_be_kept(reason: str) -> Verdict:
    """Whether a reason holds no number of a person: the trail is kept in clear and for ever.

    Seven digits in a row are refused, and eleven in groups. Days, ages and amounts may stand.
    """
    text = half_width(reason)
    if _DIGITS.search(text) or _SPACED.search(text):
        return refused("number-in-reason")
    return ALLOWED
