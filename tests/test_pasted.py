"""Text that came through a mail, an editor or the source of a page is read as what it was."""

from __future__ import annotations

import time

import pytest

from generator.errors import Report
from generator.sources import SourceFile, read_capture
from generator.sources.dialects import as_markdown
from generator.sources.pasted import as_written, unescaped

FIRST = "A First Paper on Sorting"
SECOND = "Second Thoughts: Reconsidering the Obvious"
ABSTRACT = "We count the things that nobody counts.\nThere are more of them than one would think."
PAGE = f"{FIRST}\n\n{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}\n"
PAPERS = [(FIRST, ABSTRACT), (SECOND, ABSTRACT)]
MAIL = "From: Ann Lee <ann@example.org>\nDate: Wed, Mar 12, 2025 at 9:00 AM\nSubject: Papers\n"


def papers(text: str) -> list[tuple[str, str]]:
    captures = read_capture(SourceFile("2025-03-12.txt", text), Report())
    return [(item.title, item.abstract) for capture in captures for item in capture.items]


def label(text: str) -> str:
    (capture,) = read_capture(SourceFile("papers.txt", text), Report())
    return capture.label


def quoted(text: str, mark: str) -> str:
    return "\n".join((mark + line).rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("end", ["\v", "\f", "\x85", "\u2028", "\u2029"])
def test_lines_may_end_as_other_editors_end_them(end: str) -> None:
    assert papers(PAGE.replace("\n", end)) == PAPERS


def test_a_character_that_may_end_a_line_ends_none_where_the_others_do() -> None:
    text = PAGE.replace("things", "very\u2028new\x0bthings", 1) + PAGE * 2
    assert as_written(SourceFile("x.txt", text)).text == text


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", "  > "])
def test_a_quoted_mail_is_read_without_its_marks(mark: str) -> None:
    wrote = "On Wed, Mar 12, 2025 at 9:00 AM Ann Lee <ann@example.org>\nwrote:\n\n"
    assert papers(wrote + quoted(PAGE, mark)) == PAPERS


def test_a_quoted_digest_with_labels_is_read_as_if_it_were_none() -> None:
    text = f"Title: {FIRST}\nAuthors: Ann Lee\nAbstract: {ABSTRACT}\n"
    assert papers(quoted(text, "> ")) == [(FIRST, ABSTRACT.replace("\n", " "))]


def test_a_line_that_begins_with_a_relation_is_no_quoted_mail() -> None:
    abstract = "We count, and find that our count of all the things is\n> 90% of theirs. It is."
    assert papers(f"{FIRST}\n\n{abstract}\n\n{SECOND}\n\n{ABSTRACT}\n")[0] == (FIRST, abstract)


@pytest.mark.parametrize(
    "above", ["", "---------- Forwarded message ---------\n", "Begin forwarded message:\n\n"]
)
def test_the_head_of_a_mail_is_no_paper_and_dates_the_digest(above: str) -> None:
    text = f"{above}{MAIL}\n{PAGE}\n-- \nAnn Lee\nUnsubscribe: https://example.org/u\n"
    assert papers(text) == PAPERS
    assert label(text) == "Mar 12, 2025"


def test_lines_of_a_mail_keep_their_numbers() -> None:
    (capture,) = read_capture(SourceFile("x.txt", quoted(f"{MAIL}\n{PAGE}", "> ")), Report())
    assert [item.line for item in capture.items] == [5, 10]


def test_fields_that_are_no_head_of_a_mail_stay() -> None:
    text = f"Date: 2025-03-12\nSubject: Papers\n\n{PAGE}"
    assert as_written(SourceFile("x.txt", text)).text == text


def test_entities_of_a_copied_page_are_the_characters_they_stand_for() -> None:
    text = PAGE.replace("Thoughts: R", "Thoughts &amp; &quot;Things&quot;: R").replace(
        "nobody counts", "others don&#39;t"
    )
    (_, abstract), (title, _) = papers(text)
    assert title == 'Second Thoughts & "Things": Reconsidering the Obvious'
    assert abstract.startswith("We count the things that others don't.")


@pytest.mark.parametrize("text", ["R&D on &amp;", "&unknown;", "&amp", "AT&T; a&b"])
def test_what_is_no_entity_of_an_escaped_text_stays(text: str) -> None:
    assert unescaped(text) == text


def test_no_entity_ends_a_line() -> None:
    assert "\n" not in unescaped("a&#10;b&NewLine;c&#8232;d")


def test_a_word_above_a_forwarded_mail_does_not_keep_its_marks() -> None:
    text = f"Hi all,\n\nsee below.\n\n---- Forwarded message ----\n{MAIL}\n{quoted(PAGE, '> ')}"
    assert papers(text) == PAPERS


@pytest.mark.parametrize(
    "text",
    [
        "#+title: x\n* a" + " " * 200_000 + "b",
        "#+title: x\n* a" + " :a" * 100_000,
        "#+title: x\n" + "- " * 100_000,
        "> [!a]" + " " * 200_000 + "b",
        "Ann, [" * 50_000,
        "<http://a" * 50_000,
        "".join(f"A, [{n % 28 + 1}.1.{n % 999 + 1000} 09:00]\nb\n" for n in range(60_000)),
    ],
)
def test_marks_of_other_programs_cost_no_more_than_their_length(text: str) -> None:
    before = time.process_time()
    as_markdown(text)
    assert time.process_time() - before < 2
