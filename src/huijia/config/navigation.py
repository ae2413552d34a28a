"""The frame of every page: navigation by permit, the site's own facts, the language."""

from typing import Any

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; kept free of queries."""
    return {"navigation": []}
