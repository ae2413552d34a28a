"""Values that every page has: who asks, in which language, what to say, where one may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the layouts.

    Whoever knows the actor adds, by a processor of its own, `navigation` (groups of links) and
    `account` (name, role, organisation, the address of `sign_out`); without them a page shows no
    menu and nobody's name.
    """
    return {
        "actor": getattr(request, "actor", None),
        "language": get_language() or settings.LANGUAGE_CODE,
        "user": getattr(request, "user", None),
    }
