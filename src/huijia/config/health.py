"""What machines ask: alive, ready, and the counters; no session, no transaction."""

import hmac
import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from huijia.config import gauges, migration_state

log = logging.getLogger(__name__)
LOOPBACK = frozenset({"127.0.0.1", "::1", ""})


@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers: nothing more is claimed."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Whether pages can be served: database, migrations, queue; 503 when one is missing."""
    state = {"database": False, "migrations": False, "queue": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
            state["database"] = True
            state["queue"] = bool(cursor.fetchone()[0])
        state["migrations"] = not migration_state.pending()
    except DatabaseError:
        log.warning("not ready: the database does not answer")
    return JsonResponse(state, status=200 if all(state.values()) else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus: with the token where one is set, else from this machine only."""
    if not may_read_metrics(request):
        raise Http404
    response: HttpResponse = ExportToDjangoView(request)
    response.write(gauges.exposition())
    return response


def may_read_metrics(request: HttpRequest) -> bool:
    """A proxy on this machine is no local reader: it brings a forwarded address."""
    token: str = settings.HUIJIA_METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR", "") in LOOPBACK and not is_forwarded
