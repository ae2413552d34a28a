"""One's own account: what one holds, how one signs in, signing out everywhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huijia.core.access import queries
from huijia.core.access.actions import sessions
from huijia.core.access.areas import account_page, owner
from huijia.core.kernel import clock
from huijia.core.web import pages


@account_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one is here, and what keeps the account safe."""
    at = clock.now()
    account = owner(request)
    return pages.render(
        request,
        "account/home.html",
        {
            "grants": queries.grants_of(account.pk, on=clock.china_day(at)),
            "recovery_codes_left": queries.recovery_codes_left(account.pk),
            "sessions": queries.sessions_of(account.pk, at=at),
            "username": account.username,
        },
    )


@account_page
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of this account but this one."""
    sessions.end_others(
        account=owner(request),
        but=str(request.session.session_key),
        by=request.actor,  # type: ignore[attr-defined]  # set by the access middleware
        at=clock.now(),
    )
    messages.success(request, _("You are signed out on all other devices."))
    return HttpResponseRedirect(reverse("account_home"))
