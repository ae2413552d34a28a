"""The Jinja2 environment of all pages: strict, escaped, translated, with components as a global.

Named by the setting `TEMPLATES[…]["OPTIONS"]["environment"]`. A block of a page is rendered
without the top level of its template, so everything a page needs must be a global of the
environment: nothing is imported or set at the top of a page.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from jinja2.environment import TemplateModule

from huijia.core.web import filters
from huijia.core.web.listing import query_with

COMPONENTS = "web/ui/index.html"
"""The template that collects the component macros; read its head for their signatures."""


def environment(**options: Any) -> Environment:
    """Build the environment from the options that Django's backend passes (loader, autoescape)."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = Environment(**options)  # noqa: S701  # Django's backend turns autoescape on
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext, newstyle=True
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    made.globals.update(
        icon_sheet=icon_sheet,
        query_with=query_with,
        language_code=get_language,
        # Not `site`: allauth gives its pages a value of that name.
        house=settings.SITE,
        static=static,
        ui=Components(made),
        url=url,
    )
    made.filters.update(filters.ALL)
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route: `url("registry:member", member.id)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def icon_sheet() -> str:
    """The address of the sheet of icons that the bundle carries; asked for once a process.

    A list page asks a hundred times, and the storage takes 15 µs to answer.
    """
    return static("bundle/icons.svg")


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
            setattr(self, name, component)
        return component
