"""The desk in a real browser, under its real policy: keys, failures, phones, no script, axe."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import sync_playwright

from huijia.core.web import errors, views

pytestmark = pytest.mark.browser
WEB = Path(__file__).parents[1]
AXE = Path(__file__).parents[5] / "node_modules/axe-core/axe.min.js"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
VIEWS = {
    "gallery": views.gallery,
    "front": views.front,
    "help": views.help_page,
    "privacy": views.privacy,
    "missing": errors.not_found,
}
POLICY = "; ".join(
    f"{name} {' '.join(values)}"
    for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


def rendered(name, language, headers):
    request = RequestFactory().get(f"/{name}/{language}", headers=headers)
    request._messages = CookieStorage(request)
    request.reference = "ABCD2345"
    with translation.override(language):
        return VIEWS[name](request).content


class Site(BaseHTTPRequestHandler):
    """The pages as Django renders them, the bundle as it was built, and a way to fail."""

    mood = "well"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path.startswith("/static/"):
            file = WEB / path.lstrip("/")
            return self.answer(file.read_bytes(), KINDS.get(file.suffix, "text/plain"))
        name, _, language = path.removeprefix("/desk/").strip("/").partition("/")
        page = rendered(name, language or "en", dict(self.headers))
        return self.answer(page, "text/html; charset=utf-8")

    def do_POST(self):
        if type(self).mood == "gone":
            self.close_connection = True
            return self.connection.close()
        if type(self).mood == "slow":
            time.sleep(2)
        status = 500 if type(self).mood == "broken" else 200
        return self.answer(b'<div id="reveal-number">330203199001010000</div>', "text/html", status)

    def answer(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site, monkeypatch):
    contexts = []
    monkeypatch.setattr(Site, "mood", "well")

    def opened(address="gallery/en", *, width=1440, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
        page.on(
            "console",
            lambda line: line.type == "error" and page.complaints.append(line.text),
        )
        page.goto(f"{site}/{address}", wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


def here(page):
    return page.locator("tr.hj-row-here").count() and page.locator("tr.hj-row-here a").inner_text()


def test_the_policy_blocks_nothing_and_charts_are_drawn(open_page):
    page = open_page()
    page.wait_for_selector("#chart-members svg path", state="attached")
    assert page.complaints == []
    assert page.locator("#chart-members details").get_attribute("open") is None


def test_slash_leads_to_the_search_and_escape_back(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("王/jk?")
    assert page.locator("[data-search]").input_value() == "王/jk?"
    assert here(page) == 0
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_j_and_k_move_through_the_rows_and_o_opens(open_page):
    page = open_page()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert here(page) == "陈建国"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert here(page) == "阿依古丽·买买提"
    page.keyboard.press("o")
    assert page.url.endswith("#")


def test_a_presses_the_main_action(open_page):
    page = open_page()
    page.evaluate(
        "document.querySelector('[data-main-action]').addEventListener('click',"
        " () => { document.title = 'pressed' })"
    )
    page.keyboard.press("a")
    assert page.title() == "pressed"


def test_the_question_mark_opens_the_help_and_keys_rest_while_it_is_open(open_page):
    page = open_page()
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.keyboard.press("j")
    assert here(page) == 0
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def ask_to_reveal(page):
    page.locator("#reveal-number summary").click()
    page.locator("#reveal-number textarea").fill("calling the member back")
    page.locator("#reveal-number form button").click()


def test_a_part_is_swapped_and_the_change_is_said(open_page):
    page = open_page()
    ask_to_reveal(page)
    page.wait_for_selector("text=330203199001010000")
    page.wait_for_function("document.querySelector('[data-said]').textContent !== ''")


def test_a_branch_of_the_tree_is_fetched_when_it_is_opened(open_page):
    page = open_page()
    page.get_by_label("Open 江北区总工会").click()
    page.wait_for_selector("text=江北区慈城镇总工会")
    assert page.get_by_text("江北区慈城镇总工会").is_visible()
    assert page.complaints == []


@pytest.mark.parametrize(("mood", "words"), [("broken", "did not work"), ("gone", "no connection")])
def test_a_failure_is_told_and_what_was_typed_stays(open_page, monkeypatch, mood, words):
    page = open_page()
    monkeypatch.setattr(Site, "mood", mood)
    ask_to_reveal(page)
    page.wait_for_selector("[data-trouble]:not([hidden])")
    assert words in page.locator("[data-trouble]").inner_text()
    assert page.locator("#reveal-number textarea").input_value() == "calling the member back"


def test_what_takes_more_than_a_second_says_that_it_works(open_page, monkeypatch):
    page = open_page()
    monkeypatch.setattr(Site, "mood", "slow")
    ask_to_reveal(page)
    page.wait_for_selector("[data-working]:not([hidden])", timeout=1900)
    page.wait_for_selector("[data-working]", state="hidden")


def test_without_script_the_menu_opens_and_the_table_of_a_chart_stands_there(open_page):
    page = open_page(width=390, height=844, java_script_enabled=False)
    page.locator(".hj-bar .hj-menu").last.locator("summary").click()
    assert page.locator(".hj-bar button[name=language]").first.is_visible()
    assert page.locator("#chart-members table").is_visible()


@pytest.mark.parametrize("name", VIEWS)
def test_no_page_is_wider_than_a_phone(open_page, name):
    page = open_page(f"{name}/zh-hans", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 390)])
def test_axe_finds_nothing_serious(open_page, name, language, width):
    page = open_page(f"{name}/{language}", width=width)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    serious = {
        f"{each['id']}: {node['target']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    }
    assert serious == set()
