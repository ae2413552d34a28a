"""What may be done with roles, grants, second factors and sessions of others."""

from enum import StrEnum


class AccessPermit(StrEnum):
    """Permits of the administration of access; accounts themselves are `people.permits`."""

    GRANT_VIEW = "access:grant:view"
    GRANT_EDIT = "access:grant:edit"
    """Give and end roles, within one's own reach and never to oneself."""
    ROLE_EDIT = "access:role:edit"
    SECOND_FACTOR_RESET = "access:second-factor:reset"
    """Let somebody who lost both phone and recovery codes set up a new one."""
    SESSION_VIEW = "access:session:view"
    SESSION_END = "access:session:end"
    """Sign another account out everywhere."""
    SYSTEM_OPERATE = "access:system:operate"
    """Look after the installation: jobs, settings, notices of the calendar; no member's data."""
