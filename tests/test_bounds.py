"""What is too much is cut or left out, in a way that can be read, and is said with its remedy."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from generator.bounds import Bounds, cut
from generator.errors import Report
from generator.model import Capture
from generator.pipeline import build_library
from generator.sources import SourceFile, files, read_capture, read_captures, text_capture

from .conftest import ROOT
from .sites import settings_for, write_digest, write_records

SMALL = Bounds(
    largest_file=1,
    most_papers=3,
    longest_title=20,
    longest_abstract=50,
    most_authors=2,
    most_keywords=1,
    most_links=1,
    most_categories=1,
    longest_remark=30,
)


def read(folder: Path, bounds: Bounds = SMALL) -> tuple[tuple[Capture, ...], list[str]]:
    report = Report()
    captures = read_captures(folder, report, bounds)
    return captures, [str(problem) for problem in report.problems]


def test_a_text_too_long_is_cut_between_words_with_an_ellipsis(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-12.txt", ("A Title of Many, Many Words", "So it is. " * 200))
    ((capture,), problems) = read(tmp_path)
    (item,) = capture.items
    assert item.title == "A Title of Many,…"
    assert item.abstract == "So it is. So it is. So it is. So it is. So it is.…"
    assert problems == [
        f"2025-03-12.txt:7: “A Title of Many, Many Words” has {count} characters in its {text}; "
        f"cut to {most}: raise longest_{text} in mkdocs.yml to keep more"
        for count, text, most in (("1,999", "abstract", 50), ("27", "title", 20))
    ]


def test_of_a_word_without_end_the_beginning_is_kept(tmp_path: Path) -> None:
    write_records(
        tmp_path, "2025-03-12.json", [{"title": "So", "abstract": "It is " + "a" * 10**6}]
    )
    ((capture,), _) = read(tmp_path)
    assert capture.items[0].abstract == "It is " + "a" * 44 + "…"


@pytest.mark.parametrize("length", range(1, 40))
def test_a_cut_text_has_the_words_that_fit_and_no_more_letters_than_that(length: int) -> None:
    text = "one two three four five six seven eight nine ten"
    kept = cut(text, length).removesuffix("…")
    assert text.startswith(kept)
    assert len(kept) <= length
    whole = [end for end in range(length + 1) if text[end] == " "]
    most = max(whole, default=0)
    assert kept == text[:most] or (most * 2 <= length and kept == text[:length].rstrip())


def test_the_first_names_words_and_links_are_kept(tmp_path: Path) -> None:
    paper = {
        "title": "A Paper",
        "abstract": "It is.",
        "authors": ["Ann Lee", "Bo Wu", "Cy Xu"],
        "keywords": ["one", "two"],
        "links": {"code": "https://github.com/a/b", "project": "https://example.org/"},
    }
    write_records(tmp_path, "2025-03-12.json", [paper])
    ((capture,), problems) = read(tmp_path)
    (item,) = capture.items
    assert [author.name for author in item.authors] == ["Ann Lee", "Bo Wu"]
    assert item.keywords == ("one",)
    assert [link.url for link in item.links] == ["https://github.com/a/b"]
    assert [problem.partition(" has ")[2] for problem in problems] == [
        "2 keywords; cut to 1: raise most_keywords in mkdocs.yml to keep more",
        "2 links; cut to 1: raise most_links in mkdocs.yml to keep more",
        "3 authors; cut to 2: raise most_authors in mkdocs.yml to keep more",
    ]


def test_no_field_is_without_end(tmp_path: Path) -> None:
    long = "word " * 20
    paper = {
        "title": "A Paper",
        "abstract": "It is.",
        "authors": [{"name": long, "affiliation": long}],
        "keywords": [long],
        "categories": ["cs.LG", "cs.CL"],
        **dict.fromkeys(("comment", "organization", "ai_summary", "ai_summary_model"), long),
    }
    write_records(tmp_path, "2025-03-12.json", [paper])
    ((capture,), problems) = read(tmp_path)
    (item,) = capture.items
    short = "word word word word word word…"
    assert (item.authors[0].name, item.authors[0].affiliation) == (short, short)
    assert (item.keywords, item.categories) == ((short,), ("cs.LG",))
    assert [item.comment, item.organisation, item.summary_ai, item.summary_ai_model] == [short] * 4
    assert len(problems) == 7
    assert problems[0].endswith("raise longest_remark in mkdocs.yml to keep more")


def test_a_day_has_so_many_papers_whatever_the_number_of_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    for name, first in (
        ("2025-03-12.txt", 0),
        ("2025-03-12-evening.txt", 2),
        ("2025-03-13.txt", 4),
    ):
        write_digest(folder, name, *((f"Paper {first + n}", "It is.") for n in range(2)))
    settings = replace(settings_for(folder, tmp_path / "docs"), bounds=SMALL)
    report = Report()
    days = build_library(settings, report).days
    assert [[entry.paper for entry in day.entries] for day in days] == [
        ["paper-4", "paper-5"],
        ["paper-0", "paper-1", "paper-2"],
    ]
    (problem,) = report.problems
    assert str(problem) == (
        "2025-03-12-evening.txt: 2025-03-12 has over 3 papers; the last 1 of this file are left "
        "out: raise most_papers in mkdocs.yml, or part them into days"
    )


@pytest.mark.parametrize(
    ("name", "opening", "part"),
    [
        ("2025-03-12.txt", "Mar 12\n\n", "Paper {n}\n\n" + "It is so. " * 99 + "\n\n"),
        ("2025-03-12.json", "[", '{{"title": "Paper {n}", "abstract": "' + "é. " * 99 + '"}}, '),
        ("2025-03-12.jsonl", "", '{{"title": "Paper {n}", "abstract": "' + "é. " * 99 + '"}}\n'),
        ("2025-03-12.csv", "title,abstract\n", "Paper {n}," + "It is so. " * 99 + "\n"),
    ],
)
def test_of_a_file_too_large_the_beginning_is_read(
    tmp_path: Path, name: str, opening: str, part: str
) -> None:
    content = (opening + "".join(part.format(n=n) for n in range(6_000))).encode()
    (tmp_path / name).write_bytes(content)
    ((capture,), problems) = read(tmp_path)
    begun = content.count(b"Paper", 0, 2**20)
    assert begun - 1 <= len(capture.items) <= begun < 6_000
    assert [item.title for item in capture.items] == [
        f"Paper {n}" for n in range(len(capture.items))
    ]
    said = (
        "over 1 MiB; left out from here on: part it into days, or raise largest_file in mkdocs.yml"
    )
    assert [problem for problem in problems if problem.endswith(said)]


def test_a_change_in_a_file_too_large_is_seen(tmp_path: Path) -> None:
    found = set()
    for word in ("old", "new"):
        papers = [("A Paper", f"It is {word}."), *(("So", "Thus it is so. " * 999),) * 99]
        write_digest(tmp_path, "2025-03-12.txt", *papers)
        ((capture,), _) = read(tmp_path)
        found.add(capture.stamp)
    assert len(found) == 2


def test_of_lines_and_paragraphs_without_end_the_first_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_digest(tmp_path, "2025-03-12.txt", *((f"Paper {n}", "It is so.") for n in range(50)))
    monkeypatch.setattr(files, "MOST_LINES", 106)
    ((capture,), problems) = read(tmp_path)
    assert len(capture.items) == 25
    assert problems == [
        "2025-03-12.txt:107: over 106 lines; left out from here on: part it into days"
    ]
    monkeypatch.setattr(text_capture, "MOST_PARAGRAPHS", 22)
    ((capture,), problems) = read(tmp_path)
    assert len(capture.items) == 10
    assert "2025-03-12.txt:47: over 22 paragraphs; left out from here on" in problems[0]


def test_a_file_with_problems_without_end_names_the_first() -> None:
    report = Report()
    read_capture(
        SourceFile("x.json", json.dumps([{"title": "Paper"}, *[{"abstract": "So."}] * 4_999])),
        report,
    )
    said = [str(problem) for problem in report.problems]
    assert len(said) == 1_001
    assert said[0] == "x.json: 4,000 problems more: mend those named first"


def test_every_bound_is_a_setting_that_the_readme_explains() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for bound in fields(Bounds):
        assert f"| `{bound.name}` | {getattr(Bounds(), bound.name)} |" in readme.replace(",", "")
