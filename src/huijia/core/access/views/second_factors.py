"""Setting up the second factor, and the recovery codes."""

import segno
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huijia.core.access import device, second_factor
from huijia.core.access.actions import second_factors
from huijia.core.access.areas import account_page, led_to, owner
from huijia.core.access.forms import SetUpForm
from huijia.core.access.signin import FRESH
from huijia.core.kernel import clock
from huijia.core.web import pages

PENDING = "access.second-factor.pending"
"""In the session, which is sealed: the secret shown and not yet proved."""
CODES = "access.recovery-codes"
"""In the session until its owner says that they are kept."""


@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show a secret as a picture, and take the first code of the app that has read it.

    Whoever has no second factor comes here from the first sign-in, before anything else; whoever
    has one replaces it, and must have shown it in this session. Both must be fresh.
    """
    if second_factor.is_set_up(owner(request)) and not second_factor.is_shown(request):
        return led_to(request, "mfa_reauthenticate")
    if not second_factor.shown_within(request, FRESH, at=clock.now()):
        return led_to(request, "account_reauthenticate")
    secret = request.session.setdefault(PENDING, second_factor.new_secret())
    sent = request.POST if request.method == "POST" else None
    form = SetUpForm(sent, account=owner(request), secret=secret)
    if form.is_valid():
        return _finish(request, secret)
    return pages.render(request, "mfa/totp/activate_form.html", _shown(request, form, secret))


def _finish(request: HttpRequest, secret: str) -> HttpResponse:
    account, at = owner(request), clock.now()
    by = request.actor  # type: ignore[attr-defined]  # set by the access middleware
    made = second_factors.set_up(account=account, secret=secret, by=by, at=at)
    request.session[CODES] = second_factors.renew_recovery_codes(account=account, by=by, at=at)
    del request.session[PENDING]
    second_factor.note_shown(request, made)
    # The session is worth more from here on, so it gets a new key.
    request.session.cycle_key()
    response = HttpResponseRedirect(_with_next(request, reverse("mfa_view_recovery_codes")))
    device.remember(request, response, account.username)
    return response


def _shown(request: HttpRequest, form: SetUpForm, secret: str) -> dict[str, object]:
    address = get_adapter().build_totp_url(request.user, secret)
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return {
        "form": form,
        "is_first": not second_factor.is_set_up(owner(request)),
        "next": get_next_redirect_url(request) or "",
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=2),
        "secret": " ".join(groups),
    }


@account_page
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show new codes until their owner says that they are kept; make others on request."""
    if request.method == "GET":
        context = {
            "codes": request.session.get(CODES),
            "next": get_next_redirect_url(request) or "",
        }
        return pages.render(request, "mfa/recovery_codes/index.html", context)
    if "renew" in request.POST:
        return _renew(request)
    request.session.pop(CODES, None)
    return HttpResponseRedirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)


def _renew(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    here = reverse("mfa_view_recovery_codes")
    if not second_factor.shown_within(request, FRESH, at=at):
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': here})}")
    request.session[CODES] = second_factors.renew_recovery_codes(
        account=owner(request),
        by=request.actor,  # type: ignore[attr-defined]  # set by the access middleware
        at=at,
    )
    return HttpResponseRedirect(here)


def _with_next(request: HttpRequest, address: str) -> str:
    onward = get_next_redirect_url(request)
    return f"{address}?{urlencode({'next': onward})}" if onward else address
