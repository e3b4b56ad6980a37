"""Asks arXiv about papers that are held without id, authors or classes, and files what it knows.

By id where there is one, else by title: a paper is the one with that very title, as keys are made
of titles, and only if arXiv knows no other with it. What is filed has no date, so it completes
papers and lists none; it bears their titles as they are held, so it moves no page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..errors import Report
from ..keys import paper_key
from ..model import Library, Paper, RawPaper
from .client import Client
from .held import add_papers
from .memory import Memory
from .services import api_address, read_api

IDS = 100
"""Papers in a question by id: an address of some 1,200 characters."""

TITLES = 20
"""Papers in a question by title: some 2,500 characters; servers take 8,000."""

ANSWERS = 10
"""Papers that may come for each title: those whose titles hold it, too."""

MOST_QUESTIONS = 50
"""Questions of a run, some three minutes; what is left comes with the next."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Enriched:
    """What a question brought."""

    asked: int
    """Papers it was about."""
    found: int

    def __str__(self) -> str:
        return f"arXiv knows {self.found} of {self.asked} papers it was asked about"


def enrich(
    library: Library, digests: Path, client: Client, api: str, memory: Memory, today: date
) -> Iterator[Enriched]:
    """Ask about every paper that lacks something, newest first; `CollectError` as `Client` has it.

    Each answer is filed before the next question, by month of the papers' first days.
    """
    lacking = [
        paper
        for paper in sorted(
            library.papers.values(), key=lambda p: (-p.seen_on[0].toordinal(), p.key)
        )
        if not (paper.arxiv_id and paper.authors and paper.categories)
        and not memory.was_in_vain(paper.key, today)
    ]
    with_id = [paper for paper in lacking if paper.arxiv_id]
    without = [paper for paper in lacking if not paper.arxiv_id and _words(paper)]
    questions = [
        # An answer by id may lack some: arXiv has counted ids that it does not know.
        *((_by_id(api, some), some, 1) for some in _batches(with_id, IDS)),
        *((_by_title(api, some), some, ANSWERS * len(some)) for some in _batches(without, TITLES)),
    ]
    for url, papers, least in questions[:MOST_QUESTIONS]:
        answer = client.get(url)
        report = Report()
        captures, _ = read_api("arxiv", answer.text if answer else "", url, least, report)
        found = _matched(papers, [paper for capture in captures for paper in capture.items])
        _file(digests, papers, found, today)
        for paper in papers:
            # One that is still short of something would be asked about every day.
            raw = found.get(paper.key)
            if raw is None or not (raw.authors and raw.categories):
                memory.note_in_vain(paper.key, today)
        yield Enriched(len(papers), len(found))


def _words(paper: Paper) -> str:
    return " ".join(_WORD.findall(paper.title.source))


def _by_id(api: str, papers: Sequence[Paper]) -> str:
    ids = ",".join(str(paper.arxiv_id) for paper in papers)
    return api_address(api, id_list=ids, max_results=len(papers))


def _by_title(api: str, papers: Sequence[Paper]) -> str:
    titles = " OR ".join(f'ti:"{_words(paper)}"' for paper in papers)
    return api_address(api, search_query=titles, max_results=len(papers) * ANSWERS)


def _batches(papers: Sequence[Paper], size: int) -> Iterator[Sequence[Paper]]:
    return (papers[start : start + size] for start in range(0, len(papers), size))


def _matched(papers: Sequence[Paper], answers: Sequence[RawPaper]) -> Mapping[str, RawPaper]:
    """The answer for each paper, by key; none where two have its title."""
    by_id = {raw.arxiv_id: raw for raw in answers if raw.arxiv_id}
    by_title: defaultdict[str, dict[str, RawPaper]] = defaultdict(dict)
    for arxiv_id, raw in by_id.items():
        by_title[paper_key(raw.title)][arxiv_id] = raw
    found = {}
    for paper in papers:
        alike = by_title[paper_key(paper.title.source)]
        if paper.arxiv_id in by_id:
            found[paper.key] = by_id[paper.arxiv_id]
        elif not paper.arxiv_id and len(alike) == 1:
            (found[paper.key],) = alike.values()
    return found


def _file(
    digests: Path, papers: Sequence[Paper], found: Mapping[str, RawPaper], today: date
) -> None:
    by_file: defaultdict[Path, list[RawPaper]] = defaultdict(list)
    for paper in papers:
        raw = found.get(paper.key)
        if raw is not None:
            # A name with a day in it would list the papers on that day.
            first = paper.seen_on[0]
            path = digests / str(first.year) / f"arxiv-{first.month:02}.jsonl"
            same = paper_key(raw.title) == paper_key(paper.title.source)
            title = raw.title if same else paper.title.source
            by_file[path].append(replace(raw, title=title, extra={}))
    for path, raws in sorted(by_file.items()):
        add_papers(path, raws, None, today)
