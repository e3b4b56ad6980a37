"""Addresses and feed ids, as published: none of them ever changes."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import CollisionError
from generator.routes import TAG_BLOCK, Routes, check_collisions, tag_blocks

ROUTES = Routes("https://example.org/base/", "example.org")
DAY = date(2025, 3, 12)
ADDRESSES = ["", "archive/", "days/2025-03-12/", "papers/a/", "tags/b/2/", "feeds/all/rss.xml"]


def test_addresses_are_those_that_the_readme_reserves() -> None:
    assert ROUTES.day(DAY) == "days/2025-03-12/"
    assert ROUTES.month(DAY) == "months/2025-03/"
    assert ROUTES.paper("adam") == "papers/adam/"
    assert ROUTES.tag("theory") == "tags/theory/"
    assert ROUTES.tag("theory", 3) == "tags/theory/3/"
    assert ROUTES.feed("tags/theory", "rss.xml") == "feeds/tags/theory/rss.xml"
    assert ROUTES.data("papers.jsonl") == "data/papers.jsonl"
    assert ROUTES.absolute("papers/adam/") == "https://example.org/base/papers/adam/"


def test_feed_ids_hold_the_key_and_no_day_of_reading() -> None:
    assert ROUTES.paper_id("adam") == "tag:example.org,2025:paper/adam"
    assert ROUTES.day_id(DAY) == "tag:example.org,2025:day/2025-03-12"
    assert ROUTES.again_id("adam", DAY) == "tag:example.org,2025:again/adam/2025-03-12"


@pytest.mark.parametrize("origin", [a for a in ADDRESSES if a.endswith("/") or not a])
@pytest.mark.parametrize("target", [*ADDRESSES, "papers/a/#p-x"])
def test_a_relative_link_leads_where_the_absolute_one_does(origin: str, target: str) -> None:
    link = ROUTES.relative(origin, target)
    assert urljoin(ROUTES.absolute(origin), link) == ROUTES.absolute(target)


@given(st.integers(0, 2000))
def test_a_topics_front_page_has_all_or_100_to_199_papers(count: int) -> None:
    front = count - tag_blocks(count) * TAG_BLOCK
    assert front == count < 200 or 100 <= front <= 199


def test_a_collision_names_all_claimants() -> None:
    claimed = [("a.md", "the paper 'A'"), ("A.md", "the topic 'A'")]
    with pytest.raises(CollisionError, match=r"a\.md by the paper 'A' and the topic 'A'"):
        check_collisions(claimed)
