"""A form that could not be taken just now, handed back whole, so that nothing typed is lost.

A desk form can be sent after the session has ended, or after a sign-in in another window has
renewed the form token. What was typed comes back as hidden fields of a page that can send it once
more. Only our own pages get anything back: the browser itself says where a request comes from
(`Sec-Fetch-Site`), so no other site can have a form of its making confirmed here.
"""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input_lazy

from huijia.core.web.pages import backend

DESK: Final = "/desk/"
"""Below it no form carries a password."""
NOT_HANDED_BACK: Final = frozenset({"csrfmiddlewaretoken"})


def may_be_handed_back(request: HttpRequest) -> bool:
    """Whether this is a form of one of our desk pages that holds text and no file."""
    return (
        request.method == "POST"
        and request.path.startswith(DESK)
        and request.headers.get("Sec-Fetch-Site") == "same-origin"
        and request.headers.get("HX-Request") != "true"
        and request.content_type == "application/x-www-form-urlencoded"
    )


def page(request: HttpRequest, *, status: HTTPStatus, sign_in: str = "") -> HttpResponse:
    """The page that keeps the form; with `sign_in`, the address where that is to be done first.

    It stands on nothing that may have ended: no session and no context processor.
    """
    context = {
        "address": request.get_full_path(),
        "csrf_input": csrf_input_lazy(request),
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in NOT_HANDED_BACK
        ],
        "request": request,
        "sign_in": sign_in,
    }
    body = backend().env.get_template("web/kept.html").render(context)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})
