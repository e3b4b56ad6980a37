"""Saved digest pages: every readable paper is kept, every oddity noted with its line."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.datelines import read_date_line
from generator.dates import resolve_day
from generator.errors import Report
from generator.model import Capture
from generator.sources import SourceFile, read_capture, read_captures, read_file
from generator.sources.text_capture import to_text

SHELF = Path(__file__).parent / "captures"
FIRST = "A First Paper on Sorting"
SECOND = "Second Thoughts: Reconsidering the Obvious"
THIRD = "The Third Paper Has Some Results"


ABSTRACT = "We count the things that nobody counts. There are more of them than one would think."


def read(name: str) -> tuple[tuple[Capture, ...], list[str]]:
    report = Report()
    file = read_file(f"{name}.txt", SHELF / f"{name}.txt", report)
    captures = read_capture(file, report) if file else ()
    return captures, [str(problem) for problem in report.problems]


def read_text(text: str) -> tuple[tuple[Capture, ...], list[str]]:
    report = Report()
    captures = read_capture(SourceFile("papers.txt", text), report)
    return captures, [str(problem) for problem in report.problems]


def titles(capture: Capture) -> list[str]:
    return [" ".join(item.title.split()) for item in capture.items]


@pytest.mark.parametrize(
    "name",
    ["plain", "header_in_another_order", "header_missing_but_date", "windows_line_ends",
     "no_break_spaces", "no_blank_lines", "hard_wrapped"],
)  # fmt: skip
def test_a_page_with_a_harmless_shape_is_read_whole_without_a_word(name: str) -> None:
    (capture,), problems = read(name)
    plain = read("plain")[0][0]
    assert titles(capture) == [FIRST, SECOND]
    assert [" ".join(i.abstract.split()) for i in capture.items] == [
        i.abstract for i in plain.items
    ]
    assert " ".join(capture.label.split()) == "Mar 12"
    assert problems == []


def test_without_a_header_the_papers_are_read_all_the_same() -> None:
    (capture,), problems = read("no_header_at_all")
    assert (titles(capture), capture.label, problems) == ([FIRST, SECOND], "", [])


def test_a_title_knows_its_line() -> None:
    (capture,), _ = read("plain")
    assert [item.line for item in capture.items] == [11, 15]
    assert capture.label_line == 9


@pytest.mark.parametrize(
    ("name", "expected", "empty"),
    [
        ("missing_last_abstract", [FIRST, SECOND, THIRD], THIRD),
        ("missing_middle_abstract", [FIRST, THIRD, SECOND], THIRD),
    ],
)
def test_a_missing_abstract_costs_no_paper(name: str, expected: list[str], empty: str) -> None:
    (capture,), problems = read(name)
    assert titles(capture) == expected
    assert [item.title for item in capture.items if not item.abstract] == [empty]
    assert len(problems) == 1
    assert f"“{empty}” has no abstract; kept without one" in problems[0]


def test_an_abstract_in_two_paragraphs_is_joined() -> None:
    (capture,), problems = read("abstract_in_two_paragraphs")
    plain = read("plain")[0][0]
    assert [" ".join(i.abstract.split()) for i in capture.items] == [
        i.abstract for i in plain.items
    ]
    (problem,) = problems
    assert problem.startswith("abstract_in_two_paragraphs.txt:13: the abstract of “A First")
    assert problem.endswith("” stands in 2 paragraphs; joined")


def test_unknown_header_lines_are_named_and_left_out() -> None:
    (capture,), problems = read("longer_header")
    assert titles(capture) == [FIRST, SECOND]
    assert problems == [
        "longer_header.txt:5: “An unknown line of the page” is no known header line; left out"
    ]


def test_a_title_that_stands_twice_is_noted() -> None:
    _, problems = read("title_twice")
    assert problems == [f"title_twice.txt:19: “{FIRST}” stands in line 11 already; kept once"]


def test_counts_of_votes_are_left_out_and_noted_once() -> None:
    (capture,), problems = read("counts_between_papers")
    assert titles(capture) == [FIRST, SECOND]
    assert len(problems) == 1
    assert "(3 in this file); left out" in problems[0]


@pytest.mark.parametrize(
    "asides",
    [
        "341",
        "Upvote 1.2k\n\n3 comments",
        "231 points · 31 comments",
        "Submitted by akhaliq\n\n341",
        "341\n\nSubmitted by\n\nak-haliq",
        "Abstract",
    ],
)
def test_votes_between_a_title_and_its_abstract_cost_no_title(asides: str) -> None:
    body = f"{FIRST}\n\n{asides}\n\n{ABSTRACT}\n\n{SECOND}\n\n{asides}\n\n{ABSTRACT}"
    for head in ("", "Jan 5\n\n", "new\n\nSubscribe\n\nJan 5\n\n"):
        (capture,) = read_capture(SourceFile("2025/x.txt", head + body), Report())
        assert [(item.title, item.abstract) for item in capture.items] == [
            (FIRST, ABSTRACT),
            (SECOND, ABSTRACT),
        ]


def test_votes_of_titles_without_abstracts_cost_no_title() -> None:
    text = f"Jan 5\n\n{FIRST}\n\n341\n\nBaz\n\n12\n\nQux Nets\n\n7\n\n{SECOND}\n\n{ABSTRACT}"
    (capture,) = read_capture(SourceFile("2025/x.txt", text), Report())
    assert titles(capture) == [FIRST, "Baz", "Qux Nets", SECOND]


def test_a_word_broken_behind_its_hyphen_is_whole_again() -> None:
    abstract = f"{ABSTRACT} See https://example.org/state-\nof-the-art for the pre-\nand the post-"
    text = f"Jan 5\n\nCross-\nAttention at Work\n\n{abstract}\ntraining."
    (capture,) = read_capture(SourceFile("2025/x.txt", text), Report())
    assert titles(capture) == ["Cross-Attention at Work"]
    assert "https://example.org/state-of-the-art for the pre-\nand the post-training." in (
        capture.items[0].abstract
    )


def test_two_pages_in_one_file_are_two_captures() -> None:
    captures, problems = read("two_days_in_one_file")
    assert [(c.label, titles(c)) for c in captures] == [
        ("Mar 12", [FIRST]),
        ("Mar 13", [SECOND, THIRD]),
    ]
    (problem,) = problems
    assert problem.endswith(": a further date line, “Mar 13”: a day of its own begins here")


def test_utf_16_is_read_and_said() -> None:
    (capture,), problems = read("utf_16")
    assert titles(capture) == [FIRST, SECOND]
    assert problems == ["utf_16.txt: UTF-16; read as such, UTF-8 is safer"]


def test_a_header_without_papers_is_named() -> None:
    captures, problems = read("only_a_header")
    assert [capture.items for capture in captures] == [()]
    assert problems == ["only_a_header.txt:9: a header and no papers; nothing to keep"]


@pytest.mark.parametrize(
    "title", ["1984", "2", "GitHub", "View PDF", "May 4", "[Re] A Study", "{x}"]
)
def test_a_title_that_reads_like_something_else_is_a_title(title: str) -> None:
    for text in (f"{title}\n\n{ABSTRACT}", f"{FIRST}\n\n{ABSTRACT}\n\n{title}\n\n{ABSTRACT}"):
        # A date at the very top is the date line, so there a title like that needs one above it.
        for head in ("Mar 12\n\n", "")[: 1 if title == "May 4" else 2]:
            (capture,) = read_capture(SourceFile("2025/x.txt", head + text), Report())
            assert (titles(capture)[-1], capture.items[-1].abstract) == (title, ABSTRACT)


def test_a_date_inside_a_paper_dates_nothing() -> None:
    report = Report()
    text = f"Mar 12\n\n{FIRST}\n\nMar 14\n\n{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}"
    (capture,) = read_capture(SourceFile("x.txt", text), report)
    assert titles(capture) == [FIRST, SECOND]
    assert "“Mar 14” stands inside a paper and dates nothing; left out" in str(report.problems[0])


HEAD = "new\n\nSubscribe\n\n"
LONGER = (
    "We count the things that nobody counts, one after the other, for a whole year. "
    "There are more of them than anyone would think before the first count."
)


def papers(text: str) -> tuple[list[tuple[str, list[str], int]], list[str]]:
    """Date line, titles and number of abstracts of each day, and what was said."""
    report = Report()
    captures = read_capture(SourceFile("x.txt", text), report)
    found = [(c.label, titles(c), sum(bool(i.abstract) for i in c.items)) for c in captures]
    assert {i.abstract for c in captures for i in c.items} <= {"", LONGER}
    return found, [str(problem) for problem in report.problems]


def joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize("between", ["\n\n", "\n\n\ufeff"])
@pytest.mark.parametrize(
    "second", [("new", "Subscribe", "Mar 13, 2025"), ("Mar 13, 2025", "new", "Subscribe")]
)
def test_a_date_beside_header_lines_begins_a_day_wherever_it_stands(
    between: str, second: tuple[str, ...]
) -> None:
    days = (
        joined("new", "Subscribe", "Mar 12, 2025", FIRST, LONGER, SECOND),
        joined(*second, THIRD, LONGER),
    )
    found, problems = papers(between.join(days))
    assert found == [("Mar 12, 2025", [FIRST, SECOND], 1), ("Mar 13, 2025", [THIRD], 1)]
    assert problems[0] == f"x.txt:11: “{SECOND}” has no abstract; kept without one"
    assert problems[1].endswith(": a day of its own begins here")


def test_a_day_without_any_abstract_keeps_its_papers() -> None:
    days = joined("new", "Mar 12", FIRST, SECOND, "new", "Subscribe", "Mar 13", THIRD, LONGER)
    found, _ = papers(days)
    assert found == [("Mar 12", [FIRST, SECOND], 0), ("Mar 13", [THIRD], 1)]


COOKIES = "We use cookies to improve this site. By using it you agree to our policy."


@pytest.mark.parametrize(
    "above",
    [
        [COOKIES, "Accept all", "Reject"],
        ["https://huggingface.co/papers", "Saved for later"],
        ["new", COOKIES, "Accept all"],
        [f"Menu {'ABCDEFGHIJKLMNOPQRST'[n]}" for n in range(20)],
    ],
)
def test_what_stands_above_the_page_costs_no_paper_and_is_none(above: list[str]) -> None:
    page = joined(*above, "new", "Subscribe", "Mar 12", FIRST, LONGER, SECOND, LONGER)
    found, problems = papers(page)
    assert found == [("Mar 12", [FIRST, SECOND], 2)]
    assert all(problem.endswith("left out") for problem in problems)
    assert len(problems) <= len(above)


def test_a_page_glued_to_another_is_a_day_of_its_own() -> None:
    first = joined("new", "Subscribe", "Mar 12", FIRST, LONGER)
    found, _ = papers(f"{first}\n" + joined("new", "Subscribe", "Mar 13", SECOND, LONGER))
    assert found == [("Mar 12", [FIRST], 1), ("Mar 13", [SECOND], 1)]


@pytest.mark.parametrize(
    "missing", [f"{SECOND}\n{LONGER}\n\n{THIRD}", f"{SECOND}\n\n{LONGER}\n{THIRD}",
                f"{SECOND}\n{LONGER}\n{THIRD}"]
)  # fmt: skip
def test_a_missing_blank_line_costs_no_paper(missing: str) -> None:
    found, problems = papers(f"{HEAD}Mar 12\n\n{FIRST}\n\n{LONGER}\n\n{missing}\n\n{LONGER}")
    assert found == [("Mar 12", [FIRST, SECOND, THIRD], 3)]
    assert all("no blank line b" in problem for problem in problems)
    after, before = f"{SECOND}\n{LONGER}" in missing, f"{LONGER}\n{THIRD}" in missing
    assert (f"x.txt:11: no blank line between “{SECOND}” and its abstract; parted" in problems) == (
        after
    )
    assert any(
        p.endswith(f"no blank line before “{THIRD}”; read as a title") for p in problems
    ) == (before)


@pytest.mark.parametrize("width", [0, 60, 80, 100])
@pytest.mark.parametrize("head", ["", f"{HEAD}Mar 12\n\n", "new\nSubscribe\nMar 12\n"])
def test_blank_lines_between_papers_alone_are_said_once(head: str, width: int) -> None:
    pairs = [(FIRST, LONGER), (SECOND, LONGER), (THIRD, LONGER)]
    report = Report()
    text = head + joined(*("\n".join([t, *wrapped(a, width)]) for t, a in pairs))
    (capture,) = read_capture(SourceFile("x.txt", text), report)
    assert [(i.title, " ".join(i.abstract.split())) for i in capture.items] == pairs
    (problem,) = report.problems
    assert str(problem).endswith("(3 such papers in this file); parted")


def test_a_paper_without_abstract_among_them_takes_nothing_of_the_next() -> None:
    text = joined(f"{FIRST}\n{LONGER}", SECOND, f"{THIRD}\n{LONGER}")
    found, _ = papers(f"{HEAD}Mar 12\n\n{text}")
    assert found == [("Mar 12", [FIRST, SECOND, THIRD], 2)]


@pytest.mark.parametrize("width", [20, 40, 72, 80])
def test_wrapped_lines_stay_together(width: int) -> None:
    pairs = [(FIRST, LONGER), (SECOND, LONGER), (THIRD, "")]
    parts = ("\n".join(wrapped(part, width)) for pair in pairs for part in pair if part)
    report = Report()
    (capture,) = read_capture(SourceFile("x.txt", f"{HEAD}Mar 12\n\n{joined(*parts)}"), report)
    assert [(" ".join(i.title.split()), " ".join(i.abstract.split())) for i in capture.items] == (
        pairs
    )
    assert not any("blank line" in str(problem) for problem in report.problems)


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) if width else [text]


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00a0\u200e ", "\u2060\x00"])
def test_a_line_that_shows_nothing_is_blank(unseen: str) -> None:
    for text in (
        f"{FIRST}\n{unseen}\n{LONGER}\n{unseen}\n{SECOND}\n{unseen}\n{LONGER}",
        f"{FIRST}\n\n{LONGER}\n{unseen}\n{SECOND}\n\n{LONGER}",
    ):
        assert papers(text) == ([("", [FIRST, SECOND], 2)], [])


def test_characters_that_show_nothing_hide_no_line_of_the_page() -> None:
    text = joined("\ufeffnew", "Sub\u00adscribe", "\u200eMar 12, 2025\u200e", FIRST, LONGER)
    assert papers(text) == ([("Mar 12, 2025", [FIRST], 1)], [])


@pytest.mark.parametrize(
    "line",
    ["12. Merz", "3/12/2025", "2025. 3. 12.", "Mar 10 – 16", "Mar 28 - Apr 3", "Today",
     "2 days ago", "mars 12, 2025", "Mar 12 '25"],
)  # fmt: skip
def test_a_date_that_cannot_be_read_is_no_paper(line: str) -> None:
    said = f"“{line}” looks like a date that cannot be read; left out: write it like Mar 12, 2025"
    for head in (("new", "Subscribe", line), ("new", line, "Subscribe")):
        found, problems = papers(joined(*head, FIRST, LONGER))
        assert found == [("", [FIRST], 1)]
        assert problems == [f"x.txt:{2 * head.index(line) + 1}: {said}"]


def test_a_date_with_no_day_after_it_is_read_as_any_other() -> None:
    days = ("Dec 31, 9999", "Jan 1", "Jan 2")
    papers = [part for title in (FIRST, SECOND) for part in (title, ABSTRACT)]
    captures, _ = read_text("\n\n".join((*days, *papers)))
    assert [titles(capture) for capture in captures if capture.items] == [[FIRST, SECOND]]


def test_a_day_whose_date_cannot_be_read_is_not_filed_under_the_one_before() -> None:
    credit = "byAK and the research community"
    days = joined("Mar 12", FIRST, LONGER, "new", "Subscribe", "13. Merz", credit, SECOND, LONGER)
    found, problems = papers(days)
    assert found == [("Mar 12", [FIRST], 1), ("", [SECOND], 1)]
    assert problems[0].startswith("x.txt:11: “13. Merz” looks like a date")


@pytest.mark.parametrize("title", ["Llama 3", "GPT-4", "Qwen 2.5", "3D Vision"])
def test_a_name_with_a_number_is_no_date(title: str) -> None:
    found, _ = papers(joined("new", "Subscribe", title, FIRST, LONGER))
    assert found == [("", [title, FIRST], 1)]


@pytest.mark.parametrize(
    "line",
    ["12. März 2025", "Mi., 12. März 2025", "mercredi 12 mars 2025", "12 de marzo de 2025",
     "12 marzo 2025", "quarta-feira, 12 de mar. de 2025", "12 maart 2025", "12 marca 2025",
     "12 марта 2025 г.", "2025年3月12日", "2025年3月12日(水)", "2025년 3월 12일 수요일",
     "Mar 12, 2025, 10:30 AM", "2025-03-12T00:00:00Z", "Wed Mar 12 2025 00:00:00 GMT+0000",
     "Mar 12, 2025 • 62 papers", "Published on Mar 12, 2025", "Daily Papers: 12 March 2025"],
)  # fmt: skip
def test_a_day_is_read_in_the_language_of_the_browser_and_with_words_around_it(line: str) -> None:
    found, problems = papers(joined("new", "Subscribe", line, FIRST, LONGER))
    label, days, _ = found[0]
    assert (resolve_day("x.txt", label).day, days, problems) == (date(2025, 3, 12), [FIRST], [])


def test_a_day_in_another_language_may_lack_its_year() -> None:
    assert {str(read_date_line(line)) for line in ("3月12日", "12 mars", "12. Mär.")} == {"Mar 12"}


@pytest.mark.parametrize("line", ["12.03.2025", "Mar 12, 2025 (Wed)"])
def test_a_day_in_dots_or_with_its_weekday_is_read(line: str) -> None:
    assert papers(joined("new", "Subscribe", line, FIRST, LONGER)) == ([(line, [FIRST], 1)], [])


@pytest.mark.parametrize("text", ["milk\n\neggs\n\nbread\n", '{"a": 1}', "<html></html>", "x"])
def test_what_is_no_digest_is_named_and_skipped(text: str) -> None:
    report = Report()
    assert read_capture(SourceFile("list.txt", text), report) == ()
    assert "; skipped: remove it or mend its content" in str(report.problems[0])


def test_json_without_titles_names_the_fields_it_has() -> None:
    report = Report()
    text = '[{"titl": "A", "abstract": "B\\u001b"}, {"titl": "C"}]'
    assert read_capture(SourceFile("2025/x.json", text), report) == ()
    (problem,) = report.problems
    assert str(problem) == (
        "2025/x.json: JSON, but no record has a `title`; the fields of the first are titl, "
        "abstract; skipped: remove it or mend its content"
    )


def test_a_capture_written_out_reads_back_the_same() -> None:
    (capture,), _ = read("plain")
    again = read_capture(SourceFile("x.txt", to_text(capture)), Report())[0]
    assert [(i.title, i.abstract) for i in again.items] == [
        (i.title, i.abstract) for i in capture.items
    ]


@given(st.text(alphabet=st.sampled_from(list("aB. \n\n\n{<[$#1\t\u00a0\u2028\x00")), max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    read_capture(SourceFile("x.txt", text), Report())


@given(st.lists(st.booleans(), min_size=2, max_size=12))
def test_titles_survive_missing_abstracts_anywhere(kept: list[bool]) -> None:
    (capture,), _ = read("plain")
    shelf = [(item.title, item.abstract) for item in capture.items]
    wanted = [
        (f"{shelf[n % 2][0]} in {n} Parts", shelf[n % 2][1] if keep else "")
        for n, keep in enumerate(kept)
    ]
    text = "Mar 12\n\n" + "\n\n".join(part for pair in wanted for part in pair if part)
    (found,) = read_capture(SourceFile("x.txt", text), Report())
    assert [(item.title, item.abstract) for item in found.items] == wanted


def test_the_shared_captures_are_read_whole(shared: Path) -> None:
    report = Report()
    captures = read_captures(shared / "captures", report)
    assert [(c.label, len(c.items)) for c in captures] == [
        ("Mar 11", 86),
        ("Mar 12", 70),
        ("Mar 13", 64),
    ]
    assert all(item.abstract for capture in captures for item in capture.items)
    assert report.problems == ()


@pytest.mark.parametrize(
    "heading",
    ["Reading group, March 12, 2025", "AI Papers — 2025-03-12", "# Papers of 12 March 2025",
     "The Weekly\n\nIssue of Wednesday, March 12th, 2025"],
)  # fmt: skip
def test_a_heading_that_names_the_day_is_no_paper(heading: str) -> None:
    text = f"{heading}\n\n{FIRST}\n\n{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}\n"
    (capture,) = read_capture(SourceFile("papers.txt", text), Report())
    assert resolve_day("papers.txt", capture.label).day == date(2025, 3, 12)
    assert titles(capture) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "title", ["Weather of March 12, 2025: A Forecast", "Papers of March 2025", "From 2025-03-12"]
)
def test_a_title_that_names_a_day_is_a_title(title: str) -> None:
    text = f"{title}\n\n{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}\n"
    (capture,) = read_capture(SourceFile("papers.txt", text), Report())
    assert (titles(capture), capture.label) == ([title, SECOND], "")


@pytest.mark.parametrize(
    "heading",
    ["Daily arXiv digest - March 12, 2025", "Papers vom 12. März 2025", "日报 2025年3月12日"],
)
def test_a_heading_above_a_title_with_an_address_states_the_day(heading: str) -> None:
    text = f"{heading}\n\n{FIRST}\nhttps://arxiv.org/abs/2503.01234\n\n{ABSTRACT}\n"
    ((capture,), problems) = read_text(text)
    assert (capture.label, titles(capture), problems) == ("Mar 12, 2025", [FIRST], [])


@pytest.mark.parametrize("behind", ["(arXiv:2503.01234v2)", "[2503.01234v2 [cs.LG]]"])
def test_an_id_in_brackets_is_no_part_of_a_title(behind: str) -> None:
    ((capture,), problems) = read_text(
        f"{FIRST} {behind}\n\n{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}\n"
    )
    assert titles(capture) == [FIRST, SECOND]
    assert [(i.arxiv_id, i.version) for i in capture.items] == [("2503.01234", 2), (None, None)]
    assert problems == []


@pytest.mark.parametrize("word", ["Abstract. ", "ABSTRACT: ", "Abstract—", "Abstract - "])
def test_the_word_that_an_abstract_is_one_is_no_part_of_it(word: str) -> None:
    ((capture,), _) = read_text(f"{FIRST}\n\n{word}{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}\n")
    assert [item.abstract for item in capture.items] == [ABSTRACT, ABSTRACT]


def test_titles_alone_are_one_a_line() -> None:
    ((capture,), problems) = read_text(f"March 12, 2025\n\n{FIRST}\n{SECOND}\n{THIRD}\n")
    assert [(item.title, item.line) for item in capture.items] == [
        (FIRST, 3),
        (SECOND, 4),
        (THIRD, 5),
    ]
    assert len(problems) == 3
