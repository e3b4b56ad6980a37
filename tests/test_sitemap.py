"""A sitemap too large for crawlers is parted; what past years hold stays."""

from __future__ import annotations

from xml.etree import ElementTree

from generator.sitemap import part

URL = "https://example.org/base/"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMES = {"s": SPACE}


def sitemap(*days: str) -> str:
    """As the theme writes one; an empty day is none."""
    entries = "".join(
        f"\n<url><loc>{URL}{n}/</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + "</url>"
        for n, day in enumerate(days)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<urlset xmlns="{SPACE}">{entries}\n</urlset>'


def addresses(text: str) -> list[str]:
    tree = ElementTree.fromstring(text)
    return [loc.text or "" for loc in tree.iterfind(".//s:loc", NAMES)]


def test_a_small_one_stays_whole() -> None:
    assert part(sitemap("2025-01-01", "2025-01-02"), URL, 2) == {}


def test_parts_hold_every_address_once_and_no_part_is_too_large() -> None:
    days = ["", "2024-05-01", "2025-01-01", "2025-01-02", "2025-03-03", "2024-12-31"]
    files = part(sitemap(*days), URL, 2)
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
    old = part(sitemap("2024-05-01", "2025-01-01", "2025-01-02"), URL, 2)
    new = part(sitemap("2024-05-01", "2025-01-01", "2025-01-02", "2026-01-01"), URL, 2)
    old.pop("sitemap.xml")
    assert old.items() <= new.items()
