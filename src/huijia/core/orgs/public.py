"""The door to organisations."""

from huijia.core.orgs.choices import FEDERATIONS as FEDERATIONS
from huijia.core.orgs.choices import PRIMARY as PRIMARY
from huijia.core.orgs.choices import UnionKind as UnionKind
from huijia.core.orgs.choices import UnionState as UnionState
from huijia.core.orgs.models import Coverage as Coverage
from huijia.core.orgs.models import Division as Division
from huijia.core.orgs.models import Employer as Employer
from huijia.core.orgs.models import Union as Union
from huijia.core.orgs.models import UnionHistory as UnionHistory

__all__ = [
    "FEDERATIONS",
    "PRIMARY",
    "Coverage",
    "Division",
    "Employer",
    "Union",
    "UnionHistory",
    "UnionKind",
    "UnionState",
]
