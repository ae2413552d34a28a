"""Mobile numbers: brought to one shape, landlines told apart."""

import re
from typing import Final, NamedTuple

from huijia.core.kernel.text import upper_token
from huijia.core.people.rules.faults import Fault

_MAINLAND: Final = re.compile(r"1[3-9][0-9]{9}").fullmatch
_WITH_COUNTRY: Final = re.compile(r"(?:\+86|0086|86)(1[0-9]{10}|0?[1-9][0-9]{8,10})").fullmatch
_ABROAD: Final = re.compile(r"\+[1-9][0-9]{5,14}").fullmatch
_LANDLINE: Final = re.compile(
    r"0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}|[48]00[0-9]{7}|[2-9][0-9]{8,10}"
).fullmatch
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}").fullmatch
_DIGITS: Final = re.compile(r"\+?[0-9]+").fullmatch
_REMARKS: Final = {ord(mark): None for mark in "().（）"}
_MAINLAND_LENGTH: Final = 11


class Phone(NamedTuple):
    """A mobile number: 11 digits for the mainland, `+` and country code for any other."""

    number: str
    is_mainland: bool


def read_phone(text: str | float) -> Phone | Fault:
    """The mobile number in a cell, or why it is none.

    Numbers from abroad need their `+`. A landline is refused with a reason of its own, since it
    can neither receive a code nor be called back as the person's own.
    """
    if isinstance(text, str):
        if _MAINLAND(text):
            return Phone(text, is_mainland=True)
        return _read_cleaned(upper_token(text.removesuffix(".0")).translate(_REMARKS))
    if text != text or text < 0 or text % 1:  # noqa: PLR0124 - not a number
        return Fault.PHONE_CHARACTERS
    return _read_cleaned(str(int(text)))


def _read_cleaned(text: str) -> Phone | Fault:
    if with_country := _WITH_COUNTRY(text):
        text = with_country[1]
    if _MAINLAND(text):
        return Phone(text, is_mainland=True)
    if _ABROAD(text):
        return Phone(text, is_mainland=False)
    return _fault(text)


def _fault(text: str) -> Fault:
    if not text:
        return Fault.PHONE_MISSING
    if not _DIGITS(text):
        # "1.38E+10" lost its dot above, with the brackets
        return Fault.PHONE_LOST_DIGITS if _ROUNDED(text) or "E+" in text else Fault.PHONE_CHARACTERS
    if _LANDLINE(text):
        return Fault.PHONE_LANDLINE
    is_full = len(text) == _MAINLAND_LENGTH and text.startswith("1")
    return Fault.PHONE_PREFIX if is_full else Fault.PHONE_LENGTH
