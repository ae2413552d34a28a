"""The frame of every page: navigation by permit, the site's own facts, the language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huijia.core.audit.permits import AuditPermit
from huijia.core.kernel.actor import ANONYMOUS, Actor
from huijia.core.web.environment import url
from huijia.registry.permits import RegistryPermit


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go to, for those who hold a permit; without one, for everybody signed in."""

    route: str
    label: str | Promise
    icon: str
    permit: StrEnum | None = None
    below: tuple[str, ...] = ()
    """Where one is still in this place; without it, below its own address."""


OF_UNIONS = tuple(
    f"/desk/{each}/" for each in ("unions", "officers", "groups", "coverage", "employers")
)
ENTRIES = (
    Entry("insight:home", _("Home"), "home", below=("/desk/figures/",)),
    Entry("registry:unions", _("Unions"), "sitemap", RegistryPermit.UNION_VIEW, OF_UNIONS),
    Entry("registry:members", _("Members"), "users", RegistryPermit.MEMBER_VIEW),
    Entry("registry:imports", _("Imports"), "file-import", RegistryPermit.IMPORT_RUN),
    Entry("registry:audit", _("Audit"), "shield-check", AuditPermit.ENTRY_READ),
)


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; asks the database nothing."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "actor": actor,
        "demonstration": settings.HUIJIA_DEMONSTRATION,
        "navigation": [item(entry, request.path) for entry in ENTRIES if may_go(actor, entry)],
    }


def may_go(actor: Actor, entry: Entry) -> bool:
    """Whether the menu of this person names the place."""
    return actor.holds(entry.permit) if entry.permit else not actor.is_system


def item(entry: Entry, path: str) -> dict[str, Any]:
    """An entry as the layout shows it; active at its own address and below."""
    try:
        address = url(entry.route)
    except NoReverseMatch:
        address = "#"
    return {
        "url": address,
        "label": entry.label,
        "icon": entry.icon,
        "active": path == address or path.startswith(entry.below or address),
    }
