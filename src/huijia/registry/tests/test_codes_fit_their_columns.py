"""Every code of a table can be kept: a code too long for its column would stop a whole import."""

import pytest

from huijia.core.people.public import (
    Education,
    EmploymentStatus,
    EthnicGroup,
    HouseholdKind,
    Identity,
    NewEmployment,
    PaperKind,
    Person,
    PoliticalStatus,
    Sex,
)
from huijia.registry.choices import MembershipState, Post
from huijia.registry.models import Membership, Officer


@pytest.mark.parametrize(
    ("model", "column", "codes"),
    [
        (Person, "sex", Sex),
        (Person, "ethnicity", EthnicGroup),
        (Person, "education", Education),
        (Person, "political_status", PoliticalStatus),
        (Person, "household", HouseholdKind),
        (Identity, "paper", PaperKind),
        (Membership, "employment", EmploymentStatus),
        (Membership, "new_employment", NewEmployment),
        (Membership, "state", MembershipState),
        (Officer, "post", Post),
    ],
)
def test_every_code_fits_its_column(model, column, codes):
    width = model._meta.get_field(column).max_length
    assert [code for code in codes.values if len(code) > width] == []
