"""The union tree from the reader's own unions down, opened branch by branch."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huijia.core.access.public import desk_page
from huijia.core.web import pages
from huijia.registry.permits import RegistryPermit
from huijia.registry.queries import unions as queries
from huijia.registry.views.heads import actor_of, trail


@require_safe
@desk_page(permit=RegistryPermit.UNION_VIEW)
def unions(request: HttpRequest) -> HttpResponse:
    """The reader's own unions, the first of them open; the rest is fetched when asked for."""
    branches = queries.own_branches(actor_of(request))
    return pages.render(request, "registry/tree.html", {"branches": branches})


@require_safe
@desk_page(permit=RegistryPermit.UNION_VIEW)
def children(request: HttpRequest, union_id: int) -> HttpResponse:
    """The unions right below one: a branch for the tree, or a page of its own without script."""
    head, page = queries.children(actor_of(request), union_id, request.GET)
    context = {"head": head, "page": page, "trail": trail(head.trail)}
    return pages.render(request, "registry/children.html", context, block="branch")
