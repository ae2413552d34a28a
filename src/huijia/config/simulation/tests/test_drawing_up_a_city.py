"""The tree, the employers and the sizes of a simulated city."""

import datetime as dt
from collections import Counter

import pytest

from huijia.config.simulation.cities import TooSmallError, apportion, draw_up, sizes_of
from huijia.core.orgs.public import FEDERATIONS, PRIMARY, UnionKind, gazetteer, tree

ON = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def ningbo():
    return draw_up("330200", 1_200, 60_000, 7, ON)


@pytest.mark.parametrize(("unions", "members"), [(4, 0), (4, 5), (25, 300), (130, 2_000)])
def test_a_city_has_exactly_the_unions_and_members_asked_for(unions, members):
    city = draw_up("330200", unions, members, 1, ON)
    assert (len(city.unions), sum(sizes_of(city.unions))) == (unions, members)


def test_every_union_stands_where_the_rules_of_the_tree_allow(ningbo):
    for union in ningbo.unions:
        above = ningbo.unions[union.parent] if union.parent is not None else None
        assert tree.may_stand_below(
            union.kind,
            parent_kind=above.kind if above else None,
            parent_depth=above.depth if above else 0,
        )
        assert union.depth == (above.depth + 1 if above else 1) <= 5


def test_parents_come_before_children(ningbo):
    assert all(
        union.parent is None or union.parent < place for place, union in enumerate(ningbo.unions)
    )


def test_a_large_city_has_all_levels_counties_and_kinds(ningbo):
    depths = Counter((union.kind, union.depth) for union in ningbo.unions)
    assert depths[UnionKind.COUNTY, 2] == 10
    assert depths[UnionKind.TOWN, 3] + depths[UnionKind.ZONE, 3] == 162
    assert depths[UnionKind.ZONE, 2] == 3  # 高新区, 前湾新区, 东钱湖: no division of their own
    for placed in [(UnionKind.AREA, 4), *((UnionKind.SINGLE, depth) for depth in (3, 4, 5))]:
        assert depths[placed] > 50


def test_divisions_are_real_and_below_that_of_the_parent(ningbo):
    names = gazetteer.divisions_of_city("3302")
    for union in ningbo.unions:
        if union.division is not None:
            assert union.division in names
            above = ningbo.unions[union.parent].division if union.parent is not None else ""
            assert above is None or union.division.startswith(above)


def test_names_and_codes_of_unions_and_employers_are_unique(ningbo):
    for values in (
        [union.name for union in ningbo.unions],
        [union.code for union in ningbo.unions],
        [union.credit_code for union in ningbo.unions if union.credit_code],
        [employer.name for employer in ningbo.employers],
        [employer.credit_code for employer in ningbo.employers],
    ):
        assert len(values) == len(set(values))


def test_invented_employers_bear_the_mark_of_simulation(ningbo):
    assert all("拟" in employer.name for employer in ningbo.employers)


def test_each_employer_is_covered_by_one_union_and_joint_unions_cover_several(ningbo):
    covered = [each for union in ningbo.unions for each in union.employers]
    assert sorted(covered) == list(range(len(ningbo.employers)))
    for union in ningbo.unions:
        if union.kind is UnionKind.SINGLE:
            assert len(union.employers) == 1
        elif union.kind in PRIMARY:
            assert len(union.employers) > 1


def test_federations_hold_no_members(ningbo):
    assert {union.size for union in ningbo.unions if union.kind in FEDERATIONS} == {0}


def test_most_unions_are_small_and_a_few_are_very_large(ningbo):
    sizes = sorted(sizes_of(ningbo.unions))
    assert sizes[0] >= 3
    assert sum(size < 100 for size in sizes) / len(sizes) > 0.75
    assert 10 < sizes[len(sizes) // 2] < 50
    assert sizes[-1] > 1_000


def test_terms_begin_after_the_founding_and_end_after_they_begin(ningbo):
    for union in ningbo.unions:
        assert union.founded <= union.term_started <= ON < union.term_ends + dt.timedelta(days=400)
        assert union.term_started < union.term_ends


def test_another_seed_is_another_city():
    first, second = (draw_up("330200", 60, 300, seed, ON) for seed in (1, 2))
    assert [each.name for each in first.employers] != [each.name for each in second.employers]


@pytest.mark.parametrize("city", ["310100", "3302", "441900", "460400"])
def test_any_city_of_the_country_can_be_drawn(city):
    drawn = draw_up(city, 150, 1_000, 1, ON)
    assert len(drawn.unions) == 150
    assert drawn.unions[0].name == f"{drawn.name}总工会"
    assert drawn.name not in ("市辖区", "县")


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(TooSmallError):
        draw_up("330200", 3, 10, 1, ON)
    with pytest.raises(gazetteer.UnknownCityError):
        draw_up("339900", 30, 10, 1, ON)


def test_apportioning_loses_nothing():
    assert sum(apportion(1_000, [0.3, 7, 0.001, 2])) == 1_000
    assert apportion(5, []) == []


def test_a_short_name_is_a_place_an_employer_or_says_that_it_is_a_union(ningbo):
    kinds = {UnionKind.INDUSTRY, UnionKind.JOINT}
    short = {union.short_name for union in ningbo.unions if union.kind in kinds}

    assert "教育工会" in short
    assert all(name.endswith("工会") for name in short)
    assert all(len(union.short_name) <= 60 for union in ningbo.unions)
