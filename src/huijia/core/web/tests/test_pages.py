"""A request gets the page, or the block of it that htmx asked for."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from huijia.core.web import pages

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def asking(rf):
    def ask(**headers):
        request = rf.get("/sample/", headers=headers)
        request._messages = CookieStorage(request)
        request.reference = "ABCD2345"
        return request

    return ask


@pytest.fixture(autouse=True)
def sample_page(tmp_path, monkeypatch):
    (tmp_path / "sample.html").write_text(
        "{% extends 'web/desk.html' %}{% block title %}Sample{% endblock %}"
        "{% block content %}<h1>Whole</h1>"
        "{% block rows %}<p>{{ request.path }}|{{ csrf_token|length }}|{{ language }}|"
        "{{ ui.chip('good', word) }}</p>{% endblock %}{% endblock %}"
    )
    loader = pages.backend().env.loader
    monkeypatch.setattr(loader, "searchpath", [*loader.searchpath, str(tmp_path)])


def answer(request, **options):
    return pages.render(request, "sample.html", {"word": "in force"}, **options)


def test_a_plain_request_gets_the_whole_page(asking):
    response = answer(asking(), block="rows")
    assert response.content.startswith(b"<!doctype html>")
    assert b"<h1>Whole</h1>" in response.content


def test_htmx_gets_the_block_alone_with_the_request_and_the_components(asking):
    with translation.override("zh-hans"):
        response = answer(asking(**FRAGMENT), block="rows")
    text = response.content.decode()
    assert text.startswith("<p>/sample/|64|zh-hans|")
    assert "hj-chip-good" in text
    assert "Whole" not in text


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_links_and_a_lost_history_get_the_whole_page(asking, header):
    response = answer(asking(**FRAGMENT, **{header: "true"}), block="rows")
    assert b"<h1>Whole</h1>" in response.content


def test_a_page_with_a_block_varies_by_who_asks(asking):
    for request in (asking(), asking(**FRAGMENT)):
        varies = answer(request, block="rows")["Vary"].split(", ")
        assert set(varies) >= {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"}


def test_a_page_without_a_block_does_not_vary_by_htmx(asking):
    response = answer(asking(**FRAGMENT))
    assert b"<h1>Whole</h1>" in response.content
    assert "HX-Request" not in response.get("Vary", "")


def test_the_status_is_kept(asking):
    assert answer(asking(), status=422).status_code == 422


def test_the_title_names_the_page_and_the_site(asking):
    assert "<title>Sample · 会家</title>" in answer(asking()).content.decode()


@pytest.mark.parametrize("layout", ["desk", "plain", "worker"])
def test_each_layout_has_a_title_a_skip_link_and_one_main_landmark(asking, tmp_path, layout):
    (tmp_path / "other.html").write_text(
        f"{{% extends 'web/{layout}.html' %}}{{% block title %}}Other{{% endblock %}}"
        "{% block content %}<h1>Other</h1>{% endblock %}"
    )
    text = pages.render(asking(), "other.html").content.decode()
    assert "<title>Other · 会家</title>" in text
    assert text.count("<main ") == 1
    assert 'href="#main"' in text
    assert 'id="main"' in text


def test_an_undefined_name_is_a_mistake_and_not_an_empty_place(asking):
    with pytest.raises(Exception, match="'word' is undefined"):
        pages.render(asking(**FRAGMENT), "sample.html", {}, block="rows")


@pytest.mark.parametrize(
    "value",
    [
        *(
            "word",
            "<script>alert('x')</script>",
            'a "quote"',
            "Tom & Jerry",
            "it's",
            "1 > 0 < 2",
            "",
        ),
        *(Markup("<b>bold & </b>"), 7, -1, 0.5, Decimal("1.50"), True, None, dt.date(2026, 11, 22)),
        *(["<i>"], SimpleLazyObject(lambda: "<i>lazy</i>"), gettext_lazy("Help")),
    ],
)
def test_every_value_is_written_as_escape_writes_it(value):
    template = pages.backend().env.from_string("{{ value }}|{% if value %}{{ [value] }}{% endif %}")

    shown = template.render(value=value)

    assert shown == f"{escape(value)}|{escape([value]) if value else ''}"
