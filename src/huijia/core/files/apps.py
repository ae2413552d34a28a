"""Sealed files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Blobs and their pieces."""

    name = "huijia.core.files"
    label = "files"
