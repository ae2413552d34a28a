"""Two fences around sealed identities: the application's own, and row security behind it.

The queries here have no filter at all: what they see is what the second fence lets through.
Source: OWASP ASVS 5.0 8.2.2; PostgreSQL, row security policies.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from huijia.core.access.middleware import set_reach
from huijia.core.access.tests.factories import enter, give, make_account, make_role, make_union
from huijia.core.kernel.actor import ANONYMOUS, Actor, ActorGrant, Place
from huijia.core.orgs.models import Union
from huijia.core.people import queries as people
from huijia.core.people.models import Identity, Person
from huijia.core.people.sealing import number_index, seal_number

CONCERNS_PERSONS = "registry:member:view"


def reaching(*unions: Union, permit: str = CONCERNS_PERSONS) -> Actor:
    grants = (
        ActorGrant("role", frozenset({permit}), Place(union.pk, union.depth, union.path))
        for union in unions
    )
    return Actor(1, "officer", tuple(grants))


def seal_somebody(union: Union, number: str) -> None:
    set_reach(reaching(union))
    Identity.objects.create(
        person=Person.objects.create(name="某人", sex="1"),
        paper="id_card",
        number_sealed=seal_number(number),
        number_index=number_index(number),
        scope=[int(part) for part in union.path.split(".")],
    )
    set_reach(ANONYMOUS)


class City:
    """A city of two towns with one person in each."""

    def __init__(self) -> None:
        self.city = make_union()
        self.county = make_union(parent=self.city)
        self.town = make_union(parent=self.county)
        self.other = make_union(parent=self.county)
        seal_somebody(make_union(parent=self.town), "330203199003070002")
        seal_somebody(make_union(parent=self.other), "330203199003070010")


def rows_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_identity")
        return cursor.fetchone()[0]


@pytest.mark.django_db
class TestRowSecurity:
    @pytest.fixture(autouse=True)
    def place(self) -> None:
        self.here = City()

    def test_without_a_reach_there_is_nobody(self) -> None:
        assert rows_seen() == 0

    @pytest.mark.parametrize(
        ("places", "seen"),
        [
            (("town",), 1),
            (("other",), 1),
            (("town", "other"), 2),
            (("county",), 2),
            (("city",), 2),
            (("city", "town"), 2),
        ],
    )
    def test_a_reach_shows_what_lies_within_it(self, places: tuple[str, ...], seen: int) -> None:
        set_reach(reaching(*(getattr(self.here, place) for place in places)))

        assert rows_seen() == seen

    def test_a_kept_plan_shows_what_each_reach_holds(self) -> None:
        persons = list(Person.objects.values_list("pk", flat=True))
        seen = []

        # More often than PostgreSQL needs before it plans for any value.
        for _turn in range(8):
            for reach in (reaching(self.here.town), ANONYMOUS, reaching(self.here.city)):
                set_reach(reach)
                seen.append(len(people.masked(persons)))

        assert seen == [1, 0, 2] * 8

    def test_grants_that_do_not_concern_persons_reach_nobody(self) -> None:
        set_reach(reaching(self.here.city, permit="access:system:operate"))

        assert rows_seen() == 0

    def test_what_lies_elsewhere_can_be_neither_changed_nor_removed(self) -> None:
        set_reach(reaching(self.here.town))

        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_identity SET paper = 'passport'")
            assert cursor.rowcount == 1
            cursor.execute("DELETE FROM people_identity")
            assert cursor.rowcount == 1

        set_reach(reaching(self.here.city))
        assert rows_seen() == 1

    def test_nobody_is_put_out_of_ones_own_reach(self) -> None:
        set_reach(reaching(self.here.town))

        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE people_identity SET scope = %s", [[self.here.other.pk]])

    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE people_identity DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE people_identity NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY within_reach ON people_identity",
            "SET ROLE {owner}",
            "SET row_security = off; SELECT * FROM people_identity",
            "TRUNCATE people_identity CASCADE",
        ],
    )
    def test_the_web_role_cannot_take_the_fence_down(self, statement: str) -> None:
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(owner=owner_of("people_identity")))


def owner_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = %s", [table])
        return cursor.fetchone()[0]


def column(statement: str, *values: object) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
class TestRoles:
    roles = settings.HUIJIA_APPLICATION_ROLES

    def test_there_are_two_application_roles(self) -> None:
        assert len(self.roles) == 2

    def test_they_have_no_power_beyond_their_rights(self) -> None:
        mighty = column(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls "
            "OR rolcreaterole OR rolcreatedb OR rolreplication)",
            self.roles,
        )
        assert mighty == []

    def test_they_are_members_of_no_other_role(self) -> None:
        memberships = column(
            "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member "
            "JOIN pg_roles g ON g.oid = m.roleid WHERE r.rolname = ANY(%s)",
            self.roles,
        )
        assert memberships == []

    def test_they_own_nothing(self) -> None:
        owned = column(
            "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = ANY(%s) UNION ALL "
            "SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = ANY(%s) UNION ALL "
            "SELECT nspname FROM pg_namespace WHERE pg_get_userbyid(nspowner) = ANY(%s) "
            "AND nspname NOT LIKE 'pg_%%temp%%'",
            self.roles,
            self.roles,
            self.roles,
        )
        assert owned == []

    def test_sealed_identities_are_fenced_even_for_their_owner(self) -> None:
        fenced = column(
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE oid = 'people_identity'::regclass"
        )
        assert fenced == [True]

    @pytest.mark.parametrize("table", ["audit_entry", "people_personhistory", "orgs_unionhistory"])
    @pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
    def test_what_only_grows_cannot_be_changed(self, table: str, verb: str) -> None:
        allowed = [
            role
            for role in self.roles
            if column("SELECT has_table_privilege(%s, %s, %s)", role, table, verb) == [True]
        ]
        assert allowed == []


@pytest.fixture
def pool_of_one(committed_db: None) -> Iterator[None]:
    """All requests go over one and the same connection, handed back after each."""
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    options["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    yield
    connection.close()
    connection.close_pool()
    del options["pool"]


@pytest.mark.urls("huijia.core.access.tests.urls")
def test_a_pool_of_one_leaks_no_reach_from_one_request_to_the_next(pool_of_one: None) -> None:
    with transaction.atomic():
        here = City()
        make_role("viewer", [CONCERNS_PERSONS])
        account = make_account(role="viewer", union=here.town)
        colleague = make_account("colleague")
        give(colleague, "viewer", here.other)
    officer, other = enter(Client(), account), enter(Client(), colleague)
    process = column("SELECT pg_backend_pid()")
    connection.close()

    answers = []
    for client, page in [
        (officer, "reach"),
        (Client(), "open-reach"),
        (other, "reach"),
        (officer, "reach"),
        (Client(), "open-reach"),
    ]:
        answers.append(client.get(f"/test/{page}/").json())
        connection.close()

    assert answers == [
        {"reach": [here.town.pk], "seen": 1},
        {"reach": [], "seen": 0},
        {"reach": [here.other.pk], "seen": 1},
        {"reach": [here.town.pk], "seen": 1},
        {"reach": [], "seen": 0},
    ]
    assert column("SELECT pg_backend_pid()") == process
