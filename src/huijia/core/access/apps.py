"""Access as a Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles, grants, sessions."""

    name = "huijia.core.access"
    label = "access"
