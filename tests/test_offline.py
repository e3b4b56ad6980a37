"""Without a connection, in a real browser: what was visited opens, and nothing newer is hidden."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .browsing import hosted
from .sites import run, workspace, write_digest

pytestmark = pytest.mark.browser

DAY = "broadsheet/days/2025-03-12/"
PAPER = "broadsheet/papers/graph-attention/"
COPIES = "(await (await caches.open('/broadsheet/v1.copies-pages')).keys()).length"


@pytest.fixture(scope="module")
def offline_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the setting on."""
    folder = tmp_path_factory.mktemp("offline")
    write_digest(folder / "digests", "2025-03-12.txt", ("Graph Attention", "It is."), ("B", "Is."))
    repository = workspace(folder / "repository", folder / "digests")
    config = repository / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  broadsheet:\n", "  broadsheet:\n    offline: true\n"))
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return repository / "site"


@pytest.fixture
def site(offline_site: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(offline_site, tmp_path / "site"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def wait_until(page: Page, condition: str) -> None:
    """Ask again and again; Playwright's own waiting takes any promise for true."""
    # For two minutes: a worker fetches all it needs before it takes a page, on a busy machine too.
    pause = "await new Promise(go => setTimeout(go, 40))"
    asked = f"async () => {{ for (let n = 0; n < 3000 && !({condition}); n++) {pause}; }}"
    page.evaluate(asked)
    assert page.evaluate(f"async () => {condition}"), condition


def test_what_was_visited_opens_without_a_connection_and_the_rest_says_so(
    context: BrowserContext, site: Path
) -> None:
    page = context.new_page()
    with ExitStack() as connection:
        host = connection.enter_context(hosted(broadsheet=site))
        page.goto(host + DAY)  # before there is a worker
        wait_until(page, f"{COPIES} === 1")
        page.goto(host + PAPER)
        wait_until(page, f"{COPIES} === 2")
    page.goto(host + DAY + "?topic=graph-learning")
    assert page.locator("h1").inner_text() == "Wednesday, 12 March 2025"
    assert page.evaluate("getComputedStyle(document.querySelector('.bs-list')).display") == "grid"
    assert page.locator(".bs-ear time").inner_text() == "12 March 2025"
    answer = page.goto(host + "broadsheet/archive/")
    assert answer
    assert answer.status == 503
    assert page.locator("h1").inner_text() == "There is no connection"
    assert page.locator(".bs-nameplate").is_visible()
    page.get_by_role("link", name="Graph Attention").click()
    page.wait_for_url(host + PAPER)
    assert page.locator("h1").inner_text() == "Graph Attention"


def test_with_a_connection_nothing_is_older_than_it_must_be(
    context: BrowserContext, site: Path
) -> None:
    page = context.new_page()
    home = site / "index.html"
    with hosted(broadsheet=site) as host:
        for path in ("broadsheet/", DAY, "broadsheet/"):
            page.goto(host + path)
            page.evaluate("navigator.serviceWorker.ready")
        assert page.evaluate("Boolean(navigator.serviceWorker.controller)")
        text = home.read_text(encoding="utf-8")
        home.write_text(text.replace("12 March", "13 March"))
        os.utime(home, (2_000_000_000, 2_000_000_000))  # by which a host tells that a file changed
        page.goto(host + "broadsheet/")
        assert page.locator("h1").inner_text() == "Wednesday, 13 March 2025"


def test_once_the_setting_is_off_worker_and_copies_go_and_no_other_sites(
    context: BrowserContext, site: Path, built: Path
) -> None:
    page = context.new_page()
    with hosted(broadsheet=site) as host:
        page.goto(host + DAY)
        wait_until(page, f"{COPIES} === 1")
        others = ["/other/v1.copies-pages", "/v1.copies-pages", "/broadsheet/mine"]
        page.evaluate("names => Promise.all(names.map(name => caches.open(name)))", others)
        assert len(page.evaluate("caches.keys()")) == 3 + len(others)
        shutil.copy(built / "worker.js", site)
        page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
        wait_until(page, "!(await navigator.serviceWorker.getRegistration())")
        wait_until(page, f"(await caches.keys()).length <= {len(others)}")
        assert sorted(page.evaluate("caches.keys()")) == sorted(others)


def test_by_default_no_page_asks_for_copies(built: Path) -> None:
    assert (built / "worker.js").read_text(encoding="utf-8").startswith("self.offline = false;")
    assert "assets/offline.js" not in (built / "index.html").read_text(encoding="utf-8")
