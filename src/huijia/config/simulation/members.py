"""The people of a simulated city, made in chunks that know nothing of each other.

A chunk has its own chance and its own part of the identity numbers, so that any process can make
any chunk, and the same city has the same people however the work is shared.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from huijia.config.simulation import names, papers
from huijia.config.simulation.chance import SIZE, table
from huijia.config.simulation.cities import City
from huijia.config.simulation.trades import HIGH, LOW, MIDDLE
from huijia.core.orgs.public import UnionKind, gazetteer

CHUNK: Final = 10_000
_MASK: Final = SIZE - 1
_YEAR: Final = 365.25
_GROWN_UP: Final = round(18 * _YEAR)

# Codes of core.people.choices; a test reads each of them back.
_EDUCATION: Final = {
    LOW: table({"70": 38, "60": 22, "40": 18, "30": 14, "20": 5, "80": 3}),
    MIDDLE: table({"70": 15, "60": 17, "40": 17, "30": 28, "20": 21, "10": 2}),
    HIGH: table({"60": 2, "40": 4, "30": 22, "20": 60, "10": 12}),
}
_YOUNG_STATUS: Final = table({"13": 66, "03": 26, "01": 7, "02": 1})
_STATUS: Final = table(
    {"13": 869, "01": 118, "02": 4, "12": 2, "05": 2, "06": 2, "07": 1, "10": 1, "04": 1}
)
_ETHNICITY: Final = table(
    {"01": 480, "06": 5, "15": 5, "12": 4, "08": 4, "07": 3, "09": 3, "22": 3, "03": 2, "11": 2}
    | {"05": 1}
)
_UYGUR: Final = "05"
_HOUSEHOLD: Final = table({"rural": 48, "urban": 30, "resident": 22})
_EMPLOYMENT: Final = table({"employed": 955, "off_post": 14, "pre_retired": 6, "flexible": 25})
_EMPLOYMENT_OF_GROUPS: Final = table({"employed": 45, "flexible": 55})
_EMPLOYMENT_OF_OLDER: Final = table({"employed": 78, "pre_retired": 8, "retired": 14})
_OTHER_EMPLOYMENT: Final = table({"unemployed": 7, "military": 3})
_OLDER: Final = round(54 * _YEAR)
_YOUNG: Final = round(28 * _YEAR)
# The chance that a number is from the city itself, from its province; the rest from elsewhere.
_LOCAL, _PROVINCIAL = 0.34, 0.22


class SimulatedMember(NamedTuple):
    """One person and their membership; `union` and `employer` are places in the city's lists."""

    ordinal: int
    name: str
    number: str
    birth: int
    sex: str
    ethnicity: str
    phone: str
    education: str
    political_status: str
    employment: str
    household: str
    new_employment: str
    union: int
    employer: int
    group: int
    joined: int
    card: str


class Population:
    """What all chunks of a city share: which union comes when, and the identity numbers."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.holders = city.holders
        self.ends = list(accumulate(city.unions[place].size for place in self.holders))
        self.chunks = -(-city.members // CHUNK)
        birthdays = papers.Birthdays.up_to(city.on)
        counties = gazetteer.county_codes()
        home, province = city.code, city.code[: gazetteer.PROVINCE]
        local = [each for each in counties if each.startswith(home)]
        provincial = [each for each in counties if each.startswith(province) and each not in local]
        elsewhere = [each for each in counties if not each.startswith(province)]
        self.numbers = [
            papers.Numbers(places, birthdays, salt=city.seed + salt)
            for salt, places in enumerate((local, provincial, elsewhere), start=1)
        ]
        capacity = [each.capacity for each in self.numbers]
        if city.members > sum(capacity) * 9 // 10:
            raise papers.CityTooLargeError(
                f"There are numbers of sequence 000 for about {sum(capacity) * 9 // 10} people."
            )
        # A large city soon uses up the numbers of its own counties: then fewer are local.
        total = max(city.members, 1)
        self.local = min(_LOCAL, 0.85 * capacity[0] / total)
        self.provincial = self.local + min(_PROVINCIAL, 0.85 * capacity[1] / total)

    def everyone(self) -> Iterator[SimulatedMember]:
        """All members, union by union."""
        for chunk in range(self.chunks):
            yield from self.chunk(chunk)

    def chunk(self, number: int) -> list[SimulatedMember]:
        """The members of one chunk."""
        return _Chunk(self, number).members()


class _Chunk:
    """The making of one chunk."""

    def __init__(self, population: Population, number: int) -> None:
        self.population, self.city = population, population.city
        self.chance = random.Random(f"{self.city.seed}/members/{number}")  # noqa: S311
        self.supplies = [
            papers.Supply(each, number, population.chunks) for each in population.numbers
        ]
        self.first = number * CHUNK
        self.last = min(self.first + CHUNK, self.city.members)
        self.on = self.city.on.toordinal()

    def members(self) -> list[SimulatedMember]:
        """Union by union, those whose turn falls into this chunk."""
        made: list[SimulatedMember] = []
        ends, at = self.population.ends, self.first
        holder = bisect_right(ends, at)
        while at < self.last:
            end = min(ends[holder], self.last)
            self._of_union(self.population.holders[holder], at, end, made)
            at, holder = end, holder + 1
        return made

    def _of_union(self, place: int, start: int, end: int, made: list[SimulatedMember]) -> None:
        union = self.city.unions[place]
        groups, founded = union.groups, union.founded.toordinal()
        employers, is_area = union.employers, union.kind is UnionKind.AREA
        chance = self.chance.random
        for ordinal in range(start, end):
            bits = self.chance.getrandbits(128)
            employer = employers[(bits & 0xFFFF) % len(employers)]
            trade = self.city.employers[employer].trade
            bits >>= 16
            number, birth = self._number(chance())
            age = self.on - birth
            sex = "2" if (bits & 127) * 100 < trade.women * 128 else "1"
            ethnicity = _ETHNICITY[bits >> 7 & _MASK]
            in_group = bool(trade.group) and (bits >> 16 & 127) * 100 < trade.share * 128
            earliest = max(birth + _GROWN_UP, founded)
            given = bits >> 66
            made.append(
                SimulatedMember(
                    ordinal=ordinal,
                    name=names.uygur_name(given) if ethnicity == _UYGUR else names.name(given, sex),
                    number=number,
                    birth=birth,
                    sex=sex,
                    ethnicity=ethnicity,
                    phone=papers.phone(ordinal) if bits >> 32 & 31 else "",
                    education=_EDUCATION[trade.leaning][bits >> 37 & _MASK],
                    political_status=(_YOUNG_STATUS if age < _YOUNG else _STATUS)[
                        bits >> 46 & _MASK
                    ],
                    employment=_employment(bits >> 23, age, in_group, is_area),
                    household=_HOUSEHOLD[bits >> 55 & _MASK],
                    new_employment=trade.group if in_group else "",
                    union=place,
                    employer=employer,
                    group=1 + ordinal % groups if groups else 0,
                    joined=earliest + int(chance() * (self.on - earliest + 1)),
                    card=f"{self.city.code}{ordinal:012}" if bits >> 103 & 3 else "",
                )
            )

    def _number(self, draw: float) -> tuple[str, int]:
        """From home, the province or elsewhere; where a part is used up, from the next one."""
        population = self.population
        first = 0 if draw < population.local else 1 if draw < population.provincial else 2
        for supply in self.supplies[first:] + self.supplies[:first]:
            taken = supply.take()
            if taken is not None:
                return taken
        raise papers.CityTooLargeError("The numbers of sequence 000 are used up.")


def _employment(bits: int, age: int, in_group: bool, is_area: bool) -> str:
    """How somebody works; those without an employer's union are without work more often."""
    if in_group:
        return _EMPLOYMENT_OF_GROUPS[bits & _MASK]
    if age > _OLDER:
        return _EMPLOYMENT_OF_OLDER[bits & _MASK]
    if is_area and not bits >> 38 & 31:
        return _OTHER_EMPLOYMENT[bits & _MASK]
    return _EMPLOYMENT[bits & _MASK]
