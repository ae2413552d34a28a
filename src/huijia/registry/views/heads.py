"""What all pages of a union share above their content: the way down, the tabs."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huijia.core.kernel.actor import Actor
from huijia.core.web.environment import url
from huijia.registry.queries.unions import Step, UnionHead

Trail = list[tuple[str, str]]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; set by the access middleware."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the access middleware
    return actor


def trail(steps: Iterable[Step], *last: str) -> Trail:
    """Breadcrumbs down a path, and what comes after it; the last one has no address."""
    made = [(step.label, url("registry:union", step.id) if step.id else "") for step in steps]
    made += [(label, "") for label in last]
    label, _href = made[-1]
    return [*made[:-1], (label, "")]


def union_page(head: UnionHead, tab: str) -> dict[str, Any]:
    """The context of every page of a union."""
    titles = {
        "union": _("Overview"),
        "union_facts": _("Facts"),
        "union_employers": _("Employers"),
        "union_history": _("History"),
    }
    if not head.can.see_employers:
        del titles["union_employers"]
    tabs = [
        {
            "label": label,
            "href": url(f"registry:{route}", head.id),
            "active": route == tab,
        }
        for route, label in titles.items()
    ]
    last = () if tab == "union" else (titles[tab],)
    return {"head": head, "tabs": tabs, "trail": trail(head.trail, *last)}
