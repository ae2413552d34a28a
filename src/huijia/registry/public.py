"""The registry's door."""

from huijia.registry.choices import IN_FORCE as IN_FORCE
from huijia.registry.choices import MembershipState as MembershipState
from huijia.registry.events import Levels as Levels
from huijia.registry.events import MembershipsChanged as MembershipsChanged
from huijia.registry.events import MembershipTally as MembershipTally
from huijia.registry.events import UnionsChanged as UnionsChanged
from huijia.registry.events import UnionTally as UnionTally
from huijia.registry.models import Membership as Membership

__all__ = [
    "IN_FORCE",
    "Levels",
    "Membership",
    "MembershipState",
    "MembershipTally",
    "MembershipsChanged",
    "UnionTally",
    "UnionsChanged",
]
