"""The tree: what may stand below what, and that path, depth and levels always say the same."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.orgs import queries
from huijia.core.orgs.actions import coverage, employers, unions
from huijia.core.orgs.actions.employers import EmployerFacts
from huijia.core.orgs.actions.unions import UnionFacts, UnionRow
from huijia.core.orgs.choices import UnionKind as K
from huijia.core.orgs.models import Coverage, Union, UnionHistory
from huijia.core.orgs.tree import levels_of, may_stand_below, path_below

BY = Actor(account_id=None, name="test")
AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "parent", "depth", "reason"),
    [
        (K.CITY, None, 0, ""),
        (K.COUNTY, None, 0, "only-a-city-at-the-top"),
        (K.SINGLE, None, 0, "only-a-city-at-the-top"),
        (K.COUNTY, K.CITY, 1, ""),
        (K.CITY, K.CITY, 1, "kind-not-below-parent"),
        (K.TOWN, K.CITY, 1, ""),
        (K.TOWN, K.COUNTY, 2, ""),
        (K.TOWN, K.TOWN, 3, "kind-not-below-parent"),
        (K.COUNTY, K.COUNTY, 2, "kind-not-below-parent"),
        (K.ZONE, K.COUNTY, 2, ""),
        (K.INDUSTRY, K.CITY, 1, ""),
        (K.AREA, K.TOWN, 3, ""),
        (K.AREA, K.AREA, 4, "kind-not-below-parent"),
        (K.AREA, K.SINGLE, 4, "kind-not-below-parent"),
        (K.SINGLE, K.CITY, 1, ""),
        (K.SINGLE, K.TOWN, 3, ""),
        (K.SINGLE, K.AREA, 4, ""),
        (K.SINGLE, K.SINGLE, 4, ""),
        (K.SINGLE, K.JOINT, 4, "kind-not-below-parent"),
        (K.SINGLE, K.SINGLE, 5, "tree-too-deep"),
        (K.JOINT, K.AREA, 4, ""),
        (K.JOINT, K.SINGLE, 4, "kind-not-below-parent"),
    ],
)
def test_what_may_stand_below_what(kind, parent, depth, reason):
    verdict = may_stand_below(kind, parent_kind=parent, parent_depth=depth)

    assert (bool(verdict), verdict.reason) == (reason == "", reason)


def test_levels_are_the_path_column_by_column():
    assert levels_of("1.7.9") == (1, 7, 9, None, None)
    assert path_below("1.7", 9) == "1.7.9"
    assert path_below("", 1) == "1"


def facts(code, kind, **more):
    return UnionFacts(name=f"{code}工会", code=code, kind=kind, **more)


def found(parent, code, kind):
    return unions.found(parent=parent, facts=facts(code, kind), by=BY, at=AT)


def assert_placed(union):
    union.refresh_from_db()
    levels = (union.level_1, union.level_2, union.level_3, union.level_4, union.level_5)
    assert levels == levels_of(union.path)
    assert levels[union.depth - 1] == union.pk
    parent = union.parent
    assert union.path == (f"{parent.path}.{union.pk}" if parent else str(union.pk))
    assert union.depth == (parent.depth + 1 if parent else 1)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 50), st.sampled_from(list(K)), st.booleans()), max_size=15
    )
)
def test_path_depth_and_levels_agree_after_any_sequence_of_foundings(db, steps):
    start = Union.objects.count()
    made = [found(None, f"c{start}", K.CITY)]
    for at, (where, kind, in_bulk) in enumerate(steps):
        parent, code = made[where % len(made)], f"u{start}-{at}"
        try:
            if in_bulk:
                row = UnionRow(facts=facts(code, kind), parent_code=parent.code)
                made.extend(unions.create_many([row], at=AT))
            else:
                made.append(found(parent, code, kind))
        except Refused:
            continue

    for union in made:
        assert_placed(union)


def test_a_founding_is_written_into_the_history(db):
    union = found(None, "c", K.CITY)

    row = UnionHistory.objects.get(union=union)
    assert (row.verb, row.actor) == ("found", "test")
    assert row.changes["name"] == [None, "c工会"]


def test_many_are_created_in_any_order_and_returned_in_theirs(db):
    rows = [
        UnionRow(facts=facts("s", K.SINGLE), parent_code="t"),
        UnionRow(facts=facts("t", K.TOWN), parent_code="n"),
        UnionRow(facts=facts("c", K.CITY), parent_code=None),
        UnionRow(facts=facts("n", K.COUNTY), parent_code="c"),
    ]

    made = unions.create_many(rows, at=AT)

    assert [union.code for union in made] == ["s", "t", "c", "n"]
    for union in made:
        assert_placed(union)


def test_a_batch_with_an_unknown_parent_creates_nothing(db):
    with pytest.raises(NotFound):
        unions.create_many([UnionRow(facts=facts("s", K.SINGLE), parent_code="no")], at=AT)

    assert not Union.objects.exists()


def test_many_are_created_in_a_fixed_number_of_statements(db, django_assert_num_queries):
    city = found(None, "c", K.CITY)
    rows = [UnionRow(facts=facts(f"s{n}", K.SINGLE), parent_code=city.code) for n in range(50)]

    with django_assert_num_queries(3):
        unions.create_many(rows, at=AT)


def test_an_employer_is_covered_by_one_union_a_day(db):
    city = found(None, "c", K.CITY)
    one, other = found(city, "a", K.SINGLE), found(city, "b", K.JOINT)
    employer = employers.enter(facts=EmployerFacts(name="晨星电子厂"), by=BY, at=AT)
    first = coverage.begin(union=one, employer=employer, since=DAY, by=BY, at=AT)

    with pytest.raises(Refused) as fault:
        coverage.begin(union=other, employer=employer, since=DAY, by=BY, at=AT)
    coverage.end(coverage_id=first.pk, until=DAY + dt.timedelta(1), by=BY, at=AT)
    coverage.begin(union=other, employer=employer, since=DAY + dt.timedelta(1), by=BY, at=AT)

    assert fault.value.verdict.reason == "covered-by-another"
    assert fault.value.verdict.facts == {}
    assert Coverage.objects.count() == 2


def test_a_coverage_does_not_end_before_it_began(db):
    union = found(None, "c", K.CITY)
    employer = employers.enter(facts=EmployerFacts(name="晨星电子厂"), by=BY, at=AT)
    row = coverage.begin(union=union, employer=employer, since=DAY, by=BY, at=AT)

    with pytest.raises(Refused) as fault:
        coverage.end(coverage_id=row.pk, until=DAY, by=BY, at=AT)

    assert fault.value.verdict.reason == "ends-before-it-began"


@pytest.mark.parametrize("text", ["星光", "光社区", "星"])
def test_a_union_is_found_by_parts_of_its_name(db, text):
    union = unions.found(
        parent=None, facts=UnionFacts(name="星光社区工会", code="c", kind=K.CITY), by=BY, at=AT
    )
    places = [_place(union)]

    assert [node.id for node in queries.find_by_name(text, places=places, limit=5)] == [union.pk]
    assert queries.find_by_name("光星", places=places, limit=5) == []


def _place(union):
    from huijia.core.kernel.actor import Place

    return Place(union.pk, union.depth, union.path)
