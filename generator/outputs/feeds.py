"""Which feeds exist, and one writer for each format.

A feed is described once and written in every format of `FORMATS`. feedgen does the XML; its
surprises are kept in this file: entries are prepended unless told otherwise, the `self` link must
be added before the alternate one (the last link is RSS's `<link>`), and without `updated` it
stamps the time of the build; and names of authors reach RSS by the `dc` extension only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # ships no types

from ..config import Settings
from ..model import Artifact, Paper, Site, Tag
from ..prose import to_html, to_plain
from ..routes import Routes


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed, whatever its format."""

    name: str
    """Its folder below `feeds/`, e.g. `all` or `tags/theory`."""
    title: str
    description: str
    home: str
    """Address of the page it belongs to."""
    papers: tuple[str, ...]
    """Keys of the papers in it, newest first."""


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """One format in which every feed exists."""

    name: str
    """As readers know it, e.g. `RSS`."""
    file: str
    mime: str
    write: Callable[[FeedGenerator], bytes]


FORMATS = (
    FeedFormat("RSS", "rss.xml", "application/rss+xml", lambda feed: feed.rss_str(pretty=True)),
    FeedFormat("Atom", "atom.xml", "application/atom+xml", lambda feed: feed.atom_str(pretty=True)),
)


def feed_specs(site: Site, routes: Routes, settings: Settings) -> Iterator[FeedSpec]:
    """Every feed of the site: all papers, each tag in the order of the taxonomy, each name."""
    papers = list(site.library.papers)
    yield FeedSpec(
        name="all",
        title=site.title,
        description=site.description,
        home=routes.home,
        papers=newest(papers, site, settings),
    )
    tagged = papers_by_tag(site)
    for tag in site.taxonomy.tags:
        yield FeedSpec(
            name=f"tags/{tag.slug}",
            title=f"{tag.name} – {site.title}",
            description=tag.definition,
            home=routes.tag(tag.slug),
            papers=newest(tagged[tag.slug], site, settings),
        )
    for byline in site.bylines.values() if settings.author_feeds else ():
        yield FeedSpec(
            name=f"authors/{byline.slug}",
            title=f"{byline.name} – {site.title}",
            description=f"Papers under the name {byline.name}.",
            home=routes.author(byline.slug),
            papers=newest(byline.papers, site, settings),
        )


def papers_by_tag(site: Site) -> dict[str, list[str]]:
    """The papers of every tag, newest first; a tag without papers has an empty list."""
    tagged: dict[str, list[str]] = {tag.slug: [] for tag in site.taxonomy.tags}
    for key in site.library.papers:
        for hit in site.tags[key]:
            tagged[hit.tag].append(key)
    return tagged


def newest(papers: Iterable[str], site: Site, settings: Settings) -> tuple[str, ...]:
    """The papers a feed holds, of all it could hold, newest first.

    Everything first seen on the site's newest `feed_days` digest days (one such day can list more
    papers than any fixed number), and at least `feed_items` papers if there are that many.
    """
    days = site.library.days[: settings.feed_days]
    since = days[-1].date
    kept: list[str] = []
    for key in papers:
        if len(kept) >= settings.feed_items and site.library.papers[key].seen_on[0] < since:
            break
        kept.append(key)
    return tuple(kept)


def feeds(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every feed in every format."""
    for spec in feed_specs(site, routes, settings):
        for fmt in FORMATS:
            yield Artifact(
                path=routes.feed(spec.name, fmt.file),
                content=fmt.write(_generator(spec, fmt, site, routes, settings)),
                claimant=f"the {fmt.name} feed of {spec.title}",
            )


def _generator(
    spec: FeedSpec, fmt: FeedFormat, site: Site, routes: Routes, settings: Settings
) -> FeedGenerator:
    papers = [site.library.papers[key] for key in spec.papers]
    newest_day = papers[0].seen_on[0] if papers else site.library.days[-1].date
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.id(routes.feed_id(spec.name))
    feed.title(spec.title)
    # RSS demands a description, Atom calls it the subtitle.
    feed.description(spec.description or spec.title)
    feed.link(href=routes.absolute(routes.feed(spec.name, fmt.file)), rel="self", type=fmt.mime)
    feed.link(href=routes.absolute(spec.home), rel="alternate", type="text/html")
    feed.language("en")
    feed.generator("Broadsheet")
    changed = max([newest_day, *(paper.corrected_on or newest_day for paper in papers)])
    feed.updated(_moment(changed, settings))
    feed.lastBuildDate(_moment(changed, settings))
    feed.author(name=site.title)
    tags = {tag.slug: tag for tag in site.taxonomy.tags}
    for paper in papers:
        _add(feed, paper, [tags[hit.tag] for hit in site.tags[paper.key]], routes, settings)
    return feed


def _add(
    feed: FeedGenerator, paper: Paper, tags: Iterable[Tag], routes: Routes, settings: Settings
) -> None:
    first = paper.seen_on[0]
    entry = feed.add_entry(order="append")
    entry.id(routes.paper_id(paper.key))
    entry.guid(routes.paper_id(paper.key), permalink=False)
    entry.title(to_plain(paper.title))
    entry.link(href=routes.absolute(routes.paper(paper.key)), rel="alternate", type="text/html")
    entry.content(f"<p>{to_html(paper.abstract) or 'No abstract was listed.'}</p>", type="html")
    entry.published(_moment(first, settings))
    entry.updated(_moment(max(first, paper.corrected_on or first), settings))
    for author in paper.authors:
        entry.author(name=author.name)
    # RSS's own <author> is an e-mail address; a name has its place in Dublin Core.
    entry.dc.dc_creator([author.name for author in paper.authors])
    for tag in tags:
        scheme = routes.absolute(routes.tags)
        entry.category(term=tag.slug, scheme=scheme, label=tag.name)


def _moment(day: date, settings: Settings) -> datetime:
    """When a day's papers count as published: a set hour, never the time of the build."""
    return datetime.combine(day, time(settings.feed_hour), UTC)
