"""A sitemap too large for crawlers is parted; what past years hold stays."""

from __future__ import annotations

import gzip
from xml.etree import ElementTree

from generator.sitemap import sitemap

URL = "https://example.org/base/"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMES = {"s": SPACE}


def pages(*days: str) -> dict[str, str]:
    """Pages that last changed on these days; an empty day is not known."""
    return {f"{URL}{n}/": day for n, day in enumerate(days)}


def addresses(text: bytes) -> list[str]:
    tree = ElementTree.fromstring(text)
    return [loc.text or "" for loc in tree.iterfind(".//s:loc", NAMES)]


def test_a_small_one_stays_whole_and_has_a_compressed_copy() -> None:
    files = sitemap(pages("2025-01-01", ""), URL, 2)
    assert list(files) == ["sitemap.xml", "sitemap.xml.gz"]
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"]
    assert addresses(files["sitemap.xml"]) == [f"{URL}0/", f"{URL}1/"]


def test_parts_hold_every_address_once_and_no_part_is_too_large() -> None:
    days = ["", "2024-05-01", "2025-01-01", "2025-01-02", "2025-03-03", "2024-12-31"]
    files = sitemap(pages(*days), URL, 2)
    index = files.pop("sitemap.xml")
    assert ElementTree.fromstring(index).tag == f"{{{SPACE}}}sitemapindex"
    assert addresses(index) == [URL + name for name in files]
    dates = [d.text for d in ElementTree.fromstring(index).iterfind(".//s:lastmod", NAMES)]
    assert dates == ["2024-12-31", "2025-01-02", "2025-03-03"]
    held = [addresses(text) for text in files.values()]
    assert max(map(len, held)) == 2
    assert sorted(address for found in held for address in found) == [
        f"{URL}{n}/" for n in range(len(days))
    ]


def test_a_new_year_leaves_the_parts_of_the_old_one() -> None:
    old = sitemap(pages("2024-05-01", "2025-01-01", "2025-01-02"), URL, 2)
    new = sitemap(pages("2024-05-01", "2025-01-01", "2025-01-02", "2026-01-01"), URL, 2)
    old.pop("sitemap.xml")
    assert old.items() <= new.items()
