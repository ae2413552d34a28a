"""The vault as a Django app: it has no table."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Keys never sit in the database, so there is nothing to migrate."""

    name = "huijia.core.vault"
    label = "vault"
