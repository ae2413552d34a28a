"""Drawing up a simulated city: its union tree on real divisions, its employers, its sizes."""

import datetime as dt
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, TypeVar

from huijia.config.cli.faults import OperatorError
from huijia.config.simulation import names, papers
from huijia.config.simulation.chance import SIZE
from huijia.config.simulation.trades import (
    BRAND,
    ENTERPRISE_TABLE,
    LIMITS,
    MARK,
    PUBLIC_TABLE,
    SMALL_TABLE,
    Trade,
)
from huijia.core.orgs.public import PRIMARY, UnionKind, gazetteer

Choice = TypeVar("Choice", str, int)
FEWEST_UNIONS: Final = 4
SMALLEST: Final = 3
GROUP_SIZE: Final = 30
# Federations without a division of their own, under the city.
FUNCTION_ZONES: Final = {"3302": ("宁波国家高新区", "宁波前湾新区", "宁波东钱湖旅游度假区")}
INDUSTRIES: Final = ("教育", "医务", "交通运输", "建设建材", "财贸金融")
_VILLAGE_ENDINGS: Final = (
    "社区居民委员会", "社区居委会", "居民委员会", "村民委员会", "居委会", "村委会"
)  # fmt: skip


class TooSmallError(OperatorError):
    """So few unions make no city of four levels."""


@dataclass(slots=True)
class SimulatedEmployer:
    """An invented employer."""

    name: str
    credit_code: str
    trade: Trade
    division: str | None
    staff: int = 0


@dataclass(slots=True)
class SimulatedUnion:
    """A node of the tree; `parent` and `employers` are places in the city's lists."""

    parent: int | None
    depth: int
    kind: UnionKind
    name: str
    short_name: str
    code: str
    division: str | None
    employers: range = range(0)
    credit_code: str | None = None
    founded: dt.date = dt.date(2000, 1, 1)
    term_started: dt.date = dt.date(2024, 1, 1)
    term_ends: dt.date = dt.date(2029, 1, 1)
    chair: str = ""
    others: tuple[str, ...] = ()
    size: int = 0
    staff: int = 0

    @property
    def stem(self) -> str:
        """What names of unions below begin with: the name without what kind of union it is."""
        return self.name.removesuffix("工会").removesuffix("总")

    @property
    def groups(self) -> int:
        """How many union groups it has: a small union has none."""
        return min(self.size // GROUP_SIZE, 40)


@dataclass(slots=True)
class City:
    """A simulated city: everything but its people, who are made from it chunk by chunk."""

    code: str
    name: str
    seed: int
    on: dt.date
    members: int
    unions: list[SimulatedUnion] = field(default_factory=list)
    employers: list[SimulatedEmployer] = field(default_factory=list)

    @property
    def holders(self) -> list[int]:
        """The unions that hold members, as places in the list."""
        return [place for place, union in enumerate(self.unions) if union.kind in PRIMARY]


def draw_up(city: str, unions: int, members: int, seed: int, on: dt.date) -> City:
    """A city of exactly so many unions (federations included) and members.

    `city` is its division code (330200). Raises gazetteer.UnknownCityError for a code of no city,
    TooSmallError for fewer than four unions, papers.CityTooLargeError past what the numbers give.
    """
    if unions < FEWEST_UNIONS:
        raise TooSmallError(f"A city needs at least {FEWEST_UNIONS} unions, one a level.")
    return _Drawing(gazetteer.city_code(city), unions, members, seed, on).city


class _Drawing:
    """The steps of drawing up one city, level by level, from one stream of chance."""

    def __init__(self, code: str, unions: int, members: int, seed: int, on: dt.date) -> None:
        self.places = gazetteer.divisions_of_city(code)
        name = self.places[code]
        if name in ("市辖区", "县"):  # a city directly under the centre
            name = self.places[code[:2]]
        self.city = City(code, name, seed, on, members)
        self.chance = random.Random(f"{seed}/{code}/{unions}/{members}")  # noqa: S311 - not secret
        self.serials: dict[int, int] = {}
        self.used: set[str] = set()
        self.codes_used: dict[str, int] = {}
        self._federations(unions)
        self._primary_unions(unions - len(self.city.unions))
        self._sizes()
        for union in self.city.unions:
            self._facts(union)

    def _federations(self, unions: int) -> None:
        code, name = self.city.code, self.city.name
        self._federation(None, UnionKind.CITY, name, code.ljust(6, "0"), code)
        counties = sorted(each for each in self.places if len(each) == gazetteer.COUNTY)
        chosen = self._some(counties, max(1, (unions - 1) // 10))
        at = {}
        for each in chosen:
            at[each] = self._federation(0, UnionKind.COUNTY, self._county_name(each), each, each)
        if unions >= 100:  # noqa: PLR2004 - a smaller city shows the plain tree only
            for number, zone in enumerate(FUNCTION_ZONES.get(code, ()), start=1):
                self._federation(0, UnionKind.ZONE, zone, f"{code}Z{number}", None)
            for number, industry in enumerate(INDUSTRIES, start=1):
                self._federation(0, UnionKind.INDUSTRY, name + industry, f"{code}C{number}", None)
        towns = [
            each
            for each in sorted(self.places)
            if len(each) == gazetteer.TOWN and each[: gazetteer.COUNTY] in at
        ]
        for each in self._some(towns, max(1, (unions - len(self.city.unions)) // 4)):
            town, parent = self.places[each], at[each[: gazetteer.COUNTY]]
            kind = UnionKind.TOWN if town[-1] in "镇乡道" else UnionKind.ZONE
            county = self.places[each[: gazetteer.COUNTY]]
            self._federation(parent, kind, f"{county}{town}", each, each)

    def _county_name(self, code: str) -> str:
        name = self.places[code]
        return self.city.name + name if name.endswith("区") else name

    def _federation(
        self, parent: int | None, kind: UnionKind, name: str, code: str, division: str | None
    ) -> int:
        """A federation of a place, short by the place; one of an industry, short by its trade."""
        short = name
        if kind is UnionKind.INDUSTRY:
            short = f"{name.removeprefix(self.city.name)}工会"
        ending = "工会" if kind is UnionKind.INDUSTRY else "总工会"
        depth = 1 if parent is None else self.city.unions[parent].depth + 1
        return self._add(SimulatedUnion(parent, depth, kind, name + ending, short, code, division))

    def _primary_unions(self, count: int) -> None:
        by_kind: dict[str, list[int]] = {}
        for place, union in enumerate(self.city.unions):
            by_kind.setdefault(union.kind, []).append(place)
        towns = [place for place in self._places_at(3) if self.city.unions[place].division]
        areas = self._area_unions(towns, count * 12 // 100)
        count -= len(areas)
        # Some towns have many enterprises, most have few; the same holds for counties and areas.
        parents = (
            [(place, 55) for place in towns]
            + [(place, 22) for place in areas]
            + [(place, 10) for place in by_kind.get(UnionKind.COUNTY, [])]
            + [(place, 5) for place in by_kind.get(UnionKind.INDUSTRY, [])]
            + [(place, 8) for place in by_kind.get(UnionKind.ZONE, []) if place not in towns]
        )
        groups = {
            share: sum(1 for _place, each in parents if each == share) for _p, share in parents
        }
        weights = [share / groups[share] * self._log_normal(0.8) for _place, share in parents]
        for (place, _share), many in zip(parents, apportion(count, weights), strict=True):
            for _ in range(many):
                self._primary_union(place)

    def _places_at(self, depth: int) -> list[int]:
        return [place for place, union in enumerate(self.city.unions) if union.depth == depth]

    def _area_unions(self, towns: Sequence[int], count: int) -> list[int]:
        at = {self.city.unions[place].code: place for place in towns}
        villages = [
            each
            for each in sorted(self.places)
            if len(each) == gazetteer.VILLAGE and each[: gazetteer.TOWN] in at
        ]
        made = []
        for each in self._some(villages, count):
            town = self.city.unions[at[each[: gazetteer.TOWN]]]
            village = _plain_village(self.places[each])
            union = SimulatedUnion(
                at[town.code], town.depth + 1, UnionKind.AREA,
                self._unused(f"{town.stem}{village}联合工会"), village, each, each,
            )  # fmt: skip
            union.employers = self._employers(
                self.chance.randint(3, 12), SMALL_TABLE, self._short(town), each
            )
            made.append(self._add(union))
        return made

    def _primary_union(self, parent: int) -> None:
        above = self.city.unions[parent]
        self.serials[parent] = self.serials.get(parent, 0) + 1
        code = f"{above.code}-{self.serials[parent]:04}"
        draw, place = self.chance.random(), self._short(above)
        if draw < 0.18:  # noqa: PLR2004 - about one union in six is a joint one
            employers = self._employers(
                2 + int(self.chance.random() * 8), ENTERPRISE_TABLE, place, above.division
            )
            kind, trade = UnionKind.JOINT, self.city.employers[employers[0]].trade.ending
            short = f"{trade.removesuffix('有限公司').removesuffix('股份')}行业"
            stem = above.short_name if above.kind in PRIMARY else above.stem
            name = self._unused(f"{stem}{short}", "联合工会委员会")
            short += "联合工会"
        else:
            is_public = draw > 0.94 or above.kind is UnionKind.INDUSTRY  # noqa: PLR2004
            trades = PUBLIC_TABLE if is_public else ENTERPRISE_TABLE
            employers = self._employers(1, trades, place, above.division)
            kind, short = UnionKind.SINGLE, self.city.employers[employers[0]].name
            name = f"{short}工会委员会"
        self._add(
            SimulatedUnion(
                parent, above.depth + 1, kind, name, short, code, above.division, employers
            )
        )

    def _short(self, union: SimulatedUnion) -> str:
        """The place name that employers there begin with: 宁海, 慈溪, 宁波."""
        county = (union.division or "")[: gazetteer.COUNTY]
        name = (
            self.places.get(county, self.city.name)
            if len(county) > gazetteer.CITY
            else self.city.name
        )
        return name[:-1] if len(name) > 2 else name  # noqa: PLR2004 - a name of two keeps its 区

    def _employers(
        self, count: int, trades: Sequence[Trade], place: str, division: str | None
    ) -> range:
        first = len(self.city.employers)
        for _ in range(count):
            trade = trades[self.chance.getrandbits(9)]
            name = f"{place}{MARK}{self._brand()}{trade.ending}"
            while name in self.used:
                name = f"{place}{MARK}{self._brand()}{trade.ending}"
            self.used.add(name)
            category = LIMITS[trade.kind]
            number = self.codes_used[category] = self.codes_used.get(category, -1) + 1
            code = papers.credit_code(number, category)
            self.city.employers.append(SimulatedEmployer(name, code, trade, division))
        return range(first, first + count)

    def _brand(self) -> str:
        return "".join(BRAND[int(self.chance.random() * len(BRAND))] for _ in "ab")

    def _unused(self, name: str, ending: str = "") -> str:
        """The name, with a number where it is taken."""
        tried, number = name + ending, 1
        while tried in self.used:
            number += 1
            tried = f"{name}第{number}{ending}" if ending else f"{name}({number})"
        self.used.add(tried)
        return tried

    def _sizes(self) -> None:
        """Log-normal sizes, most under a hundred, and a few giants of thousands."""
        holders = self.city.holders
        weights = [self._log_normal(1.25) for _ in holders]
        giants = max(1, len(holders) // 500) if len(holders) >= 50 else 0  # noqa: PLR2004
        singles = [
            number
            for number, place in enumerate(holders)
            if self.city.unions[place].kind is UnionKind.SINGLE
        ]
        for number in self._some(singles, giants):
            weights[number] = self.chance.uniform(70, 150)
        least = min(SMALLEST, self.city.members // len(holders))
        sizes = apportion(self.city.members - least * len(holders), weights)
        for place, size in zip(holders, sizes, strict=True):
            union = self.city.unions[place]
            union.size = size + least
            union.staff = round(union.size / self.chance.uniform(0.68, 1.0))
            for each in union.employers:
                self.city.employers[each].staff = max(1, union.staff // len(union.employers))

    def _facts(self, union: SimulatedUnion) -> None:
        on, chance = self.city.on, self.chance
        is_federation = union.kind not in PRIMARY
        oldest = 18_000 if is_federation else 9_800
        # The root makes young unions rare, or most members would have joined this year.
        age = 60 + int(chance.random() ** 0.5 * oldest) + (9_000 if is_federation else 0)
        union.founded = on - dt.timedelta(days=age)
        years = 5 if is_federation or chance.random() < 0.6 else 3  # noqa: PLR2004
        # One in twelve is overdue for election.
        passed = min(age, int(chance.random() * 365 * years * 1.09))
        union.term_started = on - dt.timedelta(days=passed)
        union.term_ends = _years_later(union.term_started, years)
        sex = "1" if chance.random() < 0.62 else "2"  # noqa: PLR2004
        union.chair = names.name(chance.getrandbits(36), sex)
        union.others = tuple(names.name(chance.getrandbits(36), each) for each in ("1", "1", "2"))
        if is_federation or chance.random() < 0.6:  # noqa: PLR2004 - the rest is no legal person
            category = "89" if is_federation else "81"
            number = self.codes_used[category] = self.codes_used.get(category, -1) + 1
            union.credit_code = papers.credit_code(number, category)

    def _add(self, union: SimulatedUnion) -> int:
        self.city.unions.append(union)
        return len(self.city.unions) - 1

    def _some(self, choices: Sequence[Choice], count: int) -> list[Choice]:
        """So many of the choices by chance, in their own order."""
        if count >= len(choices):
            return list(choices)
        picked = sorted(range(len(choices)), key=lambda _each: self.chance.random())[:count]
        return [choices[each] for each in sorted(picked)]

    def _log_normal(self, sigma: float) -> float:
        """Around one; by Box and Muller, so that every Python draws the same."""
        radius = math.sqrt(-2 * math.log(1 - self.chance.random()))
        return math.exp(sigma * radius * math.cos(2 * math.pi * self.chance.random()))


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of a total in proportion to weights that add up to it exactly."""
    if not weights:
        return []
    whole = sum(weights)
    ends = [round(total * passed / whole) for passed in accumulate(weights)]
    ends[-1] = total
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _plain_village(name: str) -> str:
    for ending in _VILLAGE_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            bare = name.removesuffix(ending)
            if "居" in ending:
                return bare if bare.endswith("社区") else f"{bare}社区"
            return bare if bare.endswith("村") else f"{bare}村"
    return name


def _years_later(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def sizes_of(unions: Iterable[SimulatedUnion]) -> list[int]:
    """The sizes of the unions that hold members."""
    return [union.size for union in unions if union.kind in PRIMARY]


assert SIZE == 512  # noqa: PLR2004 - `_employers` draws nine bits
