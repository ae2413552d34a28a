"""How figures, days and secrets are written."""

import datetime as dt

import pytest
from django.utils import translation

from huijia.core.web import filters

SUNDAY = dt.date(2026, 11, 22)
EVENING = dt.datetime(2026, 11, 22, 16, 30, tzinfo=dt.UTC)
"""Half past midnight of the 23rd in China."""


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("zh-hans", 9_999, '<data value="9999">9,999</data>'),
        ("zh-hans", 42_139, '<data value="42139" title="42,139">4.2万</data>'),
        ("zh-hans", 420_000_000, '<data value="420000000" title="420,000,000">4.20亿</data>'),
        ("en", 42_139, '<data value="42139" title="42,139">42.1K</data>'),
        ("en", 4_213_907, '<data value="4213907" title="4,213,907">4.21M</data>'),
        ("en", None, "—"),
    ],
)
def test_a_large_figure_is_said_short_and_kept_whole(language, value, text):
    with translation.override(language):
        assert filters.compact(value) == text


@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "11月22日（周日）"), ("en", "Sun 22 Nov")]
)
def test_a_day_is_said_with_its_weekday(language, text):
    with translation.override(language):
        assert filters.day(SUNDAY) == text


def test_moments_are_told_in_the_time_of_the_place():
    assert filters.moment(EVENING) == "2026-11-23 00:30"
    assert filters.date(EVENING) == "2026-11-23"
    assert filters.time(EVENING) == "00:30"
    assert filters.date(SUNDAY) == "2026-11-22"


@pytest.mark.parametrize(
    ("value", "text"),
    [("13800138000", "138******00"), ("123", "***"), ("", "—"), (None, "—"), ("12345", "*****")],
)
def test_a_mask_never_shows_a_short_secret(value, text):
    assert filters.masked(value) == text


def test_paragraphs_keep_breaks_and_escape_what_people_type():
    text = filters.paragraphs("one\r\ntwo\n\n\n\n<b>three</b>")
    assert text == "<p>one<br>two</p><p>&lt;b&gt;three&lt;/b&gt;</p>"
    assert filters.paragraphs(None) == ""


def test_what_is_unknown_is_a_dash():
    for name in ("number", "percent", "date", "day", "time", "moment"):
        assert getattr(filters, name)(None) == "—"
