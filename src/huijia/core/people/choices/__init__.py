"""The coded facts of a person, each with its official codes and a reader for real sheets."""

from huijia.core.people.choices.ethnic import EthnicGroup as EthnicGroup
from huijia.core.people.choices.ethnic import parse_ethnic_group as parse_ethnic_group
from huijia.core.people.choices.papers import PaperKind as PaperKind
from huijia.core.people.choices.papers import Sex as Sex
from huijia.core.people.choices.papers import parse_paper_kind as parse_paper_kind
from huijia.core.people.choices.papers import parse_sex as parse_sex
from huijia.core.people.choices.standing import Education as Education
from huijia.core.people.choices.standing import PoliticalStatus as PoliticalStatus
from huijia.core.people.choices.standing import parse_education as parse_education
from huijia.core.people.choices.standing import parse_political_status as parse_political_status
from huijia.core.people.choices.work import EIGHT_GROUPS as EIGHT_GROUPS
from huijia.core.people.choices.work import KEY_GROUPS as KEY_GROUPS
from huijia.core.people.choices.work import EmploymentStatus as EmploymentStatus
from huijia.core.people.choices.work import HouseholdKind as HouseholdKind
from huijia.core.people.choices.work import NewEmployment as NewEmployment
from huijia.core.people.choices.work import is_said_to_be_none as is_said_to_be_none
from huijia.core.people.choices.work import parse_employment_status as parse_employment_status
from huijia.core.people.choices.work import parse_household_kind as parse_household_kind
from huijia.core.people.choices.work import parse_new_employment as parse_new_employment
