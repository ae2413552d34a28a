"""What may be done with accounts, roles, grants and sessions."""

from enum import StrEnum


class AccessPermit(StrEnum):
    """Permits of the administration of access: accounts are one office, grants another."""

    ACCOUNT_VIEW = "access:account:view"
    ACCOUNT_EDIT = "access:account:edit"
    """Open and close accounts; gives nobody a role."""
    GRANT_VIEW = "access:grant:view"
    GRANT_EDIT = "access:grant:edit"
    """Give and end roles, within one's own reach."""
    SESSION_VIEW = "access:session:view"
    SESSION_END = "access:session:end"
    """Sign another account out everywhere."""
    SYSTEM_OPERATE = "access:system:operate"
    """Look after the installation: jobs, settings, notices of the calendar; no member's data."""
