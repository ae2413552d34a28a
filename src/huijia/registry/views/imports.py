"""Imports at the desk: give a sheet in, see what is wrong row by row, confirm, watch, download."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huijia.core.access.public import desk_page
from huijia.core.files.public import SealedUpload, SealedUploads
from huijia.core.kernel import clock
from huijia.core.kernel.actor import Actor
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.requests.public import act_once, once
from huijia.core.web import pages
from huijia.registry import words
from huijia.registry.actions import imports as actions
from huijia.registry.choices import ImportKind, ImportState, RowVerdict
from huijia.registry.forms import ImportForm
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import imports as queries
from huijia.registry.sheets import layouts
from huijia.registry.sheets.kinds import SheetError, Sniffer
from huijia.registry.views.heads import actor_of

CONFLICT: Final = 409
UNPROCESSABLE: Final = 422
CHIPS: Final[Mapping[str, str]] = {
    ImportState.UPLOADED: "quiet",
    ImportState.JUDGING: "note",
    ImportState.JUDGED: "warn",
    ImportState.MERGING: "note",
    ImportState.FINISHED: "good",
    ImportState.STOPPED: "bad",
    ImportState.FAILED: "bad",
    ImportState.CANCELLED: "quiet",
    RowVerdict.NEW: "good",
    RowVerdict.UNCHANGED: "quiet",
    RowVerdict.UPDATED: "note",
    RowVerdict.CONFLICT: "warn",
    RowVerdict.REFUSED: "bad",
}


@require_safe
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def imports(request: HttpRequest) -> HttpResponse:
    """Imports into the unions in the reader's care, newest first."""
    page = queries.listing(actor_of(request), request.GET)
    context = {"page": page, "chips": CHIPS}
    return pages.render(request, "registry/imports/list.html", context, block="rows")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def new(request: HttpRequest) -> HttpResponse:
    """Give a sheet in. The file is sealed as it arrives, so the CSRF check waits for that."""
    request.upload_handlers = [
        SealedUploads(
            request,
            purpose=actions.PURPOSE,
            by=actor_of(request),
            at=clock.now(),
            limit=actions.MOST_BYTES,
            observer=Sniffer,
        )
    ]
    return _given_in(request)


@csrf_protect
def _given_in(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    targets = queries.targets(actor)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        targets=targets,
        is_too_large=_is_too_large(request),
        initial={"kind": request.GET.get("kind", ImportKind.MEMBERS)},
    )
    if form.is_valid():
        try:
            return act_once(request, lambda: _give_in(form, actor, at))
        except SheetError as fault:
            form.add_error("file", words.fault(fault.code, fault.facts))
        except NotFound:
            form.add_error("union", _("There is no union with this code in your care."))
        finally:
            _discard_unused(request)
    else:
        _discard_unused(request)
    if form.is_bound and form.errors and "file" not in form.errors:
        form.add_error("file", _("Please choose the file once more: a browser does not keep it."))
    context = {
        "form": form,
        "has_many": len(targets) > 1,
        "once_field": once.field(request),
        "trail": [(_("Imports"), reverse("registry:imports")), (_("New import"), "")],
    }
    status = UNPROCESSABLE if form.errors else 200
    return pages.render(request, "registry/imports/new.html", context, status=status)


def _give_in(form: ImportForm, actor: Actor, at: dt.datetime) -> str:
    upload: SealedUpload = form.cleaned_data["file"]
    work = actions.give_in(
        kind=form.cleaned_data["kind"],
        received=actions.Received(upload.blob, upload.observer),
        union=queries.target(actor, form.cleaned_data["union"]),
        by=actor,
        at=at,
    )
    actions.judge(work=work, by=actor, at=at)
    return reverse("registry:import", args=[work.pk])


def _discard_unused(request: HttpRequest) -> None:
    """Remove an upload that no import was made of: refused, or sent a second time."""
    for upload in request.FILES.values():
        if isinstance(upload, SealedUpload):
            actions.discard_unused(upload.blob)


def _is_too_large(request: HttpRequest) -> bool:
    """Whether a file was given up at the limit; asked once the body has been read."""
    bool(request.POST)
    return any(getattr(handler, "is_too_large", False) for handler in request.upload_handlers)


@require_safe
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def import_(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import: progress, counts, and the rows that need a look."""
    return _shown(request, import_id)


def _shown(
    request: HttpRequest, import_id: int, *, complaint: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in RowVerdict.values else ""
    standing = queries.standing(actor, import_id)
    rows = queries.problems(actor, import_id, verdict, request.GET)
    context = {
        "work": standing,
        "rows": rows,
        "verdict": verdict,
        "verdicts": [("", _("All")), *((each.value, each.label) for each in RowVerdict)],
        "chips": CHIPS,
        "complaint": complaint,
        "fault": words.fault(standing.fault, standing.fault_facts) if standing.fault else "",
        "reason": words.reason,
        "column": words.column,
        "once_field": once.field(request),
        "trail": [(_("Imports"), reverse("registry:imports")), (standing.file_name, "")],
    }
    page = "registry/imports/import.html"
    return pages.render(request, page, context, block="standing", status=status)


@require_POST
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Have a checked sheet taken in."""
    return _step(request, import_id, actions.confirm)


@require_POST
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    """End an import before its time."""
    return _step(request, import_id, actions.cancel)


def _step(request: HttpRequest, import_id: int, action: Callable[..., object]) -> HttpResponse:
    """Take a step with an import; where it stands otherwise, its page says why it was not taken."""
    actor = actor_of(request)

    def act() -> str:
        action(import_id=import_id, by=actor, at=clock.now())
        return reverse("registry:import", args=[import_id])

    try:
        return act_once(request, act)
    except Refused as fault:
        if fault.verdict.reason == "not-permitted":
            raise
        return _shown(request, import_id, complaint=words.sentence(fault.verdict), status=CONFLICT)


@require_safe
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def report(request: HttpRequest, import_id: int) -> StreamingHttpResponse:
    """The sheet with verdict and reason, streamed as it is opened; who took it is recorded."""
    report = actions.open_report(import_id=import_id, by=actor_of(request), at=clock.now())
    answer = StreamingHttpResponse(report.content, content_type=report.content_type)
    if report.size is not None:
        answer["Content-Length"] = str(report.size)
    answer["Content-Disposition"] = content_disposition_header(True, report.name)
    return answer


@require_safe
@desk_page(permit=RegistryPermit.IMPORT_RUN)
def layout(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001
    """An empty sheet in the official layout."""
    if kind not in ImportKind.values:
        raise NotFound
    answer = HttpResponse(layouts.empty_sheet(kind), content_type=layouts.CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, layouts.name_of(kind))
    return answer
