"""Everything known about one paper, and why: what `explain` prints."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Author, Prose, Signals, Site, visible
from .prose import to_plain
from .routes import Routes


def explain(site: Site, key: str, routes: Routes) -> str:
    """A report on the paper with that key, as lines of text."""
    return "\n".join(map(visible, _lines(site, key, routes)))


def _lines(site: Site, key: str, routes: Routes) -> Iterator[str]:
    if key in site.library.hidden:
        yield f"{key} is hidden by {site.library.hidden[key]}"
        yield f"  page     {routes.absolute(routes.paper(key))}"
        return
    paper = site.library.papers[key]
    yield to_plain(paper.title)
    yield f"  key      {key}"
    yield f"  page     {routes.absolute(routes.paper(key))}"
    yield f"  feed id  {routes.paper_id(key)}"
    for other, kept in site.library.aliases.items():
        if kept == key:
            yield f"  was      {routes.absolute(routes.paper(other))}"
    yield f"  arXiv    {paper.arxiv_id or 'unknown'}"
    yield f"  seen on  {', '.join(day.isoformat() for day in paper.seen_on)}"
    for origin in paper.origins:
        yield f"  listed   {origin}"
    for correction in paper.corrections:
        yield f"  mended   {correction}"
    if paper.corrected_on:
        yield f"  mended   on {paper.corrected_on.isoformat()}"
    for field, place in paper.provenance.items():
        value = getattr(paper, field)
        shown = "" if field in ("title", "abstract") else f"{_in_words(value)}  "
        yield f"  {field:8} {shown}[{place}]"
    for link in paper.links:
        yield f"  link     {link.kind}: {link.url}"
    yield "Topics"
    names = {tag.slug: tag.name for tag in site.taxonomy.tags}
    for hit in site.tags[key]:
        yield f"  {hit.score:7.3f}  {names[hit.tag]}"
        for words, points in zip(hit.because, hit.points, strict=True):
            yield f"    {points:+.2f}  {words}"
    if not site.tags[key]:
        yield "  none: no word of the vocabulary stands in title or abstract"
    yield "Related"
    for near in site.related[key]:
        title = to_plain(site.library.papers[near.paper].title)
        yield f"  {near.score:7.3f}  {title} ({near.paper}): {', '.join(near.because)}"
    yield "Title, as found and as read"
    yield from _spans(paper.title)
    yield "Abstract, as found and as read"
    yield from _spans(paper.abstract)


def _in_words(value: object) -> str:
    if isinstance(value, Signals):
        counts = (("votes", value.upvotes), ("comments", value.comments), ("stars", value.stars))
        said = ", ".join(f"{count} {name}" for name, count in counts if count is not None)
        return f"{said} on {value.seen_at:%Y-%m-%d}" if value.seen_at else said
    if isinstance(value, tuple):
        return ", ".join(_in_words(part) for part in value)
    return value.name if isinstance(value, Author) else str(value)


def _spans(prose: Prose) -> Iterator[str]:
    if not prose:
        yield "  nothing"
    for span in prose.spans:
        why = f"  [{span.because}]" if span.because else ""
        if span.source == span.text and not span.because:
            yield f"  {span.kind:5}  {span.text}"
        else:
            target = f" -> {span.url}" if span.url else f"  TeX {span.tex}" if span.tex else ""
            yield f"  {span.kind:5}  {span.source}"
            yield f"      as {span.text}{target}{why}"
