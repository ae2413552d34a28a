"""What screens show instead of a number.

GB/T 37964-2019 asks that what is shown cannot be completed with what is known besides. Birthday
and sex are readable beside the mask, so the usual "first six, last four" would leave two digits
of sequence, and the check character settles those. We show the first three and the last two:
enough to compare with a card in the hand, and some eight hundred numbers remain possible even for
who knows the birthday (about ninety counties, a hundred sequences, one in eleven checks).
"""

import re
from typing import Final

_FIRST_LETTER_OF_WORD: Final = re.compile(r"(?<=[^\W\d_])[^\W\d_]")
_LONG: Final = 15
_SHORT: Final = 6
_SHOWN_PHONE: Final = 10
_TWO: Final = 2


def mask_identity_number(number: str) -> str:
    """`330203199001010007` as `330*************07`; shorter papers show one and two characters."""
    if len(number) < _SHORT:
        return "*" * len(number)
    head = 3 if len(number) >= _LONG else 1
    return f"{number[:head]}{'*' * (len(number) - head - 2)}{number[-2:]}"


def mask_phone(number: str) -> str:
    """`13812345678` as `138****5678`; short numbers from abroad show less."""
    if len(number) < _SHORT:
        return "*" * len(number)
    head, tail = (3, 4) if len(number) >= _SHOWN_PHONE else (3, 1)
    return f"{number[:head]}{'*' * (len(number) - head - tail)}{number[-tail:]}"


def mask_name(name: str) -> str:
    """`张三` as `张*`, `张小三` as `张*三`; dots and blanks stay, of Latin words the initials."""
    if name.isascii():
        return _FIRST_LETTER_OF_WORD.sub("*", name)
    if len(name) <= _TWO:
        return f"{name[:1]}{'*' * (len(name) - 1)}"
    hidden = "".join(each if each in "· " else "*" for each in name[1:-1])
    return f"{name[0]}{hidden}{name[-1]}"
