"""Insight as a Django app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Roll-ups and the desk's home."""

    name = "huijia.insight"
    label = "insight"
