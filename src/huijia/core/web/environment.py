"""The Jinja2 environment of all pages: strict, escaped, translated, with components as a global.

Named by the setting `TEMPLATES[…]["OPTIONS"]["environment"]`. A block of a page is rendered
without the top level of its template, so everything a page needs must be a global of the
environment: nothing is imported or set at the top of a page.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from huijia.core.web import filters
from huijia.core.web.listing import query_with

COMPONENTS = "web/ui/index.html"
"""The template that collects the component macros; read its head for their signatures."""
UNCHANGING: Final = {
    **dict.fromkeys(("chip", "icon", "kbd", "mark"), False),
    **dict.fromkeys(("grade", "keyboard_help", "live_region"), True),
}
"""Components made of words and pictures of the product's own, never of a person's values; and
whether they speak themselves, so that each language needs its own."""
PLAIN: Final = frozenset({int, float, dt.date})
"""Types whose text has nothing to escape."""
_to_be_escaped: Final = re.compile("[&<>\"']").search
ANY_NUMBER: Final = 90_706_050_401
"""Stands for a number in an address, to find what stands around it."""
KEPT_EACH: Final = 256
"""How many results of one unchanging component a process keeps; a page asks for some thirty."""
KEPT_WORDS: Final = 4096
"""How many messages of the templates a process keeps, two languages together."""


def written(value: Any) -> Any:
    """A value as it stands in a page: as `escape` writes it.

    A page writes 700 values and only joins what comes out: for the most part they are text in which
    nothing is to be escaped, and need no object around them that says so.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _to_be_escaped(value)):
        return value
    return str(value) if kind in PLAIN else escape(value)


class Writing(CodeGenerator):
    """Compiles templates as Jinja does, but for `written` where it would write `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"environment.written({finalize.src or ''}")


class PageEnvironment(Environment):
    """The environment of all pages."""

    code_generator_class = Writing
    written = staticmethod(written)


def environment(**options: Any) -> Environment:
    """Build the environment from the options that Django's backend passes (loader, autoescape)."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = PageEnvironment(**options)  # Django's backend turns autoescape on
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext, newstyle=True
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    made.globals.update(
        query_with=query_with,
        language_code=get_language,
        _=translated,
        # Not `site`: allauth gives its pages a value of that name.
        house=settings.SITE,
        static=static_address,
        ui=Components(made),
        url=url,
    )
    made.filters.update(filters.ALL)
    return made


def translated(message: str, **variables: Any) -> Markup:
    """What `_` says in the templates, with `%(name)s` filled in and escaped.

    As Jinja's own of the new style, without its three calls through the context.
    """
    text = _said(get_language(), message)
    return text % variables if variables or "%" in text else text


@lru_cache(maxsize=KEPT_WORDS)
def _said(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - our own words


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route: `url("registry:member", member.id)`.

    A list asks for fifty that differ by a number: what stands around it is looked up once.
    """
    if kwargs or len(args) > 1 or (args and type(args[0]) is not int):
        return reverse(name, args=args or None, kwargs=kwargs or None)
    pieces = _pieces_of_address(name, settings.ROOT_URLCONF, len(args))
    return str(args[0]).join(pieces) if args else pieces[0]


@cache
def _pieces_of_address(name: str, urlconf: str, numbers: int) -> list[str]:
    if not numbers:
        return [reverse(name, urlconf)]
    return reverse(name, urlconf, args=[ANY_NUMBER]).split(str(ANY_NUMBER))


@cache
def static_address(path: str) -> str:
    """The address of a file that comes with the product; the storage is asked once a process."""
    return static(path)


def kept(component: Callable[..., Any], *, speaks: bool) -> Callable[..., Any]:
    """A component that is made once for each set of arguments and, if it speaks, each language."""
    if not speaks:
        return lru_cache(maxsize=KEPT_EACH)(component)
    spoken = lru_cache(maxsize=KEPT_EACH)(lambda _language, *args: component(*args))
    return lambda *args: spoken(get_language(), *args)


class Components:
    """The component macros; where templates reload (in development), edits show at once."""

    def __init__(self, made: Environment) -> None:
        self._environment = made

    @property
    def module(self) -> TemplateModule:
        """The macros' module, compiled once by the environment's own cache."""
        return self._environment.get_template(COMPONENTS).module

    def names(self) -> list[str]:
        """Every component there is, for the gallery's completeness test."""
        return sorted(name for name in vars(self.module) if not name.startswith("_"))

    def __getattr__(self, name: str) -> Any:
        component = getattr(self.module, name)
        if not self._environment.auto_reload:
            if name in UNCHANGING:
                component = kept(component, speaks=UNCHANGING[name])
            setattr(self, name, component)
        return component
