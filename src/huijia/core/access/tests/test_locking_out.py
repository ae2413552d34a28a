"""Guessing is hopeless, and nobody can lock out somebody else's known device."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huijia.core.access.second_factor import code_at
from huijia.core.access.tests.factories import (
    make_account,
    set_up_second_factor,
    sign_in,
    type_code,
    type_password,
)
from huijia.core.audit.models import Entry
from huijia.core.kernel import clock
from huijia.core.requests.models import Counter

pytestmark = pytest.mark.django_db


def fail(times: int, username: str = "officer", client: Client | None = None) -> None:
    client = client or Client()
    for _ in range(times):
        assert type_password(client, username, "wrong").status_code == 200


def test_five_failures_lock_a_name_even_for_the_right_password(client: Client) -> None:
    make_account()
    fail(5)

    response = type_password(client, "officer")

    assert response.status_code == 429
    assert 29 * 60 < int(response.headers["Retry-After"]) <= 30 * 60
    assert Entry.objects.filter(verb="access.account.lock").count() == 1


def test_four_failures_do_not_lock(client: Client) -> None:
    set_up_second_factor(make_account())
    fail(4)

    assert type_password(client, "officer").headers["Location"] == "/sign-in/code/"


def test_the_lock_opens_half_an_hour_after_the_first_failure(
    client: Client, pass_time: Callable[..., None]
) -> None:
    set_up_second_factor(make_account())
    fail(5)
    pass_time(minutes=29)
    assert type_password(client, "officer").status_code == 429

    pass_time(minutes=1)

    assert type_password(client, "officer").headers["Location"] == "/sign-in/code/"


def test_other_names_are_not_concerned(client: Client) -> None:
    set_up_second_factor(make_account("colleague"))
    fail(5)

    assert type_password(client, "colleague").status_code == 302


def test_spellings_of_a_name_share_one_count(client: Client) -> None:
    make_account()
    fail(3, "officer")
    fail(2, " OFFICER ")

    assert type_password(client, "ｏｆｆｉｃｅｒ").status_code == 429


def test_a_name_without_an_account_is_locked_just_the_same(client: Client) -> None:
    fail(5, "nobody")

    response = type_password(client, "nobody")

    assert response.status_code == 429
    assert "Retry-After" in response.headers


def test_a_full_sign_in_forgets_the_slips_before_it(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)
    fail(4, client=client)
    sign_in(client, account, secret)
    client.post("/sign-out/")

    fail(4)

    assert type_password(client, "officer").status_code == 302


def test_the_right_password_alone_does_not_forget_failures(client: Client) -> None:
    set_up_second_factor(make_account())
    fail(4)
    type_password(client, "officer")
    fail(1)

    assert type_password(Client(), "officer").status_code == 429


def known_device(client: Client, username: str = "officer") -> Client:
    account = make_account(username)
    sign_in(client, account, set_up_second_factor(account))
    client.post("/sign-out/")
    assert settings.HUIJIA_DEVICE_COOKIE in client.cookies
    return client


def test_strangers_cannot_lock_the_owner_out_of_a_known_device(client: Client) -> None:
    known_device(client)
    fail(5)
    assert type_password(Client(), "officer").status_code == 429

    assert type_password(client, "officer").headers["Location"] == "/sign-in/code/"


def test_a_known_device_has_a_limit_of_its_own(client: Client) -> None:
    known_device(client)
    fail(5, client=client)

    assert type_password(client, "officer").status_code == 429
    assert type_password(Client(), "officer").status_code == 302


def test_a_device_known_for_one_name_helps_no_other(client: Client) -> None:
    known_device(client, "colleague")
    make_account()
    fail(5)

    assert type_password(client, "officer").status_code == 429


def test_a_forged_device_cookie_is_a_strangers(client: Client) -> None:
    known_device(client)
    fail(5)
    other = Client()
    value = client.cookies[settings.HUIJIA_DEVICE_COOKIE].value
    other.cookies[settings.HUIJIA_DEVICE_COOKIE] = "x" + value

    assert type_password(other, "officer").status_code == 429


def test_a_shared_device_is_known_for_several_names(client: Client) -> None:
    known_device(client, "first")
    known_device(client, "second")
    for name in ("first", "second"):
        fail(5, name)

    assert type_password(client, "first").status_code == 302
    client.post("/sign-out/")
    assert type_password(client, "second").status_code == 302


def test_the_device_cookie_names_nobody_and_no_script_reads_it(client: Client) -> None:
    known_device(client)

    cookie = client.cookies[settings.HUIJIA_DEVICE_COOKIE]

    assert "officer" not in cookie.value
    assert cookie["httponly"]
    assert cookie["max-age"] >= 180 * 24 * 3600


def test_an_address_is_limited_whatever_names_it_tries(client: Client, settings) -> None:
    settings.HUIJIA_SIGN_IN_PER_MINUTE = 8
    for number in range(8):
        assert type_password(client, f"name{number}", "wrong").status_code == 200

    response = type_password(client, "another", "wrong")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= 60
    assert type_password(Client(), "another", "x", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_five_wrong_codes_lock_the_second_step(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)
    type_password(client, "officer")
    for _ in range(5):
        assert type_code(client, "123").status_code == 200

    response = type_code(client, code_at(secret, clock.now()))

    assert response.status_code == 429
    assert client.get("/account/").status_code == 302


def test_wrong_old_passwords_are_counted_like_those_of_the_sign_in(client: Client) -> None:
    account = make_account()
    sign_in(client, account, set_up_second_factor(account))
    wrong = {"oldpassword": "guess", "password1": "new words to sign", "password2": "n"}
    for _ in range(5):
        assert client.post("/account/password/", wrong).status_code == 200

    assert client.post("/account/password/", wrong).status_code == 429


def test_counters_hold_no_name_and_no_address() -> None:
    fail(1, "wang.xiaoming")

    keys = " ".join(Counter.objects.values_list("key", flat=True))

    assert "wang" not in keys
    assert "127" not in keys.split(":")[0]


@pytest.fixture
def four_kinds() -> tuple[str, ...]:
    """A name with an account, without one, with a closed one, with one without password."""
    make_account("known")
    make_account("closed", is_active=False)
    without = make_account("without-password")
    without.set_unusable_password()
    without.save()
    return ("known", "unknown", "closed", "without-password")


def test_all_names_get_the_same_words(four_kinds: tuple[str, ...]) -> None:
    pages = set()
    for name in four_kinds:
        page = type_password(Client(), name, "wrong").content.decode()
        body = page.replace(f'value="{name}"', "")
        pages.add("".join(line for line in body.splitlines() if "csrf" not in line))

    assert len(pages) == 1


def test_the_right_password_of_a_closed_account_gets_the_same_words(
    four_kinds: tuple[str, ...],
) -> None:
    assert "known" in four_kinds
    closed = type_password(Client(), "closed")
    unknown = type_password(Client(), "unknown")

    assert closed.status_code == unknown.status_code == 200
    assert closed.context_data["form"].errors == unknown.context_data["form"].errors


def test_all_names_cost_the_same_work(four_kinds: tuple[str, ...]) -> None:
    """The time of a failed try is one hash and its queries; both are alike for every name."""
    costs = {}
    for name in four_kinds:
        with (
            patch.object(
                MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
            ) as encode,
            CaptureQueriesContext(connection) as queries,
        ):
            type_password(Client(), name, "wrong")
        costs[name] = (encode.call_count, len(queries))

    assert set(costs.values()) == {(1, costs["known"][1])}, costs
