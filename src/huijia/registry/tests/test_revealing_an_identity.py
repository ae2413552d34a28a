"""A sealed value is shown for a reason, within limits, and the look is written down."""

import datetime as dt

import pytest
from django.urls import reverse

from huijia.core.audit.models import Entry
from huijia.core.kernel.errors import NotFound, Refused, TooOften
from huijia.registry.actions import identities
from huijia.registry.permits import RegistryPermit
from huijia.registry.tests.factories import (
    actor_on,
    admit,
    in_english,
    make_city,
    next_number,
    signed_in,
)

AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def city(db):
    return make_city()


def reveal(held, by, *, reason="核对入会申请表", at=AT):
    return identities.reveal(
        person_id=held.person_id, fields=["number"], reason=reason, by=by, at=at
    )


def test_a_look_shows_the_value_and_leaves_an_entry_with_the_reason(city):
    by = actor_on(city.enterprise)
    number = next_number()
    held = admit(city.enterprise, by, number=number)

    assert reveal(held, by) == {"number": number}

    entry = Entry.objects.get(verb="registry.identity.reveal")
    assert (entry.subject_kind, entry.subject_id) == ("person", str(held.person_id))
    assert entry.reason == "核对入会申请表"
    assert entry.changes == {"number": None}
    assert entry.union_id == city.enterprise.pk


def test_without_the_permit_nothing_is_shown_and_out_of_reach_there_is_nothing(city):
    held = admit(city.enterprise, actor_on(city.city))

    with pytest.raises(Refused):
        reveal(held, actor_on(city.enterprise, permits=[RegistryPermit.MEMBER_VIEW]))
    with pytest.raises(NotFound):
        reveal(held, actor_on(city.other_county))
    assert not Entry.objects.filter(verb="registry.identity.reveal").exists()


def test_a_look_without_a_reason_is_refused(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)

    with pytest.raises(Refused) as fault:
        reveal(held, by, reason="  ")

    assert fault.value.verdict.reason == "reason-needed"


def test_a_reason_with_a_number_in_it_is_refused_in_words_and_leaves_no_trace(city, client):
    number = next_number()
    held = admit(city.enterprise, actor_on(city.city), number=number)
    signed_in(in_english(client), city.enterprise)
    address = reverse("registry:reveal_number", args=[held.person_id])

    answer = client.post(address, {"reason": f"核对{number}"})

    assert answer.status_code == 422
    assert "without long numbers" in answer.content.decode()
    assert answer.content.decode().count(number) == 1  # in the field, as it was typed
    assert not Entry.objects.filter(verb="registry.identity.reveal").exists()
    with pytest.raises(Refused) as fault:
        reveal(held, actor_on(city.enterprise), reason=f"核对{number}")
    assert fault.value.verdict.reason == "number-in-reason"


def test_twenty_looks_a_minute_are_enough(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    for _ in range(20):
        reveal(held, by)

    with pytest.raises(TooOften):
        reveal(held, by)
    reveal(held, by, at=AT + dt.timedelta(minutes=1, seconds=1))


def test_two_hundred_looks_a_day_are_enough(city):
    by = actor_on(city.enterprise)
    held = admit(city.enterprise, by)
    for minute in range(10):
        for _ in range(20):
            reveal(held, by, at=AT + dt.timedelta(minutes=2 * minute))

    with pytest.raises(TooOften):
        reveal(held, by, at=AT + dt.timedelta(hours=1))


def test_the_page_shows_the_value_in_place_after_a_reason(city, client):
    number = next_number()
    held = admit(city.enterprise, actor_on(city.city), number=number)
    signed_in(client, city.enterprise)
    address = reverse("registry:reveal_number", args=[held.person_id])

    part = client.post(address, {"reason": "核对入会申请表"}, headers={"HX-Request": "true"})
    whole = client.post(address, {"reason": "核对入会申请表"})
    without = client.post(address, {"reason": ""})

    assert number in part.content.decode()
    assert "<html" not in part.content.decode()
    assert number in whole.content.decode()
    assert without.status_code == 422
    assert number not in without.content.decode()
    assert Entry.objects.filter(verb="registry.identity.reveal").count() == 2


def test_the_page_says_who_will_see_the_look(city, client):
    held = admit(city.enterprise, actor_on(city.city))
    signed_in(in_english(client), city.enterprise)

    text = client.get(reverse("registry:member", args=[held.person_id])).content.decode()

    assert "The auditor reads this record, and the member may ask for it." in text
    assert "can see who looked" not in text
