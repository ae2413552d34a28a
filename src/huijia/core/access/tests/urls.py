"""The site's addresses, and some pages that only tests have."""

import datetime as dt
from enum import StrEnum

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from huijia.core.access.areas import desk_page
from huijia.core.kernel import clock
from huijia.core.kernel.errors import NotFound, Refused, TooOften
from huijia.core.kernel.verdict import refused
from huijia.core.requests.public import Limit, limits

LIMIT = Limit("test.page", 100, dt.timedelta(hours=1))


class Permit(StrEnum):
    """A permit of the tests."""

    VIEW = "test:page:view"


@desk_page
def bare(request: HttpRequest) -> HttpResponse:
    """Any page of the desk."""
    return HttpResponse(request.actor.name)


@desk_page(permit=Permit.VIEW)
def permitted(request: HttpRequest) -> HttpResponse:
    """A page with a permit."""
    return HttpResponse("in")


@desk_page
def reach(request: HttpRequest) -> HttpResponse:
    """What row security shows in this request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT huijia_reach(), (SELECT count(*) FROM people_identity)")
        ids, seen = cursor.fetchone()
    return JsonResponse({"reach": ids, "seen": seen})


def open_reach(request: HttpRequest) -> HttpResponse:
    """The same for somebody who is not signed in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT huijia_reach(), (SELECT count(*) FROM people_identity)")
        ids, seen = cursor.fetchone()
    return JsonResponse({"reach": ids, "seen": seen})


def whoami(request: HttpRequest) -> HttpResponse:
    """What the actor holds on a page that has no door."""
    return JsonResponse({"account": request.actor.account_id, "grants": len(request.actor.grants)})


def counting(request: HttpRequest, outcome: str) -> HttpResponse:
    """Count, and end in some way."""
    limits.check(LIMIT, "a", at=clock.now())
    faults = {
        "refused": Refused(refused("not-permitted")),
        "unknown": NotFound(),
        "too-often": TooOften(61),
        "fault": RuntimeError("on purpose"),
    }
    if outcome in faults:
        raise faults[outcome]
    return HttpResponse(status=500 if outcome == "broken" else 200)


urlpatterns = [
    path("test/bare/", bare, name="bare"),
    path("test/permitted/", permitted, name="permitted"),
    path("test/reach/", reach, name="reach"),
    path("test/open-reach/", open_reach, name="open-reach"),
    path("test/whoami/", whoami, name="whoami"),
    path("test/counting/<str:outcome>/", counting, name="counting"),
    path("", include("huijia.config.urls")),
]
handler400 = "huijia.core.web.errors.bad_request"
handler403 = "huijia.core.web.errors.forbidden"
handler404 = "huijia.core.web.errors.not_found"
handler500 = "huijia.core.web.errors.server_error"
