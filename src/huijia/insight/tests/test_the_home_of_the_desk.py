"""Home and drill-down: figures within reach, in any order, at a constant price."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huijia.core.access.tests.factories import enter, give, make_account, make_role
from huijia.insight import queries
from huijia.insight.permits import InsightPermit
from huijia.insight.tests import city
from huijia.insight.tests.city import AT, Facts
from huijia.registry.models import Import
from huijia.registry.public import RegistryPermit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unions():
    return city.make_city()


@pytest.fixture
def officer_of():
    """A function that signs an officer in who may see the figures of some unions."""

    def signed_in(*unions):
        make_role("officer", [InsightPermit.FIGURES_VIEW])
        account = make_account()
        for union in unions:
            give(account, "officer", union)
        return enter(Client(), account)

    return signed_in


def names(response):
    """The names of the children shown, in order."""
    page = response.content.decode()
    return [part.partition("</a>")[0].rpartition(">")[2] for part in page.split("data-open")[1:]]


def test_home_shows_the_figures_of_ones_own_place_to_the_unit(unions, officer_of):
    city.admit([(unions[10], Facts(female=True))] * 1234)

    page = officer_of(unions[0]).get("/desk/").content.decode()

    assert "hj-stats" in page
    assert "1,234" in page


def test_home_without_a_permit_for_figures_shows_the_day_and_no_figure(unions):
    make_role("reader", ["audit:entry:read"])
    client = enter(Client(), make_account(role="reader", union=unions[0]))

    response = client.get("/desk/")

    assert response.status_code == 200
    assert "hj-stats" not in response.content.decode()


def test_home_tells_a_role_without_figures_what_it_is_and_has_a_place_in_the_menu(unions):
    make_role("reader", ["audit:entry:read"])
    client = enter(Client(), make_account(role="reader", union=unions[0]))
    client.cookies["language"] = "en"

    page = client.get("/desk/").content.decode()

    assert "Your role" in page
    assert unions[0].name in page
    assert 'href="/desk/" aria-current="page"' in page


def test_the_menu_marks_home_on_the_pages_of_figures_too(unions, officer_of):
    page = officer_of(unions[0]).get(f"/desk/figures/{unions[1].pk}/").content.decode()

    assert 'href="/desk/" aria-current="page"' in page


def test_a_sheet_that_one_gave_in_waits_for_ones_confirmation(unions):
    make_role("importer", [RegistryPermit.IMPORT_RUN])
    mine, other = (make_account(name, role="importer", union=unions[0]) for name in "ab")
    for account, name in ((mine, "mine.xlsx"), (other, "other.xlsx")):
        Import.objects.create(
            kind="members", union=unions[0], account_id=account.pk, actor=account.display_name,
            file_name=name, state="judged", rows_done=3, new=3, created_at=AT, judged_on=AT.date(), touched_at=AT,
        )  # fmt: skip

    page = enter(Client(), mine).get("/desk/").content.decode()

    assert "mine.xlsx" in page
    assert "other.xlsx" not in page


def test_somebody_signed_out_is_led_to_the_sign_in():
    response = Client().get("/desk/")

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_a_child_opens_as_a_page_of_its_own(unions, officer_of):
    client = officer_of(unions[0])

    page = client.get(f"/desk/figures/{unions[1].pk}/").content.decode()

    assert f"/desk/figures/{unions[0].pk}/" in page
    assert f"<h1>{unions[1].name}</h1>" in page


@pytest.mark.parametrize("outside", [0, 2, 5])
def test_what_lies_outside_ones_reach_does_not_exist(unions, officer_of, outside):
    client = officer_of(unions[1])

    assert client.get(f"/desk/figures/{unions[outside].pk}/").status_code == 404


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_union_that_there_is_not_is_not_found(unions, officer_of, number):
    assert officer_of(unions[0]).get(f"/desk/figures/{number}/").status_code == 404


def test_within_reach_but_without_the_permit_is_forbidden(unions):
    make_role("reader", ["audit:entry:read"])
    client = enter(Client(), make_account(role="reader", union=unions[0]))

    assert client.get(f"/desk/figures/{unions[1].pk}/").status_code == 403


def test_the_way_down_begins_where_the_reach_begins(unions, officer_of):
    town = unions[3]

    page = officer_of(unions[1]).get(f"/desk/figures/{town.pk}/").content.decode()

    assert f"/desk/figures/{unions[1].pk}/" in page
    assert f"/desk/figures/{unions[0].pk}/" not in page


def test_somebody_with_two_places_can_choose_between_them(unions, officer_of):
    page = officer_of(unions[1], unions[2]).get("/desk/").content.decode()

    assert f"/desk/figures/{unions[1].pk}/" in page
    assert f"/desk/figures/{unions[2].pk}/" in page


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "ABC"), ("-members", "ABC"), ("members", "CBA"), ("-women", "CAB"), ("name", "ABC"),
     ("-name", "CBA"), ("-joins", "BAC"), ("nonsense", "CBA")],
)  # fmt: skip
def test_children_are_sorted_by_any_column(officer_of, sort, order):
    top = city.make_union(None, "city")
    made = {}
    for name in "ABC":
        made[name] = city.make_union(top, "single", short_name=name)
        made[name].name = name
        made[name].save()
    women, before = Facts(female=True, year=2025), Facts(year=2025)
    city.admit(
        [(made["A"], before)] * 3 + [(made["A"], Facts(female=True))]
        + [(made["B"], Facts())] * 3 + [(made["C"], women)] * 2
    )  # fmt: skip

    response = officer_of(top).get("/desk/", {"sort": sort} if sort else {})

    assert "".join(names(response)) == order


def test_children_come_in_pages_that_neither_miss_nor_repeat_one():
    top = city.make_union(None, "city")
    for _ in range(45):
        city.found(top)

    seen, query = [], {"sort": "-members"}
    while True:
        page = queries.children_figures(top.pk, year=2026, query=query).page
        seen += [row.id for row in page.rows]
        if not page.next:
            break
        query = {"sort": "-members", "after": page.next.partition("after=")[2]}

    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("cursor", ["WyJ4IiwxXQ", "WzEsIngiXQ", "W251bGwsMV0", "x", "W10"])
@pytest.mark.parametrize("sort", ["-members", "name"])
def test_a_forged_cursor_starts_the_list_elsewhere_and_breaks_nothing(unions, cursor, sort):
    found = queries.children_figures(unions[0].pk, year=2026, query={"sort": sort, "after": cursor})

    assert found.page.size == queries.CHILDREN_A_PAGE


def test_a_dissolved_union_is_listed_only_while_members_are_counted_in_it(unions):
    empty, full = unions[8], unions[9]
    assert empty.parent_id == unions[0].pk
    assert full.parent_id == unions[1].pk
    city.admit([(full, Facts())])
    city.dissolve(empty)
    city.dissolve(full)

    in_city = queries.children_figures(unions[0].pk, year=2026, query={})
    in_county = queries.children_figures(unions[1].pk, year=2026, query={})

    assert empty.pk not in [row.id for row in in_city.page.rows]
    assert full.pk in [row.id for row in in_county.page.rows]


def test_the_rows_add_up_to_the_figure_above(unions):
    city.admit([(union, Facts(female=True)) for union in unions[7:]] * 2)

    below = queries.children_figures(unions[0].pk, year=2026, query={})
    above = queries.figures_of(unions[0].pk, at=AT)

    assert below.totals == {key: above.value(key) for key in below.totals}


def test_what_a_primary_union_has_beside_its_children_is_a_row_of_its_own(unions, officer_of):
    area = unions[7]
    city.admit([(area, Facts())] * 321)

    page = officer_of(unions[0]).get(f"/desk/figures/{area.pk}/").content.decode()

    row = page.rpartition("<tr")[2]
    assert "321" in row
    assert "data-open" not in row


def test_home_asks_the_database_as_often_for_one_child_as_for_forty(officer_of):
    top = city.make_union(None, "city")
    city.admit([(city.found(top), Facts())])
    client = officer_of(top)
    client.get("/desk/")

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/desk/")
    for number in range(40):
        city.admit([(city.found(top), Facts())] * (number + 1))
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/")

    assert len(many) == len(few) <= 11
