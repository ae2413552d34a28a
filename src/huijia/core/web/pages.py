"""Answers a request with a page, or with one block of it for htmx (house.md, D6)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from jinja2_fragments import render_block
from markupsafe import Markup, escape

FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or only `block` of it when htmx asks for a part.

    Both carry the values of the context processors. A page that can answer with a block varies by
    htmx's headers, so that no cache gives a part to somebody who asked for the page.
    """
    if block is None:
        return HttpResponse(whole_page(request, template, context), status=status)
    if wants_block(request):
        body = block_of_page(request, template, block, context)
    else:
        body = whole_page(request, template, context)
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, FRAGMENT_HEADERS)
    return response


def wants_block(request: HttpRequest) -> bool:
    """Is this htmx asking for a part: not a boosted link, and not the history's lost page?"""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def whole_page(request: HttpRequest, template: str, context: Mapping[str, Any] | None) -> str:
    """Render a template with its layout."""
    engine = backend()
    return engine.env.get_template(template).render(values_of(engine, request, context))


def block_of_page(
    request: HttpRequest, template: str, block: str, context: Mapping[str, Any] | None
) -> str:
    """Render one block of a template with the values that the whole page has."""
    engine = backend()
    rendered: str = render_block(engine.env, template, block, values_of(engine, request, context))
    return rendered


def values_of(
    engine: Jinja2, request: HttpRequest, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What Django's backend passes to a page; the form token is masked once a page, not thrice."""
    token = SimpleLazyObject(lambda: get_token(request))
    values: dict[str, Any] = dict(context or {})
    values["request"] = request
    values["csrf_token"] = token
    values["csrf_input"] = SimpleLazyObject(lambda: hidden_token(str(token)))
    for processor in engine.template_context_processors:
        values.update(processor(request))
    return values


def hidden_token(token: str) -> Markup:
    """The form token as a field; Django makes it of letters and digits."""
    return Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">')  # noqa: S704


def backend() -> Jinja2:
    """The configured Jinja2 backend; Django's own engine stands beside it for libraries."""
    return next(engine for engine in engines.all() if isinstance(engine, Jinja2))
