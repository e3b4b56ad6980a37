"""A subscriber who looks now and then, while a site is filed, corrected and moved at random."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest

from generator.conversion import convert
from generator.errors import Report
from generator.ledger import write_ledger
from generator.model import Site
from generator.outputs.feeds import feeds
from generator.pipeline import build_library, build_site, keys_in, origins_of, routes_of

from .sites import settings_for, write_records

DAYS, ITEMS = 3, 8
"""What a feed holds here: so little that most of a small site is in archives."""
FEEDS = ("all", "tags/graph-learning")
SUBJECTS = ("graph neural network", "diffusion model for images", "planner for robots")


@dataclass
class Publisher:
    """What a site is made from, and what may happen to it between two pushes."""

    folder: Path
    random: Random
    url: str = "https://example.org/base/"
    newest: date = date(2025, 1, 20)
    days: dict[date, list[dict[str, str]]] = field(default_factory=dict)
    papers: list[dict[str, str]] = field(default_factory=list)
    """As they would be listed next."""
    corrections: dict[str, str] = field(default_factory=dict)
    """Of a title, in the notation of YAML."""
    merged: bool = False
    """Whether one of them made two papers one."""
    known: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    """Keys of the papers when it was pushed last, and their arXiv ids."""
    learned: list[dict[str, str]] = field(default_factory=list)

    def new(self) -> dict[str, str]:
        number = len(self.papers)
        subject = self.random.choice(SUBJECTS)
        self.papers.append({"title": f"On a {subject}, {number}", "abstract": f"A {subject}."})
        if self.random.random() < 0.5:
            self.papers[-1]["arxiv_id"] = f"2401.{number:05}"
        return self.papers[-1]

    def any(self, lately: int = 0) -> dict[str, str]:
        return self.random.choice(self.papers[-lately:])

    def list(self, day: date, number: int = 3) -> None:
        """New papers on a day, and some that may have been listed before."""
        listed = [self.new() for _ in range(number)] + [self.any(), self.any(5), self.any(9)]
        self.days.setdefault(day, []).extend(dict(paper) for paper in listed)

    def one_more_day(self) -> None:
        self.newest += timedelta(days=self.random.choice([1, 1, 3]))
        self.list(self.newest, self.random.randint(1, 5))

    def a_day_larger_than_a_feed(self) -> None:
        self.newest += timedelta(days=1)
        self.list(self.newest, 2 * ITEMS)

    def several_days_at_once(self) -> None:
        for _ in range(self.random.randint(2, 2 * DAYS)):
            self.one_more_day()

    def a_month_without_any(self) -> None:
        self.newest += timedelta(days=35)
        self.list(self.newest)

    def a_day_that_came_late(self) -> None:
        self.list(self.newest - timedelta(days=self.random.choice([1, 2, 3, 9])))

    def a_longer_abstract(self) -> None:
        self.random.choice(self.days[self.newest])["abstract"] += " It has edges."

    def another_title(self) -> None:
        paper = self.any(9)
        paper["arxiv_id"] = paper.get("arxiv_id", f"2402.{self.papers.index(paper):05}")
        self.learned.append(dict(paper))
        first = min(day for day, listed in self.days.items() if paper["title"] in str(listed))
        paper["title"] += ", Revised"
        if self.random.random() < 0.5:  # by that title it was listed before
            self.days.setdefault(first - timedelta(days=1), []).append(dict(paper))

    def a_correction(self) -> None:
        title = self.any()["title"]
        merge = f'merge: "{self.any()["title"]}"'
        said = ("title: Robots at last", "hide: yes", "tags: {remove: graph-learning}", merge)
        self.corrections[title] = self.random.choice(said)
        self.merged = self.merged or self.corrections[title] == merge

    def another_address(self) -> None:
        self.url = f"https://else{len(self.papers)}.example.org/"

    def push(self) -> tuple[Site, dict[str, bytes]]:
        """Something happens, and the site is made: with its feeds, their addresses below it."""
        events = (
            *[self.one_more_day] * 4, self.a_day_larger_than_a_feed, self.several_days_at_once,
            self.a_month_without_any, self.a_day_that_came_late, self.a_longer_abstract,
            *[self.another_title] * 2, self.a_correction, self.another_address,
        )  # fmt: skip
        for event in self.random.choices(events, k=self.random.randint(1, 2)):
            event()
        for day, listed in self.days.items():
            write_records(self.folder, f"{day}.json", listed)
        write_records(self.folder, "learned.json", self.learned)
        said = [f'"{title}": {{{what}}}\n' for title, what in self.corrections.items()]
        (self.folder / "overrides.yml").write_text("".join(said), encoding="utf-8")
        settings = settings_for(self.folder, self.folder.parent / "docs")
        settings = replace(settings, url=self.url, feed_days=DAYS, feed_items=ITEMS)
        write_ledger(self.folder, build_library(settings, Report()), lambda: self.known)
        self.known = keys_in(settings, origins_of(settings))
        site = build_site(settings, Report())
        made = feeds(site, routes_of(settings, site.library), settings)
        return site, {a.path: a.content.replace(self.url.encode(), b"https://") for a in made}


def items(content: bytes) -> Iterator[tuple[str, str]]:
    """Key and link of each item of a document."""
    if content.startswith(b"{"):
        for item in json.loads(content).get("items", ()):
            yield item["id"].rpartition("/")[2], item["url"]
    else:
        for item in feedparser.parse(content).entries:
            yield item.id.rpartition("/")[2], item.link


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_a_subscriber_sees_each_paper_once(tmp_path: Path, seed: int) -> None:
    publisher = Publisher(tmp_path / "digests", Random(seed))
    publisher.list(publisher.newest)
    seen: dict[str, dict[str, str]] = {}
    for _ in range(14):
        site, made = publisher.push()
        names = {key: {key} for key in site.library.papers}
        for former, key in site.library.aliases.items():
            names[key].add(former)
        within = [day.date for day in site.library.days if day.entries][:DAYS][-1]
        for name, file in product(FEEDS, ("rss.xml", "feed.json")):
            told = site.library.papers if name == "all" else site.tagged["graph-learning"]
            found = list(items(made.get(f"feeds/{name}/{file}", b"{}")))
            before, now = seen.setdefault(f"{name}/{file}", {}), dict(found)
            assert len(found) == len(now) == len({*now.values()})
            assert now.keys() <= {*told}
            assert now.keys() >= {k for k in told if site.library.cards[k].seen_on[0] >= within}
            assert {k: before[k] for k in now if k in before}.items() <= now.items()
            for key in now.keys() - before.keys():
                # Of two papers that a correction makes one, the other may have had the topic.
                assert not names[key] & before.keys() or (publisher.merged and name != "all")
            before |= now
        for name in FEEDS:
            told = site.library.papers if name == "all" else site.tagged["graph-learning"]
            months = [made[path] for path in made if re.match(f"feeds/{name}/archive/.*xml", path)]
            kept = [key for month in months for key, _ in items(month)]
            assert sorted(kept) == sorted(told)


def test_more_days_at_once_than_feeds_hold_are_named_to_the_publisher(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "digests", tmp_path / "docs")
    settings = replace(settings, feed_days=2, feed_items=3)

    def said_of(*days: int) -> str:
        for day in days:
            papers = [{"title": f"Paper {n} of {day}"} for n in (1, 2)]
            write_records(settings.digests, f"2025-03-{day:02}.json", papers)
        return convert(settings, Report()).untold

    assert said_of(7, 8, 9, 10) == ""  # no reader was there before
    assert said_of(11, 12) == ""
    said = said_of(13, 14, 15, 16)
    assert said.startswith("4 days are new at once, and feeds hold the newest 2: 4 papers stand in")
    assert "`feed_days: 4`" in said
    assert said_of(17) == ""


def test_a_day_that_came_later_than_feeds_reach_is_named_unless_it_is_long_past(
    tmp_path: Path,
) -> None:
    settings = settings_for(tmp_path / "digests", tmp_path / "docs")
    settings = replace(settings, feed_days=2, feed_items=3)

    def said_of(*days: str) -> str:
        for day in days:
            papers = [{"title": f"Paper {n} of {day}"} for n in (1, 2)]
            write_records(settings.digests, f"2025-{day}.json", papers)
        return convert(settings, Report()).untold

    assert said_of("03-10", "03-13", "03-14", "03-17", "03-18") == ""
    said = said_of("03-12")
    assert said.startswith("1 day came late, and feeds hold the newest 2: 2 papers stand in")
    assert "`feed_days: 5`" in said
    assert said_of("01-12", "01-13") == ""
    assert said_of("03-20") == ""
    assert said_of("03-19") == ""  # feeds reach it
    said = said_of("03-11", "03-21", "03-22", "03-23")
    assert [line.partition(",")[0] for line in said.splitlines()] == [
        "3 days are new at once",
        "1 day came late",
    ]
