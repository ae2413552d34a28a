"""How values are written on screen: figures, dates, masks, paragraphs; in the reader's language."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
THOUSAND = 1_000
MILLION = 1_000_000


def number(value: float | None) -> str:
    """A figure to the unit, with separators: `4,213,907`; nothing known is a dash."""
    return "—" if value is None else f"{value:,}"


def compact(value: float | None) -> Markup:
    """A large figure as people say it (421.4万, 4.2M), the exact one in its title."""
    if value is None:
        return Markup("—")
    spoken = _in_chinese(value) if _is_chinese() else _in_english(value)
    if spoken is None:
        return Markup('<data value="{}">{}</data>').format(value, number(value))
    return Markup('<data value="{}" title="{}">{}</data>').format(value, number(value), spoken)


def _in_chinese(value: float) -> str | None:
    if abs(value) >= HUNDRED_MILLION:
        return f"{value / HUNDRED_MILLION:,.2f}亿"
    if abs(value) >= TEN_THOUSAND:
        return f"{value / TEN_THOUSAND:,.1f}万"
    return None


def _in_english(value: float) -> str | None:
    if abs(value) >= MILLION:
        return f"{value / MILLION:,.2f}M"
    if abs(value) >= TEN_THOUSAND:
        return f"{value / THOUSAND:,.1f}K"
    return None


def percent(value: float | None, digits: int = 1) -> str:
    """A share between 0 and 1 as per cent: `0.8713` is `87.1%`."""
    return "—" if value is None else f"{value:.{digits}%}"


def date(value: dt.date | None) -> str:
    """`2026-11-22`, the form of tables and sheets."""
    return "—" if value is None else _local(value).strftime("%Y-%m-%d")


def day(value: dt.date | None) -> str:
    """`11月22日（周日）` or `Sun 22 Nov`: the form of sentences to people."""
    if value is None:
        return "—"
    local = _local(value)
    weekday = _weekdays()[local.weekday()]
    if _is_chinese():
        return f"{local.month}月{local.day}日（{weekday}）"
    return f"{weekday} {local.day} {_months()[local.month - 1]}"


def time(value: dt.datetime | dt.time | None) -> str:
    """`17:00` in local time."""
    if value is None:
        return "—"
    local = value if isinstance(value, dt.time) else _local(value)
    return local.strftime("%H:%M")


def moment(value: dt.datetime | None) -> str:
    """`2026-11-22 17:00` in local time."""
    return "—" if value is None else _local(value).strftime("%Y-%m-%d %H:%M")


def masked(value: str | None, head: int = 3, tail: int = 2) -> str:
    """The ends of a sensitive text, the middle as stars; a short text shows nothing at all."""
    if not value:
        return "—"
    hidden = len(value) - head - tail
    if hidden <= 0:
        return "*" * len(value)
    return value[:head] + "*" * hidden + value[len(value) - tail :]


def paragraphs(value: str | None) -> Markup:
    """Plain text of a person as paragraphs; an empty line parts them, a single break stays."""
    parts = [part for part in (value or "").replace("\r\n", "\n").split("\n\n") if part.strip()]
    lines = (Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def _local(value: Any) -> Any:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _weekdays() -> tuple[str, ...]:
    return (
        gettext("Mon"),
        gettext("Tue"),
        gettext("Wed"),
        gettext("Thu"),
        gettext("Fri"),
        gettext("Sat"),
        gettext("Sun"),
    )


def _months() -> tuple[str, ...]:
    return ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_readers_language(written: Callable[[Any], Any]) -> Callable[..., Any]:
    """A filter that Jinja must not work out when it compiles a template, but for each reader."""

    @pass_context
    def filtered(_: Context, value: Any) -> Any:
        return written(value)

    return filtered


ALL: dict[str, Callable[..., Any]] = {
    "compact": in_readers_language(compact),
    "date": date,
    "day": in_readers_language(day),
    "masked": masked,
    "moment": moment,
    "number": number,
    "paragraphs": paragraphs,
    "percent": percent,
    "time": time,
}
"""Filters by the name that templates use."""
