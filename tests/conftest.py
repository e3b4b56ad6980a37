"""What several tests need: the repository, the shared material, a small site built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CASES = ROOT / "tests" / "cases"
AS_IT_COMES = ROOT / "tests" / "as_it_comes"
"""`mkdocs.yml` and `about.md` of the repository before a publisher makes them hers: with these the
tests build, so that hers fail none."""

# The same examples on every run, however busy the machine.
settings.register_profile("broadsheet", deadline=None, derandomize=True)
settings.load_profile("broadsheet")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material; tests that need it are skipped by name where it is absent."""
    if not (SHARED / "captures").is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample digests; tests of them are skipped by name where a publisher has removed them."""
    listed = (ROOT / "digests" / "samples.txt").read_text(encoding="utf-8").splitlines()
    if not all((ROOT / line.split(" ", 1)[1]).is_file() for line in listed):
        pytest.skip("the sample digests have been removed")
    return ROOT / "digests"


@pytest.fixture(scope="session")
def chromium() -> str:
    """A real browser; tests that need it are skipped by name where there is none."""
    # The first is the same engine without a window to draw, which opens a page in half the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("no chromium is installed")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a worker: starting one takes longer than most of them."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only tests in a browser pay

    flags = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --disable-dev-shm-usage"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden digests' site, built as a publisher builds it; its `site` folder.

    Not that of the sample digests: a publisher removes those, and her tests must pass too.
    """
    from .sites import run, workspace  # noqa: PLC0415  it needs ROOT from here

    golden = ROOT / "tests" / "golden" / "digests"
    folder = workspace(tmp_path_factory.mktemp("golden") / "repository", golden)
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return folder / "site"
