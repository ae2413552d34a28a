"""Pages of a large city: percentiles of the server's time, beside the bare query and bare page.

Server time is what `Server-Timing` says: from a thread of the web server taking the request up to
the answer being ready. With eight asking at once and two threads in each of two processes it holds
the wait for one's turn among two, and not that of the four who are not taken up yet.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg

from bench import city, loopback
from bench.results import Result, median

PORT = 8790
BARE_PORT = 8791
ROUNDS = 3
REQUESTS = 240


@dataclass(frozen=True, slots=True)
class Target:
    """A page, and the bare indexed query that answers its question."""

    name: str
    path: str
    query: str
    values: tuple = ()


def targets() -> list[Target]:
    """The pages that officers open all day, at the largest places of the city."""
    town, town_depth = city.one(
        "SELECT u.id, u.depth FROM orgs_union u JOIN insight_figure f ON f.union_id = u.id "
        "WHERE u.kind = 'town' AND f.indicator = 'members' ORDER BY f.value DESC LIMIT 1"
    )
    primary, primary_depth = city.one(
        "SELECT u.id, u.depth FROM orgs_union u JOIN insight_figure f ON f.union_id = u.id "
        "WHERE u.kind IN ('single', 'joint') AND f.indicator = 'members' "
        "ORDER BY f.value DESC LIMIT 1"
    )
    deep = city.one("SELECT id FROM registry_membership ORDER BY id DESC OFFSET 50000 LIMIT 1")[0]
    listing = (
        "SELECT m.id, p.name, p.sex, p.birth_date, m.joined_on, m.state FROM registry_membership m "
        "JOIN people_person p ON p.id = m.person_id WHERE {where} ORDER BY m.id DESC LIMIT 50"
    )
    after = cursor_after(deep)
    by_level = f"m.level_{town_depth} = %s"
    return [
        Target(
            "desk home",
            "/desk/",
            "SELECT indicator, period, value FROM insight_figure WHERE union_id = %s",
            (1,),
        ),
        Target(
            "union page",
            f"/desk/unions/{primary}/",
            listing.format(where=f"m.level_{primary_depth} = %s").replace("50", "20"),
            (primary,),
        ),
        Target("member list, first page", "/desk/members/", listing.format(where="true")),
        Target(
            "member list, 1,000th page",
            f"/desk/members/?{after}",
            listing.format(where="m.id < %s"),
            (deep,),
        ),
        Target(
            "members of a town",
            f"/desk/members/?union={town}",
            listing.format(where=by_level),
            (town,),
        ),
        Target(
            "search by name prefix",
            "/desk/search/?q=%E7%8E%8B%E5%BB%BA",
            "SELECT id, name FROM people_person WHERE name LIKE %s ORDER BY name, id LIMIT 20",
            ("王建%",),
        ),
        Target(
            "search by two characters of a name",
            "/desk/search/?q=%E5%BB%BA%E5%9B%BD",
            "SELECT id, name FROM people_person WHERE name_grams @> ARRAY[%s]::varchar[] LIMIT 20",
            ("建国",),
        ),
    ]


def cursor_after(identifier: int) -> str:
    """The query string of the page after a member, as the list itself writes it."""
    from huijia.core.web.cursors import encoded

    return f"after={encoded((identifier,))}"


def timed(query: Callable[[], object], times: int = 60) -> float:
    """The median milliseconds of a query on one warm connection."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        query()
        spent.append(1000 * (time.perf_counter() - began))
    return median(spent)


def bare_query(target: Target) -> float:
    """The milliseconds of a target's bare query."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        return timed(lambda: owner.execute(target.query, target.values or None).fetchall())


def best_of(loads: Sequence[loopback.Load], share: float) -> float:
    """The median over rounds of a percentile."""
    return median([load.milliseconds(share) for load in loads])


def run() -> list[Result]:
    """Each page at concurrency 8 in rounds; the list of 50 beside a bare page of the same rows."""
    found: list[Result] = []
    chosen = targets()
    serve = ("huijia.config.cli", "serve", "--port", str(PORT))
    with city.served(PORT, *serve):
        headers = {"Cookie": city.session_of(PORT, "city"), "Accept-Language": "zh-CN"}
        for target in chosen:
            loopback.run(PORT, [target.path], requests=40, headers=headers)
            loads = [
                loopback.run(PORT, [target.path], requests=REQUESTS, headers=headers)
                for _ in range(ROUNDS)
            ]
            query = bare_query(target)
            for name, share in (("p50", 0.5), ("p99", 0.99)):
                found.append(
                    Result(
                        f"{target.name}: {name} of server time",
                        best_of(loads, share),
                        "ms",
                        "bare query",
                        query,
                    )
                )
                print(found[-1].row())
        town = next(target for target in chosen if target.name == "members of a town")
        ours = [
            loopback.run(PORT, [town.path], requests=REQUESTS, headers=headers).per_second
            for _ in range(ROUNDS)
        ]
    found.append(beside_bare_page(median(ours), int(town.values[0])))
    print(found[-1].row())
    return found


def beside_bare_page(per_second: float, town: int) -> Result:
    """Our list page against bare Django and Jinja2 on the same rows, served alike."""
    (depth,) = city.one("SELECT depth FROM orgs_union WHERE id = %s", town)
    granian = (
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(BARE_PORT)),
        *("--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
        "bench.bare:application",
    )
    with city.served(BARE_PORT, *granian):
        path = f"/table/{depth}/{town}/"
        loopback.run(BARE_PORT, [path], requests=40)
        bare = [
            loopback.run(BARE_PORT, [path], requests=REQUESTS).per_second for _ in range(ROUNDS)
        ]
    return Result(
        "list page of 50: requests a second",
        per_second,
        "1/s",
        "bare Django and Jinja2 page of the same rows",
        median(bare),
    )
