"""The audit trail for auditors: who did what to what, and who looked at what."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huijia.core.access.public import desk_page
from huijia.core.audit.public import AuditPermit, EntryFilters
from huijia.core.kernel.clock import CHINA
from huijia.core.people.public import Fault, read_date
from huijia.core.people.public import queries as people
from huijia.core.web import pages
from huijia.registry import words
from huijia.registry.queries import audit as queries
from huijia.registry.views.heads import actor_of

SUBJECTS = ("person", "union", "employer", "import", "account", "role", "division")


@require_safe
@desk_page(permit=AuditPermit.ENTRY_READ)
def audit(request: HttpRequest) -> HttpResponse:
    """Entries within the auditor's reach, newest first."""
    filters, complaint = _filters(request.GET)
    page = queries.entries(actor_of(request), filters, request.GET)
    context = {
        "page": page,
        "asked": {key: request.GET.get(key, "") for key in ("verb", "officer", "id", "day")},
        "subject": filters.subject_kind,
        "verbs": [("", _("All")), *_verbs()],
        "subjects": [("", _("All")), *((kind, _subject(kind)) for kind in SUBJECTS)],
        "complaint": complaint,
        "is_narrowed": filters != EntryFilters(),
        "verb": words.verb,
        "subject_word": _subject,
        "field_word": words.field,
        "actor_word": words.actor,
    }
    return pages.render(request, "registry/audit.html", context, block="rows")


def _filters(query: QueryDict) -> tuple[EntryFilters, str]:
    """What the address asks for; a day that cannot be read is left out, and said."""
    text, officer = query.get("day", "").strip(), query.get("officer", "").strip()[:60]
    day = read_date(text) if text else None
    complaint = ""
    if isinstance(day, Fault):
        complaint = _("The day was not understood and left out. Please write it like 1990-01-02.")
        day = None
    begins = dt.datetime.combine(day, dt.time(), CHINA) if day else None
    kind = query.get("subject", "")
    return EntryFilters(
        verb=query.get("verb", "").strip()[:80],
        account_ids=people.accounts_named(officer) if officer else None,
        subject_kind=kind if kind in SUBJECTS else "",
        subject_id=query.get("id", "").strip()[:60],
        begins=begins,
        ends=begins + dt.timedelta(days=1) if begins else None,
    ), complaint


def _verbs() -> list[tuple[str, str]]:
    """Acts that audit entries name; their codes carry the capability's name."""
    return [(code, words.verb(code)) for code in words.VERBS if code.count(".") > 1]


def _subject(kind: str) -> str:
    known = {
        "person": _("Person"),
        "union": _("Union"),
        "employer": _("Employer"),
        "import": _("Import"),
        "account": _("Account"),
        "role": _("Role"),
        "recount": _("Recount"),
        "division": _("Division"),
    }
    return known.get(kind, kind)
