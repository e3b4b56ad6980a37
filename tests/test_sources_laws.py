"""Laws of the adapters: no input is too strange, and what is written can be read back.

`python -m tests.test_sources_laws 100000` tries that many spoilt files and counts what went wrong.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import Report
from generator.model import Author, Capture, Link, RawPaper, Signals
from generator.sources import SourceFile, read_capture
from generator.sources.cells import read_rows
from generator.sources.documents import read_json
from generator.sources.markup import addresses, to_text
from generator.sources.records import to_lines
from generator.sources.schema import NAMES
from generator.sources.untrusted import is_missing

from .conftest import CASES
from .laws import is_sound

WHOLE = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((CASES / "sources").glob("*.yml"))
}
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e999, 2401.1234, 10**40, "", " ", "\ud800", "\x00", "a" * 5000,
    [], [[]], {}, {"a": {}}, [None], "2024-02-30", "0000-00-00", "https://[", "http://x:y/",
    "<b", "&#xffffffff;", "-", "=1", "NaN", "2401.1234", {"name": ["x"]}, [{"name": {}}],
)  # fmt: skip
"""Values of a type or form that no field expects."""


def read(text: str, name: str = "x.txt") -> tuple[tuple[Capture, ...], Report]:
    report = Report()
    return read_capture(SourceFile(name, text), report), report


def spoilt(text: str, chance: random.Random) -> str:
    """A file after one to three accidents: cut, shuffled, retyped, or with odd values in it."""
    for _ in range(chance.randint(1, 3)):
        place, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        match chance.randrange(7):
            case 0:
                text = text[:end]
            case 1:
                text = text[:place] + text[end:]
            case 2:
                text = text[:place] + text[place:end] * 2 + text[end:]
            case 3:
                lines = text.split("\n")
                chance.shuffle(lines)
                text = "\n".join(lines)
            case 4:
                odd = chance.choice("\"'<>&;:,[]{}\\\n\t-=@\0\ud800𝔸")
                text = text[:place] + odd + text[place + 1 :]
            case 5:
                text = text[:place] + json.dumps(chance.choice(ODD)) + text[end:]
            case _:
                text = _retyped(text, chance)
    return text


def _retyped(text: str, chance: random.Random) -> str:
    """JSON with odd values in place of some of its own, at any depth."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    places = list(_places([value]))
    for holder, name in chance.sample(places, min(len(places), chance.randint(1, 4))):
        holder[name] = chance.choice(ODD)
    return json.dumps(value)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in list(items):
        yield value, name
        if isinstance(child, dict | list):
            yield from _places(child)


@given(st.sampled_from(sorted(WHOLE)), st.randoms(use_true_random=False))
@settings(max_examples=250)
def test_no_accident_to_a_file_stops_its_reading(name: str, chance: random.Random) -> None:
    captures, _ = read(spoilt(WHOLE[name]["text"], chance), WHOLE[name]["file"])
    assert is_sound(captures)


records = st.dictionaries(
    st.sampled_from([name for field, others in NAMES.items() for name in (field, *others)]),
    st.sampled_from(ODD) | st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3)),
)


@given(st.lists(records, min_size=1, max_size=3))
@settings(max_examples=250)
def test_no_value_of_a_field_stops_the_reading(given_records: list[dict[str, Any]]) -> None:
    for record in given_records:
        record["title"] = "A Title"
    captures, _ = read(json.dumps(given_records))
    assert is_sound(captures)
    assert sum(len(capture.items) for capture in captures) == len(given_records)


@given(st.integers(1, 20), st.floats(0, 1))
def test_every_whole_record_of_a_cut_file_is_kept(count: int, part: float) -> None:
    papers = [{"title": f"Paper {n}", "abstract": "It is."} for n in range(count)]
    lines = [json.dumps(paper) for paper in papers]
    for text in ("\n".join(lines), "[" + ",\n".join(lines) + "]", json.dumps({"papers": papers})):
        cut = text[: round(part * len(text))]
        document = read_json(cut)
        whole = sum(cut.count(json.dumps(paper)) for paper in papers)
        assert len(document.records if document else ()) == whole
        assert whole == count or not document or document.problems or cut.endswith(("}", "\n"))


def may_name(word: str) -> bool:
    return "@" not in word and "(" not in word and not is_missing(word)


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
papers = st.builds(
    RawPaper,
    title=words,
    abstract=words,
    line=st.just(1),
    arxiv_id=st.sampled_from([None, "2401.12340", "cs/9912001"]),
    version=st.none() | st.integers(1, 20),
    published=st.none()
    | st.datetimes(datetime(1999, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()),  # noqa: DTZ001
    authors=st.lists(
        st.builds(Author, words.filter(may_name), st.none() | words),
        max_size=3,
        unique=True,
    ).map(tuple),
    categories=st.sampled_from([(), ("cs.CL", "stat.ML")]),
    keywords=st.lists(words, max_size=3, unique=True).map(tuple),
    comment=words,
    summary_ai=st.none() | words,
    links=st.sampled_from([(), (Link("code", "https://example.org/a"),)]),
    signals=st.none() | st.builds(Signals, upvotes=st.integers(0, 999)),
    extra=st.dictionaries(st.just("venue"), words),
)


@given(st.lists(papers, min_size=1, max_size=4))
@example([RawPaper(title=":", abstract="…", line=1)])
def test_what_is_written_is_read_back(items: list[RawPaper]) -> None:
    numbered = tuple(replace(item, line=line) for line, item in enumerate(items, 1))
    capture = Capture("records", "x.txt", "2024-01-24", 1, None, numbered)
    (found,), _ = read(to_lines(capture, date(2024, 1, 24)))
    assert found.items == tuple(
        replace(item, withdrawn=found.items[n].withdrawn) for n, item in enumerate(numbered)
    )
    assert (found.label, found.source) == ("2024-01-24", "records")


@pytest.mark.parametrize(
    "field",
    [{"authors": "a," * 9**5}, {"authors": "(" * 9**5}, {"keywords": " " * 9**5 + "x"},
     {"title": "A" + "-\n" * 9**5}, {"id": "a/" * 9**5}, {"comment": "paper " * 9**5}],
    ids=lambda field: next(iter(field)),
)  # fmt: skip
def test_a_text_without_end_costs_no_more_than_its_length(field: dict[str, str]) -> None:
    before = time.process_time()
    captures, _ = read(json.dumps([{"title": "A", **field}]))
    # Half a second at most where the time is linear, minutes where it is quadratic.
    assert time.process_time() - before < 20
    assert len(captures) == 1


@pytest.mark.parametrize(
    "text",
    ["title,abstract\n" + 'a,"b\n' * 30_000, "title,abstract\n" + 'a,"' + '""\n' * 10**6,
     "title,abstract\n" + '"' * 10**6, "title,abstract\n" + 'a",x,"c\n' * 10**5,
     '[{"title":"x","a":\n' * 10**5, '{"a":[\n' * 100 + "{},\n" * 10**5, '{"title":"\n' * 10**5,
     "- title: *a\n" * 10**5, "- title: a\n" + "---\n*a\n" * 10**5,
     "@misc{a, title={" * 10**5, "@misc{a, title={\n" * 10**5, "@misc{a, title={" + "{" * 10**7,
     "@misc{a, author={" + "a and " * 10**5 + "}}", "@misc{a,title=a" + "#a" * 10**5,
     "@misc{a, title={A}, author={" + " \n" * 10**5 + "}}",
     "TY  - JOUR\nAB  - a\n" + "b\n" * 10**5,
     "Mar 12\n\nA Title\n\nWe do.\n" + "a-" * 10**5 + "/\nAnd more.\n\nAnother\n\nWe do."],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_what_is_broken_all_over_costs_no_more_than_its_length(text: str) -> None:
    before = time.process_time()
    read(text)
    # Seconds at most where the time is linear, minutes where it is quadratic.
    assert time.process_time() - before < 20


def test_names_that_stand_for_one_another_grow_no_larger_than_their_file() -> None:
    lines = [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 40)]
    text = "\n".join(['@string{a0 = "We wait."}', *lines, "@misc{x, title = a39}"])
    (capture,), _ = read(text)
    assert len(capture.items[0].title) < len(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Abstract:", "We" + " \n" * 10**5), ("<dc:creator>", "<dc:creator>" + "a" * 10**5)],
    ids=["summary", "name"],
)
def test_a_feed_of_a_text_without_end_costs_no_more_than_its_length(old: str, new: str) -> None:
    feed = WHOLE["arxiv_rss"]["text"].replace(old, new)
    assert len(feed) > 10**5
    before = time.process_time()
    captures, _ = read(feed)
    assert time.process_time() - before < 20  # as above
    assert captures[0].source == "arxiv_feed"


@pytest.mark.parametrize(
    "unit",
    ["[", "![", "[[", "**a", "_a ", "`", "$a", "> ", "- **a** b\n", "# a\n", "|a", "a, ", "🔥 ",
     "[a](https://arxiv.org/abs/2401.12345) ", "- x https://arxiv.org/abs/2401.12345\n", "<!--",
     "**a:** ", "Title: a\n", "\\\\\narXiv:2401.12345\n", "\\\\\n", "  \n"],
)  # fmt: skip
@pytest.mark.parametrize(
    "beginning",
    ["## [A](https://arxiv.org/abs/2401.12345) ", "- [A](https://arxiv.org/abs/2401.12345)\n",
     "|Title|PDF|Abstract|\n|-|-|-|\n|a|https://arxiv.org/abs/2401.12345|",
     "\\\\\narXiv:2401.12345\nTitle: ", "Title: A\nAbstract: It is. "],
    ids=["heading", "item", "table", "mail", "labelled"],
)  # fmt: skip
def test_marks_without_end_cost_no_more_than_their_length(beginning: str, unit: str) -> None:
    before = time.process_time()
    read(beginning + unit * 3**9)
    assert time.process_time() - before < 20  # as above


plain_titles = st.sampled_from(
    ["# 1 in the World", "- Or Not", "1. FC Deep", "**Bold** Claims", "[Re] Graphs", "Title: A",
     "> 9000", "| A | B |", "C# is Enough", "A * B", "`code`", "\\\\ End", "---", "## Two"]
) | words  # fmt: skip
plain_abstracts = st.lists(
    st.sampled_from(
        ["- [A Paper](https://arxiv.org/abs/2401.12345)", "# Abstract", "Authors: Ann Lee",
         "**Abstract:** We do.", "arXiv:2401.12345", "1. We count.", "|-|-|", "Title: We do.",
         "We do, and https://arxiv.org/abs/2401.12345 shows it at some length, and in detail."]
    ) | words,
    min_size=1, max_size=4,
).map("\n".join)  # fmt: skip


@given(st.lists(st.tuples(plain_titles, plain_abstracts), min_size=1, max_size=20))
def test_a_saved_page_is_nothing_else_whatever_its_papers_look_like(
    pairs: list[tuple[str, str]],
) -> None:
    papers = "\n\n".join(f"{title}\n\n{abstract}" for title, abstract in pairs)
    header = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nMar 12"
    captures, _ = read(f"{header}\n\n{papers}")
    assert {capture.source for capture in captures} == {"text_capture"}


@given(st.lists(st.integers(0, 10), min_size=3, max_size=30), st.data())
def test_a_line_in_markdown_makes_no_markdown_of_a_text(
    papers: list[int], data: st.DataObject
) -> None:
    lines = [
        part
        for number, n in enumerate(papers)
        for part in (
            f"A Title of Paper {number}", "",
            f"We study paper {number} at length, and {n} others. They are as good as it is.", "",
        )
    ]  # fmt: skip
    odd = data.draw(
        st.sampled_from(
            ["# A Heading", "- [A Paper](https://arxiv.org/abs/2401.12345)", "**In bold**",
             "## [A Paper](https://arxiv.org/abs/2401.12345)", "Authors: Ann Lee", "Title: A Title",
             "Abstract: We do."]
        )
    )  # fmt: skip
    lines.insert(data.draw(st.integers(0, len(lines))), odd)
    captures, _ = read("\n".join(lines))
    assert {capture.source for capture in captures} == {"text_capture"}


def as_csv(rows: list[list[str]], delimiter: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue()


cells = st.text('ab ",;\t\n', max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t"))
def test_every_cell_of_a_whole_table_is_read_as_written(
    rows: list[list[str]], delimiter: str
) -> None:
    table = [["title", "abstract", "note"], *rows]
    noted: list[tuple[int, str]] = []
    found = read_rows(as_csv(table, delimiter), delimiter, lambda *what: noted.append(what))
    assert [row for _, row in found] == table
    assert noted == []


def test_a_cell_has_no_longest_length() -> None:
    (capture,) = read(f'title,abstract\nOne,"{"x" * 200_000}"\nTwo,It is.\n')[0]
    assert [len(item.abstract) for item in capture.items] == [200_000, 6]


@given(st.integers(0, 8), st.booleans(), st.sampled_from(["", " ", "    "]))
def test_a_broken_record_costs_no_other(broken: int, in_list: bool, indent: str) -> None:
    lines = [json.dumps({"title": f"Paper {n}", "abstract": "It is."}) for n in range(9)]
    lines[broken] = '{"title": "Broken", "abstract": "It is "so"."}'
    joined = (",\n" if in_list else "\n").join(lines[:1] + [indent + line for line in lines[1:]])
    document = read_json(f"[{joined}]" if in_list else joined)
    assert document
    titles = [record.fields["title"] for record in document.records]
    assert titles == [f"Paper {n}" for n in range(9) if n != broken]
    assert [line for line, _ in document.problems] == [broken + 1]


@given(st.integers(0, 8), st.sampled_from(["We say: more", "`so`", "*so", "so\n\tso", '"so']))
def test_a_broken_item_of_yaml_costs_no_other(broken: int, abstract: str) -> None:
    items = [
        f"- title: Paper {n}\n  abstract: {abstract if n == broken else 'It is.'}\n"
        for n in range(9)
    ]
    (capture,), report = read("".join(items))
    assert [i.title for i in capture.items] == [f"Paper {n}" for n in range(9) if n != broken]
    assert len(report) == 1


@pytest.mark.parametrize(
    "unit", ["<script>", "<!--", "<style", "<b a=", "<sup>x", "&amp", "<a href=x>y", "<a x="]
)
def test_html_without_end_costs_no_more_than_its_length(unit: str) -> None:
    before = time.process_time()
    to_text(unit * 9**5)
    addresses(unit * 9**5)
    assert time.process_time() - before < 20  # as above


def main(tries: int) -> int:
    """Read that many spoilt files; the number of those that raised anything."""
    chance = random.Random(tries)
    cases = list(WHOLE.values())
    failed = 0
    for number in range(tries):
        case = cases[number % len(cases)]
        text = spoilt(case["text"], chance)
        try:
            sound = is_sound(read(text, case["file"])[0])
        except Exception as error:  # noqa: BLE001  anything at all is what is counted
            sound = False
            print(type(error).__name__, error, repr(text)[:2000])  # noqa: T201
        failed += not sound
    print(f"{tries:,} tries, {failed:,} failed")  # noqa: T201
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])) > 0)
