"""Every address answers everybody as the table says (`permit_matrix.py`, which tells how to add one).

Source: OWASP ASVS 5.0 8.2.1, 8.2.2, 8.4.1.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from enum import StrEnum

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

import huijia
from huijia.core.access.tests.factories import (
    enter,
    give,
    make_account,
    make_role,
    set_up_second_factor,
)
from huijia.core.orgs.models import Union
from tests.architecture.permit_matrix import DONE, SIGN_IN, TABLE, Row, World

VISITORS = ("signed out", "wrong organisation", "wrong permit", "right permit")
REDIRECTS = (301, 302, 303)


def routes(resolver: URLResolver | None = None, prefix: str = "", path: str = "") -> Iterator:
    """Name, address pattern and view of every route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern, space, here)
        else:
            yield f"{prefix}{pattern.name}", here, pattern.callback


ROUTES = {name: view for name, _path, view in routes()}


def all_permits() -> frozenset[str]:
    """Every permit that any package declares."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(huijia.__path__, "huijia.")
        if module.name.endswith(".permits") and not module.name.endswith("kernel.permits")
    ]
    enums = [
        thing
        for module in modules
        for thing in vars(module).values()
        if inspect.isclass(thing) and issubclass(thing, StrEnum) and thing is not StrEnum
    ]
    return frozenset(str(permit) for enum in enums for permit in enum)


def test_every_route_has_a_name() -> None:
    nameless = [path for name, path, _view in routes() if name.endswith("None")]

    assert nameless == [], "give these routes a name, and a row in permit_matrix.py"


def test_no_two_routes_share_a_name() -> None:
    names = [name for name, _path, _view in routes()]

    assert sorted(names) == sorted(set(names)), "rows go by name: rename one of the two"


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    without = sorted(set(ROUTES) - set(TABLE))
    stale = sorted(set(TABLE) - set(ROUTES))

    assert without == [], (
        "add a row for these to tests/architecture/permit_matrix.py (see its head)"
    )
    assert stale == [], "these rows in permit_matrix.py belong to no route any more"


def test_every_page_below_the_desk_is_entered_through_the_desks_door() -> None:
    open_doors = [
        name
        for name, path, view in routes()
        if path.startswith("desk/") and getattr(view, "area", None) != "desk" and name != "gallery"
    ]

    assert open_doors == [], "decorate these views with access.public.desk_page"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(set(ROUTES) & set(TABLE)))
def test_an_address_answers_everybody_as_the_table_says(name: str, method: str) -> None:
    row, world = TABLE[name], World()
    address = reverse(name, kwargs=dict(row.arguments(world)))

    answers = tuple(
        kind_of(send(visitor, method, address, row, world))
        for visitor in visitors(row, permits_of(name, row), world)
    )

    wanted = getattr(row, method)
    assert answers == wanted, "\n".join(
        [f"{method.upper()} {address} ({name}):"]
        + [
            f"  {visitor}: {got}, and the table says {want}"
            for visitor, got, want in zip(VISITORS, answers, wanted, strict=True)
            if got != want
        ]
    )


def permits_of(name: str, row: Row) -> frozenset[str]:
    """The permits that the route's view declares and its row adds."""
    declared = getattr(ROUTES[name], "permit", None)
    return frozenset(str(permit) for permit in (declared, *row.also) if permit is not None)


def visitors(row: Row, permits: frozenset[str], world: World) -> Iterator[Client]:
    """The four of `VISITORS`, signed in one after the other."""
    yield from_outside()
    yield officer("wrong-organisation", permits, world.wrong_town)
    yield officer("wrong-permit", all_permits() - permits if permits else (), world.right_town)
    yield officer("right-permit", permits, world.right_town)


def officer(name: str, permits: frozenset[str] | tuple[()], place: Union) -> Client:
    """A browser in which an officer with just these permits on a place is signed in."""
    make_role(name, permits)
    account = make_account(name)
    set_up_second_factor(account)
    give(account, name, place)
    return enter(from_outside(), account)


def from_outside() -> Client:
    """A browser on another machine: some addresses answer the machine itself only."""
    return Client(REMOTE_ADDR="203.0.113.7")


def send(client: Client, method: str, address: str, row: Row, world: World) -> HttpResponse:
    """One request; what a POST carries is the row's."""
    if method == "get":
        return client.get(address)
    return client.post(address, dict(row.data(world)))


def kind_of(response: HttpResponse) -> int | str:
    """A status, or where a redirect leads."""
    if response.status_code not in REDIRECTS:
        return response.status_code
    return SIGN_IN if response.headers["Location"].startswith(reverse("account_login")) else DONE
