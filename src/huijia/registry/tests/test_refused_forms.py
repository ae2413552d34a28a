"""What a form says when it is refused, and that nothing typed into it is lost."""

import re

import pytest
from django.urls import reverse

from huijia.registry.tests.factories import actor_on, admit, in_english, make_city, signed_in


@pytest.fixture
def city(db):
    return make_city()


def filled_in(client, address, **changed):
    """The form's own values as a browser would send them, with some of them changed."""
    page = client.get(address).content.decode()
    values = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    values |= dict(
        re.findall(r'<select[^>]* name="(\w+)".*?<option value="([^"]*)" selected', page, re.DOTALL)
    )
    return {**values, **changed}


def told(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("staff_count", "abc", "Please give a whole number."),
        ("staff_count", "-5", "At least 0, please."),
        ("yearly_funds_yuan", "1.2.3", "Please give a number."),
        ("yearly_funds_yuan", "1.234", "At most 2 decimal places, please."),
        ("name", "长" * 121, "At most 120 characters, please; there are 121 now."),
        ("credit_code", "123", "A unified social credit code has 18 characters."),
    ],
)
def test_what_cannot_be_is_named_and_stays_as_it_was_typed(city, client, field, typed, sentence):
    signed_in(in_english(client), city.city)
    address = reverse("registry:edit", args=[city.enterprise.pk])

    answer = client.post(address, filled_in(client, address, **{field: typed}))

    assert answer.status_code == 422
    assert sentence in told(answer)
    assert f'value="{typed}"' in told(answer)


def test_a_day_that_cannot_be_and_a_choice_that_is_none_are_named(city, client):
    signed_in(client, city.city)
    address = reverse("registry:edit", args=[city.enterprise.pk])
    typed = {"founded_on": "2020-02-31", "has_seal": "maybe"}

    answer = client.post(address, filled_in(client, address, **typed))

    assert answer.status_code == 422
    assert "这不是有效的日期，请按 2026-11-22 的样子填写。" in told(answer)
    assert "“maybe”不在选项中，请从列表里选择。" in told(answer)


def test_a_number_of_zeros_at_the_desk_blames_no_spreadsheet(city, client):
    signed_in(in_english(client), city.city)
    address = reverse("registry:admit", args=[city.enterprise.pk])

    answer = client.post(address, {"name": "王芳", "number": "330226201801010000"})

    assert answer.status_code == 422
    assert "The number ends in zeros only." in told(answer)
    assert "spreadsheet" not in told(answer)


def test_who_was_slower_is_told_once_and_may_then_save(city, client):
    held = admit(city.enterprise, actor_on(city.city))
    signed_in(in_english(client), city.city)
    address = reverse("registry:edit_member", args=[held.person_id])
    sent = filled_in(client, address, workplace="二车间")
    client.post(address, filled_in(client, address, workplace="一车间"))

    slower = client.post(address, sent)
    version = re.search(r'name="version" value="(\d+)"', slower.content.decode())[1]
    again = client.post(address, {**sent, "version": version})

    assert slower.status_code == 422
    assert "Somebody else has changed this meanwhile." in told(slower)
    assert 'value="二车间"' in told(slower)
    assert again.status_code == 303
    assert "二车间" in told(client.get(reverse("registry:member", args=[held.person_id])))


def test_the_summary_of_faults_leads_to_a_group_of_choices_too(city, client):
    held = admit(city.enterprise, actor_on(city.city))
    signed_in(client, city.city)

    answer = client.post(reverse("registry:member_state", args=[held.person_id]), {"on": ""})

    (target,) = set(re.findall(r'href="#(id_to\w*)"', told(answer)))
    assert f'id="{target}"' in told(answer)


def test_a_form_sent_after_the_session_has_ended_comes_back_whole(city, client):
    signed_in(in_english(client), city.city)
    address = reverse("registry:form_group", args=[city.enterprise.pk])
    client.get(address)
    client.logout()

    answer = client.post(
        address,
        "name=%E4%B8%80%E7%8F%AD",
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert answer.status_code == 401
    assert 'name="name" value="一班"' in told(answer)


def test_a_refused_reason_for_a_look_stays_in_its_field(city, client):
    held = admit(city.enterprise, actor_on(city.city))
    signed_in(in_english(client), city.city)

    answer = client.post(
        reverse("registry:reveal_number", args=[held.person_id]),
        {"reason": "核对 330226201801010000"},
    )

    assert answer.status_code == 422
    assert "Please give the reason without long numbers" in told(answer)
    assert "核对 330226201801010000</textarea>" in told(answer)
    assert "<details open>" in told(answer)
