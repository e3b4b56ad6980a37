"""Asks arXiv about papers that are held without id, authors or classes, and files what it knows.

By id where there is one, else by title: a paper is the one with that very title, as keys are made
of titles, and only if arXiv knows no other with it. What is filed has no date, so it completes
papers and lists none; it bears their titles as they are held, so it moves no page.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from ..errors import RefusedError, Report
from ..keys import paper_key
from ..model import Library, Paper, RawPaper
from .client import Client
from .held import add_papers
from .memory import Memory
from .services import api_address, read_api

IDS = 100
"""Papers in a question by id: an address of some 1,400 characters."""

TITLES = 20
"""Papers in a question by title at most: some 2,500 characters."""

LONGEST = 6_000
"""Characters of an address: servers take 8,000."""

ANSWERS = 200
"""Papers that may come for titles: those whose titles hold one of them, too."""

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

    Papers that are refused together, or about which more is known than an answer holds, are asked
    about by halves. Each answer is filed before the next question, by month of the papers' first
    days.
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
    batches = chain(_batches(api, with_id, IDS), _batches(api, without, TITLES))
    questions = deque(islice(batches, MOST_QUESTIONS))
    asked = 0
    while questions and asked < MOST_QUESTIONS:
        papers = questions.popleft()
        if len(_address(api, papers)) > LONGEST:  # a title that is too long alone
            memory.note_in_vain(papers[0].key, today)
            continue
        asked += 1
        try:
            answers = _ask(client, api, papers)
        except RefusedError:
            if len(papers) == 1:
                memory.note_in_vain(papers[0].key, today)  # so that the next run gets past it
                raise
            answers = None
        if answers is None and len(papers) > 1:  # fewer may be told apart
            half = len(papers) // 2
            questions.extendleft([papers[half:], papers[:half]])
            continue
        found = _matched(papers, answers or [])
        _file(digests, papers, found, today)
        for paper in papers:
            # One that is still short of something would be asked about every day.
            raw = found.get(paper.key)
            if raw is None or not (raw.authors and raw.categories):
                memory.note_in_vain(paper.key, today)
        yield Enriched(len(papers), len(found))


def _ask(client: Client, api: str, papers: Sequence[Paper]) -> Sequence[RawPaper] | None:
    """What arXiv answers about papers; `None` where more have their titles than came, so that
    another one with a title may be among the rest."""
    url = _address(api, papers)
    by_id = bool(papers[0].arxiv_id)
    answer = client.get(url)
    # An answer by id may lack some: arXiv has counted ids that it does not know.
    least = 1 if by_id else ANSWERS
    captures, more = read_api("arxiv", answer.text if answer else "", url, least, Report())
    if more and not by_id:
        return None
    return [paper for capture in captures for paper in capture.items]


def _address(api: str, papers: Sequence[Paper]) -> str:
    """Address of a question about papers: by id where they have one, else by title."""
    if papers[0].arxiv_id:
        ids = ",".join(str(paper.arxiv_id) for paper in papers)
        return api_address(api, id_list=ids, max_results=len(papers))
    titles = " OR ".join(f'ti:"{_words(paper)}"' for paper in papers)
    return api_address(api, search_query=titles, max_results=ANSWERS)


def _words(paper: Paper) -> str:
    return " ".join(_WORD.findall(paper.title.source))


def _batches(api: str, papers: Sequence[Paper], most: int) -> Iterator[Sequence[Paper]]:
    """As many papers at a time as one question takes."""
    batch: list[Paper] = []
    for paper in papers:
        if batch and (len(batch) == most or len(_address(api, [*batch, paper])) > LONGEST):
            yield batch
            batch = []
        batch.append(paper)
    if batch:
        yield batch


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
