"""What happens at one moment in several processes is still counted, and spent, one by one."""

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connections, transaction
from django.test import Client

from huijia.core.access.second_factor import code_at
from huijia.core.access.tests.factories import (
    make_account,
    set_up_second_factor,
    type_code,
    type_password,
)
from huijia.core.audit.models import Entry
from huijia.core.kernel import clock


def test_guesses_at_the_same_moment_do_not_slip_through_together(committed_db: None) -> None:
    with transaction.atomic():
        make_account()

    def guess(number: int) -> int:
        try:
            return type_password(Client(), "officer", f"wrong{number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(24)))

    assert sorted(answers) == [200] * 5 + [429] * 19
    assert Entry.objects.filter(verb="access.session.fail").count() == 5
    assert type_password(Client(), "officer").status_code == 429


def test_a_code_typed_twice_at_the_same_moment_lets_in_once(committed_db: None) -> None:
    with transaction.atomic():
        secret = set_up_second_factor(make_account())
    code = code_at(secret, clock.now())
    clients = [Client() for _ in range(4)]
    for client in clients:
        type_password(client, "officer")

    def send(client: Client) -> str:
        try:
            return type_code(client, code).headers.get("Location", "again")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, clients))

    assert sorted(answers) == [settings.LOGIN_REDIRECT_URL, "again", "again", "again"]
