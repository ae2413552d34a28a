"""What becomes of a form that was sent: done and led on, or refused and shown again."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from huijia.core.kernel.errors import Refused
from huijia.core.requests.public import act_once
from huijia.registry.forms import Refusable

Act = Callable[[], str]
"""Does what the form asks for, and says which page shows it; raises Refused."""


def begun(request: HttpRequest, form: Refusable, act: Act) -> HttpResponse | None:
    """The answer to a form that begins something, which counts once however often it is sent.

    None where it was not sent or is to be shown again, with what was refused in its place.
    """
    return _answer(form, lambda: act_once(request, act))


def saved(request: HttpRequest, form: Refusable, act: Act, *, told: str) -> HttpResponse | None:
    """The answer to a form that changes what is there, and tells so on the next page."""

    def led_on() -> HttpResponse:
        address = act()
        messages.success(request, told)
        return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})

    return _answer(form, led_on)


def _answer(form: Refusable, act: Callable[[], HttpResponse]) -> HttpResponse | None:
    if form.is_valid():
        try:
            return act()
        except Refused as fault:
            form.take(fault)
    return None


def status_of(form: Refusable) -> HTTPStatus:
    """What the page of a form answers with: 422 where something in it was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
