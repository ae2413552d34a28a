"""A form acts once, however often it is sent.

The page carries a hidden token, `{{ once_field }}` from `once.field(request)`. The view judges the
form as always; a refused form is shown again with the same token. Only when it acts does it say

    return act_once(request, lambda: reverse("registry:union", args=[unions.found(...).id]))

and the act, which answers with the address of its result, runs with the consumption of the token
in one savepoint: both stand or neither does. Sent again (a double click, a lost answer, the back
button), the first result is shown. Two at the same moment: the second waits for the first.
"""

import uuid
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huijia.core.kernel import clock
from huijia.core.kernel.errors import NotFound
from huijia.core.requests.models import ConsumedToken

FIELD = "once"


def token(request: HttpRequest) -> str:
    """The token that was sent with a form shown again, or a new one."""
    return str(_sent(request) or uuid.uuid4())


def field(request: HttpRequest) -> SafeString:
    """The hidden field that carries the token."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, token(request))


def act_once(request: HttpRequest, act: Callable[[], str]) -> HttpResponseRedirect:
    """Act and go to the address that the act answers, or to the first one if it was done before.

    Raises BadRequest without a token, and NotFound for a token that somebody else consumed.
    """
    sent = _sent(request)
    if sent is None:
        raise BadRequest("the form carries no token")
    account_id = request.actor.account_id  # type: ignore[attr-defined]  # by the access middleware
    with transaction.atomic():
        mine, is_new = ConsumedToken.objects.get_or_create(
            token=sent, defaults={"account_id": account_id, "at": clock.now(), "result_url": ""}
        )
        if is_new:
            mine.result_url = act()
            mine.save(update_fields=["result_url"])
    if mine.account_id != account_id:
        raise NotFound
    return HttpResponseRedirect(mine.result_url)


def _sent(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
