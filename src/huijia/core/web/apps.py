"""The application registry's entry for the pages' ground."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Layouts and components; no models."""

    name = "huijia.core.web"
    label = "web"
