"""Applies a publisher's corrections: a library and its tags in, corrected ones out.

No key moves: a title is corrected under the key it was published with, a merged paper's key
redirects, a hidden one's page says no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from .errors import Report
from .keys import paper_key
from .links import links_in
from .merging import FIELDS, fullest, model_of, prefer, readable, titled
from .model import Author, Day, Entry, Library, Link, Paper, Papers, Prose, TagHit, Taxonomy
from .naming import did_you_mean
from .overrides import OVERRIDES, Override
from .prose import parse_prose
from .settling import Corrections

BECAUSE = f"publisher: {OVERRIDES}"
"""The evidence of a tag that was added by hand."""

_CERTAIN = 1.0
"""Score of such a tag."""


def correct(library: Library, corrections: Corrections, report: Report) -> Library:
    """The library as the publisher wants it; the same one if she says nothing."""
    if not corrections.papers:
        return library
    merged = corrections.merged
    members: defaultdict[str, list[Paper]] = defaultdict(list)
    for key in sorted(merged):
        members[merged[key]].append(library.papers[key])
    aliases = {old: merged.get(key, key) for old, key in {**library.aliases, **merged}.items()}
    papers: dict[str, Paper] = {}
    hidden: dict[str, str] = {}
    hidden_ids: dict[str, str] = {}
    for key, said in corrections.papers.items():
        if said.hide:
            names = [key, *(old for old, standing in aliases.items() if standing == key)]
            hidden |= dict.fromkeys(names, f"{OVERRIDES}:{said.line_of('hide')}")
            cards = (card for name in names if (card := library.cards.get(name)))
            hidden_ids |= {card.arxiv_id: key for card in cards if card.arxiv_id}
        else:
            papers[key] = _corrected(_joined(library.papers[key], members[key]), said, report)
    listed = library.papers.corrected(
        papers, {key: None for key in library.papers if key not in merged and key not in hidden}
    )
    _name_doubts(listed, corrections.papers, report)
    days = tuple(_day(day, listed, merged) for day in library.days)
    first_seen = {e.paper: None for day in days for e in day.entries if e.first_time}
    return Library(
        papers=listed.corrected({}, first_seen),
        days=days,
        aliases={old: key for old, key in sorted(aliases.items()) if key in listed},
        hidden=dict(sorted(hidden.items())),
        hidden_ids=hidden_ids,
    )


def _joined(kept: Paper, others: Sequence[Paper]) -> Paper:
    """A paper with all that is known of those merged into it, as `assemble` would have joined them.

    What the kept paper knows comes first.
    """
    if not others:
        return kept
    every = [kept, *others]
    title = fullest(paper.title.source for paper in every)
    known: dict[str, Any] = {}
    provenance = {**kept.provenance}
    for field in FIELDS:
        stated = [(v, p.provenance.get(field, p.key)) for p in every if (v := getattr(p, field))]
        if stated:
            known[field], provenance[field] = prefer(field, stated)
    known["summary_ai_model"] = model_of(known.get("summary_ai"), every)
    abstract = fullest((paper.abstract.source for paper in every), title.source)
    for paper in reversed(every):
        for field, chosen in (("title", title), ("abstract", abstract)):
            if getattr(paper, field).source == chosen.source and field in paper.provenance:
                provenance[field] = paper.provenance[field]
    return replace(
        kept,
        title=titled(title),
        abstract=abstract,
        seen_on=tuple(sorted({day for paper in every for day in paper.seen_on})),
        origins=tuple(chain.from_iterable(paper.origins for paper in every)),
        links=_each_once(chain.from_iterable(paper.links for paper in every)),
        provenance=provenance,
        **known,
    )


def _corrected(paper: Paper, said: Override, report: Report) -> Paper:
    """A paper with the texts, links and names that the publisher gives it."""
    title = paper.title if said.title is None else titled(parse_prose(said.title))
    abstract = paper.abstract.source if said.abstract is None else said.abstract
    prose = parse_prose(abstract, title.source)
    known = paper.links if said.abstract is None else _with_links_of(prose, paper)
    for url in said.remove_links:
        if url not in (addresses := [link.url for link in known]):
            hint = did_you_mean(url, addresses) or "remove the line"
            report.note(OVERRIDES, said.line_of("links"), f"{paper.key} has no link {url}; {hint}")
    links = [link for link in known if link.url not in said.remove_links]
    given = [f for f in ("title", "abstract", "authors") if getattr(said, f) is not None]
    places = {field: f"{OVERRIDES}:{said.line_of(field)}" for field in given}
    return replace(
        paper,
        title=title,
        abstract=prose,
        # Hers first: a page shows one link to code, and it should be hers.
        links=_each_once([*said.add_links, *links]),
        authors=paper.authors if said.authors is None else _authors(said.authors),
        arxiv_id=said.arxiv_id or paper.arxiv_id,
        # Of another id it is another one.
        primary=paper.primary if said.arxiv_id in (None, paper.arxiv_id) else None,
        corrected_on=said.date,
        provenance={**paper.provenance, **places},
        corrections=tuple(f"{OVERRIDES}:{line} {field}" for line, field in said.stated),
    )


def _with_links_of(abstract: Prose, paper: Paper) -> Sequence[Link]:
    """The links of a paper under a corrected abstract: those in it come first, in place of those of
    their kind that were in the old one."""
    new = list(links_in(abstract))
    kinds = {link.kind for link in new}
    replaced = {link.url for link in links_in(paper.abstract) if link.kind in kinds}
    return [*new, *(link for link in paper.links if link.url not in replaced)]


def _authors(names: Iterable[str]) -> tuple[Author, ...]:
    return tuple(author for name in names if (author := readable(Author(name))).name)


def _name_doubts(papers: Papers, said: Mapping[str, Override], report: Report) -> None:
    """Note the corrections that make one paper look like another."""
    by_id = {card.arxiv_id: key for key, card in papers.cards.items() if key not in said}
    for key, override in said.items():
        if key not in papers:
            continue
        card, like = papers.cards[key], paper_key(override.title or "-")
        twins = {"arxiv_id": by_id.get(override.arxiv_id or "-"), "title": like}
        for field, twin in twins.items():
            other = papers.cards.get(twin or "", card)
            apart = field == "title" and other.arxiv_id and card.arxiv_id
            if other is not card and not apart:
                reason = f"{key} has the {field} of {twin}; if they are one paper, merge them"
                report.note(OVERRIDES, override.line_of(field), reason)


def _each_once(links: Iterable[Link]) -> tuple[Link, ...]:
    kept: dict[str, Link] = {}
    for link in links:
        kept.setdefault(link.url, link)
    return tuple(kept.values())


def _day(day: Day, papers: Papers, merged: Mapping[str, str]) -> Day:
    """A day without hidden papers, and with merged ones in their first place."""
    keys = dict.fromkeys(merged.get(entry.paper, entry.paper) for entry in day.entries)
    listed = [key for key in keys if key in papers]
    return replace(
        day,
        entries=tuple(
            Entry(paper=key, position=n, first_time=papers.cards[key].seen_on[0] == day.date)
            for n, key in enumerate(listed, 1)
        ),
    )


def correct_tags(
    tags: Mapping[str, tuple[TagHit, ...]], corrections: Corrections, taxonomy: Taxonomy
) -> Mapping[str, tuple[TagHit, ...]]:
    """The tags of the papers to which some are added by hand or from which some are removed.

    A tag that is added by hand says so first, and then what else earned it.
    """
    place = {tag.slug: n for n, tag in enumerate(taxonomy.tags)}
    corrected: dict[str, tuple[TagHit, ...]] = {}
    for key, said in corrections.papers.items():
        if key not in tags or not (said.add_tags or said.remove_tags):
            continue
        hits = {hit.tag: hit for hit in tags[key] if hit.tag not in said.remove_tags}
        for slug in said.add_tags:
            hit = hits.get(slug, TagHit(slug, _CERTAIN, (), ()))
            said_so = (BECAUSE, *hit.because)
            hits[slug] = replace(hit, because=said_so, points=(_CERTAIN, *hit.points))
        corrected[key] = tuple(sorted(hits.values(), key=lambda hit: place[hit.tag]))
    return corrected
