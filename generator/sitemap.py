"""Parts a sitemap that is too large for crawlers into several and an index of them."""

from __future__ import annotations

import re
from collections import defaultdict

MOST = 50_000
"""Addresses in one file, by https://www.sitemaps.org/protocol.html; the 50 MB that it may have are
never reached with as many of ours."""

_ENTRY = re.compile(r"<url>.*?</url>")
_CHANGED = re.compile(r"<lastmod>(.*?)</lastmod>")


def part(sitemap: str, url: str, most: int = MOST) -> dict[str, str]:
    """The files in place of a sitemap, by name; none where it is small enough.

    `url` is the home page's. A part holds what changed last in one year, so that those of past
    years stay as they are when a site grows.
    """
    entries = _ENTRY.findall(sitemap)
    if len(entries) <= most:
        return {}
    head = sitemap.partition("<url>")[0]
    by_year: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        changed = _CHANGED.search(entry)
        by_year[changed[1][:4] if changed else "undated"].append(entry)
    files: dict[str, str] = {}
    listed: list[str] = []
    for year, held in sorted(by_year.items()):
        for start in range(0, len(held), most):
            name = f"sitemap-{year}-{start // most + 1}.xml"
            shown = held[start : start + most]
            files[name] = head + "\n".join(shown) + "\n</urlset>\n"
            newest = max((day for entry in shown for day in _CHANGED.findall(entry)), default="")
            dated = f"<lastmod>{newest}</lastmod>" if newest else ""
            listed.append(f"<sitemap><loc>{url}{name}</loc>{dated}</sitemap>\n")
    index = head.replace("<urlset", "<sitemapindex") + "".join(listed) + "</sitemapindex>\n"
    return files | {"sitemap.xml": index}
