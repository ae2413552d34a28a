"""Gates in the fence around sealed identities are few, and each is known by name.

A view, or a function that runs with its owner's rights, is not held by row security. Who adds one
adds it here, with what it gives away.
"""

import pytest
from django.db import connection

GATES = {
    "registry_match": "of each number that somebody knows: a verdict, and who it is within reach",
    "registry_take_in": "lets a person without a membership in force be seen by who takes them in",
}

AROUND = """
SELECT viewname FROM pg_views WHERE schemaname = 'public' AND definition ~ 'people_identity'
UNION ALL
SELECT matviewname FROM pg_matviews WHERE definition ~ 'people_identity'
UNION ALL
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname = 'public' AND p.prosecdef AND p.prosrc ~ 'people_identity'
"""


@pytest.mark.django_db
def test_only_known_gates_lead_through_the_fence() -> None:
    with connection.cursor() as cursor:
        cursor.execute(AROUND)
        found = {name for (name,) in cursor.fetchall()}

    assert found == set(GATES)


@pytest.mark.django_db
def test_no_gate_stands_open_to_every_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname = ANY(%s) "
            "AND (proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) a WHERE a.grantee = 0))",
            [list(GATES)],
        )
        assert cursor.fetchall() == []
