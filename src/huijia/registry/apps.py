"""The registry as a Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Memberships, groups, officers, union files, imports."""

    name = "huijia.registry"
    label = "registry"
