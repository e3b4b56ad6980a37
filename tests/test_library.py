"""Captures fold into papers and days; what is one paper is kept once."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError, Report, SettingsError
from generator.kept import Kept
from generator.ledger import read_ledger, write_ledger
from generator.library import assemble, date_captures
from generator.model import Capture, Library, Link, RawPaper
from generator.prose import to_plain
from generator.sources import read_captures

ONE, TWO, THREE = date(2025, 3, 11), date(2025, 3, 12), date(2025, 3, 13)


def capture(
    day: date | None, *titles: str | RawPaper, origin: str = "x.txt", label: str = ""
) -> Capture:
    items = [
        title if isinstance(title, RawPaper) else RawPaper(title, f"About {title}.", line)
        for line, title in enumerate(titles, 1)
    ]
    return Capture("test", origin, label, 1, day, tuple(items))


def lists(library: Library) -> dict[str, list[str]]:
    return {str(day.date): [entry.paper for entry in day.entries] for day in library.days}


def test_two_captures_of_one_day_are_one_day_in_their_order() -> None:
    library = assemble([capture(ONE, "B", "A"), capture(ONE, "C", "B")], Report())
    assert lists(library) == {"2025-03-11": ["b", "a", "c"]}
    assert [entry.position for entry in library.days[0].entries] == [1, 2, 3]


def test_a_paper_is_kept_once_and_knows_its_days() -> None:
    library = assemble([capture(TWO, "A"), capture(ONE, "a!"), capture(TWO, "A")], Report())
    assert list(library.papers) == ["a"]
    assert library.papers["a"].seen_on == (ONE, TWO)
    assert [[entry.first_time for entry in day.entries] for day in library.days] == [
        [False],
        [True],
    ]


def with_id(title: str, arxiv_id: str) -> RawPaper:
    urls = f"https://arxiv.org/pdf/{arxiv_id}v2", "https://github.com/a/b"
    links = (Link("pdf", urls[0]), Link("code", urls[1]))
    return RawPaper(title, f"About {title}.", 1, arxiv_id=arxiv_id, version=2, links=links)


def test_an_id_of_after_the_day_is_that_of_another_paper() -> None:
    report = Report()
    raws = with_id("A", "2503.01234"), with_id("B", "2504.01234"), with_id("C", "cs/9912001")
    (dated,) = date_captures([capture(ONE, *raws)], None, report)
    assert [raw.arxiv_id for raw in dated.items] == ["2503.01234", None, "cs/9912001"]
    assert dated.items[1].version is None
    assert [link.kind for link in dated.items[1].links] == ["code"]
    (problem,) = report.problems
    assert str(problem) == (
        "x.txt:1: “B” has the arXiv id 2504.01234, which is later than 2025-03-11; "
        "kept without it: mend the id"
    )
    assert not assemble([dated], Report()).papers["b"].arxiv_id


def test_ids_of_the_month_that_begins_somewhere_on_that_day_are_none_of_later() -> None:
    report = Report()
    raws = with_id("A", "2503.01234"), with_id("B", "2504.00001")
    captures = [capture(date(2025, 3, 31), *raws)]
    assert date_captures(captures, None, report) == tuple(captures)
    assert not len(report)


def test_a_day_before_most_of_its_ids_is_doubted_and_no_id_is_lost() -> None:
    report = Report()
    captures = [capture(date(2023, 3, 11), with_id("A", "2503.01234"), with_id("B", "2503.01235"))]
    assert date_captures(captures, None, report) == tuple(captures)
    (problem,) = report.problems
    assert str(problem) == (
        "x.txt:1: most of its arXiv ids, such as 2503.01234, are later than 2023-03-11; "
        "2023-03-11 is taken: mend the date if it is wrong"
    )


def test_papers_come_newest_first_and_within_a_day_in_its_order() -> None:
    library = assemble([capture(ONE, "D", "C"), capture(TWO, "D", "B", "A")], Report())
    assert list(library.papers) == ["b", "a", "d", "c"]
    assert library.as_of == TWO


def test_of_differing_abstracts_the_longer_plain_text_is_kept() -> None:
    longer = r"na\"{\i}ve words"  # 16 characters as written, 11 to a reader
    shown = "plain words!"  # 12 as written and to a reader
    records = [capture(ONE, RawPaper("A", longer, 1)), capture(TWO, RawPaper("A", shown, 1))]
    assert to_plain(assemble(records, Report()).papers["a"].abstract) == shown
    assert to_plain(assemble(records[::-1], Report()).papers["a"].abstract) == shown


def test_equally_long_abstracts_are_chosen_by_code_point() -> None:
    records = [capture(ONE, RawPaper("A", text, 1)) for text in ("beta", "alfa", "zeta")]
    for order in (records, records[::-1]):
        assert to_plain(assemble(order, Report()).papers["a"].abstract) == "alfa"


def test_an_older_day_changes_no_key_and_no_other_paper() -> None:
    newer = [capture(TWO, "A", "B"), capture(THREE, "B", "C")]
    before = assemble(newer, Report())
    after = assemble([capture(ONE, "C", "Z"), *newer], Report())
    assert set(before.papers) <= set(after.papers)
    assert lists(after)["2025-03-12"] == lists(before)["2025-03-12"]


def test_one_arxiv_id_is_one_paper_under_the_earliest_key() -> None:
    named = RawPaper("New Name", "", 1, arxiv_id="2401.00001")
    library = assemble(
        [
            capture(ONE, "Old Name"),
            capture(TWO, RawPaper("New Name", "", 1, arxiv_id="2401.00001")),
            capture(THREE, RawPaper("Old Name", "", 1, arxiv_id="2401.00001"), named),
        ],
        Report(),
    )
    assert list(library.papers) == ["old-name"]
    assert library.aliases == {"new-name": "old-name"}
    assert library.papers["old-name"].arxiv_id == "2401.00001"


def test_the_ledger_keeps_a_key_when_an_older_day_brings_another_title() -> None:
    records = [
        capture(ONE, RawPaper("First Title", "", 1, arxiv_id="2401.00001")),
        capture(TWO, RawPaper("Published Title", "", 1, arxiv_id="2401.00001")),
    ]
    ledger = {"published-title": "published-title", "first-title": "published-title"}
    library = assemble(records, Report(), ledger)
    assert list(library.papers) == ["published-title"]
    assert library.aliases == {"first-title": "published-title"}


def test_the_ledger_is_written_once_and_read_back(tmp_path: Path) -> None:
    library = assemble(
        [
            capture(ONE, RawPaper("A", "", 1, arxiv_id="1")),
            capture(TWO, RawPaper("B", "", 1, arxiv_id="1")),
        ],
        Report(),
    )
    assert write_ledger(tmp_path, library)
    assert (tmp_path / "keys.yml").read_text().startswith("# Written by `add` and `collect`: ")
    assert not write_ledger(tmp_path, library)
    assert read_ledger(tmp_path) == {"a": "a", "b": "a"}


def test_the_ledger_explains_what_it_holds_whoever_put_it_there(tmp_path: Path) -> None:
    (tmp_path / "keys.yml").write_text("deep-nets: ['2401.00001']\n")
    records = (RawPaper(title, "", 1, arxiv_id="2401.00002") for title in ("A", "B"))
    assert write_ledger(tmp_path, assemble([capture(ONE, *records)], Report()))
    text = (tmp_path / "keys.yml").read_text()
    assert "# An arXiv id says which of several papers with one title has this key." in text
    assert text.count("#") == 2


def day_of(day: date, *papers: tuple[str, str | None]) -> Capture:
    records = (RawPaper(title, "", n, arxiv_id=name) for n, (title, name) in enumerate(papers, 1))
    return capture(day, *records, origin=f"{day}.json")


def keys_of(library: Library) -> dict[str | None, str]:
    return {paper.arxiv_id: key for key, paper in library.papers.items()}


def test_two_ids_that_the_ledger_gives_one_key_are_one_paper(tmp_path: Path) -> None:
    (tmp_path / "keys.yml").write_text("deep-nets: ['2401.00001', '2401.00002']\n")
    ledger = read_ledger(tmp_path)
    for one, other in permutations(["2401.00001", "2401.00002"]):
        papers = (("Deep Nets", one), ("Deep Nets", other), ("Deep Nets", "2401.00003"))
        library = assemble([day_of(ONE, *papers)], Report(), ledger)
        assert set(library.papers) == {"deep-nets", "deep-nets-2401-00003"}


def test_of_two_keys_of_the_ledger_that_an_id_joins_the_first_stands(tmp_path: Path) -> None:
    (tmp_path / "keys.yml").write_text("deep-nets: [dnns]\ngraphs: [gnns]\n")
    ledger = read_ledger(tmp_path)
    for titles in permutations(["Graphs", "Deep Nets"]):
        joined = day_of(ONE, *((title, "2401.00001") for title in titles))
        library = assemble([joined], Report(), ledger)
        assert set(library.papers) == {"deep-nets"}
        assert set(library.aliases) == {"dnns", "gnns", "graphs"}
    assert write_ledger(tmp_path, library)
    assert not write_ledger(tmp_path, library)
    assert assemble([joined], Report(), read_ledger(tmp_path)) == library


def test_a_title_that_one_paper_had_brings_it_no_other_paper(tmp_path: Path) -> None:
    one, other = "2401.00001", "2401.00002"
    day = day_of(TWO, ("Deep Nets", one), ("Graphs", one), ("Graphs", other))
    write_ledger(tmp_path, assemble([day], Report()))
    older = day_of(ONE, ("Graphs", other))
    after = assemble([older, day], Report(), read_ledger(tmp_path))
    assert keys_of(after) == {one: "deep-nets", other: "graphs-2401-00002"}


ADA, BO = ("Ada", "2401.00001"), ("Bo", "2401.00001")
EARLIER = {
    "an older day has another title of it": ([day_of(TWO, ADA)], [day_of(ONE, BO)], "ada: [bo]"),
    "an older day has another paper of its title": (
        [day_of(TWO, ADA)],
        [day_of(ONE, ("Ada", "2401.00002"))],
        'ada: ["2401.00001"]',
    ),
}


@pytest.mark.parametrize(("days", "older", "remedy"), EARLIER.values(), ids=EARLIER)
def test_a_build_names_a_paper_that_a_day_put_there_by_hand_moves(
    tmp_path: Path, days: list[Capture], older: list[Capture], remedy: str
) -> None:
    kept, report = Kept(tmp_path / "kept.sqlite", {"of": "this test"}), Report()
    before = assemble(days, report, {}, kept)
    kept.save()
    after = assemble([*older, *days], report, {}, kept)
    (problem,) = report.problems
    assert "the paper ada moves to " in problem.message
    assert f"write `{remedy}` into keys.yml" in problem.message
    kept.save()
    (tmp_path / "keys.yml").write_text(remedy)
    held = assemble([*older, *days], report, read_ledger(tmp_path), kept)
    assert before.papers.keys() <= held.papers.keys()
    assert after.papers.keys() != held.papers.keys()
    assert len(report) == 1
    kept.close()


def test_a_build_names_a_paper_whose_first_title_left_with_its_day(tmp_path: Path) -> None:
    kept, report = Kept(tmp_path / "kept.sqlite", {"of": "this test"}), Report()
    assemble([day_of(ONE, ADA), day_of(TWO, BO)], report, {}, kept)
    kept.save()
    assemble([day_of(TWO, BO)], report, {}, kept)
    assert [(p.origin, p.line) for p in report.problems] == [(f"{TWO}.json", 1)]
    kept.save()
    assemble([day_of(TWO, BO)], Report(), {}, kept)
    assert len(report) == 1
    kept.close()


TITLES = st.sampled_from(["Deep Nets", "Deep Nets 2401.00001", "Graphs", "Cells"])
IDS = st.sampled_from([None, "2401.00001", "2401.00002", "2401.00003"])
DAYS = st.lists(
    st.lists(st.tuples(TITLES, IDS), min_size=1, max_size=4), min_size=1, max_size=3
).map(lambda days: [day_of(date(2025, 3, n), *papers) for n, papers in enumerate(days, 10)])
KEYS = ["deep-nets", "graphs", "cells", "deep-nets-2401-00001"]
LEDGERS = st.dictionaries(
    st.sampled_from(KEYS),
    st.lists(st.sampled_from([*KEYS, "2401.00001", "2401.00002"]), max_size=2),
    max_size=2,
)


@given(DAYS, LEDGERS)
def test_a_ledger_that_is_written_says_what_was_so_without_it(
    days: list[Capture], by_hand: dict[str, list[str]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "keys.yml").write_text(json.dumps(by_hand))
        try:
            before = assemble(days, Report(), read_ledger(folder))
        except SettingsError:
            return  # by hand, one key was given to two papers
        write_ledger(folder, before)
        after = assemble(days, Report(), read_ledger(folder))
        assert (after.papers, after.days, after.aliases) == (
            (before.papers, before.days, before.aliases)
        )
        assert not write_ledger(folder, after)


@given(DAYS, DAYS)
def test_the_ledger_holds_each_id_to_its_key_whatever_days_come(
    days: list[Capture], others: list[Capture]
) -> None:
    with TemporaryDirectory() as name:
        before = assemble(days, Report())
        write_ledger(Path(name), before)
        ledger = read_ledger(Path(name))
    wanted = {name: key for name, key in keys_of(before).items() if name in ledger}
    for later in (timedelta(days=-5), timedelta(days=5)):
        moved = [replace(one, day=one.day + later) for one in others if one.day]
        found = keys_of(assemble([*moved, *days], Report(), ledger))
        assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "a: b",
        "a: [1]",
        "../a: [b]",
        "a: [index]",
        "a: [B]",
        "a: [" + "[" * 9999,
        "a: [b]\nc: [b]",
        "a: [",
        "2025-02-30: [a]",
        "\x00",
    ],
)
def test_a_spoilt_ledger_stops_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.yml").write_text(text)
    with pytest.raises(SettingsError, match=r"keys\.yml"):
        read_ledger(tmp_path)


def test_an_undated_capture_is_left_out_and_named() -> None:
    report = Report()
    undated = capture(None, "A", origin="today.txt", label="Mar 12")
    assert date_captures([undated], None, report) == ()
    (problem,) = report.problems
    assert str(problem).startswith("today.txt:1: left out: the date Mar 12 has no year;")


def test_the_year_setting_dates_a_capture() -> None:
    undated = capture(None, "A", origin="today.txt", label="Mar 12")
    assert date_captures([undated], 2025, Report())[0].day == TWO


def test_a_contradiction_is_noted_and_the_name_wins() -> None:
    report = Report()
    odd = capture(None, "A", origin="2025-03-12.txt", label="Mar 13")
    assert date_captures([odd], None, report)[0].day == TWO
    assert "the date line says Mar 13" in str(report.problems[0])


def test_no_paper_at_all_stops_with_a_sentence() -> None:
    with pytest.raises(InputError, match="no paper can be read"):
        assemble([], Report())


def test_where_no_day_is_known_at_all_each_file_is_named() -> None:
    report = Report()
    with pytest.raises(InputError, match="no paper can be read"):
        assemble([capture(None, "A", origin="papers.csv", label="")], report)
    (problem,) = report.problems
    assert str(problem).startswith("papers.csv: no date, and 1 of its 1 papers")


def test_papers_of_different_ids_are_never_one_whatever_their_titles() -> None:
    papers = [
        RawPaper("Deep Nets", "", 1, arxiv_id="2401.00001"),
        RawPaper("Deep Nets", "", 2, arxiv_id="2401.12340"),
        RawPaper("Deep Nets 2401.12340", "", 3, arxiv_id="2401.00003"),
    ]
    for order in permutations(papers):
        library = assemble([capture(ONE, *order)], Report())
        ids = {paper.arxiv_id: to_plain(paper.title) for paper in library.papers.values()}
        assert ids == {paper.arxiv_id: paper.title for paper in papers}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), unique_by=lambda pair: pair[1]))
def test_as_many_papers_as_ids(drawn: list[tuple[int, int]]) -> None:
    title = "A" * 79
    papers = [
        RawPaper(" ".join([title, *["2401.00001"] * often]), "", n, arxiv_id=f"2401.0000{last}")
        for n, (often, last) in enumerate(drawn, 1)
    ]
    if papers:
        assert len(assemble([capture(ONE, *papers)], Report()).papers) == len(papers)


def test_code_links_are_found_in_the_abstract() -> None:
    raw = RawPaper("A", "We do. Code is at https://github.com/a/b. See https://x.org/y.", 1)
    paper = assemble([capture(ONE, raw)], Report()).papers["a"]
    assert [(link.kind, link.url) for link in paper.links] == [
        ("code", "https://github.com/a/b"),
        ("other", "https://x.org/y"),
    ]
    assert paper.code == "https://github.com/a/b"


def test_shuffled_days_give_the_same_library() -> None:
    captures = [capture(day, *"ABCD"[n:]) for n, day in enumerate((ONE, TWO, THREE))]
    wanted = assemble(captures, Report())
    shuffled = captures[:]
    random.Random(1).shuffle(shuffled)
    assert assemble(shuffled, Report()) == wanted


def test_the_shared_captures_lose_nothing(shared: Path) -> None:
    report = Report()
    captures = date_captures(read_captures(shared / "captures", report), 2025, report)
    library = assemble(captures, report)
    assert sum(len(day.entries) for day in library.days) == 220
    assert (len(library.papers), len(library.days), report.problems) == (210, 3, ())
