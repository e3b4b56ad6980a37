"""Every kind of page can be used by everybody, as far as a program can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from .browsing import DESK, PHONE, barriers, served

NO_PAGES = {"503.html"}
"""Shown by the service worker alone."""


def kinds(site: Path) -> list[str]:
    """A page of each kind: one of each folder, and those that stand alone."""
    found: dict[tuple[str, int], str] = {}
    for path in sorted(site.rglob("*.html")):
        parts = path.relative_to(site).parts
        if parts[0] not in ("take", *NO_PAGES):
            found.setdefault((parts[0], len(parts)), path.relative_to(site).as_posix())
    return [path.removesuffix("index.html") for path in found.values()]


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_no_kind_of_page_has_a_barrier(
    browser: Browser, built: Path, size: Any, scheme: Any
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    with served(built) as address:
        for path in kinds(built):
            page.goto(address + path)
            assert barriers(page) == [], path
    context.close()
