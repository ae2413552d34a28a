"""The audit trail as far as an auditor's reach goes, with the names of unions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huijia.core.audit.public import AuditPermit, EntryFilters, EntryRow
from huijia.core.audit.public import queries as trail
from huijia.core.kernel.actor import Actor
from huijia.core.orgs.public import queries as orgs
from huijia.core.web.listing import Page

CITY_DEPTH = 1


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, and the names of the unions they name by id."""

    entries: Page[EntryRow]
    unions: Mapping[int, str]


def entries(actor: Actor, filters: EntryFilters, query: Mapping[str, Any]) -> AuditPage:
    """A page of the trail: the city's auditor reads it all, others what concerns their unions."""
    places = actor.places(AuditPermit.ENTRY_READ)
    sees_all = any(place.depth == CITY_DEPTH for place in places)
    page = trail.entries(filters, query, within=None if sees_all else orgs.subtree_ids(places))
    ids = {row.union_id for row in page.rows if row.union_id}
    return AuditPage(page, {node.id: node.short_name or node.name for node in orgs.nodes(ids)})
