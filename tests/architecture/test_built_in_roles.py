"""What the built-in roles bring: the three offices of GB/T 22239-2019 are kept apart."""

from huijia.config.roles import BUILT_IN_ROLES
from huijia.core.access.choices import KEPT_APART, RoleCode


def test_every_code_has_a_role() -> None:
    assert set(BUILT_IN_ROLES) == set(RoleCode.values)


def test_the_three_offices_share_no_permit_but_looking_at_accounts() -> None:
    shared = [
        BUILT_IN_ROLES[one] & BUILT_IN_ROLES[other]
        for one in KEPT_APART
        for other in KEPT_APART
        if one < other
    ]

    assert frozenset().union(*shared) <= {"people:account:view"}


def test_none_of_the_three_offices_sees_a_member() -> None:
    for code in KEPT_APART:
        scopes = {permit.partition(":")[0] for permit in BUILT_IN_ROLES[code]}
        assert not scopes & {"registry", "insight"}


def test_only_the_auditor_reads_the_audit() -> None:
    readers = {code for code, permits in BUILT_IN_ROLES.items() if "audit:entry:read" in permits}

    assert readers == {"auditor"}
