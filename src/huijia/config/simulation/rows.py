"""Finished rows of a simulated city in the text form of COPY, sealed and indexed.

Everything that a process needs to make the rows of a chunk is in one `Desk`: children get it by
fork, and hand back text.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from huijia.config.simulation.members import Population, SimulatedMember
from huijia.core.people import sealed
from huijia.core.people.public import name_grams
from huijia.core.vault.public import vault

NULL: Final = "\\N"
RESIDENT: Final = "resident"
# Who is retired, unemployed or serving keeps the membership without dues and vote (章程 §8).
RETAINED: Final = frozenset({"retired", "unemployed", "military"})

PERSON: Final = (
    "people_person (id, name, name_grams, sex, birth_date, ethnicity, education, "
    "political_status, household, version, updated_at)"
)
IDENTITY: Final = (
    "people_identity (person_id, paper, number_sealed, number_index, phone_sealed, phone_index, "
    "scope)"
)
MEMBERSHIP: Final = (
    "registry_membership (person_id, union_id, level_1, level_2, level_3, level_4, level_5, state, "
    "joined_on, employer_id, workplace, group_id, card_number, employment, new_employment, "
    "version, updated_at)"
)
TABLES: Final = (PERSON, IDENTITY, MEMBERSHIP)
"""The tables of a chunk in the order in which they refer to each other."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a union of the simulation stands in the database."""

    id: int
    path: tuple[int, ...]
    first_group: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What turns simulated members into rows: ids given out, names of employers, the moment."""

    population: Population
    seats: Sequence[Seat]
    first_person: int
    first_employer: int
    at: dt.datetime

    def chunk(self, number: int) -> tuple[bytes, bytes, bytes]:
        """The rows of one chunk for each of TABLES."""
        return self.rows(self.population.chunk(number))

    def rows(self, members: Sequence[SimulatedMember]) -> tuple[bytes, bytes, bytes]:
        """The rows of some members for each of TABLES."""
        persons, identities, memberships = [], [], []
        scopes, unions = self._by_union()
        days, seal = _Days(), _Seals()
        employers, at = self.population.city.employers, self.at.isoformat()
        for each in members:
            person = self.first_person + each.ordinal
            seat = self.seats[each.union]
            grams = ",".join(name_grams(each.name))
            persons.append(
                f"{person}\t{each.name}\t{{{grams}}}\t{each.sex}\t{days[each.birth]}\t"
                f"{each.ethnicity}\t{each.education}\t{each.political_status}\t{each.household}\t"
                f"1\t{at}\n"
            )
            identities.append(
                f"{person}\t{RESIDENT}\t{seal.number(each.number)}\t{seal.phone(each.phone)}\t"
                f"{scopes[each.union]}\n"
            )
            group = seat.first_group + each.group - 1 if each.group else NULL
            state = "retained" if each.employment in RETAINED else "member"
            memberships.append(
                f"{person}\t{unions[each.union]}\t{state}\t{days[each.joined]}\t"
                f"{self.first_employer + each.employer}\t{employers[each.employer].name}\t{group}\t"
                f"{each.card}\t{each.employment}\t{each.new_employment}\t1\t{at}\n"
            )
        return _joined(persons), _joined(identities), _joined(memberships)

    def _by_union(self) -> tuple["_Lazy", "_Lazy"]:
        """Scopes and level columns of unions, each worked out when a member first needs it."""
        seats = self.seats
        return (
            _Lazy(lambda union: f"{{{','.join(map(str, seats[union].path))}}}"),
            _Lazy(lambda union: f"{seats[union].id}\t{levels(seats[union].path)}"),
        )


def levels(path: tuple[int, ...]) -> str:
    """The five level columns of a path."""
    return "\t".join([*map(str, path), *[NULL] * (5 - len(path))])


class _Seals:
    """Seals and indexes as COPY takes them: bytes in hexadecimal."""

    def __init__(self) -> None:
        ring = vault()
        self._number, self._phone = ring.sealer(sealed.NUMBER), ring.sealer(sealed.PHONE)
        self._number_index = ring.hex_indexer(sealed.NUMBER)
        self._phone_index = ring.hex_indexer(sealed.PHONE)

    def number(self, number: str) -> str:
        """The columns of a number."""
        return f"\\\\x{self._number(number.encode()).hex()}\t{self._number_index(number)}"

    def phone(self, phone: str) -> str:
        """The columns of a phone, null where there is none."""
        if not phone:
            return f"{NULL}\t{NULL}"
        return f"\\\\x{self._phone(phone.encode()).hex()}\t{self._phone_index(phone)}"


class _Lazy(dict[int, str]):
    def __init__(self, make: Callable[[int], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: int) -> str:
        text = self[key] = self._make(key)
        return text


class _Days(dict[int, str]):
    def __missing__(self, ordinal: int) -> str:
        text = self[ordinal] = dt.date.fromordinal(ordinal).isoformat()
        return text


def _joined(lines: list[str]) -> bytes:
    return "".join(lines).encode()
