"""What may be done with unions, members and employers (`<scope>:<thing>:<act>`)."""

from enum import StrEnum


class RegistryPermit(StrEnum):
    """Permits of the register; which role brings which is composed in `config.roles`."""

    UNION_VIEW = "registry:union:view"
    """See a union, its facts, its tree and its officers."""
    UNION_EDIT = "registry:union:edit"
    MEMBER_VIEW = "registry:member:view"
    """See members with masked numbers."""
    MEMBER_EDIT = "registry:member:edit"
    IDENTITY_REVEAL = "registry:identity:reveal"
    """See a sealed number in full, with a reason, within the day's limit."""
    IMPORT_RUN = "registry:import:run"
    EMPLOYER_VIEW = "registry:employer:view"
