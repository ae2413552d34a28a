"""The door to organisations."""

from huijia.core.orgs import gazetteer as gazetteer
from huijia.core.orgs import queries as queries
from huijia.core.orgs import tree as tree
from huijia.core.orgs.actions import coverage as coverage
from huijia.core.orgs.actions import divisions as divisions
from huijia.core.orgs.actions import employers as employers
from huijia.core.orgs.actions import unions as unions
from huijia.core.orgs.actions.employers import EmployerFacts as EmployerFacts
from huijia.core.orgs.actions.unions import UnionFacts as UnionFacts
from huijia.core.orgs.actions.unions import UnionRow as UnionRow
from huijia.core.orgs.choices import FEDERATIONS as FEDERATIONS
from huijia.core.orgs.choices import PRIMARY as PRIMARY
from huijia.core.orgs.choices import EmployerKind as EmployerKind
from huijia.core.orgs.choices import Industry as Industry
from huijia.core.orgs.choices import UnionKind as UnionKind
from huijia.core.orgs.choices import UnionState as UnionState
from huijia.core.orgs.models import Coverage as Coverage
from huijia.core.orgs.models import Division as Division
from huijia.core.orgs.models import Employer as Employer
from huijia.core.orgs.models import Union as Union
from huijia.core.orgs.models import UnionHistory as UnionHistory
from huijia.core.orgs.queries import Crumb as Crumb
from huijia.core.orgs.queries import EmployerLine as EmployerLine
from huijia.core.orgs.queries import Node as Node
from huijia.core.orgs.queries import Portrait as Portrait
from huijia.core.orgs.queries import Spot as Spot
from huijia.core.orgs.rules import CREDIT_CODE_SENTENCES as CREDIT_CODE_SENTENCES
from huijia.core.orgs.rules import CreditCode as CreditCode
from huijia.core.orgs.rules import CreditCodeFault as CreditCodeFault
from huijia.core.orgs.rules import credit_code_check as credit_code_check
from huijia.core.orgs.rules import credit_code_sentence as credit_code_sentence
from huijia.core.orgs.rules import organisation_code_check as organisation_code_check
from huijia.core.orgs.rules import read_credit_code as read_credit_code

__all__ = [
    "CREDIT_CODE_SENTENCES",
    "FEDERATIONS",
    "PRIMARY",
    "Coverage",
    "CreditCode",
    "CreditCodeFault",
    "Crumb",
    "Division",
    "Employer",
    "EmployerFacts",
    "EmployerKind",
    "EmployerLine",
    "Industry",
    "Node",
    "Portrait",
    "Spot",
    "Union",
    "UnionFacts",
    "UnionHistory",
    "UnionKind",
    "UnionRow",
    "UnionState",
    "coverage",
    "credit_code_check",
    "credit_code_sentence",
    "divisions",
    "employers",
    "gazetteer",
    "organisation_code_check",
    "queries",
    "read_credit_code",
    "tree",
    "unions",
]
