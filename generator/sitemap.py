"""Every page there is to find, with the day its content last changed, for crawlers.

In place of MkDocs' own, which asks each page again; one that is too large is parted into several
and an index of them.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from html import escape
from io import BytesIO

MOST = 50_000
"""Addresses in one file, by https://www.sitemaps.org/protocol.html; the 50 MB that it may have are
never reached with as many of ours."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")

_MARKED = re.compile(r"[&<>\"']")

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def sitemap(pages: Mapping[str, str], url: str, most: int = MOST) -> dict[str, bytes]:
    """The files of a sitemap by name: one and its compressed copy, or parts and their index.

    `pages` has whole addresses with the day each last changed, as `2025-03-12`, or an empty text
    where that is not known; `url` is the home page's. A part holds what changed last in one year,
    so that those of past years stay as they are when a site grows.
    """
    if len(pages) <= most:
        whole = _urlset(pages, sorted(pages))
        return {"sitemap.xml": whole, "sitemap.xml.gz": _compressed(whole)}
    by_year: dict[str, list[str]] = defaultdict(list)
    for address in sorted(pages):
        by_year[pages[address][:4] or "undated"].append(address)
    files: dict[str, bytes] = {}
    listed: list[str] = []
    for year, held in sorted(by_year.items()):
        for start in range(0, len(held), most):
            name = f"sitemap-{year}-{start // most + 1}.xml"
            shown = held[start : start + most]
            files[name] = _urlset(pages, shown)
            listed.append(_entry("sitemap", f"{url}{name}", max(map(pages.__getitem__, shown))))
    index = f"{_HEAD.format('sitemapindex')}{''.join(listed)}</sitemapindex>\n"
    return files | {"sitemap.xml": index.encode()}


def day_of(stated: object) -> str:
    """The day that a page's front matter states, for `sitemap`; empty where it states none that a
    crawler knows.

    >>> day_of("2025-03-12 10:30:00"), day_of("2025-02-30"), day_of("in spring & summer")
    ('2025-03-12', '', '')
    """
    found = _DAY.match(str(stated))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


def _urlset(pages: Mapping[str, str], shown: list[str]) -> bytes:
    entries = "".join([_entry("url", address, pages[address]) for address in shown])
    return f"{_HEAD.format('urlset')}{entries}</urlset>\n".encode()


def _entry(name: str, address: str, day: str) -> str:
    dated = f"<lastmod>{day}</lastmod>" if day else ""
    # Hardly any has such a sign, which to look for takes a fifth of what it takes to replace all.
    loc = escape(address) if _MARKED.search(address) else address
    return f"<{name}><loc>{loc}</loc>{dated}</{name}>\n"


def _compressed(content: bytes) -> bytes:
    """The same bytes for the same content: without the time of day. A higher level takes three
    times as long for a seventh less, and the file is made anew with every page."""
    out = BytesIO()
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=2, mtime=0) as file:
        file.write(content)
    return out.getvalue()
