"""The built-in roles: which permits each code brings. Only this floor sees all capabilities."""

from collections.abc import Mapping
from enum import StrEnum

from huijia.core.access.choices import RoleCode
from huijia.core.access.permits import AccessPermit
from huijia.core.audit.permits import AuditPermit
from huijia.core.people.permits import PeoplePermit
from huijia.insight.permits import InsightPermit
from huijia.registry.permits import RegistryPermit

_UNIONS = (RegistryPermit.UNION_VIEW, RegistryPermit.EMPLOYER_VIEW)
_READING = (*_UNIONS, RegistryPermit.MEMBER_VIEW, InsightPermit.FIGURES_VIEW)
_OFFICE = (
    *_READING,
    RegistryPermit.UNION_EDIT,
    RegistryPermit.MEMBER_EDIT,
    RegistryPermit.IDENTITY_REVEAL,
    RegistryPermit.IMPORT_RUN,
)

_TABLE: Mapping[RoleCode, tuple[StrEnum, ...]] = {
    RoleCode.CITY_OFFICER: _OFFICE,
    RoleCode.COUNTY_OFFICER: _OFFICE,
    RoleCode.TOWN_OFFICER: _OFFICE,
    RoleCode.ENTERPRISE_OFFICER: _OFFICE,
    RoleCode.ENTERPRISE_CHAIR: _READING,
    RoleCode.HOTLINE_AGENT: (*_UNIONS, RegistryPermit.MEMBER_VIEW),
    RoleCode.PARTNER_DEPARTMENT: _UNIONS,
    RoleCode.ZONE_WORKER: (*_UNIONS, RegistryPermit.MEMBER_VIEW),
    RoleCode.STATION_KEEPER: (),
    RoleCode.FUND_MANAGER: (RegistryPermit.UNION_VIEW, InsightPermit.FIGURES_VIEW),
    # The three offices below are kept apart (`access.rules`) and see no member.
    RoleCode.SYSTEM_ADMINISTRATOR: (
        AccessPermit.ROLE_EDIT,
        AccessPermit.SYSTEM_OPERATE,
        PeoplePermit.ACCOUNT_EDIT,
        PeoplePermit.ACCOUNT_VIEW,
    ),
    RoleCode.SECURITY_OFFICER: (
        AccessPermit.GRANT_EDIT,
        AccessPermit.GRANT_VIEW,
        AccessPermit.SECOND_FACTOR_RESET,
        AccessPermit.SESSION_END,
        AccessPermit.SESSION_VIEW,
        PeoplePermit.ACCOUNT_VIEW,
    ),
    RoleCode.AUDITOR: (AuditPermit.ENTRY_READ,),
    RoleCode.WORKER: (),
}

BUILT_IN_ROLES: Mapping[str, frozenset[str]] = {
    str(code): frozenset(map(str, permits)) for code, permits in _TABLE.items()
}
"""Code to permits, as `access.actions.roles.install` takes it; codes are stable."""
