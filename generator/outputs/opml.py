"""Lists of feeds as OPML 2.0, http://opml.org/spec2.opml: what a feed reader imports.

A list names each feed in one format, as a reader would take three for three feeds. It states no
date, so it changes when the feeds do and not every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from ..config import Settings
from ..model import Artifact, Site
from ..routes import Routes
from .feeds import FeedSpec, feed_specs

FILE = "atom.xml"
"""The format that says most: when an item was corrected, what a topic is called, where older items
are."""


def opml(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """The list of all feeds, by facet, and that of each facet's topics.

    Without the feeds of authors: there may be thousands.
    """
    specs = [spec for spec in feed_specs(site, routes, settings) if spec.kind != "author"]
    listed = [_feed(spec, routes) for spec in specs if not spec.facet]
    for facet in site.taxonomy.facets:
        among = [spec for spec in specs if spec.facet == facet.slug]
        if not among:
            continue
        folder = ET.Element("outline", text=facet.name)
        folder.extend(_feed(spec, routes) for spec in among)
        listed.append(folder)
        topics = (_feed(spec, routes) for spec in among if spec.kind == "tag")
        yield _list(f"facets/{facet.slug}", f"{facet.name} – {site.title}", topics, routes)
    yield _list("all", f"All feeds – {site.title}", listed, routes)


def _feed(spec: FeedSpec, routes: Routes) -> ET.Element:
    return ET.Element(
        "outline",
        # The specification has this one word for every kind of feed.
        type="rss",
        text=spec.title,
        # Optional there, and what some readers look for.
        title=spec.title,
        description=spec.description,
        htmlUrl=routes.absolute(spec.home),
        xmlUrl=routes.absolute(routes.feed(spec.name, FILE)),
    )


def _list(name: str, title: str, outlines: Iterable[ET.Element], routes: Routes) -> Artifact:
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    ET.SubElement(root, "body").extend(outlines)
    ET.indent(root)
    content = ET.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    return Artifact(routes.feed_list(name), content, f"the list of feeds {title!r}")
