"""Components that never change are made once a language; their words are still the reader's."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from huijia.core.web.environment import UNCHANGING, kept, url
from huijia.core.web.pages import backend


def test_a_kept_component_speaks_the_language_of_each_reader():
    grade = kept(backend().env.globals["ui"].module.grade, speaks=True)

    with translation.override("zh-hans"):
        chinese = str(grade("red"))
    with translation.override("en"):
        english = str(grade("red"))

    assert ("红" in chinese, "Red" in english) == (True, True)


def test_a_kept_component_is_made_once_for_the_same_words():
    made = []
    component = kept(lambda text: made.append(text) or str(text), speaks=False)

    with translation.override("en"):
        answers = [component(_("Help")), component(_("Help"))]

    assert (answers, len(made)) == (["Help"] * 2, 1)


def test_every_unchanging_component_exists():
    assert set(backend().env.globals["ui"].names()) >= UNCHANGING.keys()


def test_words_with_values_escape_them_and_may_hold_a_percent_sign():
    page = backend().env.from_string("{{ _('%(name)s: 100%%', name='<b>') }}")

    assert page.render() == "&lt;b&gt;: 100%"


@pytest.mark.parametrize(
    ("route", "args"),
    [
        ("help", ()),
        ("registry:member", (7,)),
        ("registry:reveal_phone", (7,)),
        ("registry:member", ("7",)),
    ],
)
def test_addresses_of_templates_are_those_of_the_routes(route, args):
    assert url(route, *args) == reverse(route, args=args)
