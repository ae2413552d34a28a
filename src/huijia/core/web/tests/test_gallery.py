"""The gallery shows every component, in both languages, and only where the settings say so."""

import re

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.utils import translation

from huijia.core.web import views
from huijia.core.web.pages import backend


@pytest.fixture
def gallery(rf):
    def render():
        request = rf.get("/desk/gallery/")
        request._messages = CookieStorage(request)
        return views.gallery(request).content.decode()

    return render


def test_every_component_has_an_entry(gallery):
    shown = {
        name for names in re.findall(r'data-gallery="([^"]*)"', gallery()) for name in names.split()
    }
    assert set(backend().env.globals["ui"].names()) == shown


@pytest.mark.parametrize(("language", "words"), [("en", "Gallery"), ("zh-hans", "部件库")])
def test_the_gallery_speaks_both_languages(gallery, language, words):
    with translation.override(language):
        page = gallery()
    assert f"<h1>{words}" in page


def test_large_figures_are_said_for_each_reader_from_one_compiled_template(gallery):
    with translation.override("en"):
        assert "4.21M" in gallery()
    with translation.override("zh-hans"):
        assert "421.4万" in gallery()


def test_the_gallery_is_hidden_where_it_is_not_wanted(rf, settings):
    settings.DEBUG = settings.HUIJIA_GALLERY = False
    with pytest.raises(Http404):
        views.gallery(rf.get("/desk/gallery/"))


def test_the_head_of_the_collection_describes_every_component():
    source = backend().env.loader.get_source(backend().env, "web/ui/index.html")[0]
    head = source.split("#}")[0]
    described = set(re.findall(r"\b(\w+)(?:\(| call)", head))
    assert set(backend().env.globals["ui"].names()) <= described
