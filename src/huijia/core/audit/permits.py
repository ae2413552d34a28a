"""What may be done with audit entries: reading is all there is."""

from enum import StrEnum


class AuditPermit(StrEnum):
    """Permits of the audit trail."""

    ENTRY_READ = "audit:entry:read"
