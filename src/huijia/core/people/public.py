"""The door to people."""

from huijia.core.people import queries as queries
from huijia.core.people import sealed as sealed
from huijia.core.people import sealing as sealing
from huijia.core.people.actions import accounts as accounts
from huijia.core.people.actions import persons as persons
from huijia.core.people.actions.persons import PersonFacts as PersonFacts
from huijia.core.people.choices import EIGHT_GROUPS as EIGHT_GROUPS
from huijia.core.people.choices import KEY_GROUPS as KEY_GROUPS
from huijia.core.people.choices import Education as Education
from huijia.core.people.choices import EmploymentStatus as EmploymentStatus
from huijia.core.people.choices import EthnicGroup as EthnicGroup
from huijia.core.people.choices import HouseholdKind as HouseholdKind
from huijia.core.people.choices import NewEmployment as NewEmployment
from huijia.core.people.choices import PaperKind as PaperKind
from huijia.core.people.choices import PoliticalStatus as PoliticalStatus
from huijia.core.people.choices import Sex as Sex
from huijia.core.people.choices import is_said_to_be_none as is_said_to_be_none
from huijia.core.people.choices import parse_education as parse_education
from huijia.core.people.choices import parse_employment_status as parse_employment_status
from huijia.core.people.choices import parse_ethnic_group as parse_ethnic_group
from huijia.core.people.choices import parse_household_kind as parse_household_kind
from huijia.core.people.choices import parse_new_employment as parse_new_employment
from huijia.core.people.choices import parse_paper_kind as parse_paper_kind
from huijia.core.people.choices import parse_political_status as parse_political_status
from huijia.core.people.choices import parse_sex as parse_sex
from huijia.core.people.models import Account as Account
from huijia.core.people.models import Identity as Identity
from huijia.core.people.models import Person as Person
from huijia.core.people.models import PersonHistory as PersonHistory
from huijia.core.people.permits import PeoplePermit as PeoplePermit
from huijia.core.people.queries import NOT_SHOWN as NOT_SHOWN
from huijia.core.people.queries import MaskedIdentity as MaskedIdentity
from huijia.core.people.queries import PersonChange as PersonChange
from huijia.core.people.rules import SENTENCES as SENTENCES
from huijia.core.people.rules import Fault as Fault
from huijia.core.people.rules import IdentityNumber as IdentityNumber
from huijia.core.people.rules import PersonName as PersonName
from huijia.core.people.rules import Phone as Phone
from huijia.core.people.rules import age_on as age_on
from huijia.core.people.rules import check_character as check_character
from huijia.core.people.rules import consistency as consistency
from huijia.core.people.rules import mask_identity_number as mask_identity_number
from huijia.core.people.rules import mask_name as mask_name
from huijia.core.people.rules import mask_phone as mask_phone
from huijia.core.people.rules import may_join_by_age as may_join_by_age
from huijia.core.people.rules import name_grams as name_grams
from huijia.core.people.rules import read_date as read_date
from huijia.core.people.rules import read_identity_number as read_identity_number
from huijia.core.people.rules import read_name as read_name
from huijia.core.people.rules import read_phone as read_phone
from huijia.core.people.rules import sentence as sentence

__all__ = [
    "EIGHT_GROUPS",
    "KEY_GROUPS",
    "NOT_SHOWN",
    "SENTENCES",
    "Account",
    "Education",
    "EmploymentStatus",
    "EthnicGroup",
    "Fault",
    "HouseholdKind",
    "Identity",
    "IdentityNumber",
    "MaskedIdentity",
    "NewEmployment",
    "PaperKind",
    "PeoplePermit",
    "Person",
    "PersonChange",
    "PersonFacts",
    "PersonHistory",
    "PersonName",
    "Phone",
    "PoliticalStatus",
    "Sex",
    "accounts",
    "age_on",
    "check_character",
    "consistency",
    "is_said_to_be_none",
    "mask_identity_number",
    "mask_name",
    "mask_phone",
    "may_join_by_age",
    "name_grams",
    "parse_education",
    "parse_employment_status",
    "parse_ethnic_group",
    "parse_household_kind",
    "parse_new_employment",
    "parse_paper_kind",
    "parse_political_status",
    "parse_sex",
    "persons",
    "queries",
    "read_date",
    "read_identity_number",
    "read_name",
    "read_phone",
    "sealed",
    "sealing",
    "sentence",
]
