"""Opening and closing accounts. What an account may do is granted elsewhere (`access`)."""

import datetime as dt
import unicodedata

from django.db import IntegrityError, transaction

from huijia.core.audit import public as audit
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import Refused
from huijia.core.kernel.permits import require
from huijia.core.kernel.verdict import refused
from huijia.core.people.models import Account, Person
from huijia.core.people.permits import PeoplePermit


def name_as_kept(username: str) -> str:
    """A user name in the one spelling that is kept: people do not remember how they wrote it, and
    Chinese keyboards write full-width letters.
    """
    return unicodedata.normalize("NFKC", username).strip().lower()


def open_account(
    *,
    username: str,
    display_name: str,
    by: Actor,
    at: dt.datetime,
    password: str | None = None,
    must_change_password: bool = True,
    person: Person | None = None,
) -> Account:
    """A new account that holds no role yet; `password=None` cannot sign in by password.

    Raises Refused `username-taken`.
    """
    require(by, PeoplePermit.ACCOUNT_EDIT)
    try:
        with transaction.atomic():
            account = Account(
                username=name_as_kept(username),
                display_name=display_name,
                must_change_password=must_change_password,
                person=person,
                created_at=at,
            )
            account.set_password(password)
            account.save()
    except IntegrityError as fault:
        raise Refused(refused("username-taken")) from fault
    _note("people.account.open", account, by=by, at=at)
    return account


def close_account(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Let nobody sign in with an account; whoever is signed in is out at the next request."""
    require(by, PeoplePermit.ACCOUNT_EDIT)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _note("people.account.close", account, by=by, at=at)


def reopen_account(*, account: Account, by: Actor, at: dt.datetime) -> None:
    """Let an account be used again, with the grants it still has."""
    require(by, PeoplePermit.ACCOUNT_EDIT)
    account.is_active = True
    account.save(update_fields=["is_active"])
    _note("people.account.reopen", account, by=by, at=at)


def give_password(*, account: Account, password: str, by: Actor, at: dt.datetime) -> None:
    """Give an account a password for once: it must be changed at the next sign-in.

    Every session of the account ends, since each carries a digest of the password's hash.
    """
    require(by, PeoplePermit.ACCOUNT_EDIT)
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    _note("people.account.give-password", account, by=by, at=at)


def change_own_password(*, account: Account, password: str, by: Actor, at: dt.datetime) -> None:
    """Change one's own password. The caller has checked the old one.

    Raises Refused when the account is somebody else's.
    """
    if by.account_id != account.pk:
        raise Refused(refused("not-permitted"))
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    _note("people.account.change-password", account, by=by, at=at)


def _note(verb: str, account: Account, *, by: Actor, at: dt.datetime) -> None:
    audit.record(verb=verb, subject=("account", account.pk), by=by, at=at)
