"""What the pages of the register show, to whom, and how many questions they ask."""

import base64
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huijia.core.audit.public import AuditPermit
from huijia.core.kernel import clock
from huijia.registry.actions import groups
from huijia.registry.permits import RegistryPermit
from huijia.registry.tests.factories import actor_on, admit, make_city, signed_in


@pytest.fixture
def city(db):
    return make_city()


def page(client, route, *args, **query):
    return client.get(reverse(f"registry:{route}", args=args), query)


def test_the_tree_begins_with_ones_own_unions_and_their_first_children(city, client):
    signed_in(client, city.city)

    text = page(client, "unions").content.decode()

    assert "宁海市总工会" in text
    assert "东区总工会" in text
    assert "石碶街道总工会" not in text


def test_a_branch_is_fetched_when_it_is_opened(city, client):
    signed_in(client, city.city)

    whole = page(client, "children", city.county.pk).content.decode()
    branch = client.get(
        reverse("registry:children", args=[city.county.pk]), headers={"HX-Request": "true"}
    ).content.decode()

    assert "<html" in whole
    assert "石碶街道总工会" in whole
    assert "<html" not in branch
    assert "石碶街道总工会" in branch


@pytest.mark.parametrize(
    "route", ["union", "children", "union_facts", "union_employers", "union_history", "edit"]
)
def test_a_union_outside_ones_reach_does_not_exist(city, client, route):
    signed_in(client, city.county)

    assert page(client, route, city.other_enterprise.pk).status_code == 404
    assert page(client, route, city.enterprise.pk).status_code == 200


def test_a_visible_union_that_one_may_not_edit_is_refused(city, client):
    signed_in(client, city.county, permits=[RegistryPermit.UNION_VIEW])

    assert page(client, "union", city.enterprise.pk).status_code == 200
    assert page(client, "edit", city.enterprise.pk).status_code == 403


def test_what_lies_above_ones_reach_has_a_name_and_no_address(city, client):
    signed_in(client, city.enterprise)

    text = page(client, "union", city.enterprise.pk).content.decode()

    assert "石碶街道总工会" in text
    assert reverse("registry:union", args=[city.town.pk]) not in text


def test_members_are_listed_with_masks(city, client):
    held = admit(city.enterprise, actor_on(city.city), name="陈建国", phone="13812345678")
    signed_in(client, city.county)

    text = page(client, "members").content.decode()

    assert "陈建国" in text
    assert "138****5678" in text
    assert "13812345678" not in text
    assert str(held.person_id) in text


def test_members_of_another_county_are_not_listed(city, client):
    by = actor_on(city.city)
    admit(city.enterprise, by, name="陈建国")
    admit(city.other_enterprise, by, name="王小明")
    signed_in(client, city.county)

    text = page(client, "members").content.decode()

    assert "陈建国" in text
    assert "王小明" not in text


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ({}, True),
        ({"name": "小明"}, True),
        ({"name": "王"}, True),
        ({"name": "大明"}, False),
        ({"sex": "1"}, True),
        ({"sex": "2"}, False),
        ({"state": "member"}, True),
        ({"state": "retained"}, False),
        ({"state": "all"}, True),
        ({"work": "any"}, True),
        ({"work": "rider"}, True),
        ({"work": "truck"}, False),
        ({"from": "2020-05-01", "to": "2020-05-01"}, True),
        ({"from": "2020-05-02"}, False),
        ({"to": "2020-04-30"}, False),
        ({"from": "soon"}, True),
    ],
)
def test_the_list_is_narrowed_by_what_stands_in_the_address(city, client, query, is_listed):
    by = actor_on(city.city)
    admit(city.enterprise, by, name="王小明", belonging={"new_employment": "rider"})
    signed_in(client, city.city)

    assert ("王小明" in page(client, "members", **query).content.decode()) is is_listed


def test_the_list_of_a_union_holds_its_whole_subtree(city, client):
    by = actor_on(city.city)
    admit(city.enterprise, by, name="王小明")
    admit(city.other_enterprise, by, name="陈建国")
    signed_in(client, city.city)

    text = page(client, "members", union=city.county.pk).content.decode()

    assert "王小明" in text
    assert "陈建国" not in text
    assert page(client, "members", union=999_999_999).status_code == 404


def test_pages_follow_each_other_without_gap_or_repetition(city, client):
    by = actor_on(city.city)
    ids = {admit(city.enterprise, by).person_id for _ in range(53)}
    signed_in(client, city.county)

    first = page(client, "members")
    second = page(client, "members", after=after_of(first))

    shown = [person_ids(first), person_ids(second)]
    assert [len(each) for each in shown] == [50, 3]
    assert shown[0] | shown[1] == ids


@pytest.mark.parametrize("forged", [["x", 1], [True], [1.5], ["5"], [None], [2, 10**18, 1]])
def test_a_forged_cursor_shows_the_first_page(client, city, forged):
    admit(city.enterprise, actor_on(city.city))
    signed_in(client, city.county)
    text = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")

    first, asked = (page(client, "members", **query) for query in ({}, {"after": text}))

    assert (asked.status_code, person_ids(asked)) == (200, person_ids(first))


def after_of(response):
    import re

    return re.search(r"after=([\w-]+)", response.content.decode())[1]


def person_ids(response):
    import re

    return {int(each) for each in re.findall(r"/desk/members/(\d+)/", response.content.decode())}


def test_a_members_page_shows_facts_and_masks(city, client):
    held = admit(city.enterprise, actor_on(city.city), name="王小明", phone="13812345678")
    signed_in(client, city.enterprise)

    text = page(client, "member", held.person_id).content.decode()

    assert "王小明" in text
    assert "138****5678" in text
    assert "13812345678" not in text


def test_a_member_outside_ones_reach_does_not_exist(city, client):
    held = admit(city.other_enterprise, actor_on(city.city))
    signed_in(client, city.county)

    for route in ("member", "edit_member", "member_state"):
        assert page(client, route, held.person_id).status_code == 404
    assert client.post(reverse("registry:reveal_number", args=[held.person_id])).status_code == 404


def test_the_menu_marks_unions_on_the_page_of_a_group(city, client):
    group = groups.form(
        union_id=city.enterprise.pk, name="一班", by=actor_on(city.city), at=clock.now()
    )
    signed_in(client, city.city)

    text = page(client, "group", group.pk).content.decode()

    assert 'href="/desk/unions/" aria-current="page"' in text


def test_an_employer_outside_ones_reach_does_not_exist(city, client):
    signed_in(client, city.county)

    assert page(client, "employer", 1).status_code == 404


QUERIES = {
    "unions": ("city", ()),
    "union": ("enterprise", ("enterprise",)),
    "members": ("county", ()),
    "children": ("county", ("town",)),
    "member": ("enterprise", ()),
    "search": ("county", ()),
    "audit": ("county", ()),
}
QUERY = {"search": {"q": "建国"}}


@pytest.mark.parametrize("route", QUERIES)
def test_a_page_asks_as_many_questions_of_twenty_rows_as_of_one(city, client, route):
    by = actor_on(city.city)
    admit(city.enterprise, by)
    held, args = QUERIES[route]
    ids = [getattr(city, each).pk for each in args]
    if route == "member":
        ids = [admit(city.enterprise, by).person_id]
    signed_in(client, getattr(city, held), permits=[*RegistryPermit, *AuditPermit])
    page(client, route, *ids)
    few = questions(client, route, ids)

    actor_on(city.city)
    for _ in range(19):
        admit(city.enterprise, by)
        found_below(city.county)
        found_below(city.town)
    many = questions(client, route, ids)

    assert many == few


def found_below(parent):
    from huijia.core.kernel import clock
    from huijia.core.orgs.public import UnionFacts, UnionRow, unions
    from huijia.registry.tests.factories import counter

    facts = UnionFacts(name="某公司工会", code=f"x{next(counter)}", kind="single")
    unions.create_many([UnionRow(facts=facts, parent_code=parent.code)], at=clock.now())


def questions(client, route, ids):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert page(client, route, *ids, **QUERY.get(route, {})).status_code == 200
    return len(captured)
