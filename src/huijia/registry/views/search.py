"""The search box: numbers, phones and codes come by POST, names may stand in the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from huijia.core.access.public import desk_page
from huijia.core.kernel import clock
from huijia.core.people.public import sentence
from huijia.core.web import pages
from huijia.registry import facts
from huijia.registry.queries import search as queries
from huijia.registry.queries.search import Asked, Found, Kind
from huijia.registry.views.heads import actor_of

SEE_OTHER = 303


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def search(request: HttpRequest) -> HttpResponse:
    """What is found within the reader's reach.

    A personal text sent by POST is answered at once and never becomes part of an address; in an
    address it is not looked for at all. A single exact hit leads straight to its page.
    """
    is_sent = request.method == "POST"
    text = (request.POST if is_sent else request.GET).get("q", "").replace("\0", "")
    asked = queries.read(text, today=clock.today())
    if asked.is_personal and not is_sent:
        return HttpResponseRedirect(reverse("registry:search"))
    if is_sent and not asked.is_personal:
        return _see_other(f"{reverse('registry:search')}?{urlencode({'q': asked.typed})}")
    found = queries.run(actor_of(request), asked)
    if asked.kind != Kind.NAME and found.count == 1:
        return _see_other(_address(found))
    return pages.render(request, "registry/search.html", _context(asked, found))


def _context(asked: Asked, found: Found) -> dict[str, object]:
    return {
        "asked": asked,
        "found": found,
        "limit": queries.LIMIT,
        "words": facts.member_words(),
        "search_text": asked.typed,
        "complaint": sentence(asked.fault) if asked.fault else "",
    }


def _address(found: Found) -> str:
    if found.unions:
        return reverse("registry:union", args=[found.unions[0].id])
    if found.members:
        return reverse("registry:member", args=[found.members[0].person_id])
    return reverse("registry:employer", args=[found.employers[0].id])


def _see_other(address: str) -> HttpResponse:
    response = HttpResponse(status=SEE_OTHER)
    response["Location"] = address
    return response
