"""The kernel as a Django app: it has no table."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """No models, no templates."""

    name = "huijia.core.kernel"
    label = "kernel"
