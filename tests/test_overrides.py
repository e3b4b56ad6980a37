"""What a publisher corrects is corrected everywhere, and nothing else changes."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # ships no types
import frontmatter
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.corrections import BECAUSE, correct, correct_tags
from generator.errors import Report
from generator.explain import explain
from generator.ledger import write_ledger
from generator.library import assemble
from generator.model import Capture, Library, Link, Papers, RawPaper, TagHit
from generator.naming import Names
from generator.overrides import OVERRIDES, read_overrides
from generator.pipeline import build_library, build_site, routes_of
from generator.prose import to_plain
from generator.settling import settle
from generator.taxonomy import load_taxonomy

from .conftest import CASES
from .sites import render_site, settings_for, write_digest, write_records

FILES = sorted((CASES / "overrides").glob("*.yml"))
TAXONOMY = load_taxonomy()
DAYS = (date(2025, 3, 11), date(2025, 3, 12))


def write_case(folder: Path, case: dict[str, dict[str, list[tuple[str, str]]]]) -> Path:
    for name, papers in case["digests"].items():
        write_digest(folder, name, *papers)
    return folder


def override(folder: Path, text: str) -> None:
    (folder / OVERRIDES).write_text(text, encoding="utf-8")


def library_of(*days: Sequence[RawPaper]) -> Library:
    captures = [
        Capture("test", f"{day}.txt", "", 1, day, tuple(papers))
        for day, papers in zip(DAYS, days, strict=False)
    ]
    return assemble(captures, Report())


def corrected(library: Library, text: str, folder: Path, report: Report | None = None) -> Library:
    override(folder, text)
    report = Report() if report is None else report
    overrides = read_overrides(folder, TAXONOMY, report)
    return correct(library, settle(overrides, library, report), report)


# --- cases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    digests = write_case(tmp_path / "digests", case)
    override(digests, case["overrides"])
    report = Report()
    site = render_site(digests, report)
    assert [str(problem) for problem in report.problems] == case.get("problems", [])
    lines = site["data/papers.jsonl"].decode().splitlines()
    data = {record["key"]: record for record in map(json.loads, lines)}
    assert list(data) == list(case["papers"])
    for key, wanted in case["papers"].items():
        assert {field: data[key][field] for field in wanted} == wanted
    redirects = dict(redirects_of(site))
    assert redirects == case.get("redirects", {})
    hidden = {path for path, page in site.items() if b"no longer listed" in page}
    assert hidden == {f"papers/{key}.md" for key in case.get("hidden", [])}


def redirects_of(site: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    for path, page in site.items():
        header = frontmatter.loads(page.decode()).metadata if path.endswith(".md") else {}
        if target := header.get("redirect"):
            assert isinstance(target, str)
            yield path.removeprefix("papers/").removesuffix(".md"), target.split("/")[-2]


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "adam",
        "2401.12340",
        "2401.12340v2",
        "arXiv:2401.12340",
        "https://arxiv.org/abs/2401.12340",
        "https://arxiv.org/pdf/2401.12340v1.pdf",
        "https://huggingface.co/papers/2401.12340",
        "https://me.example.org/broadsheet/papers/adam/",
        "papers/adam/#cite",
        "adam-a-method",
        "'ADAM: A Method'",
    ],
)
def test_a_paper_has_many_names(tmp_path: Path, name: str) -> None:
    library = library_of(
        [RawPaper("Adam", "", 1, arxiv_id="2401.12340"), RawPaper("Other", "", 2)],
        [RawPaper("Adam: A Method", "", 1, arxiv_id="2401.12340")],
    )
    assert library.aliases == {"adam-a-method": "adam"}
    after = corrected(library, f"{name}:\n  hide: yes\n", tmp_path)
    assert list(after.papers) == ["other"]
    assert dict(after.hidden) == dict.fromkeys(["adam", "adam-a-method"], "overrides.yml:2")
    assert after.aliases == {}


def test_an_arxiv_id_never_becomes_a_number(tmp_path: Path) -> None:
    papers = [RawPaper(i, "", 1, arxiv_id=i) for i in ("2401.12340", "2401.1234")]
    after = corrected(library_of(papers), "2401.12340: {hide: yes}", tmp_path)
    assert [paper.arxiv_id for paper in after.papers.values()] == ["2401.1234"]


def test_the_primary_class_is_that_of_the_arxiv_id_it_came_with(tmp_path: Path) -> None:
    library = library_of([RawPaper("A", "", 1, arxiv_id="2401.12340", primary="cs.LG")])
    for said, primary in (("2401.12340", "cs.LG"), ("2401.12341", None)):
        after = corrected(library, f"a: {{arxiv_id: {said}}}", tmp_path)
        assert after.papers["a"].primary == primary


def test_a_mistyped_arxiv_id_earns_a_question(tmp_path: Path) -> None:
    report = Report()
    library = library_of([RawPaper("Adam", "", 1, arxiv_id="2401.12340")])
    corrected(library, "2401.12430: {hide: yes}", tmp_path, report)
    assert str(report.problems[0]).endswith("“2401.12430”; did you mean 2401.12340?")


@pytest.mark.parametrize(
    ("name", "said"),
    [("adam", "did you mean adam-a-method?"), ("zzz", "mend the name, unless a digest to come")],
)
def test_a_name_too_short_or_quite_unknown_has_a_remedy(
    tmp_path: Path, name: str, said: str
) -> None:
    report = Report()
    corrected(
        library_of([RawPaper("Adam: A Method", "", 1)]), f"{name}: {{hide: yes}}", tmp_path, report
    )
    assert said in str(report.problems[0])


def test_an_id_of_another_paper_is_named(tmp_path: Path) -> None:
    report = Report()
    library = library_of([RawPaper("A", "", 1, arxiv_id="2401.12340"), RawPaper("B", "", 2)])
    corrected(library, "b: {arxiv_id: 2401.12340}", tmp_path, report)
    assert "b has the arxiv_id of a; if they are one paper, merge them" in str(report.problems[0])


def test_former_addresses_of_a_merged_paper_lead_to_the_one_that_stays(tmp_path: Path) -> None:
    library = library_of(
        [RawPaper("Adam", "", 1, arxiv_id="2401.12340"), RawPaper("Kept", "", 2)],
        [RawPaper("Adam: A Method", "", 1, arxiv_id="2401.12340")],
    )
    after = corrected(library, "kept: {merge: adam-a-method}", tmp_path)
    assert after.aliases == {"adam": "kept", "adam-a-method": "kept"}
    assert after.papers["kept"].arxiv_id == "2401.12340"
    assert to_plain(after.papers["kept"].title) == "Adam: A Method"


def test_the_ledger_never_learns_of_a_correction(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-11.txt", ("One", "It is."), ("Two", "They are."))
    override(tmp_path, "one: {merge: two}")
    library = build_library(settings_for(tmp_path, tmp_path / "docs"), Report())
    assert not write_ledger(tmp_path, library)


# --- the site ------------------------------------------------------------------------------------


def test_without_the_file_all_is_as_it_was_and_with_it_every_address_stands(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    names = ("One", "Two", "Three", "Four", "Five")
    write_digest(digests, "2025-03-11.txt", *((name, f"{name} is a graph.") for name in names))
    write_digest(digests, "2025-03-12.txt", ("Two", "Two is a graph."))
    before = render_site(digests)
    override(
        digests,
        "one: {hide: yes}\ntwo: {merge: three, tags: {add: theory}, date: 2025-03-20}\n"
        "four: {title: Vier, abstract: It was., links: {add: x.org}, authors: Ada Byron}\n",
    )
    after = render_site(digests)
    assert set(after) > set(before)  # a topic's feeds begin with its first paper
    assert after["papers/five.md"] != before["papers/five.md"]
    (digests / OVERRIDES).unlink()
    assert render_site(digests) == before


def test_tags_by_hand_say_so_and_a_fixed_title_earns_its_own(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-11.txt", ("Grahp Netwroks", "It is."), ("Two", "It is."))
    override(tmp_path, "grahp-netwroks:\n  title: Graph Networks\n  tags: {add: theory}\n")
    settings = settings_for(tmp_path, tmp_path / "docs")
    site = build_site(settings, Report())
    hits = {hit.tag: hit.because for hit in site.tags["grahp-netwroks"]}
    assert hits["theory"] == (BECAUSE,)
    assert hits["graph-learning"][0].startswith("title: Graph")
    said = explain(site, "grahp-netwroks", routes_of(settings, site.library))
    assert "  mended   overrides.yml:2 title\n  mended   overrides.yml:3 tags\n" in said
    assert "  title    [overrides.yml:2]\n  abstract [2025-03-11.txt:" in said


def test_a_correction_of_something_else_leaves_links_in_their_order(tmp_path: Path) -> None:
    text = "Code is at https://github.com/us/old."
    stated = (Link("code", "https://github.com/us/new"),)
    library = library_of([RawPaper("One", text, 1, links=stated)])
    after = corrected(library, "one: {tags: {add: theory}}", tmp_path).papers["one"]
    assert [link.url[-3:] for link in after.links] == ["new", "old"]


def test_a_merged_summary_names_the_machine_that_made_it(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    for number, summary in enumerate(("Short.", "A much longer summary.")):
        said = {
            "title": f"Nets {number}",
            "ai_summary": summary,
            "ai_summary_model": f"m{number}",
        }
        write_records(digests, f"2025-03-1{number}.json", [said])
    override(digests, "nets-0: {merge: nets-1}")
    site = build_site(settings_for(digests, tmp_path / "docs"), Report())
    paper = site.library.papers["nets-0"]
    assert (paper.summary_ai, paper.summary_ai_model) == ("A much longer summary.", "m1")


def test_explain_names_the_file_that_each_text_of_a_merged_paper_is_from(tmp_path: Path) -> None:
    long = "It is about what was found, at length."
    write_digest(tmp_path, "2025-03-11.txt", ("Nets", long), ("Three", "It is."))
    write_digest(tmp_path, "2025-03-12.txt", ("Deep Nets of Today", "It is."))
    override(tmp_path, "nets: {merge: deep-nets-of-today}\n")
    settings = settings_for(tmp_path, tmp_path / "docs")
    site = build_site(settings, Report())
    said = explain(site, "nets", routes_of(settings, site.library))
    assert said.startswith("Deep Nets of Today\n")
    assert "  title    [2025-03-12.txt:" in said
    assert "  abstract [2025-03-11.txt:" in said


def test_explain_says_who_hid_a_paper(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-11.txt", ("One", "It is."), ("Two", "It is."))
    override(tmp_path, "\none:\n  hide: yes\n")
    settings = settings_for(tmp_path, tmp_path / "docs")
    site = build_site(settings, Report())
    said = explain(site, "one", routes_of(settings, site.library))
    assert said.startswith("one is hidden by overrides.yml:3\n")


def test_a_hidden_paper_is_found_by_its_arxiv_id(tmp_path: Path) -> None:
    papers = [{"title": "A", "abstract": "It is.", "id": "2401.12340"}, {"title": "B"}]
    (tmp_path / "2025-03-11.json").write_text(json.dumps(papers), encoding="utf-8")
    override(tmp_path, "2401.12340: {hide: yes}\n")
    site = build_site(settings_for(tmp_path, tmp_path / "docs"), Report())
    assert Names(site.library).find("2401.12340") == "a"


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_no_item_of_a_feed_comes_back_as_new(tmp_path: Path, file: str) -> None:
    digests = tmp_path / "digests"
    papers = [(f"Graph Network {n}", f"We train graph network {n}.") for n in range(8)]
    write_digest(digests, "2025-03-11.txt", *papers[:4])
    write_digest(digests, "2025-03-12.txt", *papers[4:])

    def items(name: str) -> dict[str, feedparser.FeedParserDict]:
        feed = feedparser.parse(render_site(digests)[f"feeds/{name}/{file}"])
        assert not feed.bozo
        return {item.id.rpartition("/")[2]: item for item in feed.entries}

    before = items("all")
    override(
        digests,
        "graph-network-0: {hide: yes}\n"
        "graph-network-5: {merge: graph-network-1}\n"
        "graph-network-6: {title: Robots, date: 2025-03-20}\n"
        "graph-network-7: {tags: {remove: graph-learning}}\n",
    )
    after, tagged = items("all"), items("tags/graph-learning")
    assert set(before) - set(after) == {"graph-network-0", "graph-network-1"}
    assert set(after) < set(before)
    assert after["graph-network-6"].title == "Robots"
    assert after["graph-network-6"].published == before["graph-network-6"].published
    assert before["graph-network-7"].pop("tags")
    assert after["graph-network-7"] == before["graph-network-7"]
    assert "graph-network-7" not in tagged
    assert after["graph-network-5"].published_parsed[:3] == (2025, 3, 11)
    if file == "atom.xml":
        assert after["graph-network-6"].updated_parsed[:4] == (2025, 3, 20, 6)
        assert after["graph-network-2"] == before["graph-network-2"]


# --- laws ----------------------------------------------------------------------------------------

KEYS = ("a", "b", "c", "d")
values = st.sampled_from(
    [
        "title: Alpha", "title: Beta", "hide: yes", "hide: no", "date: 2025-03-14",
        "abstract: Some words.", "authors: [Ada Byron]", "arxiv_id: 2401.12340",
        "tags: {add: [theory, robotics]}", "tags: {add: speech, remove: theory}",
        "links: {add: [x.org/a, {code: x.org/b}]}", "links: {add: {doi: x.org/b}}",
        "links: {remove: x.org/a}", "merge: a", "merge: [b, c]", "merge: d", "titel: x", "hide: 1",
    ]
)  # fmt: skip
blocks = st.tuples(
    st.sampled_from([*KEYS, "A", "nobody", "2401.00001"]), st.lists(values, min_size=1, max_size=3)
).map(lambda block: f"{block[0]}:\n" + "".join(f"  {line}\n" for line in block[1]))


def without_places(library: Library) -> Library:
    """The library without the lines of the file."""
    papers = {
        key: replace(paper, corrections=(), provenance={}) for key, paper in library.papers.items()
    }
    return replace(library, papers=Papers.of(papers), hidden=dict.fromkeys(library.hidden, ""))


@settings(max_examples=200)
@given(st.lists(blocks, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_file_decides_nothing(
    tmp_path_factory: pytest.TempPathFactory, found: list[str], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("order")
    library = library_of(
        [RawPaper(key.upper(), "See https://x.org/a.", n) for n, key in enumerate(KEYS, 1)],
        [RawPaper("C", "It is.", 1, arxiv_id="2401.00001"), RawPaper("E", "It is.", 2)],
    )
    results = []
    for text in (found, chance.sample(found, len(found))):
        override(folder, "".join(text))
        report = Report()
        corrections = settle(read_overrides(folder, TAXONOMY, report), library, report)
        after = correct(library, corrections, report)
        none: dict[str, tuple[TagHit, ...]] = dict.fromkeys(after.papers, ())
        tags = {**none, **correct_tags(none, corrections, TAXONOMY)}
        results.append((without_places(after), tags, len(report) == 0))
        # Every published address leads somewhere, and every entry to a paper that is there.
        assert {*after.papers, *after.aliases, *after.hidden} == {*library.papers}
        assert set(after.aliases.values()) <= set(after.papers)
        listed = [entry.paper for day in after.days for entry in day.entries]
        assert set(listed) == set(after.papers)
    assert results[0] == results[1]


pieces = st.sampled_from(
    [*"ab:-[]{}&*!|>'\"%@#?,\t \n\x00\x85\u2028", ":\n  ", "title: ", "tags: ", "add: ", "hide: "]
) | st.text(max_size=3)


@settings(max_examples=200)
@given(st.lists(pieces, max_size=40).map("".join))
def test_any_text_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / OVERRIDES).write_bytes(text.encode("utf-8", "surrogatepass"))
    report = Report()
    library = library_of([RawPaper("A", "", 1), RawPaper("B", "", 2)])
    overrides = read_overrides(folder, TAXONOMY, report)
    after = correct(library, settle(overrides, library, report), report)
    assert {*after.papers, *after.aliases, *after.hidden} == {"a", "b"}
    lines = text.count("\n") + text.count("\r") + 1
    assert all(0 <= problem.line <= lines for problem in report.problems)


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "a: " + "{b: " * 100_000, "? " * 100_000])
def test_deep_nesting_is_named(tmp_path: Path, text: str) -> None:
    report = Report()
    override(tmp_path, text + "\nb: {hide: yes}")
    library = library_of([RawPaper("A", "", 1), RawPaper("B", "", 2)])
    after = correct(
        library, settle(read_overrides(tmp_path, TAXONOMY, report), library, report), report
    )
    assert list(after.hidden) == ["b"]
    assert [problem.line for problem in report.problems] == [1]


@pytest.mark.parametrize(
    ("content", "said", "hidden"),
    [
        (b"\x89PNG" + bytes(range(32)) * 9, "no text file", []),
        ("a: {hide: yes} # ü".encode("latin-1"), "not UTF-8; read as Windows-1252: save", ["a"]),
        ("a: {hide: yes}".encode("utf-16"), "UTF-16; read as such", ["a"]),
        (b"\xef\xbb\xbfa: {hide: yes}", "", ["a"]),
        (b"a:\r\n  hide: yes\r\n", "", ["a"]),
        (b"", "", []),
    ],
)
def test_any_encoding_is_read(tmp_path: Path, content: bytes, said: str, hidden: list[str]) -> None:
    (tmp_path / OVERRIDES).write_bytes(content)
    report = Report()
    library = library_of([RawPaper("A", "", 1), RawPaper("B", "", 2)])
    overrides = read_overrides(tmp_path, TAXONOMY, report)
    assert list(settle(overrides, library, report).papers) == hidden
    assert [said in str(problem) for problem in report.problems] == ([True] if said else [])


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / OVERRIDES).mkdir()
    report = Report()
    assert read_overrides(tmp_path, TAXONOMY, report) == ()
    assert "no correction applies" in str(report.problems[0])


def test_the_example_of_the_readme_is_read(tmp_path: Path) -> None:
    readme = (CASES.parent.parent / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    override(tmp_path, example)
    report = Report()
    overrides = read_overrides(tmp_path, TAXONOMY, report)
    assert report.problems == ()
    fields = set(itertools.chain.from_iterable(o.stated for o in overrides))
    assert {field for _, field in fields} == {
        "title", "abstract", "authors", "arxiv_id", "tags", "links", "merge", "hide", "date",
    }  # fmt: skip


def test_a_name_by_hand_holds_nothing_that_must_not_be_printed(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-12.txt", ("Deep Nets", "They are."))
    said = 'deep-nets:\n  authors: ["Ann\\u202e Lee\\x07", "\\u200b", "G\\\\\'eza"]\n'
    (digests / "overrides.yml").write_text(said, encoding="utf-8")
    (paper,) = map(json.loads, render_site(digests)["data/papers.jsonl"].splitlines())
    assert [author["name"] for author in paper["authors"]] == ["Ann Lee", "Géza"]
