"""What README promises: every test that it names is there, and those that belong nowhere else."""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Request

from generator.errors import Report
from generator.ledger import write_ledger
from generator.pipeline import build_library, keys_in, origins_of

from .browsing import DESK, served
from .conftest import ROOT
from .sites import render_site, settings_for, write_digest, write_records

NAMED = re.compile(r"`(test_\w+\.py)::(\w+)`")


def promises() -> list[str]:
    """The promises of README, each with the names of its tests."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Promises\n")[2].partition("\n## ")[0]
    return re.split(r"\n(?=- )", section)[1:]


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_tests_and_they_exist() -> None:
    held = [(promise, NAMED.findall(promise)) for promise in promises()]
    assert len(held) >= 10
    assert [promise for promise, tests in held if not tests] == []
    named = {test for _, tests in held for test in tests}
    there = {file: names_in(file) for file, _ in named}
    assert {(file, name) for file, name in named if name not in there[file]} == set()


# --- addresses -----------------------------------------------------------------------------------

papers = st.fixed_dictionaries(
    {"title": st.sampled_from(["Ada", "Bo", "Cy", "Ada: Revised", "Bo, Retitled"])},
    optional={"arxiv_id": st.sampled_from(["2501.00001", "2501.00002", "2501.00003"])},
)
days = st.tuples(
    st.sampled_from([f"2025-03-{day}" for day in (10, 11, 12, 13)]),
    st.lists(papers, min_size=1, max_size=3),
)


@settings(max_examples=40)
@given(st.lists(days, min_size=2, max_size=5))
@example(
    [
        ("2025-03-12", [{"title": "Ada", "arxiv_id": "2501.00001"}]),
        ("2025-03-10", [{"title": "Ada: Revised", "arxiv_id": "2501.00001"}]),
    ]
)
@example(
    [
        ("2025-03-12", [{"title": "Ada", "arxiv_id": "2501.00001"}]),
        ("2025-03-10", [{"title": "Ada", "arxiv_id": "2501.00002"}]),
    ]
)
def test_whatever_is_filed_no_paper_and_no_day_loses_its_address(
    filed: list[tuple[str, list[dict[str, str]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        digests = Path(folder, "digests")
        published, known = set[object](), dict[str, AbstractSet[str]]()
        for number, (day, listed) in enumerate(filed):
            write_records(digests, f"{day}-{number}.json", listed)
            settings_now = settings_for(digests, Path(folder, "docs"))
            write_ledger(digests, build_library(settings_now, Report()), partial(dict, known))
            library = build_library(settings_now, Report())
            # A key that readers of feeds know is replaced by none that they do not know.
            followed = {key: library.aliases.get(key, key) for key in known}
            assert {*followed.values()} <= known.keys()
            had = {arxiv_id: key for key, ids in known.items() for arxiv_id in ids}
            known = dict(keys_in(settings_now, origins_of(settings_now)))
            assert known.keys() == library.papers.keys()
            # Nor is it given to another paper of its title.
            now = {arxiv_id: key for key, ids in known.items() for arxiv_id in ids}
            assert all(now[arxiv_id] == followed[key] for arxiv_id, key in had.items())
            leading = {*library.papers, *library.aliases, *(day.date for day in library.days)}
            assert published <= leading
            assert set(library.aliases.values()) <= library.papers.keys()
            published = leading


# --- bad input -----------------------------------------------------------------------------------

SPOILT = {
    "2025-03-13.txt": bytes(range(256)) * 40,
    "2025-03-14.json": b'{"title": "Cut',
    "2025-03-15.json": b"[" * 100_000,
    "2025-03-16.yml": b"a: &a [*a, *a]\nb: !!python/object/apply:os.system [true]\n",
    "2025-03-17.xml": b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel>&e;',
    "2025-03-18.html": b"<html><body><article>" + b"<div>" * 5_000,
    "2025-03-19.csv": b"title,abstract\n",
    "2025-03-20.txt": b"",
    "2025-13-45.txt": b"Subscribe",
    "overrides.yml": b"\x00\x01 {{{",
}


def test_files_that_cannot_be_read_cost_no_page_of_any_other(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("One", "It is."), ("Two", "They are."))
    write_digest(digests, "2025-03-12.txt", ("Two", "They are."), ("Three", "They are."))
    before = render_site(digests)
    for name, content in SPOILT.items():
        (digests / name).write_bytes(content)
    (digests / "2025-03-21.txt").mkdir()
    (digests / "2025-03-22.txt").symlink_to(tmp_path / "nowhere")
    report = Report()
    assert render_site(digests, report) == before
    named = {problem.origin for problem in report.problems}
    assert len(named & SPOILT.keys()) >= 7


# --- readers -------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_visit_asks_for_files_of_the_site_and_tells_nothing(
    browser: Browser, built: Path
) -> None:
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    with served(built) as address:
        context = browser.new_context(viewport=DESK)
        page = context.new_page()
        page.on("request", note)
        page.goto(address + "days/2025-03-12/", wait_until="networkidle")
        page.locator(".bs-title a").first.click()
        page.locator("article button[aria-pressed]").first.click()
        for path in ("saved/", "search/?q=graph", "trends/", "subscribe/", "about/", ""):
            page.goto(address + path, wait_until="networkidle")
        assert "saved" in page.evaluate("JSON.stringify(localStorage)")
        assert context.cookies() == []
        assert {request.method for request in asked} == {"GET"}
        files = {p.relative_to(built).as_posix() for p in built.rglob("*") if p.is_file()}
        for request in asked:
            path, _, query = request.url.removeprefix(address).partition("?")
            assert path in files or f"{path}index.html" in files, request.url
            # Pieces of the index are asked for with the stamp that `search/index.json` gives them.
            assert re.fullmatch(r"|q=graph|[0-9a-f]{8}", query), request.url
        context.close()
