"""Whether the facts of one row agree with each other."""

from datetime import date
from typing import Final

from huijia.core.people.choices import Sex
from huijia.core.people.rules.faults import Fault
from huijia.core.people.rules.numbers import IdentityNumber

_STATED: Final = frozenset({Sex.MALE, Sex.FEMALE})


def consistency(
    number: IdentityNumber, sex: Sex | None, birth_date: date | None
) -> tuple[Fault, ...]:
    """What the sex and the birthday stated contradict in the number; nothing stated, nothing."""
    faults: tuple[Fault, ...] = ()
    if number.sex is not None and sex in _STATED and sex != number.sex:
        faults = (Fault.SEX_CONTRADICTS,)
    if number.birth_date is not None and birth_date not in (None, number.birth_date):
        faults += (Fault.BIRTH_DATE_CONTRADICTS,)
    return faults
