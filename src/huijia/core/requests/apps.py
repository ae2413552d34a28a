"""Requests as a Django app."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Counters of limits, tokens of forms."""

    name = "huijia.core.requests"
    label = "requests"
