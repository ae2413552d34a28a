"""The people of a simulated city: plausible, coded as the tables have it, the same every time."""

import datetime as dt
from collections import Counter

import pytest

from huijia.config.simulation import members as making
from huijia.config.simulation.cities import draw_up
from huijia.config.simulation.members import Population
from huijia.config.simulation.papers import CityTooLargeError
from huijia.core.people.public import (
    Education,
    EmploymentStatus,
    EthnicGroup,
    HouseholdKind,
    NewEmployment,
    PersonName,
    PoliticalStatus,
    read_name,
)

ON = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def city():
    return draw_up("330200", 400, 25_000, 7, ON)


@pytest.fixture(scope="module")
def people(city):
    return list(Population(city).everyone())


def test_each_union_gets_its_size_and_nobody_else(city, people):
    counted = Counter(each.union for each in people)
    assert {place: city.unions[place].size for place in city.holders} == counted


def test_identity_numbers_phones_and_cards_are_unique(people):
    assert len({each.number for each in people}) == len(people)
    for values in ([each.phone for each in people], [each.card for each in people]):
        given = [value for value in values if value]
        assert len(set(given)) == len(given) > len(people) * 0.6


def test_a_chunk_alone_is_the_chunk_among_others(city, people):
    assert Population(city).chunk(1) == people[making.CHUNK : 2 * making.CHUNK]


def test_every_code_is_one_of_the_tables(people):
    for codes, choices in (
        ({each.ethnicity for each in people}, EthnicGroup),
        ({each.education for each in people}, Education),
        ({each.political_status for each in people}, PoliticalStatus),
        ({each.employment for each in people}, EmploymentStatus),
        ({each.household for each in people}, HouseholdKind),
        ({each.new_employment for each in people} - {""}, NewEmployment),
    ):
        assert codes <= set(choices.values)


def test_names_stand_as_they_are(people):
    names = {each.name for each in people}
    assert all(read_name(name) == PersonName(name) for name in names)
    assert Counter(map(len, names)).most_common(1)[0][0] == 3
    assert any("·" in name for name in names)
    assert any(len(name) == 4 and "·" not in name for name in names)


def test_people_work_for_an_employer_of_their_union(city, people):
    assert all(each.employer in city.unions[each.union].employers for each in people)


def test_nobody_joined_before_18_before_the_founding_or_after_the_day(city, people):
    for each in people:
        founded = city.unions[each.union].founded.toordinal()
        assert max(each.birth + 18 * 365, founded) <= each.joined <= ON.toordinal()


def test_shares_are_plausible(people):
    count = len(people)
    assert 0.38 < sum(each.sex == "2" for each in people) / count < 0.55
    assert 0.05 < sum(bool(each.new_employment) for each in people) / count < 0.25
    assert 0.9 < sum(each.ethnicity == "01" for each in people) / count < 0.97
    assert 0.2 < sum(each.number.startswith("3302") for each in people) / count < 0.45


def test_groups_exist_in_their_union(city, people):
    assert all(0 <= each.group <= city.unions[each.union].groups for each in people)


def test_more_people_than_numbers_are_refused_before_anything_is_made():
    with pytest.raises(CityTooLargeError):
        Population(draw_up("330200", 50, 60_000_000, 1, ON))
