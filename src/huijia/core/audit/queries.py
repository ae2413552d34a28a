"""Reading the audit trail: newest first, by keyset, narrowed by what its indexes serve."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huijia.core.audit.models import Entry
from huijia.core.web.listing import Keyset, Page

NEWEST = Keyset("-id")
NEWEST_BY_TIME = Keyset("-at", "-id")
"""Within a day: by the number alone a page would read back over everything since, 2 million entries
in 150 ms, and by the index on time and number it reads its own 50 in 0.1 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilters:
    """What the trail is narrowed down to; empty means everything."""

    verb: str = ""
    account_ids: tuple[int, ...] | None = None
    """None: of anybody; empty: of nobody (the officer asked for is not known)."""
    subject_kind: str = ""
    subject_id: str = ""
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One act in the trail."""

    id: int
    at: dt.datetime
    account_id: int | None
    actor: str
    verb: str
    subject_kind: str
    subject_id: str
    union_id: int | None
    reason: str
    changes: Mapping[str, Any]


def entries(
    filters: EntryFilters,
    query: Mapping[str, Any],
    *,
    within: "QuerySet[Any, int] | None",
) -> Page[EntryRow]:
    """A page of the trail; `within` is a sub-query of union ids, or None for the whole trail.

    Entries without a union (sign-ins, grants, the system's own) are seen with the whole trail only.
    """
    rows = Entry.objects.all()
    if within is not None:
        rows = rows.filter(union_id__in=within)
    if filters.verb:
        rows = rows.filter(verb=filters.verb)
    if filters.account_ids is not None:
        rows = rows.filter(account_id__in=filters.account_ids)
    if filters.subject_kind:
        rows = rows.filter(subject_kind=filters.subject_kind)
    if filters.subject_id:
        rows = rows.filter(subject_id=filters.subject_id)
    if filters.begins and filters.ends:
        rows = rows.filter(at__gte=filters.begins, at__lt=filters.ends)
        page = NEWEST_BY_TIME.page(rows, query)
    else:
        page = NEWEST.page(rows, query)
    shown = [_row(entry) for entry in page.rows]
    return Page(shown, page.previous, page.next, page.first, page.size)


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        id=entry.pk,
        at=entry.at,
        account_id=entry.account_id,
        actor=entry.actor,
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        union_id=entry.union_id,
        reason=entry.reason,
        changes=entry.changes,
    )
