"""Editing keeps history, keeps what was not entered, and never overwrites somebody else's change."""

import datetime as dt

import pytest
from django.urls import reverse

from huijia.core.audit.models import Entry
from huijia.core.kernel import clock, events
from huijia.core.kernel.errors import Refused
from huijia.core.people.public import Identity, Person, PersonHistory, sealing
from huijia.registry.actions import members
from huijia.registry.tests.factories import actor_on, admit, make_city, next_number, signed_in


@pytest.fixture
def city(db):
    return make_city()


def edit(held, by, *, person=None, membership=None, version=2):
    return members.edit(
        membership_id=held.pk,
        person=person or {},
        membership=membership or {},
        version=version,
        by=by,
        at=clock.now(),
    )


def test_a_change_keeps_before_and_after_sealed(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by, name="陈建国", phone="13812345678")

    changed = edit(held, by, person={"name": "陈建军", "phone": "13912345678"})

    assert set(changed) == {"name", "phone"}
    person = Person.objects.get(pk=held.person_id)
    assert (person.name, person.name_grams, person.version) == ("陈建军", ["陈建", "建军"], 2)
    latest = PersonHistory.objects.filter(person_id=held.person_id).latest("id")
    assert sealing.open_changes(latest.values_sealed) == {
        "name": ("陈建国", "陈建军"),
        "phone": ("13812345678", "13912345678"),
    }
    entry = Entry.objects.get(verb="registry.member.edit")
    assert entry.changes == {"name": None, "phone": None}


def test_nothing_changed_writes_nothing(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by, name="陈建国")
    histories = PersonHistory.objects.count()

    assert edit(held, by, person={"name": "陈建国"}, membership={"workplace": ""}) == ()
    assert PersonHistory.objects.count() == histories
    assert not Entry.objects.filter(verb="registry.member.edit").exists()


def test_figures_hear_the_former_facts_go_and_the_new_ones_come(city, monkeypatch):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    told = []
    monkeypatch.setattr(events, "publish", told.append)

    edit(
        held,
        by,
        person={"sex": "2"},
        membership={"joined_on": dt.date(2022, 1, 1), "new_employment": "rider"},
    )

    (event,) = told
    assert [
        (tally.members, tally.women, tally.new_employment, list(tally.joins))
        for tally in event.tallies
    ] == [(-1, 0, 0, [(2020, -1)]), (1, 1, 1, [(2022, 1)])]


def test_figures_hear_nothing_of_what_they_do_not_count(city, monkeypatch):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    told = []
    monkeypatch.setattr(events, "publish", told.append)

    edit(held, by, person={"name": "陈建军"}, membership={"workplace": "二车间"})

    assert told == []


def test_somebody_elses_change_is_not_overwritten(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    edit(held, by, person={"name": "陈建军"})

    with pytest.raises(Refused) as fault:
        edit(held, by, person={"name": "陈建民"})

    assert fault.value.verdict.reason == "changed-meanwhile"


def test_a_number_of_somebody_else_is_decided_above(city):
    taken = next_number()
    admit(city.other_enterprise, actor_on(city.city), number=taken)
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)

    with pytest.raises(Refused) as fault:
        edit(held, by, person={"number": taken})

    assert fault.value.verdict.reason == "person-decided-above"


def test_the_form_leaves_a_number_that_was_not_entered(city, client):
    number = next_number()
    held = admit(city.enterprise, actor_on(city.city), number=number, phone="13812345678")
    signed_in(client, city.enterprise)
    address = reverse("registry:edit_member", args=[held.person_id])
    typed = {"name": "陈建军", "sex": "1", "paper": "resident", "version": "2"}

    answer = client.post(address, {**typed, "joined_on": "2020-05-01"})

    assert answer.status_code == 303
    identity = Identity.objects.get(pk=held.person_id)
    assert sealing.open_number(identity.number_sealed) == number
    assert sealing.open_phone(identity.phone_sealed) == "13812345678"
    assert Person.objects.get(pk=held.person_id).name == "陈建军"


def test_the_form_says_that_somebody_was_faster_and_keeps_what_was_typed(city, client):
    held = admit(city.enterprise, actor_on(city.city))
    signed_in(client, city.enterprise)
    address = reverse("registry:edit_member", args=[held.person_id])

    answer = client.post(
        address, {"name": "陈建民", "sex": "1", "paper": "resident", "version": "1"}
    )

    assert answer.status_code == 422
    assert "陈建民" in answer.content.decode()


def test_a_form_never_shows_a_sealed_value(city, client):
    number = next_number()
    held = admit(city.enterprise, actor_on(city.city), number=number, phone="13812345678")
    signed_in(client, city.enterprise)

    text = client.get(reverse("registry:edit_member", args=[held.person_id])).content.decode()

    assert number not in text
    assert "13812345678" not in text


def test_admitting_by_the_form_acts_once_however_often_it_is_sent(city, client):
    signed_in(client, city.enterprise)
    address = reverse("registry:admit", args=[city.enterprise.pk])
    typed = {
        "name": "王小明",
        "paper": "resident",
        "number": next_number(),
        "sex": "1",
        "joined_on": "2024-05-01",
        "once": "0b7e1f0e-4d8e-4b7e-9d06-3a1d4a1c2f55",
    }

    first = client.post(address, typed)
    second = client.post(address, typed)

    assert first.status_code == 302
    assert second["Location"] == first["Location"]
    assert Person.objects.filter(name="王小明").count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "id_name"),
        ({"name": "张*"}, "id_name"),
        ({"number": "33020319900101000"}, "id_number"),
        ({"number": "330203199001010001"}, "id_number"),
        ({"number": ""}, "id_number"),
        ({"phone": "057412345678"}, "id_phone"),
        ({"sex": ""}, "id_sex"),
        ({"birth_date": "1980-01-01"}, "id_birth_date"),
        ({"joined_on": "2999-01-01"}, "id_joined_on"),
    ],
)
def test_a_refused_form_leads_to_the_field_and_keeps_what_was_typed(city, client, typed, field):
    signed_in(client, city.enterprise)
    whole = {
        "name": "王小明",
        "paper": "resident",
        "number": next_number(),
        "sex": "1",
        "workplace": "二车间",
        "joined_on": "2024-05-01",
        "once": "0b7e1f0e-4d8e-4b7e-9d06-3a1d4a1c2f56",
        **typed,
    }

    answer = client.post(reverse("registry:admit", args=[city.enterprise.pk]), whole)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    assert "二车间" in text
    assert not Person.objects.filter(name="王小明").exists()
