"""One person has one membership in force; what lies elsewhere is not told."""

import datetime as dt
from dataclasses import asdict

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huijia.core.audit.models import Entry
from huijia.core.kernel import clock, events
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.people.public import NOT_SHOWN, Identity, PersonHistory, persons, sealing
from huijia.registry.actions import memberships
from huijia.registry.choices import IN_FORCE, MembershipState
from huijia.registry.events import MembershipsChanged
from huijia.registry.models import Membership
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import members
from huijia.registry.tests.factories import (
    actor_on,
    admit,
    in_english,
    make_city,
    next_number,
    signed_in,
)


@pytest.fixture
def city(db):
    return make_city()


@pytest.fixture
def told(monkeypatch):
    """The events that were published."""
    published = []
    monkeypatch.setattr(events, "publish", published.append)
    return published


def test_a_person_is_entered_with_sealed_number_and_phone(city):
    number = next_number()

    held = admit(city.enterprise, actor_on(city.enterprise), number=number, phone="13812345678")

    identity = Identity.objects.get(pk=held.person_id)
    assert number.encode() not in bytes(identity.number_sealed)
    assert sealing.open_number(identity.number_sealed) == number
    assert sealing.open_phone(identity.phone_sealed) == "13812345678"
    assert identity.scope == [city.city.pk, city.county.pk, city.town.pk, city.enterprise.pk]


def test_a_membership_carries_the_levels_of_its_union(city):
    held = admit(city.enterprise, actor_on(city.enterprise))

    assert [held.level_1, held.level_2, held.level_3, held.level_4, held.level_5] == [
        city.city.pk,
        city.county.pk,
        city.town.pk,
        city.enterprise.pk,
        None,
    ]


def test_admitting_leaves_an_audit_entry_without_personal_values_and_a_sealed_history(city):
    held = admit(city.enterprise, actor_on(city.enterprise), name="欧阳小明")

    entry = Entry.objects.get(verb="registry.membership.admit")
    assert entry.subject_id == str(held.person_id)
    assert "欧阳" not in str(entry.changes)
    first = PersonHistory.objects.filter(person_id=held.person_id).earliest("id")
    assert "欧阳小明".encode() not in bytes(first.values_sealed)
    assert sealing.open_changes(first.values_sealed)["name"] == ("", "欧阳小明")


def test_admitting_is_told_to_the_figures(city, told):
    by = actor_on(city.enterprise)

    admit(
        city.enterprise,
        by,
        sex="2",
        joined_on=dt.date(2024, 3, 1),
        belonging={"new_employment": "rider"},
    )

    (event,) = [each for each in told if isinstance(each, MembershipsChanged)]
    (tally,) = event.tallies
    assert (tally.members, tally.women, tally.new_employment) == (1, 1, 1)
    assert list(tally.joins) == [(2024, 1)]
    assert tally.levels[:4] == (city.city.pk, city.county.pk, city.town.pk, city.enterprise.pk)


def test_a_member_within_reach_is_not_admitted_twice_and_the_union_is_named(city):
    by = actor_on(city.city)
    number = next_number()
    admit(city.enterprise, by, number=number)

    with pytest.raises(Refused) as fault:
        admit(city.area, by, number=number)

    assert fault.value.verdict.reason == "already-member"
    assert fault.value.verdict.facts == {"union": city.enterprise.name}


@pytest.mark.parametrize("name", ["陈建国", "王小明"])
def test_a_member_elsewhere_is_refused_without_a_word_of_where(city, name):
    number = next_number()
    admit(city.other_enterprise, actor_on(city.city), number=number, name="陈建国")

    with pytest.raises(Refused) as fault:
        admit(city.enterprise, actor_on(city.county), number=number, name=name)

    assert fault.value.verdict.reason == "person-decided-above"
    assert fault.value.verdict.facts == {}
    assert Membership.objects.count() == 1


def test_who_left_elsewhere_joins_again_under_the_same_name(city):
    number = next_number()
    by = actor_on(city.city)
    old = admit(city.other_enterprise, by, number=number)
    change(old, MembershipState.LEFT, by)

    new = admit(city.enterprise, actor_on(city.county), number=number)

    assert new.person_id == old.person_id
    assert new.pk != old.pk


def test_the_former_union_does_not_see_who_took_a_leaver_in_nor_the_new_phone(city, client):
    number = next_number()
    before = actor_on(city.enterprise)
    old = admit(city.enterprise, before, number=number, phone="13812345678")
    change(old, MembershipState.LEFT, before)
    after = actor_on(city.other_county)
    admit(city.other_enterprise, after, number=number, phone="13900001111")

    signed_in(in_english(client), city.enterprise)
    text = client.get(reverse("registry:member", args=[old.person_id])).content.decode()

    assert "139****1111" not in text
    assert after.name not in text
    assert text.count("Admitted as a member") == 1
    assert before.name in text
    assert "Left the union" in text
    assert "not shown" in text
    sheet = members.sheet(actor_on(city.enterprise), old.person_id)
    assert sheet.identity == NOT_SHOWN
    assert [change.verb for change in sheet.changes] == [
        "membership.left",
        "membership.admit",
        "enter",
    ]


def test_the_union_that_took_a_leaver_in_and_those_above_both_see_the_whole_record(city):
    number = next_number()
    by = actor_on(city.city)
    change(admit(city.enterprise, by, number=number), MembershipState.LEFT, by)
    new = admit(city.other_enterprise, by, number=number, phone="13900001111")

    for place in (city.other_enterprise, city.city):
        sheet = members.sheet(actor_on(place), new.person_id)
        assert sheet.identity.phone == "139****1111"
        assert sheet.changes[0].verb == "membership.admit"


def test_who_left_and_joined_nowhere_is_still_known_to_the_former_union(city):
    by = actor_on(city.enterprise)
    old = admit(city.enterprise, by, phone="13812345678")
    change(old, MembershipState.LEFT, by)

    sheet = members.sheet(by, old.person_id)

    assert sheet.identity.phone == "138****5678"
    assert sheet.changes[0].verb == "membership.left"


def test_who_joins_again_keeps_what_was_known_and_not_said_anew(city):
    number = next_number()
    by = actor_on(city.city)
    known = {
        "phone": "13812345678",
        "birth_date": dt.date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}"),
        "ethnicity": "05",
        "education": "20",
        "political_status": "01",
        "household": "rural",
    }
    old = admit(city.enterprise, by, number=number, **known)
    change(old, MembershipState.LEFT, by)

    new = admit(city.other_enterprise, by, number=number, education="30")

    identity = Identity.objects.select_related("person").get(pk=new.person_id)
    facts = asdict(persons.as_facts(identity.person, identity))
    assert {field: facts[field] for field in known} == {**known, "education": "30"}
    latest = PersonHistory.objects.filter(person_id=new.person_id, verb="edit").get()
    assert latest.fields == ["education"]


def test_who_left_elsewhere_under_another_name_is_decided_above(city):
    number = next_number()
    by = actor_on(city.city)
    change(admit(city.other_enterprise, by, number=number, name="陈建国"), "left", by)

    with pytest.raises(Refused) as fault:
        admit(city.enterprise, actor_on(city.county), number=number, name="王小明")

    assert fault.value.verdict.reason == "person-decided-above"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"birth_date": dt.date(1991, 1, 1)}, "birth_date_contradicts"),
        ({"birth_date": clock.today() - dt.timedelta(days=15 * 365)}, "birth_date_contradicts"),
    ],
)
def test_facts_that_contradict_the_number_are_refused(city, facts, reason):
    with pytest.raises(Refused) as fault:
        admit(city.enterprise, actor_on(city.enterprise), **facts)

    assert fault.value.verdict.reason == reason


def test_a_child_is_refused(city):
    with pytest.raises(Refused) as fault:
        admit(
            city.enterprise,
            actor_on(city.enterprise),
            paper="passport",
            number="E12345678",
            birth_date=clock.today() - dt.timedelta(days=15 * 365),
            joined_on=None,
        )

    assert fault.value.verdict.reason == "under_age"


@pytest.mark.parametrize("place", ["city", "county", "town"])
def test_a_federation_takes_no_members(city, place):
    with pytest.raises(Refused) as fault:
        admit(getattr(city, place), actor_on(city.city))

    assert fault.value.verdict.reason == "federation-has-no-members"


def test_without_the_permit_nobody_is_admitted(city):
    by = actor_on(city.enterprise, permits=[RegistryPermit.MEMBER_VIEW])

    with pytest.raises(Refused) as fault:
        admit(city.enterprise, by)

    assert fault.value.verdict.reason == "not-permitted"
    assert not Membership.objects.exists()


def test_out_of_reach_the_union_does_not_exist(city):
    with pytest.raises(NotFound):
        admit(city.other_enterprise, actor_on(city.county))


def change(held, to, by, on=None):
    held.refresh_from_db()
    return memberships.change_state(
        membership_id=held.pk,
        to=to,
        on=on or clock.today(),
        reason="本人申请",
        version=held.version,
        by=by,
        at=clock.now(),
    )


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["admit", *MembershipState.values]),
        st.sampled_from(["enterprise", "area", "other_enterprise"]),
        st.integers(0, 1),
    ),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_after_any_steps_a_person_has_one_membership_in_force_and_figures_agree(city, told, steps):
    told.clear()
    Membership.objects.all().delete()
    by = actor_on(city.city)
    people = [next_number(), next_number()]
    for act, place, who in steps:
        try:
            if act == "admit":
                admit(getattr(city, place), by, number=people[who])
            else:
                latest = Membership.objects.order_by("id").last()
                if latest:
                    change(latest, act, by)
        except Refused:
            continue

    in_force = list(Membership.objects.filter(state__in=IN_FORCE))
    assert len({each.person_id for each in in_force}) == len(in_force)
    counted = sum(tally.members for event in told for tally in getattr(event, "tallies", ()))
    assert counted == len(in_force)


def test_the_database_itself_keeps_a_second_membership_out(city):
    held = admit(city.enterprise, actor_on(city.city))

    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person_id=held.person_id, union=city.area)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM registry_membership WHERE person_id = %s", [held.person_id]
        )
        assert cursor.fetchone() == (1,)
