"""What anybody may read: the front page, help, the privacy notice; and the way of language."""

import pytest

PAGES = [("/", "会家，职工的家"), ("/help/", "帮助"), ("/privacy/", "个人信息保护法")]


@pytest.mark.parametrize(("address", "words"), PAGES)
def test_a_public_page_speaks_chinese_at_first(client, db, address, words):
    response = client.get(address)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert '<html lang="zh-Hans">' in response.content.decode()


def test_a_reader_switches_to_english_and_comes_back_to_the_page(client, db):
    response = client.post("/language/", {"language": "en", "next": "/privacy/"})
    assert response["Location"] == "/privacy/"
    assert "Privacy notice" in client.get("/privacy/").content.decode()


def test_the_switch_leads_to_no_other_host(client, db):
    response = client.post("/language/", {"language": "en", "next": "https://example.org/"})
    assert "example.org" not in response["Location"]


def test_filing_numbers_stand_in_the_foot(client, db, settings):
    settings.SITE.update(icp="浙ICP备00000000号", police_record="浙公网安备00000000000000号")
    try:
        text = client.get("/").content.decode()
    finally:
        settings.SITE.update(icp="", police_record="")
    assert "浙ICP备00000000号" in text
    assert "浙公网安备00000000000000号" in text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, db, method):
    assert getattr(client, method)("/help/").status_code == 405
