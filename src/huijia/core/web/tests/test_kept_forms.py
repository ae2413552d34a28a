"""A form that comes too late is handed back with what was typed, to our own pages only."""

import pytest
from django.utils import translation

from huijia.core.web import errors, kept

OURS = {"Sec-Fetch-Site": "same-origin"}


def sent(rf, path="/desk/members/7/edit/", headers=OURS, **how):
    return rf.post(path, how.pop("data", "name=%E7%8E%8B&hobby=a&hobby=b&csrfmiddlewaretoken=old"),
                   content_type=how.pop("content_type", "application/x-www-form-urlencoded"),
                   headers=headers)  # fmt: skip


def test_a_form_with_an_old_token_comes_back_with_all_that_was_typed(rf):
    with translation.override("en"):
        answer = errors.csrf_failure(sent(rf))

    told = answer.content.decode()
    assert answer.status_code == 403
    assert "what you typed is still here" in told
    assert 'name="name" value="王"' in told
    assert told.count('name="hobby"') == 2
    assert 'value="old"' not in told
    assert 'action="/desk/members/7/edit/"' in told
    assert answer["Cache-Control"] == "no-store"


def test_what_was_typed_cannot_become_part_of_the_page(rf):
    told = errors.csrf_failure(sent(rf, data="name=%22%3E%3Cscript%3E")).content.decode()

    assert "<script>" not in told
    assert "&gt;&lt;script&gt;" in told


@pytest.mark.parametrize(
    "how",
    [
        {"headers": {"Sec-Fetch-Site": "cross-site"}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
        {"headers": {}},
        {"headers": {**OURS, "HX-Request": "true"}},
        {"path": "/account/password/"},
        {"path": "/sign-in/"},
        {"content_type": "multipart/form-data; boundary=x"},
    ],
    ids=str,
)
def test_nothing_is_handed_back_elsewhere(rf, how):
    assert not kept.may_be_handed_back(sent(rf, **how))


def test_whoever_has_been_signed_out_is_led_to_the_sign_in_beside_the_form(rf):
    with translation.override("en"):
        answer = kept.page(sent(rf), status=401, sign_in="/sign-in/")

    told = answer.content.decode()
    assert answer.status_code == 401
    assert "You have been signed out" in told
    assert 'href="/sign-in/" target="_blank" rel="noopener"' in told
    assert 'name="name" value="王"' in told
