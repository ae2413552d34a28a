"""A form acts once, however often it is sent."""

import threading
import uuid
from types import SimpleNamespace

import pytest
from django.core.exceptions import BadRequest
from django.db import connections, transaction
from django.test import RequestFactory

from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.kernel.verdict import refused
from huijia.core.requests.models import ConsumedToken
from huijia.core.requests.public import act_once, once


def a_form(token: str | None = None, account_id: int | None = 1):
    request = RequestFactory().post("/", {"once": token} if token else {})
    request.actor = SimpleNamespace(account_id=account_id)
    return request


class Act:
    """Counts how often it was done; each time has an address of its own."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return f"/result/{self.times}/"


@pytest.mark.django_db
def test_a_form_sent_again_shows_the_first_result() -> None:
    act, token = Act(), str(uuid.uuid4())

    answers = [act_once(a_form(token), act).url for _ in range(3)]

    assert act.times == 1
    assert answers == ["/result/1/"] * 3


@pytest.mark.django_db
def test_a_refused_act_keeps_the_token() -> None:
    token = str(uuid.uuid4())

    def refuse() -> str:
        raise Refused(refused("not-yet"))

    with pytest.raises(Refused):
        act_once(a_form(token), refuse)

    assert not ConsumedToken.objects.exists()
    assert act_once(a_form(token), Act()).url == "/result/1/"


@pytest.mark.django_db
def test_a_form_shown_again_carries_the_token_it_was_sent_with() -> None:
    token = str(uuid.uuid4())

    assert once.token(a_form(token)) == token
    assert token in once.field(a_form(token))
    assert once.token(a_form()) != once.token(a_form())


@pytest.mark.django_db
@pytest.mark.parametrize("token", [None, "", "1", "not-a-token"])
def test_a_form_without_a_token_does_not_act(token: str | None) -> None:
    act = Act()

    with pytest.raises(BadRequest):
        act_once(a_form(token), act)

    assert act.times == 0


@pytest.mark.django_db
def test_somebody_elses_token_tells_nothing() -> None:
    act, token = Act(), str(uuid.uuid4())
    act_once(a_form(token, account_id=1), act)

    with pytest.raises(NotFound):
        act_once(a_form(token, account_id=2), act)

    assert act.times == 1


def test_two_at_the_same_moment_act_once_and_show_one_result(committed_db: None) -> None:
    act, token, answers = Act(), str(uuid.uuid4()), []

    def send() -> None:
        with transaction.atomic():
            answers.append(act_once(a_form(token), act).url)
        connections.close_all()

    senders = [threading.Thread(target=send) for _ in range(6)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=20)

    assert act.times == 1
    assert answers == ["/result/1/"] * 6
