"""The audit's door."""

from huijia.core.audit.actions import record as record

__all__ = ["record"]
