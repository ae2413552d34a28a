"""Filling an empty register with a simulated city, by COPY, in one transaction.

Only for demonstrations and benches, and only as the owner of the tables: COPY passes over the
rules that actions keep, so the simulation keeps them itself (its tests say which).
"""

import datetime as dt
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from django.db import connection, transaction

from huijia.config.cli.faults import OperatorError
from huijia.config.simulation.cities import City, SimulatedUnion
from huijia.config.simulation.members import CHUNK, Population
from huijia.config.simulation.rows import NULL, TABLES, Desk, Seat, levels
from huijia.config.simulation.sheets import group_name
from huijia.core.audit import public as audit
from huijia.core.kernel.actor import Actor
from huijia.core.orgs.public import PRIMARY, divisions
from huijia.core.people.public import name_grams
from huijia.insight.public import recounts

SIMULATION: Final = Actor(account_id=None, name="simulation")
CHILDREN: Final = 2
WORTH_CHILDREN: Final = 3 * CHUNK
AHEAD: Final = 2
"""Chunks that a child may be ahead of the database: what bounds the memory."""
COMMITTEE_FROM: Final = 25
"""Members from which a union has a committee (工会法 §11), and here further officers."""

EMPLOYER: Final = (
    "orgs_employer (id, name, name_grams, credit_code, kind, industry, division_id, address, "
    "staff_count)"
)
UNION: Final = (
    "orgs_union (id, parent_id, path, depth, level_1, level_2, level_3, level_4, level_5, name, "
    "name_grams, short_name, code, kind, state, division_id, employer_id, credit_code, founded_on, "
    "term_started_on, term_ends_on, staff_count, version, updated_at)"
)
COVERAGE: Final = "orgs_coverage (union_id, employer_id, since)"
GROUP: Final = "registry_group (id, union_id, name)"
OFFICER: Final = "registry_officer (union_id, name, post, is_full_time, other_post, since)"
UNION_FILE: Final = (
    "registry_unionfile (union_id, approved_by, approval_number, certificate_number, "
    "election_form, term_number, full_time_staff, has_womens_committee, has_audit_committee, "
    "has_seal, has_own_account, publishes_affairs, model_home_level, updated_at)"
)


class RegisterNotEmptyError(OperatorError):
    """There is a city in the register already; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and how long it took in seconds."""

    divisions: int
    unions: int
    employers: int
    members: int
    seconds: float
    city_id: int


def load_directly(*, city: City, at: dt.datetime) -> Loaded:
    """Load a city that was drawn up, with figures, or nothing at all.

    Caller is connected as the owner of the tables. Raises RegisterNotEmptyError where there are
    unions already.
    """
    started = perf_counter()
    population = Population(city)
    with transaction.atomic():
        _keep_others_out()
        _require_empty()
        number_of_divisions = divisions.load(city=city.code, by=SIMULATION, at=at)
        desk = _tree(population, at)
        with _open_to_copy():
            _people(desk)
        audit.record(
            verb="simulation.load", subject=("union", desk.seats[0].id), by=SIMULATION, at=at,
            union_id=desk.seats[0].id,
            changes={
                "seed": city.seed, "unions": len(city.unions), "members": city.members
            },
        )  # fmt: skip
        _run("ANALYZE people_person, people_identity, registry_membership, orgs_union")
        recounts.rebuild()
    return Loaded(
        number_of_divisions, len(city.unions), len(city.employers), city.members,
        perf_counter() - started, desk.seats[0].id,
    )  # fmt: skip


def _keep_others_out() -> None:
    """Let nobody write meanwhile, and no vacuum look: it sees none of our rows, takes the tables
    for empty, and plans made upon that search them row by row.
    """
    tables = [columns.split(" ", 1)[0] for columns in (EMPLOYER, UNION, COVERAGE, GROUP, *TABLES)]
    _run(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")


def _require_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM orgs_union)")
        if cursor.fetchone()[0]:
            raise RegisterNotEmptyError(
                "The register has a city already. A demonstration is made anew by --reset."
            )


@contextmanager
def _open_to_copy() -> Iterator[None]:
    """Take the fence of sealed identities off the owner: COPY refuses a table that has one.

    Others stay fenced in; until the transaction ends they wait. Constraints are checked chunk by
    chunk, so that nothing is pending when the fence goes back.
    """
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run("ALTER TABLE people_identity NO FORCE ROW LEVEL SECURITY")
    yield
    _run("ALTER TABLE people_identity FORCE ROW LEVEL SECURITY")
    _run("SET CONSTRAINTS ALL DEFERRED")


def _tree(population: Population, at: dt.datetime) -> Desk:
    """Employers, unions and all that hangs on them; gives ids to everything."""
    city, now = population.city, at.isoformat()
    first_employer = _reserved("orgs_employer", len(city.employers))
    _copy(
        EMPLOYER,
        (
            _line(
                first_employer + place, each.name, _array(name_grams(each.name)), each.credit_code,
                each.trade.kind, each.trade.industry, each.division, "", each.staff,
            )
            for place, each in enumerate(city.employers)
        ),
    )  # fmt: skip
    seats = _seats(city)
    _copy(
        UNION,
        (
            _union_line(union, seat, seats, first_employer, now)
            for union, seat in zip(city.unions, seats, strict=True)
        ),
    )
    both = list(zip(city.unions, seats, strict=True))
    _copy(
        COVERAGE,
        (
            _line(seat.id, first_employer + each, union.founded)
            for union, seat in both
            for each in union.employers
        ),
    )
    _copy(
        GROUP,
        (
            _line(seat.first_group + number, seat.id, group_name(number + 1))
            for union, seat in both
            for number in range(union.groups)
        ),
    )
    _copy(OFFICER, (_line(*row) for union, seat in both for row in _officers(union, seat.id)))
    _copy(UNION_FILE, (_line(*_file(city, union, seat.id), now) for union, seat in both))
    first_person = _reserved("people_person", city.members)
    return Desk(population, seats, first_person, first_employer, at)


def _seats(city: City) -> list[Seat]:
    """Ids, paths and first groups of all unions; parents come before children."""
    first = _reserved("orgs_union", len(city.unions))
    group = _reserved("registry_group", sum(union.groups for union in city.unions))
    seats: list[Seat] = []
    for place, union in enumerate(city.unions):
        above = seats[union.parent].path if union.parent is not None else ()
        seats.append(Seat(first + place, (*above, first + place), group))
        group += union.groups
    return seats


def _union_line(
    union: SimulatedUnion, seat: Seat, seats: list[Seat], first_employer: int, now: str
) -> str:
    only = first_employer + union.employers[0] if len(union.employers) == 1 else None
    return _line(
        seat.id, seats[union.parent].id if union.parent is not None else None,
        ".".join(map(str, seat.path)), len(seat.path), levels(seat.path), union.name,
        _array(name_grams(union.name)), union.short_name, union.code, union.kind, "active",
        union.division, only, union.credit_code, union.founded, union.term_started,
        union.term_ends, union.staff or None, 1, now,
    )  # fmt: skip


def _officers(union: SimulatedUnion, union_id: int) -> Iterator[tuple[object, ...]]:
    is_federation = union.kind not in PRIMARY
    full_time = is_federation or union.size > 1_000  # noqa: PLR2004 - large unions have staff
    posts = ["chair"]
    if is_federation or union.size >= COMMITTEE_FROM:
        posts += ["vice_chair", "audit", "women"]
    for post, name in zip(posts, [union.chair, *union.others], strict=False):
        yield union_id, name, post, full_time and post != "women", "", union.term_started


def _file(city: City, union: SimulatedUnion, union_id: int) -> tuple[object, ...]:
    above = city.unions[union.parent].name if union.parent is not None else ""
    has_committee = union.size >= COMMITTEE_FROM or union.kind not in PRIMARY
    year = union.founded.year
    return (
        union_id, above, f"演示〔{year}〕{union_id}号" if above else "",
        f"YS{union_id:08}" if union.credit_code else "",
        "会员大会" if union.size < 100 else "会员代表大会",  # noqa: PLR2004
        1 + (city.on.year - year) // 5, 2 if union.kind not in PRIMARY else 0,
        has_committee, has_committee, union.credit_code is not None,
        union.credit_code is not None, union.size > 0, "",
    )  # fmt: skip


def _people(desk: Desk) -> None:
    for texts in _chunks(desk):
        for table, text in zip(TABLES, texts, strict=True):
            _copy_text(table, text)


_desk: list[Desk] = []
"""The desk of a child process, put there when it starts."""


def _chunks(desk: Desk) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The rows of all chunks in order; a large city's are made by children, a few ahead."""
    chunks = desk.population.chunks
    if desk.population.city.members < WORTH_CHILDREN:
        yield from map(desk.chunk, range(chunks))
        return
    # By fork: the desk need not be packed, and no child touches the database connection.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        CHILDREN, mp_context=context, initializer=_desk.append, initargs=(desk,)
    ) as children:
        waiting: deque[Future[tuple[bytes, bytes, bytes]]] = deque()
        for number in range(chunks):
            waiting.append(children.submit(_made_by_child, number))
            if len(waiting) > CHILDREN * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _made_by_child(number: int) -> tuple[bytes, bytes, bytes]:
    return _desk[0].chunk(number)


def _reserved(table: str, count: int) -> int:
    """The first of so many ids taken from a table's sequence."""
    if not count:
        return 0
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval({sequence}, nextval({sequence}) + %s)", [count - 1])
        last: int = cursor.fetchone()[0]
    return last - count + 1


def _copy(table: str, lines: Iterable[str]) -> None:
    _copy_text(table, "".join(lines).encode())


def _copy_text(table: str, text: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write(text)


def _line(*values: object) -> str:
    return "\t".join(_cell(value) for value in values) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return NULL
    return "tf"[not value] if isinstance(value, bool) else str(value)


def _array(grams: list[str]) -> str:
    """An array as COPY takes it; names of unions can hold brackets and commas."""
    return "{" + ",".join(f'"{gram}"' for gram in grams) + "}"


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
