"""An officer's day at the desk, in a real browser: look, walk, import, reveal; and the auditor's."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, resolve

from huijia.config.demonstration import PASSWORD
from huijia.registry.tests import sheets
from tests.architecture.permit_matrix import TABLE
from tests.browser.conftest import DESK, PHONE, serious_violations

pytestmark = pytest.mark.browser
EVERY_PAGE = [
    "/desk/", "/desk/unions/", "/desk/members/", "/desk/imports/", "/desk/imports/new/",
    "/desk/search/?q=王", "/desk/search/?q=无人", "/desk/members/new/?q=有限", "/desk/gallery/",
    "/desk/members/?name=无人&from=abc", "/desk/nowhere/", "/account/", "/account/password/",
    "/account/recovery-codes/", "/account/confirm/", "/account/confirm/code/", "/sign-out/",
    "/help/", "/privacy/", "/",
]  # fmt: skip
OF_A_UNION = [
    "", "facts/", "employers/", "history/", "edit/", "found/", "admit/", "officers/new/",
    "employers/new/", "groups/new/", "children/",
]  # fmt: skip
OF_A_MEMBER = ["", "edit/", "state/"]
DETAIL = re.compile(r"/desk/(officers|groups|coverage|employers)/\d+/")
NO_PAGES = {"healthz", "readyz", "metrics", "set_language", "registry:import_layout"}


def members(page):
    """The exact number of members on the home of whoever is signed in."""
    page.goto("/desk/")
    tiles = page.locator("main").inner_text()
    return int(re.search(r"\n会员\s+([\d,]+)", tiles)[1].replace(",", ""))


def write_sheet(folder, code):
    """Three people to take in, and three rows that must not be."""
    good = sheets.numbers(3, seed=77)
    wrong_check = good[0][:17] + ("0" if good[0][17] != "0" else "1")
    rows = [
        ["测一", good[0], code, "13900000101", "2026-03-01", "汉族", ""],
        ["测二", good[1], code, "13900000102", "2026/3/2", "汉族", "网约送餐员"],
        ["测三", good[2], code, "13900000103", "20260303", "汉", "否"],
        ["测四", wrong_check, code, "13900000104", "2026-03-04", "汉族", ""],
        ["测五", sheets.number(born="20150101"), code, "13900000105", "2026-03-05", "汉族", ""],
        ["测六", good[0], code, "13900000106", "2026-03-06", "汉族", ""],
    ]
    file = folder / "members.csv"
    file.write_bytes(sheets.as_csv([sheets.HEADINGS, *rows], encoding="gb18030"))
    return file


def test_an_officer_walks_from_the_city_to_an_enterprise(sign_in):
    page = sign_in("city")
    page.goto("/desk/unions/")

    steps = 0
    while (closed := page.locator(".hj-tree-branch:not([open]) > summary")).count() and steps < 3:
        closed.last.click()
        page.wait_for_load_state("networkidle")
        steps += 1
    page.locator("main a[href^='/desk/unions/']").last.click()
    page.wait_for_load_state()

    assert re.search(r"/desk/unions/\d+/", page.url)
    assert "工会" in page.locator("h1").inner_text()
    assert steps >= 2


def test_a_sheet_with_errors_is_judged_row_by_row_confirmed_and_counted(sign_in, tmp_path):
    page = sign_in("town")
    before = members(page)
    page.goto("/desk/imports/new/")
    code = page.input_value("input[name=union]")
    page.set_input_files("input[type=file]", write_sheet(tmp_path, code_of_enterprise(sign_in)))
    assert code

    page.get_by_role("button", name="校验表格").click()
    page.wait_for_selector("text=确认", timeout=60_000)

    told = page.locator("main").inner_text()
    assert "测四" in told
    assert "测五" in told
    assert "测六" in told
    assert members_unmoved(sign_in, before)
    assert serious_violations(page) == []
    page.get_by_role("button", name=re.compile("确认")).click()
    page.wait_for_selector("text=表格已导入", timeout=60_000)
    assert members(page) == before + 3


def code_of_enterprise(sign_in):
    """The code of the enterprise officer's own union, as its import page proposes it."""
    page = sign_in("enterprise")
    page.goto("/desk/imports/new/")
    return page.input_value("input[name=union]")


def members_unmoved(sign_in, before):
    return members(sign_in("town")) == before


def test_a_sealed_number_is_shown_after_a_reason_and_the_auditor_sees_the_look(sign_in):
    page = sign_in("town")
    page.goto("/desk/members/")
    page.locator("tbody a").first.click()
    page.wait_for_load_state()
    assert re.search(r"\d{3}\*{6,}", page.locator("main").inner_text())

    page.locator(".hj-reveal summary").first.click()
    page.locator(".hj-reveal textarea").first.fill("核对入会材料")
    page.locator(".hj-reveal form button").first.click()
    page.wait_for_selector("text=/\\d{17}[\\dX]/")

    assert serious_violations(page) == []
    auditor = sign_in("auditor")
    auditor.goto("/desk/audit/")
    told = auditor.locator("main").inner_text()
    assert "核对入会材料" in told
    assert "镇总工会 演示" in told
    assert serious_violations(auditor) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_a_serious_violation_or_scrolls_sideways(sign_in, site, size, language):
    page = sign_in("city", size=size)
    page.context.add_cookies([{"name": "language", "value": language, "url": site.address}])
    page.goto("/desk/members/")
    member = page.locator("tbody a").first.get_attribute("href")
    page.goto(member)
    union = page.locator(".hj-plain-list a[href^='/desk/unions/']").first.get_attribute("href")
    pages = [
        *EVERY_PAGE,
        union.replace("unions", "figures"),
        *(f"{union}{each}" for each in OF_A_UNION),
        *(f"{member}{each}" for each in OF_A_MEMBER),
    ]

    found = {}
    for address in pages:
        page.goto(address)
        if faults := faults_of(page):
            found[address] = faults

    assert found == {}


def test_the_pages_of_details_of_auditors_and_of_nobody_have_no_serious_violation(sign_in, site):
    page, visitor = sign_in("enterprise"), sign_in("", language="zh-CN")
    visits = [(page, "/account/second-factor/"), *((page, each) for each in details(page))]
    visits += [(sign_in("auditor"), "/desk/audit/"), (visitor, "/"), (visitor, "/sign-in/")]

    found, seen = {}, set()
    for reader, address in visits:
        reader.goto(address)
        seen.add(resolve(urlsplit(reader.url).path).view_name)
        if faults := faults_of(reader):
            found[address] = faults
    visitor.fill("input[name=login]", "town")
    visitor.fill("input[name=password]", PASSWORD)
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector("input[name=code]")
    seen.add(resolve(urlsplit(visitor.url).path).view_name)

    assert faults_of(visitor) == []
    assert found == {}
    assert pages_of_the_site() - seen - seen_on_every_walk() == set()


def details(page):
    """The addresses of single things that the union of the reader's leads to."""
    page.goto("/desk/members/")
    member = page.locator("tbody a").first.get_attribute("href")
    page.goto(member)
    union = page.locator(".hj-plain-list a[href^='/desk/unions/']").first.get_attribute("href")
    hrefs = []
    for address in (union, f"{union}employers/"):
        page.goto(address)
        links = page.locator("main a").evaluate_all("all => all.map(each => each.pathname)")
        hrefs += [link for link in links if DETAIL.fullmatch(link)]
    firsts = {DETAIL.fullmatch(link)[1]: link for link in reversed(hrefs)}
    return list(firsts.values())


def pages_of_the_site():
    """Every address that shows a page when it is gone to, by name."""
    resolver = get_resolver()
    routes = [
        ":".join([*spaces, route.name]) for spaces, route in named_routes(resolver.url_patterns)
    ]
    return {name for name in routes if shows_a_page(name)}


def named_routes(patterns, spaces=()):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            within = (*spaces, each.namespace) if each.namespace else spaces
            yield from named_routes(each.url_patterns, within)
        else:
            yield spaces, each


def shows_a_page(name):
    """Neither for machines, nor a download, nor only to be sent to."""
    answered = TABLE[name].get
    return name not in NO_PAGES and any(status in (200, "page") for status in answered)


def seen_on_every_walk():
    """What the walk over every page goes to, and what it meets with an import."""
    walked = [
        *(urlsplit(each).path for each in EVERY_PAGE if "nowhere" not in each),
        *(f"/desk/unions/1/{each}" for each in OF_A_UNION),
        *(f"/desk/members/1/{each}" for each in OF_A_MEMBER),
        *("/desk/figures/1/", "/desk/imports/1/"),
    ]
    return {resolve(each).view_name for each in walked}


def faults_of(page):
    """What is seriously wrong with the page for somebody, and how far it scrolls sideways."""
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*serious_violations(page), *([f"{overflow} px too wide"] if overflow > 0 else [])]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_refused_form_keeps_what_was_typed_and_can_be_read_by_everybody(sign_in, size):
    page = sign_in("enterprise", size=size)
    page.goto("/desk/members/new/")
    page.fill("[name=name]", "王芳1")
    page.fill("[name=number]", "33020319900101000A")
    page.fill("[name=phone]", "12345")

    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("[data-error-summary]")

    assert page.input_value("[name=name]") == "王芳1"
    assert page.input_value("[name=number]") == "33020319900101000A"
    assert "手机号码应为" in page.locator(".hj-field-bad", has_text="手机号码").inner_text()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert faults_of(page) == []


def test_a_form_sent_after_the_session_ended_is_not_lost(sign_in):
    page = sign_in("enterprise")
    page.goto("/desk/unions/")
    union = page.locator("main a.hj-tree-link").first.get_attribute("href")
    page.goto(f"{union}groups/new/")
    page.fill("[name=name]", "夜班小组")
    signed_in = page.context.cookies()
    page.context.clear_cookies(name="session")

    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("text=您已退出登录")
    assert faults_of(page) == []
    page.context.add_cookies(signed_in)
    page.context.clear_cookies(name="csrf")
    page.get_by_role("button", name="再提交一次").click()
    page.wait_for_selector("text=页面打开太久")
    page.get_by_role("button", name="再提交一次").click()
    page.wait_for_url(f"**{union}")

    assert "夜班小组" in page.locator("main").inner_text()


def test_a_look_is_asked_for_in_place_on_a_phone_and_a_refused_reason_stays(sign_in):
    page = sign_in("town", size=PHONE)
    page.goto("/desk/members/")
    page.locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/desk/members/\d+/"))
    page.locator(".hj-reveal summary").first.click()
    assert faults_of(page) == []
    page.locator(".hj-reveal textarea").first.fill("核对 330203199001010007")

    page.locator(".hj-reveal form button").first.click()
    page.wait_for_selector(".hj-reveal .hj-error")

    assert page.locator(".hj-reveal textarea").first.input_value() == "核对 330203199001010007"
    assert faults_of(page) == []


def test_the_desk_works_by_keyboard(sign_in):
    page = sign_in("city")
    page.goto("/desk/members/")

    page.keyboard.press("/")
    page.keyboard.type("王")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search/**")
    page.goto("/desk/members/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/desk/members/\d+/"))

    assert page.locator("h1").count() == 1


def test_the_desk_works_without_script(sign_in):
    page = sign_in("city", script=False)
    page.goto("/desk/unions/")

    page.locator(".hj-tree-branch:not([open]) > summary").first.click()
    page.locator(".hj-tree-fallback:visible").first.click()
    page.wait_for_url("**/children/")

    assert page.locator("main a[href^='/desk/unions/']").count() > 1
