"""What may be done with accounts. What an account may do lies in grants, another office."""

from enum import StrEnum


class PeoplePermit(StrEnum):
    """Permits of the administration of accounts."""

    ACCOUNT_VIEW = "people:account:view"
    ACCOUNT_EDIT = "people:account:edit"
    """Open and close accounts and give a first password; gives nobody a role."""
