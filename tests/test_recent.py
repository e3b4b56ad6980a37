"""By what the page of feeds counts: the topics of the papers of the newest whole weeks."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from generator.outputs.feeds.specs import Event, FeedSpec
from generator.outputs.recent import Recent

from .sites import render_site, write_digest


def part(n: int, subject: str = "graph neural network") -> tuple[str, str]:
    return f"Paper Number {n}", f"We propose a {subject} and train it, for the time number {n}."


def recent(site: dict[str, bytes]) -> tuple[int, list[set[str]]]:
    """The weeks looked back at, and the topics of each recent paper."""
    told = json.loads(site["feeds/recent.json"])
    return told["weeks"], [{told["topics"][n] for n in paper} for paper in told["papers"]]


def test_recent_papers_are_told_with_their_topics(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", part(1), part(2, "diffusion model"))
    weeks, papers = recent(render_site(tmp_path / "digests"))
    assert weeks == 1
    assert papers == [{"graph-learning"}, {"diffusion-models"}]


@pytest.mark.parametrize(
    ("oldest", "weeks", "papers"),
    [
        ("2025-03-31", 1, 2),  # a single day
        ("2025-03-19", 1, 1),  # 13 days are one whole week
        ("2025-03-18", 2, 2),
        ("2025-03-04", 4, 2),  # 28 days
        ("2025-03-03", 4, 1),  # 29 days: its first one is no longer recent
        ("2024-03-03", 4, 1),
    ],
)
def test_recent_is_the_newest_whole_weeks(
    tmp_path: Path, oldest: str, weeks: int, papers: int
) -> None:
    write_digest(tmp_path / "digests", f"{oldest}.txt", part(1))
    write_digest(tmp_path / "digests", "2025-03-31-evening.txt", part(2))
    found, topics = recent(render_site(tmp_path / "digests"))
    assert (found, len(topics)) == (weeks, papers)


def test_a_feed_that_has_items_is_never_said_to_bring_none(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-01-31.txt", part(1))
    many = [part(n, "diffusion model") for n in range(2, 9)]
    write_digest(tmp_path / "digests", "2025-03-31.txt", *many)
    page = render_site(tmp_path / "digests")["subscribe.md"].decode()
    told = dict(re.findall(r'value="([\w-]+)".*?<td class="bs-number">(.*?)</td>', page, re.DOTALL))
    assert told == {"graph-learning": "&#60;1", "diffusion-models": "2"}
    assert 'number">0<' not in page


def test_thousands_a_week_are_written_as_everywhere() -> None:
    day = date(2025, 3, 31)
    events = (Event("paper", day, "a"),) * 1234
    spec = FeedSpec("all", "all", "All", "All papers", "", "", events)
    assert Recent(day, 1).a_week(spec) == "1,234"


def test_no_page_promises_a_feed_to_a_topic_without_papers(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-31.txt", part(1))
    site = render_site(tmp_path / "digests")
    assert "each with a page of its own, and with feeds from its first paper on" in (
        site["tags.md"].decode()
    )
    assert "Each of these topics has a feed" in site["subscribe.md"].decode()
