"""A small city for tests, and the few acts that change its figures."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from huijia.core.kernel import events
from huijia.core.orgs.public import PRIMARY, Union, UnionKind, UnionState
from huijia.core.people.public import Person
from huijia.insight import queries
from huijia.insight.choices import JOINS_SINCE, Indicator
from huijia.insight.models import Delta, Figure
from huijia.registry.public import (
    IN_FORCE,
    Membership,
    MembershipsChanged,
    MembershipState,
    MembershipTally,
    UnionsChanged,
    UnionTally,
)

AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
DEPTHS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Facts:
    """What figures know of a member."""

    female: bool = False
    new_employment: bool = False
    year: int | None = 2026


def make_union(parent: Union | None, kind: str = UnionKind.SINGLE, **facts: object) -> Union:
    """A node below another, as the tree's own action would write it."""
    union = Union(
        parent=parent,
        path="0",
        depth=parent.depth + 1 if parent else 1,
        name=f"Union {Union.objects.count()}",
        code=f"T{Union.objects.count():08}",
        kind=kind,
        **facts,
    )
    union.save()
    ids = [int(label) for label in parent.path.split(".")] if parent else []
    union.path = ".".join(map(str, [*ids, union.pk]))
    for depth, node in enumerate([*ids, union.pk], start=1):
        setattr(union, f"level_{depth}", node)
    union.save()
    return union


def make_city() -> list[Union]:
    """Thirty unions of all depths; the last twenty-two are primary, published as founded."""
    city = make_union(None, UnionKind.CITY)
    counties = [make_union(city, UnionKind.COUNTY) for _ in range(2)]
    towns = [make_union(county, UnionKind.TOWN) for county in counties for _ in range(2)]
    area = make_union(towns[0], UnionKind.AREA)
    below = [city, *counties, *counties, *towns, *towns, *towns, area, area, area, area]
    primary = [area, *(make_union(parent) for parent in below)]
    publish_unions((union, 1) for union in primary)
    return [city, *counties, *towns, *primary]


def levels_of(union: Union) -> tuple:
    return tuple(getattr(union, f"level_{depth}") for depth in DEPTHS)


def publish_unions(changes: object) -> None:
    tallies = tuple(UnionTally(union.pk, levels_of(union), count) for union, count in changes)
    events.publish(UnionsChanged(tallies, AT))


def found(parent: Union) -> Union:
    union = make_union(parent)
    publish_unions([(union, 1)])
    return union


def dissolve(union: Union) -> None:
    union.state = UnionState.DISSOLVED
    union.save()
    publish_unions([(union, -1)])


def admit(members: list[tuple[Union, Facts]]) -> list[Membership]:
    """Let people join, as one act with one event, however many they are."""
    people = Person.objects.bulk_create(
        Person(name="某人", sex="2" if facts.female else "1") for _, facts in members
    )
    made = Membership.objects.bulk_create(
        Membership(
            person=person,
            union=union,
            joined_on=dt.date(facts.year, 5, 4) if facts.year else None,
            new_employment="rider" if facts.new_employment else "",
            **{f"level_{depth}": getattr(union, f"level_{depth}") for depth in DEPTHS},
        )
        for (union, facts), person in zip(members, people, strict=True)
    )
    publish((union, facts, 1) for union, facts in members)
    return made


def facts_of(member: Membership) -> Facts:
    return Facts(
        female=member.person.sex == "2",
        new_employment=bool(member.new_employment),
        year=member.joined_on.year if member.joined_on else None,
    )


def leave(member: Membership) -> None:
    member.state, member.ended_on = MembershipState.LEFT, dt.date(2026, 11, 22)
    member.save()
    publish([(member.union, facts_of(member), -1)])


def retain(member: Membership) -> None:
    """Still in force: figures do not move."""
    member.state = MembershipState.RETAINED
    member.save()


def correct(member: Membership, **changes: object) -> None:
    """A fact was wrong: the former one goes, the new one comes, in one event."""
    before = facts_of(member)
    after = replace(before, **changes)
    member.person.sex = "2" if after.female else "1"
    member.person.save()
    member.new_employment = "rider" if after.new_employment else ""
    member.joined_on = dt.date(after.year, 1, 1) if after.year else None
    member.save()
    publish([(member.union, before, -1), (member.union, after, 1)])


def move(member: Membership, target: Union) -> None:
    source, facts = member.union, facts_of(member)
    member.union = target
    for depth in DEPTHS:
        setattr(member, f"level_{depth}", getattr(target, f"level_{depth}"))
    member.save()
    publish([(source, facts, -1), (target, facts, 1)])


def publish(changes: object) -> None:
    """One event, its rows summed up by their facts."""
    summed = Counter()
    unions = {}
    for union, facts, count in changes:
        unions[union.pk] = union
        summed[union.pk, facts] += count
    tallies = tuple(
        MembershipTally(
            levels_of(unions[union_id]),
            n,
            n * facts.female,
            n * facts.new_employment,
            [(facts.year, n)] if facts.year else [],
        )
        for (union_id, facts), n in summed.items()
    )
    events.publish(MembershipsChanged(tallies, AT))


def recounted() -> dict[tuple[int, str, int], int]:
    """All figures by plain counting in Python, with nothing of ours in between."""
    counts = Counter()
    for member in Membership.objects.filter(state__in=IN_FORCE).select_related("person"):
        for node in filter(None, levels_of(member)):
            counts[node, Indicator.MEMBERS, 0] += 1
            counts[node, Indicator.WOMEN, 0] += member.person.sex == "2"
            counts[node, Indicator.NEW_EMPLOYMENT, 0] += bool(member.new_employment)
            if member.joined_on and member.joined_on.year >= JOINS_SINCE:
                counts[node, Indicator.JOINS, member.joined_on.year] += 1
    for union in Union.objects.filter(kind__in=PRIMARY, state=UnionState.ACTIVE):
        for node in filter(None, levels_of(union)):
            counts[node, Indicator.UNIONS, 0] += 1
    return {key: count for key, count in counts.items() if count}


def shown() -> dict[tuple[int, str, int], int]:
    """All figures as pages show them, node by node."""
    found = {}
    for node in Union.objects.values_list("pk", flat=True):
        figures = queries.figures_of(node, at=AT)
        found.update({(node, key, 0): value for key, value in figures.stocks.items()})
        found.update({(node, "joins", year): value for year, value in figures.joins.items()})
    return {key: value for key, value in found.items() if value}


def merged() -> dict[tuple[int, str, int], int]:
    """The figures' table as it stands."""
    rows = Figure.objects.values_list("union_id", "indicator", "period", "value")
    return {tuple(row[:3]): row[3] for row in rows if row[3]}


def nothing_is_pending() -> bool:
    return not Delta.objects.exists()
