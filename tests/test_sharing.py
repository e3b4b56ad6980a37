"""What a page tells the programs that show a link to it."""

from __future__ import annotations

import json
import re
import struct
from html.parser import HTMLParser
from pathlib import Path

import pytest

from .conftest import ROOT

BASE = "https://example.org/broadsheet/"
KINDS = {
    "": "home",
    "days/2025-03-12/": "day",
    "months/2025-03/": "month",
    "papers/is-b-bold-b-a-title-notes-on-markup-more/": "paper",
    "tags/": "topic",
    "tags/graph-learning/": "topic",
    "archive/": "other",
    "about/": "other",
}


class Head(HTMLParser):
    """The `meta` and `link` elements of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self.feed(page.read_text(encoding="utf-8").partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "http-equiv" not in found:
            name = found.get("property") or found.get("name", "")
            assert name not in self.told or name == "citation_author", name
            self.told[name] = found.get("content", "")
        elif tag == "link":
            self.told.setdefault(found["rel"], found["href"])


def size(image: Path) -> tuple[int, int]:
    """Width and height of a PNG, by its header."""
    content = image.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    return width, height


@pytest.mark.parametrize(("path", "card"), KINDS.items())
def test_a_page_is_shown_with_its_own_words_and_the_card_of_its_kind(
    built: Path, path: str, card: str
) -> None:
    told = Head(built / path / "index.html").told
    assert told["canonical"] == told["og:url"] == BASE + path
    assert told["og:image"] == f"{BASE}assets/cards/{card}.png"
    assert told["og:description"] == told["description"]
    assert told["og:type"] == ("article" if card == "paper" else "website")
    assert told["og:site_name"] == "Broadsheet"
    assert told["og:title"]
    assert told["twitter:card"] == "summary_large_image"


def test_every_page_has_an_address_and_a_title_to_show(built: Path) -> None:
    for page in built.rglob("index.html"):
        told = Head(page).told
        path = page.relative_to(built).as_posix().removesuffix("index.html")
        assert told["canonical"] == BASE + path
        assert told["og:title"], page


def test_titles_are_shown_as_they_are_read(built: Path) -> None:
    page = built / "papers" / "is-b-bold-b-a-title-notes-on-markup-more" / "index.html"
    assert Head(page).told["og:title"] == "Is <b>Bold</b> a Title? {{ Notes }} on *Markup* & More"


def test_the_foot_of_every_page_leads_to_the_colophon(built: Path) -> None:
    assert 'id="colophon"' in (built / "about" / "index.html").read_text(encoding="utf-8")
    for page in built.rglob("*.html"):
        if page.parent.name != "take":
            foot = page.read_text(encoding="utf-8").partition("<footer")[2]
            assert re.search(r'<a href="([./a-z]*about|[.])/#colophon">', foot), page


def test_a_page_that_is_not_there_is_not_shared(built: Path) -> None:
    assert not [name for name in Head(built / "404.html").told if name.startswith("og:")]


def test_cards_are_of_the_size_that_pages_state_and_small() -> None:
    cards = sorted((ROOT / "docs" / "assets" / "cards").glob("*.png"))
    assert {card.stem for card in cards} == set(KINDS.values())
    for card in cards:
        assert size(card) == (1200, 630)
        assert card.stat().st_size < 40_000


def test_icons_are_of_the_size_that_the_manifest_states(built: Path) -> None:
    icons = json.loads((built / "manifest.webmanifest").read_text(encoding="utf-8"))["icons"]
    stated = {icon["sizes"] for icon in icons}
    assert stated == {"any", "192x192", "512x512"}
    assert [icon["purpose"] for icon in icons].count("maskable") == 1
    for icon in icons:
        if icon["type"] == "image/png":
            assert "{}x{}".format(*size(built / icon["src"])) == icon["sizes"]
