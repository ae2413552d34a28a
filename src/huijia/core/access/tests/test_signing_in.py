"""Sign-in by password and second factor, as a browser goes through it."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client

from huijia.core.access import queries
from huijia.core.access.actions import second_factors
from huijia.core.access.models import Session
from huijia.core.access.second_factor import code_at
from huijia.core.access.tests.factories import (
    PASSWORD,
    enter,
    make_account,
    set_up_second_factor,
    sign_in,
    type_code,
    type_password,
)
from huijia.core.audit.models import Entry
from huijia.core.kernel import clock

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def test_a_password_leads_to_the_code_and_the_code_to_the_desk(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)

    first = type_password(client, "officer")
    second = type_code(client, code_at(secret, clock.now()))

    assert first.headers["Location"] == "/sign-in/code/"
    assert second.headers["Location"] == settings.LOGIN_REDIRECT_URL
    assert client.get("/account/").status_code == 200
    assert verbs()[-1] == "access.session.sign-in"


def test_the_page_that_was_asked_for_comes_after_the_code(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)

    client.post("/sign-in/", {"login": "officer", "password": PASSWORD, "next": "/account/"})
    second = type_code(client, code_at(secret, clock.now()))

    assert second.headers["Location"] == "/account/"


def test_no_address_outside_is_led_to(client: Client) -> None:
    secret = set_up_second_factor(make_account())

    client.post(
        "/sign-in/", {"login": "officer", "password": PASSWORD, "next": "https://evil.example/"}
    )
    second = type_code(client, code_at(secret, clock.now()))

    assert second.headers["Location"] == settings.LOGIN_REDIRECT_URL


@pytest.mark.parametrize("typed", ["Officer", " officer ", "ｏｆｆｉｃｅｒ"])
def test_spellings_of_a_name_are_one_name(client: Client, typed: str) -> None:
    set_up_second_factor(make_account())

    assert type_password(client, typed).headers["Location"] == "/sign-in/code/"


def test_nobody_is_in_between_password_and_code(client: Client) -> None:
    set_up_second_factor(make_account())
    type_password(client, "officer")

    response = client.get("/account/")

    assert response.headers["Location"].startswith("/sign-in/?next=")


def test_a_first_sign_in_leads_to_setting_up_the_second_factor(client: Client) -> None:
    make_account()
    type_password(client, "officer")

    response = client.get("/account/")

    assert response.headers["Location"].startswith("/account/second-factor/?next=")


def test_setting_up_the_second_factor_opens_the_account_and_shows_recovery_codes(
    client: Client,
) -> None:
    account = make_account()
    type_password(client, "officer")
    page = client.get("/account/second-factor/?next=/account/")
    secret = page.content.decode().split("<code>")[1].split("</code>")[0].replace(" ", "")
    before = client.session.session_key

    done = client.post(
        "/account/second-factor/", {"code": code_at(secret, clock.now()), "next": "/account/"}
    )
    codes = client.get(done.headers["Location"]).content.decode()
    onward = client.post("/account/recovery-codes/", {"next": "/account/"})

    assert codes.count("<li><code>") == 10
    assert onward.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert "<li><code>" not in client.get("/account/recovery-codes/").content.decode()
    assert client.session.session_key != before
    assert Authenticator.objects.filter(user=account).count() == 2


def test_a_wrong_first_code_sets_nothing_up(client: Client) -> None:
    account = make_account()
    type_password(client, "officer")
    first = client.get("/account/second-factor/").content

    response = client.post("/account/second-factor/", {"code": "000000"})

    assert response.status_code == 200
    assert not Authenticator.objects.filter(user=account).exists()
    # The picture stays the one that the phone has read.
    assert first.split(b"<code>")[1][:39] == response.content.split(b"<code>")[1][:39]


def test_a_password_alone_never_changes_an_existing_second_factor(client: Client) -> None:
    account = make_account()
    set_up_second_factor(account)
    enter(client, account, second_factor=False)

    response = client.get("/account/second-factor/")

    assert response.headers["Location"].startswith("/account/confirm/code/")


def test_an_old_session_confirms_before_the_second_factor_changes(client: Client) -> None:
    account = make_account()
    set_up_second_factor(account)
    enter(client, account)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session.save()

    response = client.get("/account/second-factor/")

    assert response.headers["Location"].startswith("/account/confirm/")


def test_a_recovery_code_lets_in_once(client: Client) -> None:
    account = make_account()
    set_up_second_factor(account)
    by = queries.actor_of(account.pk, on=clock.today())
    code = second_factors.renew_recovery_codes(account=account, by=by, at=clock.now())[0]
    type_password(client, "officer")
    assert type_code(client, code).status_code == 302
    client.post("/sign-out/")

    type_password(client, "officer")

    assert type_code(client, code).status_code == 200


def test_a_code_counts_once_even_in_another_session(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)
    code = code_at(secret, clock.now())
    type_password(client, "officer")
    assert type_code(client, code).status_code == 302
    other = Client()
    type_password(other, "officer")

    response = type_code(other, code)

    assert response.status_code == 200
    assert response.context_data["form"].errors
    assert other.get("/account/").status_code == 302


def test_a_code_of_an_earlier_step_is_refused_after_a_later_one(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)
    now = clock.now()
    type_password(client, "officer")
    assert type_code(client, code_at(secret, now)).status_code == 302
    other = Client()
    type_password(other, "officer")

    assert type_code(other, code_at(secret, now - dt.timedelta(seconds=30))).status_code == 200


def test_the_session_gets_a_new_key_at_sign_in(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)
    type_password(client, "officer")
    before = client.session.session_key

    type_code(client, code_at(secret, clock.now()))

    assert client.session.session_key != before
    assert Session.objects.count() == 1


def test_an_account_closed_between_password_and_code_stays_out(client: Client) -> None:
    account = make_account()
    secret = set_up_second_factor(account)
    type_password(client, "officer")
    account.is_active = False
    account.save()

    response = type_code(client, code_at(secret, clock.now()))

    assert response.headers["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302


def test_a_given_password_is_changed_before_anything_else(client: Client) -> None:
    from huijia.core.access.areas import missing_step

    account = make_account(must_change_password=True)
    secret = set_up_second_factor(account)
    sign_in(client, account, secret)

    changed = client.post(
        "/account/password/",
        {
            "oldpassword": PASSWORD,
            "password1": "new words to sign",
            "password2": "new words to sign",
        },
    )

    account.refresh_from_db()
    assert changed.status_code == 302
    assert account.must_change_password is False
    assert account.check_password("new words to sign")
    assert client.get("/account/").status_code == 200
    assert missing_step is not None


def test_a_changed_password_ends_the_other_sessions(client: Client) -> None:
    account = make_account()
    other = enter(Client(), account)
    enter(client, account)

    client.post(
        "/account/password/",
        {
            "oldpassword": PASSWORD,
            "password1": "new words to sign",
            "password2": "new words to sign",
        },
    )

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("weak", ["short", "password1", "officer1"])
def test_a_weak_new_password_is_refused(client: Client, weak: str) -> None:
    account = make_account()
    enter(client, account)

    response = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    account.refresh_from_db()
    assert response.status_code == 200
    assert account.check_password(PASSWORD)


def test_signing_out_ends_the_session_and_leaves_a_trace(client: Client) -> None:
    account = make_account()
    enter(client, account)

    client.post("/sign-out/")

    assert not Session.objects.filter(account=account).exists()
    assert client.get("/account/").status_code == 302
    assert verbs()[-1] == "access.session.sign-out"


def test_signing_out_elsewhere_keeps_this_session_only(client: Client) -> None:
    account = make_account()
    other = enter(Client(), account)
    enter(client, account)

    client.post("/account/sign-out-elsewhere/")

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["signup/", "accounts/signup/", "password/reset/", "email/", "accounts/login/", "2fa/"],
)
def test_what_the_library_brings_besides_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == 404


def test_a_failed_try_names_the_account_by_number_only(client: Client) -> None:
    account = make_account()

    type_password(client, "officer", "wrong")
    type_password(client, "hunter2-typed-into-the-name", "wrong")

    entries = Entry.objects.filter(verb="access.session.fail").order_by("id")
    assert [entry.subject_id for entry in entries] == [str(account.pk), "unknown"]
    with pytest.raises(ObjectDoesNotExist):
        Entry.objects.get(changes__icontains="hunter2")
