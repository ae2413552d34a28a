"""Words for the states of a membership, the posts of officers and how imports stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipState(models.TextChoices):
    """Where a membership stands; retained means no dues and no vote (章程 §8)."""

    MEMBER = "member", _("Member")
    RETAINED = "retained", _("Membership retained")
    LEFT = "left", _("Left")
    EXPELLED = "expelled", _("Expelled")
    DECEASED = "deceased", _("Deceased")
    MOVED = "moved", _("Moved to another union")
    WITHDRAWN = "withdrawn", _("Withdrawn (entered by mistake)")


IN_FORCE = (MembershipState.MEMBER, MembershipState.RETAINED)
ADMITTED = "membership.admit"
"""The verb with which a membership begins in a person's history."""


class EconomicType(models.TextChoices):
    """The economic type of the employer in a union's file, by the codes of the official form."""

    STATE_OWNED = "110", _("State-owned")
    COLLECTIVE = "120", _("Collective")
    COOPERATIVE = "130", _("Share cooperative")
    JOINT = "140", _("Joint operation")
    STATE_SOLE = "151", _("Wholly state-owned company")
    LIMITED = "159", _("Other limited liability company")
    STATE_HELD = "161", _("Company limited by shares, held by the state")
    SHARES = "169", _("Other company limited by shares")
    PRIVATE = "170", _("Private")
    DOMESTIC = "190", _("Other domestic")
    HONG_KONG = "200", _("Hong Kong, Macao or Taiwan investment")
    FOREIGN = "300", _("Foreign investment")
    INSTITUTION = "400", _("Public institution")
    AUTHORITY = "500", _("Authority")
    HOUSEHOLD = "600", _("Individual business")
    NON_ENTERPRISE = "700", _("Private non-enterprise unit")


class Post(models.TextChoices):
    """Posts in a union's committee (工会法 §10, §11, §45)."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    AUDIT = "audit", _("Head of the audit committee")
    WOMEN = "women", _("Head of the women workers' committee")
    MEMBER = "member", _("Committee member")
    STAFF = "staff", _("Union worker")


class ImportKind(models.TextChoices):
    """What the rows of a sheet are."""

    MEMBERS = "members", _("Members")
    UNIONS = "unions", _("Unions")


class ImportState(models.TextChoices):
    """How far an import has come; `rules.imports.TRANSITIONS` says what may follow what."""

    UPLOADED = "uploaded", _("Waiting to be checked")
    JUDGING = "judging", _("Being checked")
    JUDGED = "judged", _("Checked, waiting for your confirmation")
    MERGING = "merging", _("Being taken in")
    FINISHED = "finished", _("Taken in")
    STOPPED = "stopped", _("Stopped: mostly duplicates or conflicts")
    FAILED = "failed", _("Could not be read")
    CANCELLED = "cancelled", _("Cancelled")


class RowVerdict(models.TextChoices):
    """How a row ended; one letter, since a verdict is kept for each of millions of rows."""

    NEW = "N", _("New")
    UNCHANGED = "S", _("Unchanged")
    UPDATED = "U", _("Updated")
    CONFLICT = "C", _("Conflict")
    REFUSED = "R", _("Refused")
