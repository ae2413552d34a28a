"""The frame of every page: navigation by permit, the site's own facts, the language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huijia.core.audit.permits import AuditPermit
from huijia.core.kernel.actor import ANONYMOUS, Actor
from huijia.insight.permits import InsightPermit
from huijia.registry.permits import RegistryPermit


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go to, for those who hold a permit."""

    route: str
    label: str | Promise
    icon: str
    permit: StrEnum


ENTRIES = (
    Entry("insight:home", _("Home"), "home", InsightPermit.FIGURES_VIEW),
    Entry("registry:unions", _("Unions"), "sitemap", RegistryPermit.UNION_VIEW),
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
        "navigation": [item(entry, request.path) for entry in ENTRIES if actor.holds(entry.permit)],
    }


def item(entry: Entry, path: str) -> dict[str, Any]:
    """An entry as the layout shows it; the longest matching address is the active one."""
    try:
        address = reverse(entry.route)
    except NoReverseMatch:
        address = "#"
    is_home = entry.route == "insight:home"
    return {
        "url": address,
        "label": entry.label,
        "icon": entry.icon,
        "active": path == address or (not is_home and path.startswith(address)),
    }
