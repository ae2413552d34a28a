"""Addresses of the whole site, by surface."""

from django.urls import URLPattern, URLResolver, include, path

from huijia.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("huijia.core.web.urls")),
    path("", include("huijia.core.access.urls")),
    path("desk/", include("huijia.registry.urls")),
    path("desk/", include("huijia.insight.urls")),
]
handler400 = "huijia.core.web.errors.bad_request"
handler403 = "huijia.core.web.errors.forbidden"
handler404 = "huijia.core.web.errors.not_found"
handler500 = "huijia.core.web.errors.server_error"
