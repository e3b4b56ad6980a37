"""The text of pages as Markdown, for programs that read text: `papers/KEY/index.md` and so on.

MkDocs would make pages of them; so they wait in a folder that it does not see, and the hook puts
them beside the pages when those are built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from ..config import Settings
from ..model import Artifact, Site
from ..prose import to_plain
from ..routes import Routes, in_blocks
from ..stamps import stamp
from .citing import Cited
from .plain_markdown import link, text
from .words import long_date, plain_date


def beside(site: Site, routes: Routes, settings: Settings) -> Iterator[Artifact]:
    """Every page of a paper, a day, a topic; none unless the settings say so."""
    if not settings.markdown:
        return
    names = {tag.slug: tag.name for tag in site.taxonomy.tags}
    for key in site.library.cards:
        if key not in routes.on_days:
            # Of its neighbours are told title and address.
            made_of = stamp(site.stamps[key], site.stamp_of_listed(site.near[key]))
            lines = partial(_paper, site, routes, names, key)
            yield _artifact(routes, routes.paper(key), lines, made_of)
    for day in site.library.days:
        keys = [entry.paper for entry in day.entries]
        lines = partial(_list, site, routes, long_date(day.date), keys)
        yield _artifact(routes, routes.day(day.date), lines, site.stamp_of_listed(keys))
    tagged = site.tagged
    for tag in site.taxonomy.tags:
        for block, held, _ in in_blocks(tagged[tag.slug]):
            made_of = stamp(tag.name, tag.told, site.stamp_of_listed(held))
            lines = partial(_list, site, routes, tag.name, held, tag.told)
            yield _artifact(routes, routes.tag(tag.slug, block), lines, made_of)


def _artifact(
    routes: Routes, address: str, lines: Callable[[], Iterable[str]], made_of: bytes
) -> Artifact:
    path, claimant = routes.waiting(address), f"the Markdown of {address}"
    return Artifact(path, partial(_content, lines), claimant, made_of)


def _content(lines: Callable[[], Iterable[str]]) -> bytes:
    return "".join(f"{line}\n" for line in lines()).encode()


def _paper(site: Site, routes: Routes, names: Mapping[str, str], key: str) -> Iterator[str]:
    """`names` are those of topics, by slug."""
    paper = site.library.papers[key]
    cited = Cited.of(paper, routes.absolute(routes.paper(key)))
    yield f"# {text(cited.title)}"
    if cited.authors:
        yield from ("", text(", ".join(cited.authors)))
    yield from ("", text(to_plain(paper.abstract)) or "No abstract was listed.", "")
    yield f"- Listed on: {', '.join(plain_date(day) for day in paper.seen_on)}"
    if topics := [names[hit.tag] for hit in site.tags[key]]:
        yield f"- Topics: {text(', '.join(topics))}"
    yield f"- Page: <{cited.page}>"
    if cited.arxiv_id:
        yield f"- arXiv: <{cited.url}>"
    if paper.code:
        yield f"- Code: <{paper.code}>"
    if related := site.related[key]:
        yield from ("", "## Related papers", "")
        for neighbour in related:
            yield _line(site, routes, neighbour.paper)


def _list(
    site: Site, routes: Routes, name: str, keys: Iterable[str], lead: str = ""
) -> Iterator[str]:
    yield from (f"# {text(name)}", "")
    if lead:
        yield from (text(lead), "")
    for key in keys:
        yield _line(site, routes, key)


def _line(site: Site, routes: Routes, key: str) -> str:
    title = to_plain(site.library.papers[key].title)
    return link(title, routes.markdown(routes.paper(key)))
