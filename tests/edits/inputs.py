"""What a site is made from, held in memory, and the papers that edits put into it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

import yaml

from generator.keys import paper_key
from generator.model import Tag
from generator.taxonomy import load_taxonomy

from ..conftest import ROOT
from ..hostile import FORMULAS, HOSTILE
from ..sites import HEADER

Paper = dict[str, object]
"""A record of our own schema; a digest of text shows its title and abstract alone."""

SMALL = {
    "routes.TAG_BLOCK": 2,
    "search.periods.FULL": 8,
    "search.pieces.PAPERS": 4,
    "search.pieces.LARGEST": 2_000,
    "outputs.data.files.LARGEST": 6_000,
    "outputs.llms.DAYS": 3,
    "outputs.views.RECENT_DAYS": 3,
    "sitemap.MOST": 120,
    "trends.LEAST_EXPECTED": 1,
    "trends.LEAST_TOGETHER": 1,
    "trends.SIGNIFICANT": 1,
}
"""Limits of the program, lowered so that a few papers already reach them."""

FIRST = date(2025, 11, 20)
"""The oldest day to begin with; the days lie around a turn of the year."""


@dataclass(slots=True)
class Inputs:
    """What differs from the repository, or is missing there."""

    digests: dict[str, list[Paper]] = field(default_factory=dict)
    """The papers of each digest, by its name; `.jsonl` holds records, `.txt` is a saved page."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Any other files, by path."""
    overrides: dict[str, dict[str, object]] = field(default_factory=dict)
    ledger: dict[str, list[str]] = field(default_factory=dict)
    """What `keys.yml` says."""
    settings: dict[str, str] = field(default_factory=dict)
    """Lines below `extra: broadsheet:`."""
    environment: dict[str, str] = field(default_factory=dict)
    topics: tuple[Tag, ...] = load_taxonomy(None).tags
    """Of which papers are made."""
    papers: int = 0
    """Made so far: each has a number, so that no title comes twice by chance."""

    def tree(self) -> dict[str, bytes]:
        """Every file, by path."""
        files = {f"digests/{name}": written(name, held) for name, held in self.digests.items()}
        if self.overrides:
            files["digests/overrides.yml"] = as_yaml(self.overrides)
        if self.ledger:
            files["digests/keys.yml"] = as_yaml(self.ledger)
        lines = "".join(f"    {name}: {value}\n" for name, value in self.settings.items())
        text = self.text("mkdocs.yml").replace("  broadsheet:\n", f"  broadsheet:\n{lines}")
        return files | self.files | {"mkdocs.yml": text.encode()}

    def text(self, path: str) -> str:
        """What a file of the repository says now."""
        return (self.files.get(path) or (ROOT / path).read_bytes()).decode()

    def days(self) -> dict[date, list[str]]:
        """The names of the dated digests, by day."""
        found: dict[date, list[str]] = {}
        for name in sorted(self.digests):
            if re.match(r"\d{4}-", name):
                found.setdefault(date.fromisoformat(name[:10]), []).append(name)
        return found

    def records(self) -> list[Paper]:
        """Every record of every digest."""
        return [paper for held in self.digests.values() for paper in held]


Edit = Callable[[Inputs, Random], str]
"""Changes the inputs; says how in a few words, or nothing where there was nothing to change."""
Kind = TypeVar("Kind", bound=Callable[..., str])


def begin(chance: Random, days: int = 9, topics: int | None = None) -> Inputs:
    """A site of so many days, nine in several months, with limits that they reach; of as many
    topics, or of all."""
    inputs = Inputs(topics=load_taxonomy(None).tags[:topics])
    day = FIRST
    for _ in range(days):
        add_digest(inputs, chance, day)
        day += timedelta(chance.randrange(1, 16))
    for limit, value in SMALL.items():
        path, name = place(limit)
        text = inputs.text(path)
        text, found = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
        assert found == 1, limit
        inputs.files[path] = text.encode()
    return inputs


def mix(kinds: Sequence[Kind], chance: Random) -> Iterator[Kind]:
    """The kinds in random order without end, each as often as any other."""
    while True:
        yield from chance.sample(kinds, len(kinds))


def place(limit: str) -> tuple[str, str]:
    """File and name of one of the limits in `SMALL`."""
    module, _, name = limit.rpartition(".")
    return f"generator/{module.replace('.', '/')}.py", name


def written(name: str, papers: Sequence[Paper]) -> bytes:
    """A digest as a file."""
    if name.endswith(".jsonl"):
        return "".join(json.dumps(paper) + "\n" for paper in papers).encode()
    texts = [f"{paper['title']}\n\n{paper['abstract']}".strip() for paper in papers]
    return (HEADER.format(label="") + "\n\n".join(texts) + "\n").encode()


def as_yaml(data: Mapping[str, object]) -> bytes:
    return yaml.safe_dump(dict(data), allow_unicode=True, width=10_000).encode()


def new_paper(inputs: Inputs, chance: Random) -> Paper:
    """A paper of a few topics of the vocabulary, so that it has tags and neighbours."""
    inputs.papers += 1
    number = inputs.papers
    topics = chance.sample(inputs.topics, 3)
    words = [chance.choice(topic.synonyms or (topic.name,)) for topic in topics]
    odd = chance.choice(FORMULAS + HOSTILE) if chance.random() < 0.2 else "It works."
    text = (
        f"We study {words[0]} and {words[1]}. For {words[2]} we prove a bound. {odd} "
        f"{topics[0].definition}"
    )
    paper: Paper = {
        "title": f"{words[0].capitalize()} for {words[1]} by {words[2]} {number}",
        "abstract": text if chance.random() < 0.95 else "",
    }
    if chance.random() < 0.6:
        paper["id"] = f"2511.{number:05}"
        paper["authors"] = [f"Ann{chance.randrange(4)} Lee", f"Bo{chance.randrange(30)} Wu"]
        paper["categories"] = chance.sample(["cs.LG", "cs.CL", "cs.CV", "stat.ML"], 2)
    if chance.random() < 0.3:
        paper["code"] = f"https://github.com/a/b{number}"
        paper["upvotes"] = chance.randrange(99)
        paper["tldr"] = f"In short: {words[0]}."
    return paper


def any_paper(inputs: Inputs, chance: Random) -> Paper:
    """One of the records, to be changed in its place."""
    return chance.choice(inputs.records())


def any_key(inputs: Inputs, chance: Random) -> str:
    return paper_key(str(any_paper(inputs, chance)["title"]))


def add_digest(inputs: Inputs, chance: Random, day: date, more: str = "") -> str:
    """A digest of that day with new papers and, often, one that was listed elsewhere; its name."""
    held = [new_paper(inputs, chance) for _ in range(chance.randrange(1, 6))]
    if inputs.digests and chance.random() < 0.5:
        held.insert(0, dict(any_paper(inputs, chance)))
    name = f"{day}{more}.{chance.choice(['txt', 'jsonl'])}"
    inputs.digests[name] = held
    return name
