"""The desk's home: the day, what waits for me, and figures with drill-down."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huijia.core.access.public import desk_page
from huijia.core.kernel import clock
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound
from huijia.core.kernel.permits import decide, require
from huijia.core.orgs.public import PRIMARY, Spot, UnionKind
from huijia.core.orgs.public import queries as orgs
from huijia.core.web import pages
from huijia.core.web.filters import number, percent
from huijia.core.web.listing import Header, query_with
from huijia.insight import queries
from huijia.insight.choices import COLUMNS, Indicator, unit_of
from huijia.insight.permits import InsightPermit
from huijia.registry.public import RegistryPermit, imports_to_confirm

PAGE = "insight/home.html"
YEARS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its unit, and what puts it into proportion."""

    label: str | Promise
    value: int
    unit: str
    note: str


@require_safe
@desk_page
def home(request: HttpRequest) -> HttpResponse:
    """Today; the figures are those of the first place in which one may see figures, if any."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the access middleware
    at = clock.now()
    places = actor.places(InsightPermit.FIGURES_VIEW)
    spot = orgs.spot(places[0].id) if places else None
    shown = _figures(request, spot, actor, at) if spot else {"spot": None}
    day = {"day": clock.china_day(at), "waiting": imports_to_confirm(actor)}
    return pages.render(request, PAGE, {**shown, **day})


@require_safe
@desk_page(permit=InsightPermit.FIGURES_VIEW)
def node(request: HttpRequest, union_id: int) -> HttpResponse:
    """The figures of one union and all below it; outside one's reach it does not exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the access middleware
    spot = orgs.spot(union_id)
    if spot is None:
        raise NotFound
    require(actor, InsightPermit.FIGURES_VIEW, spot)
    shown = _figures(request, spot, actor, clock.now())
    return pages.render(request, PAGE, {**shown, "day": None, "trail": _trail(spot, actor)})


def _figures(request: HttpRequest, spot: Spot, actor: Actor, at: dt.datetime) -> dict[str, Any]:
    """What the page says of a node."""
    figures = queries.figures_of(spot.id, at=at)
    joins = figures.joins_of_last(YEARS_SHOWN)
    query = {"sort": queries.LARGEST_FIRST, **request.GET.dict()}
    below = queries.children_figures(spot.id, year=figures.year, query=query)
    return {
        "spot": spot,
        "kind": UnionKind(spot.kind).label,
        "union_page": _union_page(spot, actor),
        "places": _tabs(spot, actor),
        "at": at,
        "tiles": _tiles(figures),
        "is_empty": not any(figures.stocks.values()) and not below.page.rows,
        "finding": figures.finding(),
        "has_joins": any(count for _year, count in joins),
        "chart": {
            "labels": [str(year) for year, _count in joins],
            "series": [{"name": _("Joined"), "values": [count for _year, count in joins]}],
        },
        "below": below,
        "is_branch": bool(below.page.rows) or "after" in query or "before" in query,
        "own": below.rest(figures) if spot.kind in PRIMARY and below.page.rows else None,
        "head": _head(query),
        "columns": [(each.value, str(label)) for each, label in COLUMNS.items()],
    }


def _union_page(spot: Spot, actor: Actor) -> str:
    """The address of the union's own page, for those who may see it."""
    if not decide(actor, RegistryPermit.UNION_VIEW, spot):
        return ""
    return reverse("registry:union", args=[spot.id])


def _tiles(figures: queries.Figures) -> list[Tile]:
    members = figures.value(Indicator.MEMBERS)
    notes = {
        Indicator.WOMEN: _share(figures.value(Indicator.WOMEN), members),
        Indicator.NEW_EMPLOYMENT: _share(figures.value(Indicator.NEW_EMPLOYMENT), members),
        Indicator.JOINS: _("%(number)s in all of %(year)s")
        % {"number": number(figures.joins.get(figures.year - 1, 0)), "year": figures.year - 1},
    }
    return [
        Tile(
            each.label, figures.value(each), unit_of(each, figures.value(each)), notes.get(each, "")
        )
        for each in Indicator
    ]


def _share(part: int, members: int) -> str:
    if not members:
        return ""
    return _("%(share)s of the members") % {"share": percent(part / members)}


def _head(query: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The drill-down table's columns: the name, then every indicator, the largest first."""
    headers = queries.BELOW.headers(query)
    figures = [
        {"label": COLUMNS[each], "sort": _largest_first(headers, each, query), "numeric": True}
        for each in Indicator
    ]
    return [{"label": _("Union"), "sort": headers["name"]}, *figures]


def _largest_first(
    headers: Mapping[str, Header], indicator: str, query: Mapping[str, Any]
) -> Header:
    if headers[indicator].direction:
        return headers[indicator]
    return Header(query_with(query, sort=f"-{indicator}", after=None, before=None), "")


def _tabs(spot: Spot, actor: Actor) -> list[dict[str, Any]]:
    """The subtrees among which an actor with several can choose."""
    places = actor.places(InsightPermit.FIGURES_VIEW)
    if len(places) <= 1:
        return []
    return [
        {
            "label": node.short_name or node.name,
            "href": reverse("insight:figures", args=[node.id]),
            "active": f"{spot.path}.".startswith(f"{node.path}."),
        }
        for node in orgs.nodes(place.id for place in places)
    ]


def _trail(spot: Spot, actor: Actor) -> list[tuple[str, str]]:
    """The way down to the node, from where the actor's reach begins: not theirs what lies above."""
    ids = spot.path.split(".")
    depth = min(place.depth for place in actor.reach() if place.holds(spot.path))
    steps = orgs.ancestors(".".join(ids[depth - 1 :]))
    return [
        (_("Home"), reverse("insight:home")),
        *((step.label, reverse("insight:figures", args=[step.id])) for step in steps[:-1]),
        (spot.name, ""),
    ]
