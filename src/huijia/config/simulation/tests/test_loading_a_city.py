"""A simulated city in the database: whole, sealed, fenced in, and its figures right to the unit."""

import datetime as dt

import pytest
from django.db import connection, transaction

from huijia.config import demonstration
from huijia.config.demonstration import CAST, NoDemonstrationError
from huijia.config.roles import BUILT_IN_ROLES
from huijia.config.simulation import loading
from huijia.config.simulation.cities import draw_up
from huijia.config.simulation.loading import RegisterNotEmptyError, load_directly
from huijia.config.simulation.members import Population
from huijia.core.access import public as access
from huijia.core.kernel import clock
from huijia.core.kernel.actor import Actor, ActorGrant, Place
from huijia.core.orgs.public import Coverage, Division, Employer, Union, UnionKind, tree
from huijia.core.people.public import Account, Identity, Person, name_grams, sealing
from huijia.insight.models import Figure
from huijia.insight.public import recounts
from huijia.registry.models import Group, Membership, Officer, UnionFile
from tests.support import database

AT = dt.datetime(2026, 6, 30, 4, tzinfo=dt.UTC)
LEVELS = ("level_1", "level_2", "level_3", "level_4", "level_5")


def connect_as(role):
    database.use(database.database_name(), role)


@pytest.fixture
def owner(committed_db):
    """The process that prepares a demonstration is connected as the owner of the tables."""
    connect_as("owner")
    yield
    connect_as("web")


@pytest.fixture
def city():
    return draw_up("330200", 60, 300, 7, AT.date())


@pytest.fixture
def loaded(owner, city):
    return load_directly(city=city, at=AT)


@pytest.fixture
def roles(owner):
    grant = ActorGrant("installer", frozenset({access.AccessPermit.ROLE_EDIT}), Place(0, 0, ""))
    with transaction.atomic():
        access.roles.install(table=BUILT_IN_ROLES, by=Actor(None, "test", (grant,)), at=AT)


def test_everything_that_was_drawn_is_there(loaded, city):
    assert (Union.objects.count(), Person.objects.count()) == (60, 300)
    assert Employer.objects.count() == len(city.employers) == Coverage.objects.count()
    assert Group.objects.count() == sum(union.groups for union in city.unions)
    assert UnionFile.objects.count() == 60
    assert Officer.objects.filter(post="chair").count() == 60
    assert {each.number for each in Population(city).everyone()} == {
        sealing.open_number(each.number_sealed) for each in Identity.objects.all()
    }


def test_paths_levels_and_copies_of_them_agree(loaded):
    for union in Union.objects.select_related("parent"):
        assert tuple(getattr(union, level) for level in LEVELS) == tree.levels_of(union.path)
        assert union.path == tree.path_below(union.parent.path if union.parent else "", union.pk)
        assert union.name_grams == name_grams(union.name)
    for row in Membership.objects.select_related("union", "person__identity"):
        assert [getattr(row, each) for each in LEVELS] == [
            getattr(row.union, each) for each in LEVELS
        ]
        assert row.person.identity.scope == list(tree.ids_of(row.union.path))
        assert row.person.name_grams == name_grams(row.person.name)


def test_a_member_s_employer_is_one_that_the_union_covers(loaded):
    covered = set(Coverage.objects.values_list("union_id", "employer_id"))
    assert set(Membership.objects.values_list("union_id", "employer_id")) <= covered


def test_people_are_found_by_number_and_by_phone(loaded, city):
    someone = next(each for each in Population(city).everyone() if each.phone)
    found = Identity.objects.get(number_index=sealing.number_index(someone.number))
    assert found == Identity.objects.get(phone_index=sealing.phone_index(someone.phone))
    assert found.person.name == someone.name


def test_figures_are_right_to_the_unit(loaded):
    for union in Union.objects.all():
        below = Membership.objects.filter(**{f"level_{union.depth}": union.pk})
        women = below.filter(person__sex="2").count()
        kept = dict(
            Figure.objects.filter(union_id=union.pk, period=0).values_list("indicator", "value")
        )
        assert kept.get("members", 0) == below.count()
        assert kept.get("women", 0) == women
    assert recounts.rebuild() == 0


def test_the_fence_of_sealed_identities_stands_again(loaded):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE oid = 'people_identity'::regclass"
        )
        assert cursor.fetchone() == (True, True)
    connect_as("web")
    assert not Identity.objects.exists()


def test_new_rows_get_ids_that_are_free(loaded):
    assert Person.objects.create(name="张三", sex="1").pk == 301
    assert Employer.objects.create(name="新的").pk == Employer.objects.count()


def test_divisions_come_with_those_that_are_no_more(loaded):
    assert Division.objects.get(pk="330212").predecessors == ["330204"]
    assert Division.objects.get(pk="330283").valid_to == dt.date(2016, 9, 14)
    assert Division.objects.get(pk="330282004024").parent.parent.name == "慈溪市"


def test_a_register_that_is_not_empty_is_left_alone(loaded, city):
    with pytest.raises(RegisterNotEmptyError):
        load_directly(city=city, at=AT)
    assert Person.objects.count() == 300


def test_children_load_the_same_people(owner, city, monkeypatch):
    monkeypatch.setattr(loading, "WORTH_CHILDREN", 0)
    load_directly(city=city, at=AT)
    names = Person.objects.order_by("id").values_list("name", flat=True)
    assert list(names) == [each.name for each in Population(city).everyone()]


def test_a_demonstration_is_prepared_once(roles):
    assert len(list(demonstration.prepare(city="330200", unions=60, members=300))) == 2
    before = clock.now()
    assert list(demonstration.prepare(city="330200", unions=90, members=900)) == []
    assert (clock.now() - before).total_seconds() < 1
    assert Union.objects.count() == 60


def test_every_demonstration_account_signs_in_with_what_is_printed(roles):
    list(demonstration.prepare(city="330200", unions=60, members=300))
    printed = demonstration.accounts_table()
    for part, shown in zip(CAST, demonstration.accounts(), strict=True):
        account = Account.objects.get(username=part.username)
        actor = access.actor_of(account.pk, on=clock.today())
        assert account.check_password(shown.password)
        assert access.code_at(shown.secret, clock.now()).isdigit()
        assert (shown.username in printed, shown.secret in printed) == (True, True)
        assert [grant.role for grant in actor.grants] == [part.role]


def test_second_factors_are_sealed(roles):
    list(demonstration.prepare(city="330200", unions=60, members=300))
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert not any(demonstration.secret_of(part.username) in kept for part in CAST)


def test_no_demonstration_in_production(owner, settings):
    settings.HUIJIA_PRODUCTION = True
    with pytest.raises(NoDemonstrationError):
        list(demonstration.prepare())
    assert not Union.objects.exists()


def test_a_register_of_real_people_gets_no_public_accounts(roles):
    Union.objects.create(
        id=1, path="1", depth=1, level_1=1, name="某市总工会", code="1", kind=UnionKind.CITY
    )
    with pytest.raises(NoDemonstrationError):
        list(demonstration.prepare())
    assert not Account.objects.exists()
