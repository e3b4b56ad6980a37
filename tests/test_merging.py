"""Many sources, one paper: the best of each, at the address it always had."""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest

from generator.errors import InputError, Report, SettingsError
from generator.explain import explain
from generator.keys import LONGEST, is_key, twin_key
from generator.ledger import read_ledger, write_ledger
from generator.library import assemble, date_captures
from generator.merging import readable
from generator.model import Author, Capture, Library, Link, RawPaper, Signals
from generator.pipeline import build_site, render, routes_of
from generator.prose import to_plain
from generator.sources import read_captures

from .sites import render_site, settings_for, write_digest

ONE, TWO = date(2024, 1, 24), date(2025, 1, 24)


def capture(day: date, *items: RawPaper, origin: str = "x.json") -> Capture:
    return Capture("test", origin, "", 1, day, items)


def library_of(folder: Path, report: Report | None = None) -> Library:
    report = Report() if report is None else report
    captures = date_captures(read_captures(folder, report), None, report)
    return assemble(captures, report, read_ledger(folder))


def write_json(folder: Path, name: str, *papers: dict[str, object]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps({"papers": papers}), encoding="utf-8")


def plainly(page: bytes) -> str:
    """A page without the elements that keep the direction of a text to itself."""
    return page.decode().replace("<bdi>", "").replace("</bdi>", "")


def test_each_field_comes_from_the_source_that_knows_most_of_it() -> None:
    text = RawPaper("An O(n) Bound", "It is an O(n) bound.", 1)
    api = RawPaper(
        "An $O(n)$ Bound", "It is an $O(n)$ bound.", 2, arxiv_id="2401.00001", version=1,
        authors=(Author("Ann Lee"),), signals=Signals(upvotes=3), keywords=("bounds",),
    )  # fmt: skip
    lines = RawPaper(
        "An O(n) Bound", "", 3, arxiv_id="2401.00001", version=2,
        authors=(Author("Ann Lee"), Author("Andr\\'e Xu")), categories=("cs.DS",), primary="cs.DS",
        comment="Code: https://github.com/a/b", links=(Link("pdf", "https://arxiv.org/pdf/2401.00001"),),
        updated=datetime(2024, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    for order in permutations([text, api, lines]):
        (paper,) = assemble([capture(ONE, raw) for raw in order], Report()).papers.values()
        assert (paper.key, paper.arxiv_id, paper.version) == ("an-o-n-bound", "2401.00001", 2)
        assert paper.title.source == "An $O(n)$ Bound"
        assert paper.abstract.source == "It is an $O(n)$ bound."
        assert [author.name for author in paper.authors] == ["Ann Lee", "André Xu"]
        assert (paper.categories, paper.keywords) == (("cs.DS",), ("bounds",))
        assert (paper.primary, paper.provenance["primary"]) == ("cs.DS", "x.json:3")
        assert paper.signals == Signals(upvotes=3, seen_at=datetime(2024, 1, 24, tzinfo=UTC))
        # An address that says no more than the id is no link of its own.
        assert [link.url for link in paper.links] == ["https://github.com/a/b"]
        assert paper.provenance["title"] == "x.json:2"
        assert paper.provenance["authors"] == "x.json:3"


def test_mathematics_as_written_stands_though_the_abstract_was_reworded(tmp_path: Path) -> None:
    rest = "We study nets that learn, and show that they do so with few examples of each class. "
    write_digest(
        tmp_path, "2025-03-12.txt", ("Nets", rest + "It has O(kappalog n) regret, at most.")
    )
    intact = rest + "Its regret is $O(\\kappa\\log n)$."
    write_json(tmp_path, "2025-03-13.json", {"title": "Nets", "abstract": intact})
    paper = library_of(tmp_path).papers["nets"]
    assert paper.abstract.source == intact
    lasting = rest + r"Its regret, of which there is some, is \(O(kappalog n)\)."
    write_digest(tmp_path, "2025-03-12.txt", ("Nets", lasting))
    assert library_of(tmp_path).papers["nets"].abstract.source == intact
    fragment = intact[-40:]
    write_json(tmp_path, "2025-03-13.json", {"title": "Nets", "abstract": fragment})
    assert library_of(tmp_path).papers["nets"].abstract.source.startswith(rest)


def test_of_equal_titles_the_one_that_is_not_all_capitals_stands() -> None:
    shouted = RawPaper("DEEP NETS OF TODAY", "", 1)
    written = RawPaper("Deep Nets of Today", "", 1)
    for first, second in permutations((shouted, written)):
        library = assemble([capture(ONE, first), capture(TWO, second)], Report(), {})
        assert to_plain(library.papers["deep-nets-of-today"].title) == written.title


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("J. -C. Wu", "J.-C. Wu"),
        ("Bo~Wu", "Bo Wu"),
        (r"Bo~W{\"u}", "Bo Wü"),
        ("and Bo Wu", "Bo Wu"),
        (r"Bo W{\"u}", "Bo Wü"),
        ("Anders And", "Anders And"),
        ("Ann-Marie Lee", "Ann-Marie Lee"),
    ],
)
def test_a_name_is_read_as_it_is_written_elsewhere(stated: str, name: str) -> None:
    assert readable(Author(stated, "Lab")) == Author(name, "Lab")


def test_the_newest_counts_stand_with_their_day() -> None:
    old, new = (RawPaper("A", "", 1, signals=Signals(upvotes=n)) for n in (9, 3))
    for captures in (
        [capture(ONE, old), capture(TWO, new)],
        [capture(TWO, new), capture(ONE, old)],
    ):
        signals = assemble(captures, Report()).papers["a"].signals
        assert signals == Signals(upvotes=3, seen_at=datetime(2025, 1, 24, tzinfo=UTC))


def test_a_title_gains_its_id_a_year_later_where_it_stands(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2024-01-24.txt", ("Deep Nets", "They are deep."))
    before = render_site(digests)
    write_json(digests, "2025-01-24.json", {"title": "Deep nets", "id": "2401.00001"})
    after = render_site(digests)
    assert set(before) < set(after)
    (paper,) = library_of(digests).papers.values()
    assert (paper.key, paper.arxiv_id, paper.seen_on) == ("deep-nets", "2401.00001", (ONE, TWO))
    for feed in ("feeds/all/rss.xml", "feeds/all/atom.xml"):
        assert after[feed].count(b"paper/deep-nets<") == before[feed].count(b"paper/deep-nets<")


def test_a_new_title_of_a_known_id_redirects(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_json(digests, "2024-01-24.json", {"title": "First Name", "id": "2401.00001v1"})
    write_json(digests, "2025-01-24.json", {"title": "Second Name", "id": "2401.00001v2"})
    library = library_of(digests)
    assert list(library.papers) == ["first-name"]
    assert library.aliases == {"second-name": "first-name"}
    assert "papers/second-name.md" in render_site(digests)


def test_one_id_with_titles_that_share_no_word_is_doubted(tmp_path: Path) -> None:
    titles = ("Deep Networks of Today", "Sorting Numbers by Hand", "Networks of Tomorrow", "Adam")
    for number, title in enumerate(titles):
        paper: dict[str, object] = {"title": title, "abstract": "So.", "arxiv_id": "2401.00001"}
        write_json(tmp_path, f"2025-03-1{number}.json", paper)
    report = Report()
    assert len(library_of(tmp_path, report).papers) == 1
    (problem,) = report.problems
    assert str(problem).startswith(
        "2025-03-11.json:1: “Sorting Numbers by Hand” has the arXiv id of “Deep Networks of "
        "Today”, 2025-03-10.json:1, and no word of its title"
    )
    write_ledger(tmp_path, library_of(tmp_path))
    known = Report()
    library_of(tmp_path, known)
    assert known.problems == ()


def test_two_ids_with_one_title_stay_two_and_the_first_keeps_the_key(tmp_path: Path) -> None:
    write_json(tmp_path, "2024-01-24.json", {"title": "Deep Nets", "id": "2401.00001"})
    write_json(tmp_path, "2025-01-24.json", {"title": "Deep Nets", "id": "2412.00002"})
    write_digest(tmp_path, "2025-01-25.txt", ("Deep Nets", "Whose? The first one's."))
    library = library_of(tmp_path)
    assert {paper.arxiv_id: key for key, paper in library.papers.items()} == {
        "2401.00001": "deep-nets",
        "2412.00002": "deep-nets-2412-00002",
    }
    assert library.papers["deep-nets"].seen_on == (ONE, date(2025, 1, 25))


def test_the_ledger_holds_twins_to_their_keys_when_an_older_day_comes(tmp_path: Path) -> None:
    write_json(tmp_path, "2024-01-24.json", {"title": "Deep Nets", "id": "2401.00001"})
    write_json(tmp_path, "2025-01-24.json", {"title": "Deep Nets", "id": "2412.00002"})
    before = library_of(tmp_path)
    assert write_ledger(tmp_path, before)
    assert not write_ledger(tmp_path, before)
    write_json(tmp_path, "2023-01-24.json", {"title": "Deep Nets", "id": "2412.00002"})
    after = library_of(tmp_path)
    assert after.twins == before.twins
    assert set(after.papers) == set(before.papers)


@pytest.mark.parametrize("key", ["a", "a" * LONGEST, "-".join("abcd" * 20)])
@pytest.mark.parametrize("arxiv_id", ["2401.12340", "cs/9912001", "hep-th/9901001"])
def test_the_key_of_a_twin_is_a_key(key: str, arxiv_id: str) -> None:
    assert is_key(twin_key(key, arxiv_id))


def test_what_few_papers_have_is_shown_with_its_day_and_label(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_json(
        digests,
        "2024-01-24.json",
        {
            "title": "Deep Nets", "id": "2401.00001v3", "authors": ["Ann <b>Lee</b>", "Bo\u202eWu"],
            "upvotes": 41, "comment": "12 pages", "organization": {"name": "inst"},
            "ai_summary": "Nets are deep.", "withdrawn": "2024-03-01", "submittedBy": {"user": "x"},
        },
    )  # fmt: skip
    page = plainly(render_site(digests)["papers/deep-nets.md"])
    told = "arXiv&#58;2401.00001 · version 3 · 41 votes on 24 January 2024 · 12 pages"
    assert f"inst · {told}" in page
    assert "withdrawn on 2024-03-01" in page
    assert "<b>" not in page
    assert "\u202e" not in page
    assert "Nets are deep." not in page
    (record,) = map(json.loads, render_site(digests)["data/papers.jsonl"].splitlines())
    assert record["signals"]["seen_at"] == "2024-01-24T00:00:00+00:00"
    assert "Nets are deep." not in json.dumps(record)
    settings = settings_for(digests, tmp_path / "docs")
    site = build_site(settings, Report())
    said = explain(site, "deep-nets", routes_of(settings, site.library))
    assert "version  3  [2024-01-24.json:1]" in said
    assert "41 votes on 2024-01-24" in said


def test_a_summary_by_a_machine_is_shown_by_a_setting_and_says_so(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    paper = {"title": "Deep Nets", "listed_on": "2024-01-24", "ai_summary": "Nets are deep."}
    write_json(digests, "x.json", {**paper, "ai_summary_model": "some-model"})
    settings = replace(settings_for(digests, tmp_path / "docs"), ai_summaries=True)
    artifacts = render(build_site(settings, Report()), settings)
    page = plainly(next(a.content for a in artifacts if a.path == "papers/deep-nets.md"))
    assert "Summary by a machine" in page
    assert "Nets are deep." in page
    assert "Made by some-model, not by the authors" in page


@pytest.mark.shared
def test_a_day_is_the_same_as_text_as_answer_and_as_lines(shared: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("damage", shared / "gold" / "damage.py")
    assert spec
    assert spec.loader
    rule = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rule)
    lines = (shared / "corpus" / "2026-06-10.jsonl").read_text(encoding="utf-8")
    papers = list({paper["id"]: paper for paper in map(json.loads, lines.splitlines())}.values())
    parts = [" ".join(rule.damage(p[f]).split()) for p in papers for f in ("title", "summary")]
    answer = [
        {"paper": {**p, "authors": [{"name": a} for a in p["authors"]], "upvotes": 1},
         "publishedAt": "2026-06-10T02:00:00.000Z"}
        for p in papers
    ]  # fmt: skip
    forms = {
        "2026-06-10.txt": "new\n\nSubscribe\n\n" + "\n\n".join(parts) + "\n",
        "2026-06-10-2.json": json.dumps(answer),
        "2026-06-10-3.jsonl": lines,
    }
    libraries = []
    for name, content in forms.items():
        (tmp_path / name[:-4]).mkdir()
        (tmp_path / name[:-4] / name).write_text(content, encoding="utf-8")
        libraries.append(library_of(tmp_path / name[:-4]))
        (tmp_path / "mixed").mkdir(exist_ok=True)
        (tmp_path / "mixed" / name).write_text(content, encoding="utf-8")
    mixed = library_of(tmp_path / "mixed")
    for library in libraries:
        assert list(library.papers) == list(mixed.papers)
    for wanted in papers:
        (paper,) = (p for p in mixed.papers.values() if p.arxiv_id == wanted["id"])
        assert len(paper.authors) == len(wanted["authors"])
        assert paper.categories == tuple(wanted["categories"])
        assert paper.signals
        assert to_plain(paper.abstract) == to_plain(libraries[1].papers[paper.key].abstract)


ANSWER = [
    {"title": "Deep Nets", "arxiv_id": "2401.00001", "authors": ["Ann Lee"], "upvotes": 3},
    {"title": "deep nets", "arxiv_id": "2401.00002"},
    {"title": "Never Listed", "arxiv_id": "2401.00003"},
]


def test_a_file_without_a_date_completes_what_others_list(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-12.txt", ("Deep Nets", "They are deep."))
    before = library_of(tmp_path)
    (tmp_path / "answer.json").write_text(json.dumps(ANSWER), encoding="utf-8")
    report = Report()
    after = library_of(tmp_path, report)
    assert list(after.papers) == list(before.papers) == ["deep-nets"]
    assert (after.days, after.aliases, after.twins) == (
        before.days,
        {},
        {"2401.00001": "deep-nets"},
    )
    paper = after.papers["deep-nets"]
    assert paper.seen_on == before.papers["deep-nets"].seen_on
    assert (paper.arxiv_id, paper.authors[0].name) == ("2401.00001", "Ann Lee")
    # Nobody knows when these counts were read.
    assert paper.signals is None
    said = [str(problem) for problem in report.problems]
    assert any("answer.json: no date, and 2 of its 3 papers are listed nowhere" in s for s in said)


def test_a_file_without_a_date_is_found_by_id_under_another_title(tmp_path: Path) -> None:
    first = [{"title": "Old Title", "arxiv_id": "2401.00001", "abstract": "It is old."}]
    later = [{"title": "New Title", "arxiv_id": "2401.00001v2", "abstract": "It is old."}]
    (tmp_path / "2025-03-12.json").write_text(json.dumps(first), encoding="utf-8")
    (tmp_path / "answer.json").write_text(json.dumps(later), encoding="utf-8")
    report = Report()
    found = library_of(tmp_path, report)
    assert list(found.papers) == ["old-title"]
    assert found.papers["old-title"].version == 2
    assert not report.problems


def test_files_without_a_date_alone_are_no_site(tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text(json.dumps(ANSWER), encoding="utf-8")
    with pytest.raises(InputError):
        library_of(tmp_path)


@pytest.mark.parametrize("title", ["\u200b", "\u3164 \u2800", "\u200d\u0301", "\ufe0f", "\u202e"])
def test_a_title_of_which_nothing_is_seen_can_be_followed(tmp_path: Path, title: str) -> None:
    digests = tmp_path / "digests"
    write_json(digests, "2025-03-12.json", {"title": title, "abstract": "It is."})
    (line,) = re.findall(r"<h3.*</h3>", render_site(digests)["days/2025-03-12.md"].decode())
    assert re.sub(r"<[^>]*>", "", line) == "Untitled"


def test_a_title_with_an_address_is_one_link(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    title = "See https://x.org/a & More"
    write_json(digests, "2025-03-12.json", {"title": title, "abstract": "It is."})
    (line,) = re.findall(r"<h3.*</h3>", render_site(digests)["days/2025-03-12.md"].decode())
    assert re.fullmatch(r"<h3[^>]*><a [^>]*>[^<]*</a></h3>", line)
    assert html.unescape(re.sub(r"<[^>]*>", "", line)) == title


def test_a_ledger_that_is_no_file_is_one_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "keys.yml")
    with pytest.raises(SettingsError, match=r"keys\.yml is no file; restore it from history"):
        read_ledger(tmp_path)
