"""Words for kinds and states of unions and employers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

DEEPEST = 5  # city, county, town, village or park or group company, primary union


class UnionKind(models.TextChoices):
    """What sort of union a node is; the first four are federations and never hold members."""

    CITY = "city", _("City federation")
    COUNTY = "county", _("County federation")
    TOWN = "town", _("Town or street federation")
    ZONE = "zone", _("Park or function zone union")
    INDUSTRY = "industry", _("Industry union")
    AREA = "area", _("Village or community union")
    SINGLE = "single", _("Union of one employer")
    JOINT = "joint", _("Joint union of several employers")


FEDERATIONS = frozenset(
    {UnionKind.CITY, UnionKind.COUNTY, UnionKind.TOWN, UnionKind.ZONE, UnionKind.INDUSTRY}
)
PRIMARY = frozenset({UnionKind.AREA, UnionKind.SINGLE, UnionKind.JOINT})


class UnionState(models.TextChoices):
    """Whether a union lives."""

    ACTIVE = "active", _("Active")
    DISSOLVED = "dissolved", _("Dissolved")


class EmployerKind(models.TextChoices):
    """The nature of an employer, in the classes that union statistics use."""

    STATE = "state", _("State-owned enterprise")
    PRIVATE = "private", _("Private enterprise")
    FOREIGN = "foreign", _("Enterprise with investment from Hong Kong, Macao, Taiwan or abroad")
    INSTITUTION = "institution", _("Public institution")
    AUTHORITY = "authority", _("Authority")
    SOCIAL = "social", _("Social organisation")
    HOUSEHOLD = "household", _("Individual business")
