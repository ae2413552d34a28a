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


class Industry(models.TextChoices):
    """The sections of the industrial classification (GB/T 4754-2017)."""

    FARMING = "A", _("Farming, forestry, husbandry and fishery")
    MINING = "B", _("Mining")
    MANUFACTURING = "C", _("Manufacturing")
    ENERGY = "D", _("Electricity, heat, gas and water")
    CONSTRUCTION = "E", _("Construction")
    TRADE = "F", _("Wholesale and retail")
    TRANSPORT = "G", _("Transport, storage and post")
    CATERING = "H", _("Hotels and catering")
    INFORMATION = "I", _("Information, software and IT services")
    FINANCE = "J", _("Finance")
    REAL_ESTATE = "K", _("Real estate")
    BUSINESS = "L", _("Leasing and business services")
    RESEARCH = "M", _("Research and technical services")
    ENVIRONMENT = "N", _("Water, environment and public facilities")
    HOUSEHOLD = "O", _("Household, repair and other services")
    EDUCATION = "P", _("Education as an industry")
    HEALTH = "Q", _("Health and social work")
    CULTURE = "R", _("Culture, sport and entertainment")
    PUBLIC = "S", _("Public administration and social organisations")
    INTERNATIONAL = "T", _("International organisations")
