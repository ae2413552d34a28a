"""One transaction a request, and in it the actor and the reach that row security goes by."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from huijia.core.access import queries, second_factor
from huijia.core.kernel import clock
from huijia.core.kernel.actor import ANONYMOUS, Actor
from huijia.core.people.public import Account

GetResponse = Callable[[HttpRequest], HttpResponse]
SERVER_FAULT = 500
# Asked by machines many times a minute, or about files: no session, no transaction.
OUTSIDE = ("/healthz", "/readyz", "/metrics", "/static/")


def one_transaction(get_response: GetResponse) -> GetResponse:
    """Run each request in one transaction; a server fault undoes everything it did.

    A refusal (4xx) keeps what was written before it, such as a counted attempt: actions open
    savepoints of their own. Exceptions do not come by here: Django makes them answers further in.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OUTSIDE):
            return get_response(request)
        with transaction.atomic():
            response = get_response(request)
            if response.status_code >= SERVER_FAULT:
                transaction.set_rollback(True)
        return response

    return middleware


def resolve_actor(get_response: GetResponse) -> GetResponse:
    """Give the request its `actor`, with the grants of this moment, and set its reach.

    Until a second factor was shown in the session, the actor is somebody who holds nothing. A
    whole signed-in frame costs four queries: session, account, grants, reach.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = ANONYMOUS  # type: ignore[attr-defined]  # our own attribute
        if not request.path.startswith(OUTSIDE) and request.user.is_authenticated:
            found = _who_is_in(request)
            request.actor = found.actor  # type: ignore[attr-defined]
            request.signed_in = found  # type: ignore[attr-defined]
            set_reach(found.actor)
        return get_response(request)

    return middleware


def _who_is_in(request: HttpRequest) -> queries.SignedIn:
    account = request.user
    assert isinstance(account, Account)
    if not second_factor.is_shown(request):
        return queries.SignedIn(Actor(account.pk, account.display_name))
    return queries.signed_in(account.pk, on=clock.today(), name=account.display_name)


def set_reach(actor: Actor) -> None:
    """Let row security show what lies within the actor's reach, until the transaction ends.

    Only grants that concern persons count (`HUIJIA_REACH_PERMITS`): an administrator of the whole
    city reaches nobody. Call it first thing in a task's transaction, too.
    """
    concerning = frozenset(settings.HUIJIA_REACH_PERMITS)
    ids = {grant.place.id for grant in actor.grants if grant.permits & concerning}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('huijia.reach', %s, true)",
            [f"{{{','.join(map(str, sorted(ids)))}}}"],
        )
