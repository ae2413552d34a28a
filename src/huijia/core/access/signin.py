"""What allauth asks about the sign-in, answered in our way."""

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huijia.core.access import attempts, device, factor_sealing, queries, second_factor, traces
from huijia.core.kernel import clock
from huijia.core.people.public import Account, accounts
from huijia.core.requests.public import client_address

FRESH = dt.timedelta(minutes=5)
"""How long a password or code just shown counts for what needs it again."""


class OfficerAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Counts tries in the database, answers alike for all names, leaves traces."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "incorrect_code": _("The code is not right, or it was used before."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's
        """Accounts are opened by the administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor, and nothing else."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account that name and password belong to; one that is closed is like none.

        Each try is counted before it is judged, and the password is hashed once in every case, so
        that neither answer nor time tells whether there is such an account.
        """
        at = clock.now()
        username = credentials["username"]
        attempt = attempts.at_password(request, username, at=at)
        account: Account | None = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if account is None:
            traces.failed(username, "password", at=at, locked=attempt.is_last)
            return None
        attempt.take_back()
        return account

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin the session, unless the account was closed between password and code."""
        if not user.is_active:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse:
        """Lead on; after a full sign-in, forget slips and know the device."""
        response: HttpResponse = super().post_login(request, user, **facts)
        traces.signed_in(user, at=clock.now())
        if second_factor.is_shown(request):
            attempts.forget(request, user.username)
            device.remember(request, response, user.username)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End this session."""
        traces.signed_out(request, at=clock.now())
        logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Change one's own password."""
        at = clock.now()
        by = queries.actor_of(user.pk, on=clock.china_day(at))
        accounts.change_own_password(account=user, password=password, by=by, at=at)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Where a changed password leads."""
        return reverse("account_home")

    def is_reauthentication_required(self, **_: Any) -> bool:
        """Whether password or code must be shown again before a change of them."""
        return not second_factor.shown_within(self.request, FRESH, at=clock.now())

    def add_message(self, *_: Any, **__: Any) -> None:
        """The library's messages say what the pages say already."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """From where a request comes, as trusted proxies tell."""
        return client_address(request)


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps second factors sealed, each for its own account."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or it was used before."),
    }

    def encrypt(self, text: str) -> str:
        """The sealed form of a secret, as text."""
        return factor_sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; raises CannotOpenError when it is another's, altered or of a lost key."""
        return factor_sealing.unseal(encrypted_text)
