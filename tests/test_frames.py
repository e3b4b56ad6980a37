"""What a newsletter says around its papers is no paper, and no paper's title is taken for that."""

from __future__ import annotations

import pytest

from generator.errors import Report
from generator.model import RawPaper
from generator.sources import SourceFile, read_capture
from generator.sources.frames import is_framing

FIRST = "A First Paper on Sorting"
SECOND = "Second Thoughts: Reconsidering the Obvious"
ABSTRACT = "We count the things that nobody counts. There are more of them than one would think."
LONG = " ".join([ABSTRACT] * 4)
PAPERS = [(FIRST, ABSTRACT), (SECOND, ABSTRACT)]


def read(text: str) -> tuple[list[RawPaper], list[str]]:
    report = Report()
    captures = read_capture(SourceFile("2025-03-12.txt", text), report)
    return [item for c in captures for item in c.items], [str(p) for p in report.problems]


def papers(text: str) -> list[tuple[str, str]]:
    return [(item.title, item.abstract) for item in read(text)[0]]


def page(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    "text",
    ["Hello readers,", "Hi everyone!", "Dear all,", "Good morning, friends!", "Bonjour à tous,",
     "Welcome to another edition of Paper Pulse, your daily look at research.",
     "Here are today’s top papers:", "Happy Friday! Here are three papers.",
     "In this issue, we look at graphs.",
     "Sponsored by Acme: train twice as fast.", "A word from our sponsor: use code PAPERS20.",
     "**That's all for today!**", "See you tomorrow 👋", "Thanks for reading!", "— Best regards,",
     "Have feedback? Hit reply and let us know.", "If you enjoyed this newsletter, tell a friend.",
     "Unsubscribe | Manage preferences | View in browser", "© 2025 Paper Pulse",
     "You received this email because you signed up."],
)  # fmt: skip
def test_what_is_about_a_newsletter_is_known(text: str) -> None:
    assert is_framing(text)
    above = page(FIRST, ABSTRACT, SECOND, ABSTRACT, text)
    assert papers(above) == PAPERS


@pytest.mark.parametrize(
    "title",
    ["Hello, It's GPT-2: How Can I Help You?", "Welcome to the Era of Experience", "Hi",
     "That's Not What I Meant", "That Is All You Need: Farewell to Attention", "Stay Tuned",
     "Sponsored Search Auctions", "Thank You for Reading My Mind", "Supported by Evidence",
     "Follow Us on the Path", "Subscribe to Attention", "Unsubscribe Me Not", "Here Are the Papers",
     "Until Then"],
)  # fmt: skip
def test_a_title_that_begins_alike_is_one(title: str) -> None:
    assert papers(page(title, ABSTRACT, SECOND, ABSTRACT)) == [(title, ABSTRACT), PAPERS[1]]


@pytest.mark.parametrize(
    "abstract",
    ["This issue is pronounced in deep nets. We mend it, and it is gone.",
     "In this work we unsubscribe from attention. We are done with it at last.",
     "You only look once. We look at it twice, and find that we see more than you."],
)  # fmt: skip
def test_an_abstract_that_begins_alike_is_one(abstract: str) -> None:
    assert papers(page(FIRST, abstract, SECOND, ABSTRACT))[0] == (FIRST, abstract)


def test_what_introduces_a_digest_is_no_paper() -> None:
    introduction = "It was a busy week. Two papers caught our eye, and we think that you like them."
    text = page("Hi all,", introduction, "March 12, 2025", FIRST, ABSTRACT, SECOND, ABSTRACT)
    items, problems = read(text)
    assert [item.title for item in items] == [FIRST, SECOND]
    assert problems == [
        "2025-03-12.txt:1: lines such as “Hi all,” are of the page (2 in this file); left out"
    ]


def test_behind_a_farewell_nothing_is_a_paper() -> None:
    end = ["That's it for today.", "Anna and Bob of the Pulse", "Pulse Inc, 1 Main Street"]
    assert papers(page(FIRST, ABSTRACT, SECOND, ABSTRACT, *end)) == PAPERS


def test_a_farewell_between_two_days_ends_none() -> None:
    text = page(FIRST, LONG, "See you tomorrow!", SECOND, LONG)
    assert papers(text) == [(FIRST, LONG), (SECOND, LONG)]


MARKED = """\
## [{0}](https://arxiv.org/abs/2503.01234)

{1}

**Sponsored by [Acme](https://acme.org)**

That's all for today!

Write to us, as we read all that you write, at any time.

[Unsubscribe](https://x.org/u) | [View in browser](https://x.org/v)
"""
LABELLED = """\
Title: {0}
URL: https://arxiv.org/abs/2503.01234
Abstract: {1}

Thanks for reading!

Unsubscribe here.
"""


@pytest.mark.parametrize("text", [MARKED, LABELLED], ids=["markdown", "labels"])
def test_nothing_of_it_is_a_part_of_the_last_paper(text: str) -> None:
    ((item,), problems) = read(text.format(FIRST, ABSTRACT))
    assert (item.title, item.abstract) == (FIRST, ABSTRACT)
    assert [link.url for link in item.links] == ["https://arxiv.org/abs/2503.01234"]
    assert problems == []
