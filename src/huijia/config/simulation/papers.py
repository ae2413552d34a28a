"""Numbers that are well made and nobody's: identity numbers, phones, credit codes.

Identity numbers have sequence code 000, which is never issued; so only place and birthday vary,
and both are walked through by a scrambled counter, which makes every number unique. Phones begin
with 154, a segment in no list of operators' segments that we know of. Credit codes name the
division 000000.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from huijia.config.cli.faults import OperatorError
from huijia.config.simulation.chance import Scramble
from huijia.core.orgs.public import credit_code_check, organisation_code_check

OLDEST, YOUNGEST = 60, 18
SEQUENCE: Final = "000"
PHONE_PREFIX: Final = "154"
NOWHERE: Final = "000000"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5)
_CHECKS: Final = "10X98765432"
_PHONES: Final = Scramble(10**8, 4_154_154)
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATIONS: Final = Scramble(len(_ALPHABET) ** 5, 918_273)

# How likely a birthday is taken, of 256, by age from 18 to 60.
_KEPT: Final = [
    *(60, 90, 120, 150, 170, 190, 205, 215, 225, 235),
    *(240, 245, 250, 255, 255, 255, 255, 250, 245, 240),
    *(235, 230, 225, 220, 215, 210, 205, 200, 195, 190),
    *(185, 180, 175, 170, 165, 155, 145, 130, 110, 85),
    *(65, 45, 35),
]


class CityTooLargeError(OperatorError):
    """More people were asked for than there are numbers of sequence 000 in the country."""


@dataclass(frozen=True, slots=True)
class Birthdays:
    """All days on which a working person can be born, with what each adds to the check."""

    first: int
    texts: tuple[str, ...]
    sums: tuple[int, ...]
    kept: bytes

    @classmethod
    def up_to(cls, day: dt.date) -> "Birthdays":
        """The birthdays of those who are 18 to 60 on a day."""
        first = day.replace(year=day.year - OLDEST, day=min(day.day, 28)).toordinal()
        last = day.replace(year=day.year - YOUNGEST, day=min(day.day, 28)).toordinal()
        texts = tuple(f"{dt.date.fromordinal(each):%Y%m%d}" for each in range(first, last))
        sums = tuple(_weighted(text, 6) for text in texts)
        ages = (int((day.toordinal() - each) / 365.25) for each in range(first, last))
        kept = bytes(_KEPT[min(max(age, YOUNGEST), OLDEST) - YOUNGEST] for age in ages)
        return cls(first, texts, sums, kept)


class Numbers:
    """Identity numbers of people from certain places, none twice."""

    def __init__(self, places: Sequence[str], birthdays: Birthdays, salt: int) -> None:
        self.places = [(place, _weighted(place, 0)) for place in places]
        self.birthdays = birthdays
        self.scramble = Scramble(max(len(places) * len(birthdays.texts), 1), salt)

    @property
    def capacity(self) -> int:
        """About how many people can get a number here, after the thinning by age."""
        kept = self.birthdays.kept
        return len(self.places) * sum(kept) // 256


class Supply:
    """The part of `Numbers` that belongs to one chunk of people: no other chunk draws from it."""

    def __init__(self, numbers: Numbers, part: int, parts: int) -> None:
        self._size = numbers.scramble.size
        self._step = numbers.scramble.step
        self._next, self._end = self._size * part // parts, self._size * (part + 1) // parts
        self._at = numbers.scramble(self._next)
        self._places, self._birthdays = numbers.places, numbers.birthdays

    def take(self) -> tuple[str, int] | None:
        """A number and its birthday (as an ordinal), or None when the part is used up."""
        places, birthdays = self._places, self._birthdays
        count, kept = len(places), birthdays.kept
        while self._next < self._end and places:
            at = self._at
            self._at = (at + self._step) % self._size
            self._next += 1
            day, place = divmod(at, count)
            # Thinned by age: what is passed over is never drawn again.
            if (at * 2_654_435_761 >> 9) & 0xFF < kept[day]:
                text, place_sum = places[place]
                check = _CHECKS[(place_sum + birthdays.sums[day]) % 11]
                number = f"{text}{birthdays.texts[day]}{SEQUENCE}{check}"
                return number, birthdays.first + day
        return None


def phone(ordinal: int) -> str:
    """The phone of the n-th person."""
    return f"{PHONE_PREFIX}{_PHONES(ordinal):08}"


def credit_code(ordinal: int, category: str) -> str:
    """The n-th code of a category (`91` an enterprise, `81` a primary union, and so on)."""
    rest, body = _ORGANISATIONS(ordinal), ""
    for _ in range(5):
        rest, digit = divmod(rest, len(_ALPHABET))
        body += _ALPHABET[digit]
    organisation = f"MX{category[1]}{body}"
    first = f"{category}{NOWHERE}{organisation}{organisation_code_check(organisation)}"
    return first + credit_code_check(first)


def _weighted(digits: str, start: int) -> int:
    return sum(int(digit) * _WEIGHTS[start + place] for place, digit in enumerate(digits))
