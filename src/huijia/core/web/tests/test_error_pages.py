"""Error pages: our words, both languages, a reference, nothing of the system, nothing to stand on.

None of these tests may touch the database: pytest-django refuses it where no test asks for it.
"""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.utils import translation

from huijia.core.kernel.errors import Refused
from huijia.core.kernel.verdict import refused
from huijia.core.web import errors
from huijia.core.web.middleware import answers

PAGES = [
    (errors.bad_request, 400, {"en": "We could not read", "zh-hans": "无法识别"}),
    (errors.forbidden, 403, {"en": "You may not do this", "zh-hans": "没有权限"}),
    (errors.csrf_failure, 403, {"en": "no longer valid", "zh-hans": "表单已失效"}),
    (errors.not_found, 404, {"en": "no such page", "zh-hans": "没有找到"}),
    (errors.too_large, 413, {"en": "too large", "zh-hans": "文件太大"}),
    (errors.too_many, 429, {"en": "Too many tries", "zh-hans": "尝试次数过多"}),
    (errors.server_error, 500, {"en": "Something went wrong", "zh-hans": "系统出错了"}),
]


@pytest.fixture
def request_with_reference(rf):
    request = rf.post("/desk/unions/7/", {"name": "王"})
    request.reference = "ABCD2345"
    return request


@pytest.mark.parametrize(("view", "status", "words"), PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_error_has_a_page(request_with_reference, view, status, words, language):
    with translation.override(language):
        response = view(request_with_reference)
    text = response.content.decode()
    assert response.status_code == status
    assert words[language] in text
    assert "ABCD2345" in text


def test_a_secret_of_the_fault_is_not_told(request_with_reference):
    fault = ValueError("330203199001010000 in column id_number")
    for view in (errors.bad_request, errors.not_found, errors.forbidden):
        assert "330203" not in view(request_with_reference, fault).content.decode()


def test_a_refusal_tells_its_reason_and_never_its_code(request_with_reference):
    fault = Refused(refused("not-permitted", permit="registry:member:edit"))
    text = errors.forbidden(request_with_reference, fault).content.decode()
    assert "not-permitted" not in text
    assert "registry:member" not in text


def test_too_many_tries_tells_when_to_come_back(request_with_reference):
    with translation.override("en"):
        response = errors.too_many(request_with_reference, retry_after=130)
    assert response["Retry-After"] == "130"
    assert "wait 3 min" in response.content.decode()


def test_a_form_over_the_limit_is_told_so(request_with_reference):
    response = errors.bad_request(request_with_reference, RequestDataTooBig())
    assert response.status_code == 413


def test_a_request_without_reference_or_language_still_gets_its_page(rf):
    with translation.override(None):
        assert errors.server_error(rf.get("/")).status_code == 500


def test_an_address_that_nothing_can_read_is_no_fault_of_ours(rf):
    reached = []
    response = answers(reached.append)(rf.get("/desk/members/?name=%00"))

    assert response.status_code == 400
    assert reached == []


def test_one_sentence_is_left_when_the_page_itself_fails(request_with_reference, monkeypatch):
    def broken():
        raise RuntimeError("templates are gone")

    monkeypatch.setattr(errors, "backend", broken)
    response = errors.server_error(request_with_reference)
    assert response.status_code == 500
    assert "请稍后再试" in response.content.decode()
    assert "templates are gone" not in response.content.decode()
