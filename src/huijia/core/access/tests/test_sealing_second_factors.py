"""A second factor belongs to its account: its sealed form opens in no other row."""

import base64

import pytest
from allauth.mfa.models import Authenticator

from huijia.core.access import factor_sealing, queries, second_factor
from huijia.core.access.actions import second_factors
from huijia.core.access.tests.factories import make_account
from huijia.core.kernel import clock
from huijia.core.vault.public import CannotOpenError, vault

pytestmark = pytest.mark.usefixtures("db")
SECRET = second_factor.new_secret()


def account_with_factors(username):
    """An account with an app and recovery codes."""
    account, at = make_account(username), clock.now()
    by = own(account)
    second_factors.set_up(account=account, secret=SECRET, by=by, at=at)
    return account, second_factors.renew_recovery_codes(account=account, by=by, at=at)


def own(account):
    return queries.actor_of(account.pk, on=clock.today())


def fits(account, code):
    return second_factor.accepted(account, code, at=clock.now()) is not None


def test_a_secret_opens_for_its_account_only():
    with factor_sealing.belonging_to(1):
        sealed = factor_sealing.seal("secret")
        assert factor_sealing.unseal(sealed) == "secret"

    with factor_sealing.belonging_to(2), pytest.raises(CannotOpenError):
        factor_sealing.unseal(sealed)
    with pytest.raises(LookupError):
        factor_sealing.seal("secret")


def test_a_second_factor_copied_into_another_account_lets_nobody_in():
    mine, my_codes = account_with_factors("mine")
    other, _codes = account_with_factors("other")
    for own_row in Authenticator.objects.filter(user=mine):
        Authenticator.objects.filter(user=other, type=own_row.type).update(data=own_row.data)

    assert not fits(other, second_factor.code_at(SECRET, clock.now()))
    assert not fits(other, my_codes[0])
    assert fits(mine, my_codes[0])


def test_bringing_an_installation_up_to_date_keeps_everybodys_second_factor():
    account, codes = account_with_factors("officer")
    for row in Authenticator.objects.filter(user=account):
        (field,) = {"secret", "seed"} & set(row.data)
        with factor_sealing.belonging_to(account.pk):
            plain = factor_sealing.unseal(row.data[field]).encode()
        old = vault().seal(plain, context="access.second-factor")
        row.data[field] = base64.b64encode(old).decode()
        row.save()
    assert not fits(account, codes[0])

    assert second_factors.bind_to_accounts() == 2
    assert second_factors.bind_to_accounts() == 0

    assert fits(account, codes[0])
    assert fits(account, second_factor.code_at(SECRET, clock.now()))
    assert queries.recovery_codes_left(account.pk) == len(codes) - 1
