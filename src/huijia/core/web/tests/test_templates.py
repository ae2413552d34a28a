"""All templates of the project: nothing inline that the content policy would block."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3]
ICONS = PACKAGE.parents[1] / "assets/icons.mjs"
TEMPLATES = sorted(PACKAGE.glob("**/jinja2/**/*.html"))

FORBIDDEN = {
    "a script in the page": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    ),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script for htmx to evaluate": re.compile(r"hx-on|hx-vals=[\"']js:|javascript:", re.IGNORECASE),
    "another host": re.compile(r"(?:src|srcset|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "text declared safe": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_nothing_that_the_policy_blocks(path):
    text = path.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        '<a class="x" onclick="go()">',
        "<STYLE>p{}</STYLE>",
        '<div hx-on:click="go()">',
        '<img src="https://example.org/x.png">',
        "{{ text|safe }}",
    ],
)
def test_the_search_finds_what_it_looks_for(bad):
    assert any(pattern.search(bad) for pattern in FORBIDDEN.values())


def test_there_are_templates_to_search():
    assert len(TEMPLATES) > 10


def test_every_icon_that_a_template_names_is_in_the_sheet():
    listed = set(re.search(r"OUTLINE = `([^`]*)`", ICONS.read_text())[1].split())
    named = set()
    for path in TEMPLATES:
        text = path.read_text()
        named |= set(re.findall(r"\bicon\('([\w-]+)'", text))
        named |= set(re.findall(r"\bicon='([\w-]+)'", text))
    assert named - listed == set()
