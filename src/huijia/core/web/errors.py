"""Error pages in our words, with a reference for support and nothing about the system.

They stand on nothing that may be what is broken: no database, no session, no context processor.
Should even the template fail, one plain sentence is left.
"""

import logging
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from huijia.core.kernel.errors import Refused
from huijia.core.web import kept
from huijia.core.web.pages import backend

log = logging.getLogger(__name__)
LAST_WORDS = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>会家</title>'
    "<p>系统暂时无法处理您的请求，请稍后再试。</p>"
    '<p lang="en">We cannot answer just now. Please try again later.</p></html>'
)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read, or (413) was more than a form may carry."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, exception)
    return answer(
        request,
        HTTPStatus.BAD_REQUEST,
        _("We could not read what was sent"),
        _("Please go back, check what you typed, and send it once more."),
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: it is there, and this person may not; with the reason where the rule gives one."""
    reason = exception.verdict.reason if isinstance(exception, Refused) else ""
    sentence = reasons().get(reason, _("Your account has no permission for this page or step."))
    return answer(
        request,
        HTTPStatus.FORBIDDEN,
        _("You may not do this"),
        sentence,
        _("If it belongs to your work, ask the administrator of your union to grant it."),
    )


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """404: there is no such thing, or this person may not know of it."""
    return answer(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is no such page"),
        _("The address may be mistyped or old, or what was here is not yours to see."),
    )


@requires_csrf_token
def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """413: the upload is over the limit."""
    return answer(
        request,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("The file is too large"),
        _("Nothing was taken in. Please send a smaller file; a long sheet is smallest as CSV."),
    )


@requires_csrf_token
def too_many(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """429: the limit of tries is reached; `retry_after` is in seconds."""
    minutes = max(1, -(-retry_after // 60))
    response = answer(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        _("Too many tries"),
        _("To keep accounts safe we count tries. Please wait %(minutes)s min and try again.")
        % {"minutes": minutes},
    )
    response["Retry-After"] = str(retry_after)
    return response


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the log has the cause under the same reference."""
    return answer(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Something went wrong on our side"),
        _("What you did may not have been saved. Please go back and try once more."),
        _("Should it happen again, tell support the reference below."),
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the page was open too long, or the form is not ours."""
    log.info("csrf refused", extra={"csrf_reason": reason})
    if kept.may_be_handed_back(request):
        return kept.page(request, status=HTTPStatus.FORBIDDEN)
    return answer(
        request,
        HTTPStatus.FORBIDDEN,
        _("This form is no longer valid"),
        _(
            "It was open for a long time, or you have signed in or out since. Nothing was sent. "
            "Go back in your browser: what you typed is usually still there. Copy it, load the "
            "page again and send it once more."
        ),
    )


def reasons() -> dict[str, str]:
    """Sentences for the kernel's own reason codes; capabilities explain theirs on their pages."""
    return {"not-permitted": _("Your account has no permission for this page or step.")}


def answer(
    request: HttpRequest, status: HTTPStatus, title: str, text: str, more: str = ""
) -> HttpResponse:
    """The error page, in the reader's language, for the desk and the public alike."""
    context = {
        "csrf_input": csrf_input_lazy(request),
        "home": "/desk/" if request.path.startswith("/desk/") else "/",
        "more": more,
        "reference": getattr(request, "reference", ""),
        "request": request,
        "text": text,
        "title": title,
    }
    try:
        body = backend().env.get_template("web/error.html").render(context)
    except Exception:  # the page that explains failures must not be one
        log.exception("the error page failed")
        body = LAST_WORDS
    return HttpResponse(body, status=status)
