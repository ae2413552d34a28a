"""Pages of a process are made one after the other; nobody waits for somebody's upload."""

import threading

import pytest
from django.http import HttpResponse

from huijia.core.web.middleware import taking_turns

PATIENCE = 5.0


@pytest.fixture
def slow_server():
    """A server whose first request is inside until `let_go` is set."""
    inside, let_go, answered = threading.Event(), threading.Event(), []

    def answer(request):
        if request.path == "/slow/":
            inside.set()
            assert let_go.wait(PATIENCE)
        answered.append(request.path)
        return HttpResponse()

    return taking_turns(answer), inside, let_go, answered


def ask_both(rf, slow_server, first_method):
    server, inside, let_go, answered = slow_server
    first = threading.Thread(target=server, args=[getattr(rf, first_method)("/slow/")])
    first.start()
    assert inside.wait(PATIENCE)
    second = threading.Thread(target=server, args=[rf.get("/quick/")])
    second.start()
    second.join(0.2)
    has_overtaken = not second.is_alive()
    let_go.set()
    first.join(PATIENCE)
    second.join(PATIENCE)
    return has_overtaken, answered


def test_a_page_waits_for_the_page_before_it(rf, slow_server):
    assert ask_both(rf, slow_server, "get") == (False, ["/slow/", "/quick/"])


def test_a_page_does_not_wait_for_an_upload(rf, slow_server):
    assert ask_both(rf, slow_server, "post") == (True, ["/quick/", "/slow/"])
