"""One transaction a request, and in it the actor and the reach that row security goes by."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

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
    whole signed-in frame costs two queries: session with account and grants, reach.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = ANONYMOUS  # type: ignore[attr-defined]  # our own attribute
        if request.path.startswith(OUTSIDE):
            return get_response(request)
        recognise(request)
        if request.user.is_authenticated:
            found = _who_is_in(request)
            request.actor = found.actor  # type: ignore[attr-defined]
            request.signed_in = found  # type: ignore[attr-defined]
            set_reach(found.actor)
        return get_response(request)

    return middleware


def recognise(request: HttpRequest) -> None:
    """Let `request.user` be the account that came with the session, where nothing speaks against.

    Only what `django.contrib.auth.get_user` would accept without a second look; in every other
    case (another way of sign-in, a changed password, an old secret) that function is left to
    judge, and to end the session.
    """
    session = request.session
    account_id = session.get(SESSION_KEY)
    seat = getattr(session, "seat", None)
    if seat is None or account_id != str(seat.account.pk):
        return
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return
    shown = session.get(HASH_SESSION_KEY) or ""
    is_verified = constant_time_compare(shown, seat.account.get_session_auth_hash())
    if is_verified and seat.account.is_active:
        request.user = seat.account


def _who_is_in(request: HttpRequest) -> queries.SignedIn:
    account = request.user
    assert isinstance(account, Account)
    if not second_factor.is_shown(request):
        return queries.SignedIn(Actor(account.pk, account.display_name))
    seat: queries.Seat | None = getattr(request.session, "seat", None)
    if seat is not None and seat.account.pk == account.pk:
        return seat.signed_in()
    return queries.signed_in(account.pk, on=clock.today())


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
