"""A small city with members and officers of every level, for the desk's tests."""

import datetime as dt
import itertools
from dataclasses import dataclass

from huijia.core.access.public import actor_of, set_reach
from huijia.core.access.tests.factories import enter, give, make_account, make_role
from huijia.core.kernel import clock
from huijia.core.kernel.actor import Actor, ActorGrant, Place
from huijia.core.orgs.public import Union, UnionFacts, UnionKind, UnionRow, queries, unions
from huijia.core.people.public import PersonFacts, check_character
from huijia.registry.actions import memberships
from huijia.registry.actions.memberships import MembershipFacts
from huijia.registry.permits import RegistryPermit

counter = itertools.count(1)
ALL = frozenset(map(str, RegistryPermit))


def number(born="19900101", place="330203"):
    """A resident number of sequence code 000, which is given to nobody."""
    first = f"{place}{born}000"
    return first + check_character(first)


def numbers():
    """Distinct synthetic numbers without end: place and birthday tell them apart."""
    for place in itertools.count(330000):
        for day in range(1, 29):
            yield number(f"199003{day:02d}", str(place))


fresh_numbers = numbers()


def next_number():
    """A number that no test has used yet."""
    return next(fresh_numbers)


@dataclass
class City:
    """A city with two counties; the first has a town with an area union and enterprise unions."""

    city: Union
    county: Union
    other_county: Union
    town: Union
    area: Union
    enterprise: Union
    other_enterprise: Union


def make_city():
    """The unions of a small city."""
    tag = next(counter)
    rows = [
        ("", "city", UnionKind.CITY, "宁海市总工会"),
        ("city", "county", UnionKind.COUNTY, "东区总工会"),
        ("city", "other_county", UnionKind.COUNTY, "西区总工会"),
        ("county", "town", UnionKind.TOWN, "石碶街道总工会"),
        ("town", "area", UnionKind.AREA, "星光社区工会联合会"),
        ("town", "enterprise", UnionKind.SINGLE, "远航纺织有限公司工会"),
        ("other_county", "other_enterprise", UnionKind.SINGLE, "海天机电有限公司工会"),
    ]
    made = unions.create_many(
        [
            UnionRow(
                facts=UnionFacts(name=name, code=f"{tag}-{code.replace('_', '-')}", kind=kind),
                parent_code=f"{tag}-{above.replace('_', '-')}" if above else None,
            )
            for above, code, kind, name in rows
        ],
        at=clock.now(),
    )
    return City(**{code: union for (_a, code, _k, _n), union in zip(rows, made, strict=True)})


def actor_on(*places, permits=ALL):
    """An officer who holds permits on some unions, with the reach of this transaction set."""
    account = make_account(f"officer{next(counter)}")
    grants = tuple(
        ActorGrant("officer", frozenset(map(str, permits)), Place(each.pk, each.depth, each.path))
        for each in places
    )
    actor = Actor(account.pk, account.display_name, grants)
    set_reach(actor)
    return actor


def person_facts(**facts):
    """A person who may join."""
    return PersonFacts(
        **{
            "name": "陈建国",
            "sex": "1",
            "birth_date": None,
            "paper": "resident",
            "number": next_number(),
            "phone": "",
            **facts,
        }
    )


def admit(union, by, *, joined_on=dt.date(2020, 5, 1), belonging=None, **facts):
    """Somebody admitted to a union."""
    return memberships.admit(
        union=queries.spot_of(union),
        person=person_facts(**facts),
        membership=MembershipFacts(joined_on=joined_on, **(belonging or {})),
        by=by,
        at=clock.now(),
    )


def in_english(client):
    """The client of a reader who has chosen English."""
    client.cookies["language"] = "en"
    return client


def signed_in(client, *unions_held, permits=ALL):
    """A client of an officer with a role on some unions, past the second factor."""
    role = make_role(f"role{next(counter)}", permits)
    account = make_account(f"person{next(counter)}")
    for union in unions_held:
        give(account, role.code, union)
    enter(client, account)
    set_reach(actor_of(account.pk, on=clock.today()))
    return client
