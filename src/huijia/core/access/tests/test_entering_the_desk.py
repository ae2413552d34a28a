"""The desk's door, rights at the next request, and what a request costs."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huijia.core.access import queries
from huijia.core.access.actions import grants
from huijia.core.access.permits import AccessPermit
from huijia.core.access.tests.factories import (
    enter,
    give,
    make_account,
    make_role,
    make_union,
    set_up_second_factor,
)
from huijia.core.access.tests.urls import Permit
from huijia.core.kernel import clock
from huijia.core.kernel.actor import Place, system
from huijia.core.requests.models import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huijia.core.access.tests.urls")]


@pytest.fixture
def officer(db: None):
    """An account with the tests' permit on a union."""
    make_role("viewer", [Permit.VIEW])
    return make_account(role="viewer", union=make_union())


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(client: Client) -> None:
    response = client.get("/test/bare/?page=2")

    assert response.headers["Location"] == "/sign-in/?next=%2Ftest%2Fbare%2F%3Fpage%3D2"


def test_a_form_of_somebody_signed_out_is_led_to_the_sign_in(client: Client) -> None:
    assert client.post("/test/bare/").headers["Location"] == "/sign-in/"


def test_a_part_of_a_page_tells_the_browser_to_leave_the_page(client: Client) -> None:
    response = client.get("/test/bare/", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in/"


def test_a_password_alone_does_not_open_the_desk(client: Client, officer) -> None:
    enter(client, officer, second_factor=False)

    assert client.get("/test/bare/").headers["Location"].startswith("/account/second-factor/")


@pytest.mark.parametrize(("second_factor", "grants_held"), [(True, 1), (False, 0)])
def test_a_password_alone_holds_nothing_on_any_page(
    client: Client, officer, second_factor: bool, grants_held: int
) -> None:
    enter(client, officer, second_factor=second_factor)

    answer = client.get("/test/whoami/").json()

    assert answer == {"account": officer.pk, "grants": grants_held}


def test_a_second_factor_that_was_not_shown_here_is_asked_for(client: Client, officer) -> None:
    set_up_second_factor(officer)
    enter(client, officer, second_factor=False)

    assert client.get("/test/bare/").headers["Location"].startswith("/account/confirm/code/")


def test_another_persons_second_factor_does_not_count(client: Client, officer) -> None:
    enter(client, officer)
    session = client.session
    session["account_authentication_methods_user"] = str(officer.pk + 1)
    session.save()

    assert client.get("/test/bare/").status_code == 302


def test_a_given_password_is_changed_first(client: Client, officer) -> None:
    officer.must_change_password = True
    officer.save()
    enter(client, officer)

    assert client.get("/test/bare/").headers["Location"].startswith("/account/password/")


def test_a_permit_that_is_held_nowhere_is_refused(client: Client) -> None:
    enter(client, make_account())

    assert client.get("/test/bare/").status_code == 200
    assert client.get("/test/permitted/").status_code == 403


def test_a_right_taken_away_is_gone_at_the_next_request(client: Client, officer) -> None:
    enter(client, officer)
    assert client.get("/test/permitted/").status_code == 200
    city = Place(1, 1, officer.grants.get().union.path)
    by = system("test", AccessPermit.GRANT_EDIT, place=city)

    grants.end(grant_id=officer.grants.get().pk, by=by, at=clock.now())

    assert client.get("/test/permitted/").status_code == 403


def test_a_closed_account_is_out_at_the_next_request(client: Client, officer) -> None:
    enter(client, officer)
    assert client.get("/test/bare/").status_code == 200

    type(officer).objects.filter(pk=officer.pk).update(is_active=False)

    assert client.get("/test/bare/").headers["Location"].startswith("/sign-in/")


def test_a_role_that_loses_a_permit_loses_it_at_the_next_request(client: Client, officer) -> None:
    enter(client, officer)
    make_role("viewer", [])

    assert client.get("/test/permitted/").status_code == 403


TODAY = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counts"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY - DAY, False),
    ],
)
def test_a_grant_counts_from_its_first_to_its_last_day(
    starts_on: dt.date, ends_on: dt.date | None, counts: bool
) -> None:
    make_role("viewer", [Permit.VIEW])
    account = make_account()
    give(account, "viewer", make_union(), starts_on=starts_on, ends_on=ends_on)

    assert queries.actor_of(account.pk, on=TODAY).holds(Permit.VIEW) is counts


def test_the_actor_of_a_closed_account_holds_nothing(officer) -> None:
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)

    assert queries.actor_of(officer.pk, on=clock.today()).grants == ()


def test_the_actor_is_known_by_one_query(officer, django_assert_num_queries: Callable) -> None:
    give(officer, "viewer", make_union("另一个工会"))

    with django_assert_num_queries(1):
        actor = queries.actor_of(officer.pk, on=clock.today())

    assert (actor.name, len(actor.grants)) == ("Officer", 2)


def test_the_frame_of_a_request_costs_two_queries(client: Client, officer) -> None:
    enter(client, officer)

    with CaptureQueriesContext(connection) as captured:
        client.get("/test/permitted/")

    statements = [
        query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    assert len(statements) <= 2, statements


def test_a_visitor_without_a_cookie_costs_no_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/help/")

    assert [q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))] == []


@pytest.mark.parametrize(
    ("outcome", "status", "is_kept"),
    [
        ("well", 200, True),
        ("refused", 403, True),
        ("unknown", 404, True),
        ("too-often", 429, True),
        ("fault", 500, False),
        ("broken", 500, False),
    ],
)
def test_what_a_request_counted_is_kept_unless_the_server_failed(
    committed_db: None, outcome: str, status: int, is_kept: bool
) -> None:
    client = Client(raise_request_exception=False)

    response = client.get(f"/test/counting/{outcome}/")

    assert response.status_code == status
    assert Counter.objects.exists() is is_kept


def test_too_many_tries_answer_in_our_words_with_the_time_to_wait(client: Client) -> None:
    response = client.get("/test/counting/too-often/")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "61"
    assert b"<html" in response.content
