"""A day to take along says what its page says, and needs nothing else."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.config import Settings
from generator.dates import FIRST_YEAR, LAST_YEAR
from generator.errors import Report
from generator.model import Site
from generator.pipeline import build_site, render
from generator.prose import to_plain

from .hostile import FORMULAS, HOSTILE
from .sites import render_site, settings_for, write_digest

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Settings]:
    """Two days, one of them of hostile texts and names."""
    digests = tmp_path_factory.mktemp("take") / "digests"
    papers = [(f"A Paper on {text}", f"We say {text}.") for text in (*HOSTILE, *FORMULAS)]
    write_digest(digests, "2025-03-11.txt", ("Older", "It is."))
    write_digest(digests, "2025-03-12.txt", *papers, ("No Abstract", ""))
    known = [{"title": "Signed", "abstract": "So.", "authors": [*HOSTILE], "arxiv": "2401.12340"}]
    (digests / "2025-03-12-signed.json").write_text(json.dumps(known), encoding="utf-8")
    settings = settings_for(digests, digests.parent / "docs")
    return build_site(settings, Report()), settings


def rendered(site: Site, settings: Settings) -> dict[str, bytes]:
    return {artifact.path: artifact.content for artifact in render(site, settings)}


def test_both_files_hold_every_paper_of_the_day(strange: tuple[Site, Settings]) -> None:
    site, settings = strange
    files = rendered(site, settings)
    papers = [site.library.papers[entry.paper] for entry in site.library.days[0].entries]
    titles = [to_plain(paper.title) for paper in papers]
    with zipfile.ZipFile(io.BytesIO(files["take/2025-03-12.epub"])) as archive:
        text = archive.read("EPUB/day.xhtml").decode()
        contents = ElementTree.fromstring(archive.read("EPUB/nav.xhtml"))
    book = ElementTree.fromstring(text)
    ids = [section.get("id") for section in book.iter(f"{XHTML}section")]
    assert ids == [f"p-{paper.key}" for paper in papers]
    listed = [(link.text, link.get("href")) for link in contents.iter(f"{XHTML}a")]
    assert listed[1:] == [
        (title, f"day.xhtml#{name}") for title, name in zip(titles, ids, strict=True)
    ]
    page = files["take/2025-03-12.html"].decode()
    assert re.findall(r"<body>.*</body>", page, re.DOTALL) == re.findall(
        r"<body>.*</body>", text, re.DOTALL
    )


def test_the_page_needs_nothing_else_and_runs_nothing(strange: tuple[Site, Settings]) -> None:
    page = rendered(*strange)["take/2025-03-12.html"].decode()
    assert not re.search(r"<(?:script|img|iframe|svg|object|link rel=\"stylesheet\")", page)
    assert not re.search(r"<[^>]* on\w+=", page)
    assert all(url.startswith(("http", "#")) for url in re.findall(r'href="([^"]*)"', page))


def test_an_archive_is_the_same_whenever_and_wherever_it_is_made(
    strange: tuple[Site, Settings],
) -> None:
    content = rendered(*strange)["take/2025-03-12.epub"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert entries[0].filename == "mimetype"
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    assert {entry.date_time for entry in entries} == {(2025, 3, 12, 0, 0, 0)}
    assert {(entry.compress_type, entry.create_system) for entry in entries} == {(0, 3)}


def test_epubcheck_finds_no_fault(strange: tuple[Site, Settings], tmp_path: Path) -> None:
    program, java = shutil.which("epubcheck"), shutil.which("java")
    if not program or not java:
        pytest.skip("no epubcheck is installed")
    book = tmp_path / "day.epub"
    book.write_bytes(rendered(*strange)["take/2025-03-12.epub"])
    # A program of seconds is not worth compiling well: half the time is that of the compiler.
    quickly = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    done = subprocess.run(
        [java, *quickly, "-jar", program, str(book)], capture_output=True, text=True, check=False
    )
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("day", [f"{FIRST_YEAR}-01-01", "1976-02-29", f"{LAST_YEAR}-12-31"])
def test_any_day_of_a_digest_can_be_taken_along(tmp_path: Path, day: str) -> None:
    write_digest(tmp_path / "digests", f"{day}.txt", ("A Title", "We say it."))
    content = render_site(tmp_path / "digests")[f"take/{day}.epub"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert day in archive.read("EPUB/package.opf").decode()


def test_only_the_newest_days_have_files_and_link_them(strange: tuple[Site, Settings]) -> None:
    site, settings = strange
    for number in (0, 1, 2):
        files = rendered(site, replace(settings, take_days=number))
        days = ["2025-03-12", "2025-03-11"][:number]
        assert {path for path in files if path.startswith("take/")} == {
            f"take/{day}.{suffix}" for day in days for suffix in ("html", "epub")
        }
        for day in ("2025-03-12", "2025-03-11"):
            assert (f"../take/{day}.epub" in files[f"days/{day}.md"].decode()) == (day in days)
