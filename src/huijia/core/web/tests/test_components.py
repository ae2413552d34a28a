"""Components that never change are made once a language; their words are still the reader's."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from huijia.core.web.environment import UNCHANGING, kept
from huijia.core.web.pages import backend


def test_a_kept_component_speaks_the_language_of_each_reader():
    grade = kept(backend().env.globals["ui"].module.grade)

    with translation.override("zh-hans"):
        chinese = str(grade("red"))
    with translation.override("en"):
        english = str(grade("red"))

    assert ("红" in chinese, "Red" in english) == (True, True)


def test_a_kept_component_is_made_once_for_the_same_words():
    made = []
    component = kept(lambda text: made.append(text) or str(text))

    with translation.override("en"):
        answers = [component(_("Help")), component(_("Help")), component("Help")]

    assert (answers, len(made)) == (["Help"] * 3, 1)


def test_every_unchanging_component_exists():
    assert set(backend().env.globals["ui"].names()) >= UNCHANGING


def test_words_with_values_escape_them_and_may_hold_a_percent_sign():
    page = backend().env.from_string("{{ _('%(name)s: 100%%', name='<b>') }}")

    assert page.render() == "&lt;b&gt;: 100%"
