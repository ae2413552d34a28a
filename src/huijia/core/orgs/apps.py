"""Organisations as a Django app."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Both trees, employers, coverage."""

    name = "huijia.core.orgs"
    label = "orgs"
