"""The audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """One append-only table."""

    name = "huijia.core.audit"
    label = "audit"
