"""Sessions: sealed, timed out, and of no use to whoever reads the table."""

import json
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client

from huijia.core.access.models import Session
from huijia.core.access.sessions import SessionStore, stored_key
from huijia.core.access.tests.factories import enter, make_account, set_up_second_factor, sign_in

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_ends_after_half_an_hour_without_a_request(
    client: Client, pass_time: Callable[..., None]
) -> None:
    enter(client, make_account())
    pass_time(minutes=29)
    assert is_in(client)
    pass_time(minutes=29)
    assert is_in(client)

    pass_time(minutes=31)

    assert not is_in(client)


def test_a_session_ends_after_twelve_hours_whatever_happens(
    client: Client, pass_time: Callable[..., None]
) -> None:
    enter(client, make_account())
    for _ in range(35):
        pass_time(minutes=20)
        assert is_in(client)

    pass_time(minutes=20)

    assert not is_in(client)


def test_looking_at_pages_writes_at_most_once_a_minute(
    client: Client, pass_time: Callable[..., None]
) -> None:
    account = make_account()
    enter(client, account)
    first = Session.objects.get(account=account).seen_at
    pass_time(seconds=30)
    is_in(client)
    assert Session.objects.get(account=account).seen_at == first

    pass_time(seconds=40)
    is_in(client)

    assert Session.objects.get(account=account).seen_at > first


def test_the_cookie_goes_with_the_browser_and_no_script_reads_it(client: Client) -> None:
    account = make_account()
    sign_in(client, account, set_up_second_factor(account))

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["max-age"] == ""
    assert cookie["samesite"] == "Lax"


def rows_as_text(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t.*::text FROM {table} t")
        rows = cursor.fetchall()
        cursor.execute(f"SELECT * FROM {table}")
        plain = [bytes(value) for row in cursor for value in row if isinstance(value, memoryview)]
    return repr(rows) + "".join(repr(value) for value in plain)


def test_session_rows_hold_nothing_in_clear(client: Client) -> None:
    store = SessionStore()
    store["note"] = "330203199003070002"
    store.save()
    key = store.session_key

    text = rows_as_text("access_session")

    assert SessionStore(key)["note"] == "330203199003070002"
    assert "330203199003070002" not in text
    assert "note" not in text
    assert key not in text
    assert stored_key(key) in text


def test_sealed_content_opens_in_its_own_row_only() -> None:
    mine, other = SessionStore(), SessionStore()
    mine["who"], other["who"] = "mine", "other"
    mine.save()
    other.save()
    stolen = Session.objects.get(pk=stored_key(other.session_key)).content_sealed

    Session.objects.filter(pk=stored_key(mine.session_key)).update(content_sealed=stolen)

    assert dict(SessionStore(mine.session_key).items()) == {}


def test_the_digest_in_the_table_is_no_session_key(client: Client) -> None:
    account = make_account()
    enter(client, account)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get(account=account).pk

    assert not is_in(thief)


def test_second_factors_are_sealed() -> None:
    account = make_account()
    secret = set_up_second_factor(account)

    text = rows_as_text("mfa_authenticator")
    kept = json.dumps(Authenticator.objects.get(user=account).data)

    assert secret not in text
    assert secret not in kept


def test_what_has_timed_out_is_removed(client: Client, pass_time: Callable[..., None]) -> None:
    enter(client, make_account())
    enter(Client(), make_account("colleague"))
    pass_time(minutes=29)
    is_in(client)
    pass_time(minutes=5)

    SessionStore.clear_expired()

    assert [session.account.username for session in Session.objects.all()] == ["officer"]
