"""Every message has its Chinese; nothing is fuzzy; nothing is left out."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "huijia"
CATALOGUES = sorted(PACKAGE.rglob("locale/zh_Hans/LC_MESSAGES/django.po"))
MARKED = re.compile(
    r"""(?<![\w.])_\(\s*\n?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*[,)%]"""
)


def catalogue(path):
    with path.open("rb") as stream:
        return read_po(stream, locale="zh_Hans")


def words():
    return {
        message.id if isinstance(message.id, str) else message.id[0]
        for path in CATALOGUES
        for message in catalogue(path)
        if message.id
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_catalogue_is_complete_and_certain(path):
    unfinished = [
        message.id
        for message in catalogue(path)
        if message.id and (message.fuzzy or not (message.string and all(message.string)))
    ]

    assert unfinished == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_placeholders_survive_translation(path):
    def places(text):
        return sorted(re.findall(r"%\((\w+)\)[sd]", text))

    for message in catalogue(path):
        if isinstance(message.id, str) and message.id:
            assert places(message.id) == places(message.string), message.id


def test_every_marked_message_is_in_a_catalogue():
    known = words()
    missing = {
        found
        for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("jinja2/**/*.html")]
        if "tests" not in path.parts
        for match in MARKED.finditer(path.read_text())
        if (
            found := (match[1] or match[2] or "")
            .replace('\\"', '"')
            .replace("\\'", "'")
            .replace("\\n", "\n")
        )
        if found not in known
    }

    assert missing == set()
