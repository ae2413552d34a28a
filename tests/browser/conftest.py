"""A real city behind a real server, and a real Chromium in front of it.

The site is what an operator starts: `huijia demo` prepares it in a database and a home of its own,
`huijia serve` and `huijia worker` run it. Each role signs in once and keeps its state.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from huijia.config.settings.database import URLS, parsed
from huijia.core.access.second_factor import code_at
from huijia.core.kernel import clock
from tests.support.database import create, database_name, drop

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path("node_modules/axe-core/axe.min.js")


@dataclass
class Site:
    """The running site: its address, its processes, and states of those signed in."""

    address: str
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    states: dict[str, dict] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        """Start `huijia <name>`."""
        log = Path(self.environment["HUIJIA_HOME"]) / f"{name}.log"
        with log.open("ab") as stream:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "huijia.config.cli", name, *arguments],
                env=self.environment,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self) -> None:
        """Until pages can be served."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("The site did not become ready.")

    def stop(self) -> None:
        """End all processes."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(20)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def addresses_of(database: str) -> dict[str, str]:
    """The three roles' addresses of another database on the tests' server."""
    variables = {
        "DATABASE_URL": "web",
        "DATABASE_WORKER_URL": "worker",
        "DATABASE_OWNER_URL": "owner",
    }
    return {
        variable: URLS[role].replace(f"/{parsed(URLS[role])['dbname']}", f"/{database}", 1)
        if "?host" in URLS[role]
        else URLS[role].rpartition("/")[0] + f"/{database}"
        for variable, role in variables.items()
    }


@pytest.fixture(scope="session")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small demonstration city, served."""
    database = f"{database_name()}_browser"
    home = tmp_path_factory.mktemp("site")
    create(database, keep=False)
    environment = {
        **os.environ,
        **addresses_of(database),
        "HUIJIA_HOME": str(home),
        "HUIJIA_EMBEDDED": "0",
        "HUIJIA_DEMONSTRATION": "1",
        "DJANGO_SETTINGS_MODULE": "huijia.config.settings",
        "HUIJIA_ROLE": "web",
    }
    port = free_port()
    made = Site(f"http://127.0.0.1:{port}", environment)
    subprocess.run(
        [
            *(sys.executable, "-m", "huijia.config.cli", "demo", "--no-serve"),
            *("--unions", "60", "--members", "1500"),
        ],
        env=environment,
        check=True,
        capture_output=True,
    )
    made.start("serve", "--port", str(port), "--workers", "1")
    made.start("worker")
    made.wait_until_ready()
    yield made
    made.stop()
    drop(database)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that HUIJIA_CHROMIUM names."""
    program = os.environ.get("HUIJIA_CHROMIUM") or shutil.which("chromium")
    assert program, "The browser tests need Chromium: sudo apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def sign_in(site: Site, browser: Browser) -> Iterator:
    """`sign_in("town")` gives a page of the town officer's browser, the second factor shown;
    `sign_in("")` one of nobody's.
    """
    opened: list[BrowserContext] = []

    def signed_in(
        username: str, *, size: dict = DESK, language: str = "zh-CN", script=True
    ) -> Page:
        if username and username not in site.states:
            site.states[username] = by_hand(site, browser, username)
        context = browser.new_context(
            viewport=size,
            locale=language,
            storage_state=site.states[username] if username else None,
            base_url=site.address,
            java_script_enabled=script,
        )
        opened.append(context)
        page = context.new_page()
        page.on("request", only_from(site))
        return page

    yield signed_in
    for context in opened:
        context.close()


def only_from(site: Site):
    """A page asks no other host for anything."""

    def check(request) -> None:
        assert request.url.startswith((site.address, "data:", "blob:")), request.url

    return check


def by_hand(site: Site, browser: Browser, username: str) -> dict:
    """Sign in as a person does: name and password, then the code."""
    from huijia.config.demonstration import PASSWORD, secret_of

    context = browser.new_context(viewport=DESK, locale="zh-CN", base_url=site.address)
    page = context.new_page()
    page.goto("/desk/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=code]")
    page.fill("input[name=code]", code_at(secret_of(username), clock.now()))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/desk/**")
    state = context.storage_state()
    context.close()
    return state


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
