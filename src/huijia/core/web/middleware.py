"""What every request gets: a reference for support, and answers in our words."""

import secrets
import threading
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control

from huijia.core.kernel.errors import NotFound, Refused, TooOften
from huijia.core.web import errors

GetResponse = Callable[[HttpRequest], HttpResponse]
# No I, L, O, 0, 1: a reference is read over the phone.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def taking_turns(get_response: GetResponse) -> GetResponse:
    """Make the pages of a process one after the other; what is sent to us is taken in beside them.

    Threads of one interpreter that both compute hand it to and fro every few milliseconds, and each
    page takes twice as long. Only requests without a body take turns: a slow line may hold up its
    own upload, and nobody's page.
    """
    turn = threading.Lock()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with turn:
            return get_response(request)

    return middleware


def request_reference(get_response: GetResponse) -> GetResponse:
    """Give each request a short reference that the error pages show and the logs carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reference = "".join([LETTERS[byte % len(LETTERS)] for byte in secrets.token_bytes(8)])
        request.reference = reference  # type: ignore[attr-defined]  # our own attribute
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=reference)
        began = time.perf_counter()
        response = get_response(request)
        response["X-Request-Reference"] = reference
        if settings.HUIJIA_SERVER_TIMING:
            spent = 1000 * (time.perf_counter() - began)
            response["Server-Timing"] = f"total;dur={spent:.2f}"
        return response

    return middleware


def language(get_response: GetResponse) -> GetResponse:
    """Chinese, unless the reader chose otherwise by the switch.

    What a browser prefers is not asked: phones sold abroad and office machines say English, and
    their owners read Chinese.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        code = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


NOTHING_READS = "%00"
"""No text of the database holds this character; forms refuse it with a sentence of their own."""


class answers:  # noqa: N801 - used as a middleware's name in the settings
    """Turn refusals into 403, the unknown into 404, haste into 429, an address that nothing can
    read into 400; keep pages out of caches.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NOTHING_READS in request.META.get("QUERY_STRING", ""):
            response = errors.bad_request(request)
        else:
            response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            patch_cache_control(response, no_store=True)
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer what a view raised, inside the request's transaction."""
        if isinstance(fault, Refused):
            return errors.forbidden(request, fault)
        if isinstance(fault, NotFound):
            return errors.not_found(request, Http404())
        if isinstance(fault, TooOften):
            return errors.too_many(request, fault.retry_after)
        return None
