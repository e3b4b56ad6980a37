"""What of a site depends on what: below MkDocs, on files alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import process_time

import pytest

from generator.holdings import Holding
from generator.kept import Kept
from generator.listing import list_files
from generator.publish import publish
from generator.renewal import find_site, note_site, renew, stamp_of_frame

from .test_publish import make

URL = "https://example.org/base/"
DAY = "days/2025-03-12.md"
GENERATED = {DAY: Holding(b"", b"", 0, 0)}


def frame(docs: Path, text: str, generated: dict[str, Holding]) -> bytes:
    (docs / "notes").mkdir(parents=True, exist_ok=True)
    (docs / "notes" / "one.md").write_text(text)
    return stamp_of_frame(docs, ["notes/one.md"], generated)


@pytest.mark.parametrize(
    "link",
    [
        "[a](../days/2025-03-12.md)",
        "[a]: /days/2025-03-12.md#p-adam",
        "<days%2F../../days/2025%2D03-12.md>",
    ],
)
def test_a_page_by_hand_changes_when_a_page_that_it_names_comes_or_goes(
    tmp_path: Path, link: str
) -> None:
    assert frame(tmp_path, link, GENERATED) != frame(tmp_path, link, {})


def test_a_page_by_hand_is_the_same_whatever_else_comes_or_goes(tmp_path: Path) -> None:
    text = "A [day](../days/2025-03-11.md) and days/2025-03-12 and 3.5."
    assert frame(tmp_path, text, GENERATED) == frame(tmp_path, text, {})


def test_a_picture_within_a_page_is_read_once(tmp_path: Path) -> None:
    picture = "".join(f"{number:08x}/" for number in range(100_000))
    text = f"![a](data:image/png;base64,{picture}) and [a](../days/2025-03-12.md)"
    began = process_time()
    assert frame(tmp_path, text, GENERATED) != frame(tmp_path, text, {})
    assert process_time() - began < 20  # hours where the time is quadratic


def test_what_a_link_leads_to_is_part_of_what_people_wrote(tmp_path: Path) -> None:
    docs, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    docs.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.png").write_bytes(b"1")
    (docs / "pictures").symlink_to(elsewhere)
    (docs / "nowhere").symlink_to(tmp_path / "none")
    (docs / "itself").symlink_to(docs / "itself")
    files = list_files(docs, linked=True).files
    assert [*files] == ["pictures/a.png"]
    before = stamp_of_frame(docs, files, {})
    (elsewhere / "a.png").write_bytes(b"2")
    assert stamp_of_frame(docs, files, {}) != before


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with closing(Kept(tmp_path / "kept")) as kept:
        yield kept


def build(folder: Path, kept: Kept, *by_hand: str) -> None:
    """Leave a site as MkDocs does, of a day and of pages by hand, and note it."""
    generated = publish(folder / "docs", make(**{DAY: "1"}), kept=kept).holdings
    for path in ("days/2025-03-12/index.html", *by_hand):
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_text("1")
    pages = {f"{URL}days/2025-03-12/": "2025-03-12", f"{URL}sitemaps/": ""}
    note_site(kept, folder / "site", URL, b"", generated, {}, pages)
    kept.save()


def build_again(folder: Path, kept: Kept) -> None:
    """Renew the site, without the day."""
    generated = publish(folder / "docs", [], kept=kept).holdings
    renew(find_site(folder / "site", kept), folder / "docs", URL, kept, b"", generated)


def test_what_people_wrote_stays_whatever_its_name(tmp_path: Path, kept: Kept) -> None:
    by_hand = {"sitemaps/index.html", "sitemap-of-mine.html"}
    build(tmp_path, kept, *by_hand)
    build_again(tmp_path, kept)
    assert list_files(tmp_path / "site").files.keys() == by_hand | {"sitemap.xml", "sitemap.xml.gz"}


@pytest.mark.parametrize("lost", [False, True])
def test_crawlers_are_told_of_no_page_that_is_gone(
    tmp_path: Path, kept: Kept, *, lost: bool
) -> None:
    build(tmp_path, kept)
    if lost:
        (tmp_path / "site" / "days" / "2025-03-12" / "index.html").unlink()
    build_again(tmp_path, kept)
    listed = re.findall("<loc>(.*)</loc>", (tmp_path / "site" / "sitemap.xml").read_text())
    assert listed == [f"{URL}sitemaps/"]
