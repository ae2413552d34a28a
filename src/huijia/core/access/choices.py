"""Codes and words of the built-in roles; which permits each brings is composed above."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleCode(models.TextChoices):
    """Stable codes: grants and tests rely on them."""

    CITY_OFFICER = "city_officer", _("City officer")
    COUNTY_OFFICER = "county_officer", _("County officer")
    TOWN_OFFICER = "town_officer", _("Town officer")
    ENTERPRISE_OFFICER = "enterprise_officer", _("Enterprise officer")
    ENTERPRISE_CHAIR = "enterprise_chair", _("Enterprise union chair")
    HOTLINE_AGENT = "hotline_agent", _("Hotline agent")
    PARTNER_DEPARTMENT = "partner_department", _("Partner department")
    ZONE_WORKER = "zone_worker", _("Zone worker")
    STATION_KEEPER = "station_keeper", _("Station keeper")
    FUND_MANAGER = "fund_manager", _("Fund manager")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_OFFICER = "security_officer", _("Security officer")
    AUDITOR = "auditor", _("Auditor")
    WORKER = "worker", _("Worker")


KEPT_APART = frozenset({RoleCode.SYSTEM_ADMINISTRATOR, RoleCode.SECURITY_OFFICER, RoleCode.AUDITOR})
"""系统管理员, 安全管理员, 审计管理员: one person holds one of them and no desk role beside it."""
