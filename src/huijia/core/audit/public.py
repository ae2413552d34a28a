"""The audit's door."""

from huijia.core.audit import queries as queries
from huijia.core.audit.actions import record as record
from huijia.core.audit.permits import AuditPermit as AuditPermit
from huijia.core.audit.queries import EntryFilters as EntryFilters
from huijia.core.audit.queries import EntryRow as EntryRow
from huijia.core.audit.rules import may_be_kept as may_be_kept

__all__ = ["AuditPermit", "EntryFilters", "EntryRow", "may_be_kept", "queries", "record"]
