"""Who may enter which area of the site: decorators of views, and nothing else than entry.

Whether this actor may do this to that thing is decided by `require` in the action and by
`visible_to` in the query. A decorator only keeps out whoever has no business in the area.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, overload

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from huijia.core.access import second_factor
from huijia.core.kernel.errors import Refused
from huijia.core.kernel.verdict import refused
from huijia.core.people.public import Account
from huijia.core.web import kept

PASSWORD_DUE = "account_change_password"  # noqa: S105 - the name of a route
SET_UP = "mfa_activate_totp"
Params = ParamSpec("Params")
View = Callable[Concatenate[HttpRequest, Params], HttpResponseBase]


@overload
def desk_page(view: View[Params], /) -> View[Params]: ...
@overload
def desk_page(*, permit: StrEnum | None = None) -> Callable[[View[Params]], View[Params]]: ...
def desk_page(view: Any = None, /, *, permit: StrEnum | None = None) -> Any:
    """A page of the desk: signed in, second factor shown in this session, password one's own.

    Whoever is not so far yet is led there and back. With a permit, an actor who holds it nowhere
    is refused (403); where it counts, the view's query or action decides.

        @desk_page
        def home(request): ...

        @desk_page(permit=RegistryPermit.MEMBER_VIEW)
        def members(request, union_id): ...
    """
    if view is None:
        return lambda wrapped: _on_the_desk(wrapped, permit)
    return _on_the_desk(view, permit)


def _on_the_desk(view: View[Params], permit: StrEnum | None) -> View[Params]:
    @wraps(view)
    def entered(
        request: HttpRequest, /, *args: Params.args, **kwargs: Params.kwargs
    ) -> HttpResponseBase:
        step = missing_step(request)
        if step is not None:
            return led_to(request, step)
        actor = request.actor  # type: ignore[attr-defined]  # set by the access middleware
        if permit is not None and not actor.holds(permit):
            raise Refused(refused("not-permitted", permit=str(permit)))
        return view(request, *args, **kwargs)

    entered.area = "desk"  # type: ignore[attr-defined]  # read by the permit matrix
    entered.permit = permit  # type: ignore[attr-defined]
    return entered


def account_page(view: View[Params]) -> View[Params]:
    """A page of one's own account: signed in, second factor shown; the password may be due."""

    @wraps(view)
    def entered(
        request: HttpRequest, /, *args: Params.args, **kwargs: Params.kwargs
    ) -> HttpResponseBase:
        step = missing_step(request)
        if step not in (None, PASSWORD_DUE):
            return led_to(request, step)
        return view(request, *args, **kwargs)

    return entered


def owner(request: HttpRequest) -> Account:
    """The account that is signed in; for views behind one of the doors above."""
    assert isinstance(request.user, Account)
    return request.user


def missing_step(request: HttpRequest) -> str | None:
    """The name of the route where the first thing that is missing before the desk is done."""
    if not request.user.is_authenticated:
        return "account_login"
    if not second_factor.is_shown(request):
        return "mfa_reauthenticate" if second_factor.is_set_up(request.user) else SET_UP
    if request.user.must_change_password:
        return PASSWORD_DUE
    return None


def led_to(request: HttpRequest, route: str) -> HttpResponse:
    """Lead to a step of the sign-in and, after a page was asked for, back to it.

    htmx would follow a redirect inside the page and put the sign-in into a table, so it is told to
    leave the page instead. A form of the desk is handed back, so that what was typed is not lost.
    """
    target = reverse(route)
    if kept.may_be_handed_back(request):
        return kept.page(request, status=HTTPStatus.UNAUTHORIZED, sign_in=target)
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{target}?{urlencode({'next': request.get_full_path()})}")
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = target
        return answer
    return HttpResponseRedirect(target)
