"""Pages that belong to no capability."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huijia.core.web import pages, samples


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What Huijia is, for anybody who comes by."""
    return pages.render(request, "web/front.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to get on, and whom to ask."""
    return pages.render(request, "web/help.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, who sees it, and what they may ask for."""
    return pages.render(request, "web/privacy.html")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its states; only where the settings show it.

    htmx gets the branch of the sample tree.
    """
    if not (settings.DEBUG or settings.HUIJIA_GALLERY):
        raise Http404
    return pages.render(request, "web/gallery.html", samples.everything(), block="branch")
