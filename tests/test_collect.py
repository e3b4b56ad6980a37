"""Days are fetched from services that fail in every way, and filed whole or not at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import __version__, cli
from generator.announced import announced, submitted_for
from generator.cli import DONE, REFUSED, UNFINISHED, WRONG_USE, main
from generator.collect import client, enriching
from generator.collect.held import Gain, add_papers, read_papers
from generator.errors import Report
from generator.keys import paper_key
from generator.library import assemble, date_captures
from generator.model import Author, Library, RawPaper
from generator.sources import read_captures

from . import services as fault
from .conftest import ROOT
from .services import Listed, Services, playing
from .sites import render_site, tree, write_digest

TODAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)

NETS = Listed("2611.10001", "Nets for All")
GRAPHS = Listed("2611.10002", "Graphs of Graphs")
PROOFS = Listed("2611.10003", "Proofs Without Words")

MKDOCS = """\
site_name: A Small Paper
site_url: https://example.org/base/
extra:
  broadsheet:
    daily_papers: {address}
    arxiv_feed: {address}
    arxiv_api: {address}
"""


@pytest.fixture
def played() -> Iterator[Services]:
    with playing() as services:
        yield services


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    naps: list[float] = []
    monkeypatch.setattr(client, "sleep", naps.append)
    return naps


@pytest.fixture
def folder(
    tmp_path: Path, played: Services, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A repository whose settings name the played services."""
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    (tmp_path / "mkdocs.yml").write_text(MKDOCS.format(address=played.address), encoding="utf-8")
    return tmp_path


def setting(folder: Path, line: str) -> None:
    """Add a setting, or set it anew."""
    path = folder / "mkdocs.yml"
    name = line.partition(":")[0]
    kept = [one for one in path.read_text().splitlines() if one.strip().partition(":")[0] != name]
    path.write_text("\n".join([*kept, f"    {line}"]) + "\n", encoding="utf-8")


def buildable(folder: Path) -> None:
    """Have all that a build needs, which is checked, too."""
    (folder / "generator").symlink_to(ROOT / "generator")
    (folder / "docs").mkdir()
    path = folder / "mkdocs.yml"
    path.write_text(f"hooks:\n  - generator/hooks.py\n{path.read_text()}")


def collect(*options: str, today: date = TODAY) -> int:
    return main(["collect", "--today", str(today), *options])


def held(folder: Path) -> Library:
    report = Report()
    captures = date_captures(read_captures(folder / "digests", report), None, report)
    assert report.problems == ()
    return assemble(captures, report)


def listed(folder: Path) -> dict[str, list[str]]:
    """Keys of papers by day."""
    return {str(day.date): [e.paper for e in day.entries] for day in held(folder).days}


def raw_paper(number: int, known: int) -> RawPaper:
    """A paper, known by its title alone or better."""
    return RawPaper(
        f"Nets {number}",
        "We study nets." if known > 0 else "",
        1,
        arxiv_id=f"2611.1000{number}" if known > 1 else None,
        authors=(Author("Ada Byron"),) if known > 2 else (),
    )


def files(folder: Path) -> list[str]:
    return sorted(tree(folder / "digests")) if (folder / "digests").exists() else []


# what is filed


def test_the_newest_day_is_filed_under_its_date(folder: Path, played: Services) -> None:
    played.daily = {YESTERDAY: [NETS], TODAY: [GRAPHS, PROOFS]}
    assert collect() == DONE
    assert files(folder) == ["2026/2026-11-20-daily-papers.jsonl"]
    assert listed(folder) == {"2026-11-20": ["graphs-of-graphs", "proofs-without-words"]}
    paper = held(folder).papers["graphs-of-graphs"]
    assert (paper.arxiv_id, paper.authors[0].name) == ("2611.10002", "Ada Byron")
    assert paper.signals is not None
    assert (paper.signals.upvotes, paper.signals.seen_at) == (5, datetime(2026, 11, 20, tzinfo=UTC))


def test_nobody_s_account_is_filed(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect() == DONE
    (content,) = tree(folder / "digests").values()
    for trace in (b"submitter", b"Mitter", b"avatar", b"cdn.example", b'"_id"', b"9512"):
        assert trace not in content, trace


def test_a_day_and_a_range_are_filed_by_name(folder: Path, played: Services) -> None:
    played.daily = {YESTERDAY: [NETS], TODAY: [GRAPHS]}
    assert collect("--day", "2026-11-19") == DONE
    assert listed(folder) == {"2026-11-19": ["nets-for-all"]}
    assert collect("--from", "2026-11-18", "--to", "2026-11-20") == DONE
    assert listed(folder) == {"2026-11-20": ["graphs-of-graphs"], "2026-11-19": ["nets-for-all"]}


def test_a_day_of_several_pages_is_filed_whole(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [replace(NETS, arxiv_id=f"2611.{n:05}", title=f"Nets {n}")
                            for n in range(250)]}  # fmt: skip
    assert collect("--day", "2026-11-20") == DONE
    assert len(held(folder).papers) == 250
    assert len(played.asked) == 3


def test_all_since_the_last_day_held_comes_in_one_question(folder: Path, played: Services) -> None:
    played.daily = {date(2026, 11, 13): [NETS]}
    assert collect(today=date(2026, 11, 13)) == DONE
    played.asked.clear()
    played.daily |= {date(2026, 11, 16): [GRAPHS], TODAY: [PROOFS]}
    assert collect("--since-last") == DONE
    assert list(listed(folder)) == ["2026-11-20", "2026-11-16", "2026-11-13"]
    # As no answer is full, the list has ended; the day held last may have been half-filled.
    assert [url for url in played.asked if "date=" not in url] == played.asked[:1]


def test_a_long_list_is_followed_to_the_last_day_held(folder: Path, played: Services) -> None:
    played.daily = {
        day: [replace(NETS, arxiv_id=f"26{n:02}.1{m:04}", title=f"Nets {n} {m}") for m in range(60)]
        for n, day in ((n, date(2026, 11, 12 + n)) for n in range(1, 8))
    }
    later = {day: played.daily.pop(day) for day in list(played.daily) if day.day > 14}
    assert collect(today=date(2026, 11, 14)) == DONE
    played.asked.clear()
    played.daily |= later
    assert collect("--since-last") == DONE
    assert {day: len(keys) for day, keys in listed(folder).items()} == {
        f"2026-11-{day}": 60 for day in range(14, 20)
    }
    assert len(played.asked) == 4


def test_where_no_day_of_a_service_is_held_others_count(folder: Path, played: Services) -> None:
    write_digest(folder / "digests", "2026/2026-11-18.txt", ("A Title", "An abstract of it."))
    played.daily = {date(2026, 11, 17): [PROOFS], YESTERDAY: [NETS], TODAY: [GRAPHS]}
    assert collect("--since-last") == DONE
    assert list(listed(folder)) == ["2026-11-20", "2026-11-19", "2026-11-18"]


def test_where_others_are_ahead_of_a_new_service_its_newest_day_counts(
    folder: Path, played: Services
) -> None:
    write_digest(folder / "digests", "2026/2026-11-20.txt", ("A Title", "An abstract of it."))
    played.daily = {date(2026, 11, 18): [PROOFS], YESTERDAY: [NETS]}
    assert collect("--since-last") == DONE
    assert list(listed(folder)) == ["2026-11-20", "2026-11-19"]


def test_after_a_long_time_it_says_how_to_fill_it(
    folder: Path, played: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    played.daily = {date(2026, 1, 13): [replace(NETS, arxiv_id="2601.10001")]}
    assert collect(today=date(2026, 1, 13)) == DONE
    played.daily[TODAY] = [GRAPHS]
    assert collect("--since-last") == DONE
    assert list(listed(folder)) == ["2026-11-20", "2026-01-13"]
    assert "--from 2026-01-13 --to 2026-10-19" in capsys.readouterr().out
    assert len(played.asked) < 40


# what is held only gains


def test_a_half_filled_day_gains_what_came_later(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect() == DONE
    played.daily = {TODAY: [GRAPHS, NETS], date(2026, 11, 21): [PROOFS]}
    assert collect("--since-last", today=date(2026, 11, 21)) == DONE
    assert listed(folder) == {
        "2026-11-21": ["proofs-without-words"],
        "2026-11-20": ["nets-for-all", "graphs-of-graphs"],
    }


def test_a_day_that_lost_papers_keeps_them(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS, GRAPHS]}
    assert collect() == DONE
    before = tree(folder / "digests")
    played.daily = {TODAY: [replace(GRAPHS, authors=(), abstract="Cut.")]}
    assert collect() == DONE
    assert tree(folder / "digests") == before


def test_a_paper_that_is_withdrawn_later_says_so(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect() == DONE
    played.daily = {TODAY: [replace(NETS, withdrawn="2026-11-21T08:00:00.000Z")]}
    assert collect() == DONE
    assert held(folder).papers["nets-for-all"].withdrawn == "withdrawn on 2026-11-21"


def test_votes_alone_are_no_news_and_come_with_what_is(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect() == DONE
    before = tree(folder / "digests")
    played.votes = 9
    assert collect() == DONE
    assert tree(folder / "digests") == before
    played.daily = {TODAY: [NETS, GRAPHS]}
    assert collect(today=date(2026, 11, 21)) == DONE
    signals = held(folder).papers["nets-for-all"].signals
    assert signals is not None
    assert (signals.upvotes, signals.seen_at) == (9, datetime(2026, 11, 21, tzinfo=UTC))


def test_yesterdays_batch_under_todays_date_is_recognised(
    folder: Path, played: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_categories: cs.LG cs.CL")
    played.feed, played.feed_day = [NETS, GRAPHS], YESTERDAY
    assert collect(today=YESTERDAY) == DONE
    played.feed_day = TODAY
    assert collect("--since-last") == DONE
    assert list(listed(folder)) == ["2026-11-19"]
    assert files(folder) == ["2026/2026-11-19-arxiv.jsonl"]
    assert "its 2 papers were listed before: an old batch" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_as_a_whole_is_left_alone(
    folder: Path, played: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect() == DONE
    path = folder / "digests" / "2026" / "2026-11-20-daily-papers.jsonl"
    spoilt = path.read_bytes() + b'{"title": "Half of'
    path.write_bytes(spoilt)
    played.daily = {TODAY: [NETS, GRAPHS]}
    assert collect() == UNFINISHED
    assert path.read_bytes() == spoilt
    assert "cannot be read as a whole" in capsys.readouterr().err


def test_a_day_after_tomorrow_is_not_believed(
    folder: Path, played: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    played.daily = {date(2026, 11, 22): [NETS]}
    assert collect() == UNFINISHED
    assert "lists 2026-11-22, which is yet to come" in capsys.readouterr().err


def test_a_server_that_heeds_no_date_fills_no_day(folder: Path, played: Services) -> None:
    items = [fault.item(NETS, date(2026, 11, 17), votes=1)]
    played.faults = [fault.text(json.dumps(items))]
    assert collect("--day", "2026-11-20") == DONE
    assert files(folder) == []


def test_a_paper_that_comes_twice_is_known_by_what_both_say(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-20-x.jsonl"
    add_papers(path, [raw_paper(1, 0)], TODAY, TODAY)
    twice = [raw_paper(1, 3), replace(raw_paper(1, 0), comment="Ten pages")]
    assert add_papers(path, twice, TODAY, TODAY) == Gain(0, 1, 1)
    (paper,) = read_papers(path)
    assert (paper.abstract, paper.comment) == ("We study nets.", "Ten pages")


def test_two_papers_of_one_title_come_to_one_without_an_id(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-20-x.jsonl"
    paper = replace(raw_paper(1, 0), arxiv_id=None)
    add_papers(path, [paper], TODAY, TODAY)
    twins = [replace(paper, arxiv_id=f"2401.0000{n}") for n in (1, 2)]
    assert add_papers(path, twins, TODAY, TODAY) == Gain(1, 1, 2)
    assert [paper.arxiv_id for paper in read_papers(path)] == ["2401.00001", "2401.00002"]


@given(
    st.lists(
        st.lists(st.builds(raw_paper, st.integers(1, 3), st.integers(0, 3)), max_size=5),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=30)
def test_whatever_comes_a_day_only_gains(batches: list[list[RawPaper]]) -> None:
    known = ("title", "abstract", "arxiv_id", "authors")
    with TemporaryDirectory() as folder:
        path = Path(folder, "2026-11-20-x.jsonl")
        before: list[RawPaper] = []
        for batch in batches:
            gain = add_papers(path, batch, TODAY, TODAY)
            after = read_papers(path)
            for old, new in zip(before, after[: len(before)], strict=True):
                for field in known:
                    assert getattr(old, field) in (getattr(new, field), "", None, ())
            by_key = {paper_key(paper.title): paper for paper in after}
            assert len(by_key) == len(after)
            for paper in batch:  # also where one came twice
                for field in known:
                    assert getattr(by_key[paper_key(paper.title)], field) or not getattr(
                        paper, field
                    )
            bettered = sum(old != new for old, new in zip(before, after, strict=False))
            assert gain == Gain(len(after) - len(before), bettered, len(after))
            before = after


# arXiv


def test_announcements_are_filed_without_revisions(folder: Path, played: Services) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_categories: cs.LG cs.CL")
    played.feed = [NETS, replace(GRAPHS, announce="cross"), replace(PROOFS, announce="replace")]
    assert collect() == DONE
    assert played.asked == ["/atom/cs.LG+cs.CL"]
    assert listed(folder) == {"2026-11-20": ["nets-for-all", "graphs-of-graphs"]}
    assert held(folder).papers["nets-for-all"].categories == ("cs.LG",)


def test_a_query_is_filed_by_days_of_announcement(folder: Path, played: Services) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_query: 'cat:cs.LG'")
    played.arxiv = [
        replace(NETS, submitted=datetime(2026, 11, 19, 18, tzinfo=UTC)),
        replace(GRAPHS, submitted=datetime(2026, 11, 18, 20, tzinfo=UTC)),
        replace(PROOFS, submitted=datetime(2026, 11, 18, 18, tzinfo=UTC)),
        replace(PROOFS, arxiv_id="2611.10009", title="Of Fish", classes=("q-bio.PE",)),
    ]
    assert collect() == DONE
    assert listed(folder) == {"2026-11-20": ["nets-for-all", "graphs-of-graphs"]}
    assert collect("--day", "2026-11-19") == DONE
    assert listed(folder)["2026-11-19"] == ["proofs-without-words"]


def test_a_day_is_found_below_many_papers_of_later_days(folder: Path, played: Services) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_query: 'cat:cs.LG'")
    evening = datetime(2026, 11, 18, 20, tzinfo=UTC)  # too late for the 19th, and of the same day
    played.arxiv = [
        replace(NETS, arxiv_id=f"2611.{n:05}", title=f"Nets {n}", submitted=evening)
        for n in range(600)
    ]
    played.arxiv.append(replace(PROOFS, submitted=evening.replace(hour=18)))
    assert collect("--day", "2026-11-19") == DONE
    assert listed(folder) == {"2026-11-19": ["proofs-without-words"]}


@given(st.integers(0, 365 * 24 * 60))
def test_a_day_lists_what_was_submitted_for_it(minutes: int) -> None:
    submitted = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    span = submitted_for(announced(submitted))
    assert span
    assert span[0] <= submitted < span[1]


def test_days_that_a_feed_no_longer_has_come_from_the_api(folder: Path, played: Services) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_categories: cs.LG")
    played.feed, played.feed_day = [NETS], date(2026, 11, 13)
    assert collect(today=date(2026, 11, 13)) == DONE
    played.feed, played.feed_day = [GRAPHS], date(2026, 11, 17)
    played.arxiv = [replace(PROOFS, submitted=datetime(2026, 11, 13, 12, tzinfo=UTC))]
    assert collect("--since-last", today=date(2026, 11, 17)) == DONE
    assert listed(folder) == {
        "2026-11-17": ["graphs-of-graphs"],
        "2026-11-16": ["proofs-without-words"],  # Monday; nothing is asked for the weekend
        "2026-11-13": ["nets-for-all"],
    }
    assert len(played.asked) == 3


# requests


def test_where_nothing_is_new_one_request_is_answered_304(
    folder: Path, played: Services, naps: list[float]
) -> None:
    played.daily = {YESTERDAY: [NETS], TODAY: [GRAPHS]}
    played.arxiv = [NETS, GRAPHS]
    assert collect("--since-last", "--enrich") == DONE
    assert played.statuses == [200, 200]
    before = tree(folder)
    played.statuses.clear()
    for _ in range(2):
        assert collect("--since-last", "--enrich") == DONE
    assert played.statuses == [304, 304]
    assert tree(folder) == before
    assert played.agents == {f"Broadsheet/{__version__} (+https://example.org/base/)"}


def test_an_empty_weekend_is_a_success_and_is_asked_for_once(
    folder: Path, played: Services
) -> None:
    setting(folder, "arxiv_categories: cs.LG")
    assert collect("--since-last", "--enrich", today=date(2026, 11, 21)) == DONE
    assert collect("--since-last", "--enrich", today=date(2026, 11, 22)) == DONE
    assert played.statuses == [200, 200, 304, 304]
    assert files(folder) == []


def test_what_was_removed_is_asked_for_again(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect() == DONE
    before = tree(folder / "digests")
    for path in (folder / "digests").rglob("*.jsonl"):
        path.unlink()
    assert collect() == DONE
    assert tree(folder / "digests") == before


def test_a_day_that_failed_is_not_taken_for_unchanged(folder: Path, played: Services) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_categories: cs.LG")
    played.feed, played.feed_day = [NETS], date(2026, 11, 17)
    assert collect(today=date(2026, 11, 17)) == DONE
    played.feed, played.feed_day = [GRAPHS], TODAY
    played.arxiv = [replace(PROOFS, submitted=datetime(2026, 11, 17, 12, tzinfo=UTC))]
    played.faults = [None, fault.status(500)]
    assert collect("--since-last") == UNFINISHED
    assert collect("--since-last") == DONE
    assert list(listed(folder)) == ["2026-11-20", "2026-11-18", "2026-11-17"]


@pytest.mark.parametrize("spoilt", ["", "{", "[1]", '{"answers": {"a": 1}, "in_vain": 2}'])
def test_a_memory_that_cannot_be_read_is_as_good_as_none(
    folder: Path, played: Services, spoilt: str
) -> None:
    played.daily = {TODAY: [NETS]}
    (folder / ".cache").mkdir()
    (folder / ".cache" / "collected.json").write_text(spoilt)
    assert collect("--enrich") == DONE
    assert list(listed(folder)) == ["2026-11-20"]


def test_between_two_requests_time_passes(
    folder: Path, played: Services, naps: list[float]
) -> None:
    assert collect("--from", "2026-11-18") == DONE
    assert naps == [0, 3, 3]


# faults

FAULTS = {
    "not_found": (fault.status(404), "answered 404 Not Found"),
    "server_error": (fault.status(500), "answered 500 Internal Server Error"),
    "bad_request": (fault.status(400, b"<feed>Feed error for query</feed>"), "answered 400"),
    "cut": (fault.cut, "broke off in the middle"),
    "cut_chunk": (fault.cut_chunk, "broke off in the middle"),
    "unannounced_cut": (fault.unannounced_cut, "answered no JSON, or not all of it"),
    "hung_up": (fault.hang_up, "broke off in the middle"),
    "slow_body": (fault.drip, "gave no whole answer in 0.2 seconds"),
    "slow_head": (fault.drip_headers, "gave no whole answer in 0.2 seconds"),
    "endless_body": (fault.endless, "sends more than 1 MiB and was cut off"),
    "bomb": (
        fault.status(200, gzip.compress(b" " * 2**22), Content_Encoding="gzip"),
        "sends more than 1 MiB and was cut off",
    ),
    "elsewhere": (fault.status(302, Location="http://127.0.0.2:9/x"), "sends us elsewhere"),
    "no_address": (fault.status(302, Location="//[x"), "sends us elsewhere, to '//[x'"),
    "round_about": (fault.status(301, Location="/a"), "answered 404"),
    "in_an_hour": (fault.in_an_hour, "wants to be left alone for 3,"),
    "a_page": (fault.text("<!doctype html><title>Sign in</title>"), "answered no JSON"),
    "an_object": (fault.text('{"error": "no"}'), "answered no list"),
    "no_day": (
        fault.text('[{"paper": {"id": "2611.00001", "title": "A", "summary": "B."}}]'),
        "answered papers, and no day that they are listed on",
    ),
    "numbers": (fault.text("[1, 2]"), "answered no papers: no record with named fields"),
    "no_text": (fault.status(200, b"\0" * 99), "no text"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_a_sentence_and_nothing_is_filed(
    name: str,
    folder: Path,
    played: Services,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    what, said = FAULTS[name]
    played.daily = {TODAY: [NETS]}
    played.faults = [what, fault.status(404)]
    with monkeypatch.context() as limited:
        limited.setattr(client, "LARGEST", 2**20)
        if name.startswith("slow"):
            limited.setattr(client, "PATIENCE", 0.2)
        assert collect() == UNFINISHED
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert f"{played.address}/api/daily_papers" in error
    assert files(folder) == []
    # The next run finds what this one did not.
    played.faults = []
    assert collect() == DONE
    assert list(listed(folder)) == ["2026-11-20"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (fault.text(f"<feed>{fault.ERROR}</feed>"), "an error in place of papers: “incorrect id"),
        (fault.text(f"{fault.ATOM}{fault.ERROR}"), "answered no feed, or not all of it"),
        (fault.text("[]"), "answered no feed"),
        (fault.text(f"{fault.ATOM}</feed>"), "answered no number of papers"),
        (fault.short(214), "answered fewer papers than it says there are: 0 of 214"),
        (fault.status(503), "is busy (503 Service Unavailable) after 2 waits"),
    ],
)  # fmt: skip
def test_a_fault_of_arxiv_is_a_sentence(
    folder: Path,
    played: Services,
    capsys: pytest.CaptureFixture[str],
    what: fault.Fault,
    said: str,
) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_query: 'cat:cs.LG'")
    played.faults = [what] * 3
    assert collect() == UNFINISHED
    assert said in capsys.readouterr().err
    assert files(folder) == []


def test_a_page_without_the_papers_it_counts_is_no_end_of_a_day(
    folder: Path, played: Services
) -> None:
    setting(folder, "daily_papers: ''")
    setting(folder, "arxiv_query: 'cat:cs.LG'")
    noon = datetime(2026, 11, 19, 12, tzinfo=UTC)
    played.arxiv = [
        replace(NETS, arxiv_id=f"2611.{n:05}", title=f"Nets {n}", submitted=noon)
        for n in range(600)
    ]
    played.faults = [None, fault.short(600)]
    assert collect("--day", "2026-11-20") == UNFINISHED
    assert files(folder) == []
    played.asked.clear()
    assert collect("--day", "2026-11-20") == DONE
    assert len(held(folder).papers) == 600
    assert len(played.asked) == 2


def test_a_busy_server_is_asked_again_when_it_says(
    folder: Path, played: Services, naps: list[float]
) -> None:
    played.daily = {TODAY: [NETS]}
    played.faults = [fault.status(429, Retry_After="17"), fault.status(503)]
    assert collect() == DONE
    assert naps == [0, 17, client.WAITS[1]]
    assert list(listed(folder)) == ["2026-11-20"]


def test_an_address_of_the_same_server_is_followed_without_haste(
    folder: Path, played: Services, naps: list[float]
) -> None:
    played.daily = {TODAY: [NETS]}
    moved = fault.status(308, Location="/api/daily_papers?limit=100&p=0&moved=1")
    played.faults = [moved, moved]
    assert collect() == DONE
    assert naps == [0, 3, 3]
    assert list(listed(folder)) == ["2026-11-20"]


def test_an_address_that_leads_on_and_on_is_left(
    folder: Path, played: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    played.faults = [fault.status(301, Location="/a")] * 9
    assert collect() == UNFINISHED
    assert "sends us on more than 3 times" in capsys.readouterr().err
    assert len(played.asked) == 4


def test_a_server_that_is_gone_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with playing() as gone:
        pass
    setting(folder, f"daily_papers: {gone.address}")
    assert collect() == UNFINISHED
    said = f"{gone.address}/api/daily_papers?limit=100&p=0 cannot be reached (Connection refused);"
    assert said in capsys.readouterr().err
    # The address of a question for twenty papers is told as far as it tells something.
    query = " OR ".join(f"all:{number}" for number in range(1_000))
    setting(folder, f"arxiv_api: {gone.address}\n    arxiv_query: '{query}'")
    assert collect() == UNFINISHED
    err = capsys.readouterr().err
    assert "all%3A10" in err
    assert max(map(len, err.splitlines())) < 400


def test_one_service_that_fails_stops_no_other(folder: Path, played: Services) -> None:
    setting(folder, "arxiv_categories: cs.LG")
    played.feed = [NETS]
    played.faults = [fault.status(500)]
    assert collect() == UNFINISHED
    assert files(folder) == ["2026/2026-11-20-arxiv.jsonl"]


def test_a_range_that_fails_keeps_its_whole_days(folder: Path, played: Services) -> None:
    played.daily = {YESTERDAY: [NETS], TODAY: [GRAPHS]}
    played.faults = [None, fault.cut]
    assert collect("--from", "2026-11-19") == UNFINISHED
    assert list(listed(folder)) == ["2026-11-19"]


# what arXiv knows of papers held


def test_titles_gain_ids_authors_classes_and_doi(folder: Path, played: Services) -> None:
    write_digest(
        folder / "digests",
        "2026/2026-11-18.txt",
        ("Nets for All!", "We study what is studied."),
        ("Graphs of Graphs", "We study what is studied."),
        ("Unknown to Anybody", "We study what is studied."),
    )
    before = listed(folder)
    played.arxiv = [
        replace(NETS, doi="10.1000/182"),
        replace(NETS, arxiv_id="2611.10008", title="Nets for All Seasons"),
        GRAPHS,
        replace(GRAPHS, arxiv_id="2611.10009"),  # another paper of that title
    ]
    setting(folder, "daily_papers: ''")
    assert collect("--enrich") == DONE
    assert files(folder) == ["2026/2026-11-18.txt", "2026/arxiv-11.jsonl"]
    assert listed(folder) == before
    papers = held(folder).papers
    nets = papers["nets-for-all"]
    assert (nets.arxiv_id, nets.authors[0].name, nets.categories) == (
        "2611.10001",
        "Ada Byron",
        ("cs.LG",),
    )
    assert "https://doi.org/10.1000/182" in {link.url for link in nets.links}
    assert papers["graphs-of-graphs"].arxiv_id is None
    assert papers["unknown-to-anybody"].arxiv_id is None


def test_a_paper_with_an_id_keeps_its_title_and_address(folder: Path, played: Services) -> None:
    played.daily = {TODAY: [NETS]}
    played.arxiv = [replace(NETS, title="Nets for Everybody, Revised")]
    assert collect("--enrich") == DONE
    library = held(folder)
    assert list(library.papers) == ["nets-for-all"]
    assert not library.aliases
    assert library.papers["nets-for-all"].categories == ("cs.LG",)


def test_what_arxiv_does_not_know_is_asked_again_after_a_month(
    folder: Path, played: Services
) -> None:
    played.daily = {TODAY: [NETS]}
    assert collect("--enrich") == DONE
    for days, questions in ((1, 0), (29, 0), (30, 1)):
        played.asked.clear()
        assert collect("--enrich", today=TODAY + timedelta(days=days)) == DONE
        assert len([url for url in played.asked if "/api/query" in url]) == questions


def by_title(folder: Path, *titles: str) -> None:
    """Hold papers that are known by nothing else."""
    setting(folder, "daily_papers: ''")
    papers = [RawPaper(title, "We study what is studied.", 1) for title in titles]
    day = date(2026, 11, 18)
    add_papers(folder / "digests" / "2026" / f"{day}-ours.jsonl", papers, day, day)


def test_titles_are_asked_for_in_addresses_that_servers_take(
    folder: Path, played: Services
) -> None:
    titles = [f"Nets Number {n} " + " ".join(["and so on"] * 60) for n in range(20)]
    by_title(folder, *titles, "\N{CJK UNIFIED IDEOGRAPH-56FE}" * 900)  # nine characters each
    played.arxiv = [
        replace(NETS, arxiv_id=f"2611.{n:05}", title=title) for n, title in enumerate(titles)
    ]
    assert collect("--enrich") == DONE
    assert max(map(len, played.asked)) <= enriching.LONGEST
    assert len(played.asked) == 3
    papers = held(folder).papers.values()
    assert sum(paper.arxiv_id is not None for paper in papers) == 20


def test_papers_that_are_refused_together_are_asked_for_apart(
    folder: Path, played: Services
) -> None:
    by_title(folder, NETS.title, GRAPHS.title)
    played.arxiv = [NETS, GRAPHS]
    played.faults = [fault.status(414)]
    assert collect("--enrich") == DONE
    assert len(played.asked) == 3
    assert all(paper.arxiv_id for paper in held(folder).papers.values())


def test_a_paper_that_is_refused_alone_stops_one_run_only(
    folder: Path, played: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    by_title(folder, NETS.title, GRAPHS.title)
    played.arxiv = [NETS, GRAPHS]
    played.faults = [fault.status(400), fault.status(400)]
    assert collect("--enrich") == UNFINISHED
    assert "answered 400" in capsys.readouterr().err
    assert collect("--enrich") == DONE
    papers = held(folder).papers.values()
    assert sum(paper.arxiv_id is not None for paper in papers) == 1


def test_a_title_is_no_paper_s_own_where_not_all_that_have_it_came(
    folder: Path, played: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enriching, "ANSWERS", 3)
    by_title(folder, NETS.title, GRAPHS.title)
    others = [
        replace(NETS, arxiv_id=f"2611.2000{n}", title=f"Nets for All Seasons {n}") for n in range(3)
    ]
    played.arxiv = [NETS, *others, replace(NETS, arxiv_id="2611.20009"), GRAPHS]
    assert collect("--enrich") == DONE
    assert len(played.asked) == 3
    papers = held(folder).papers
    assert papers["nets-for-all"].arxiv_id is None
    assert papers["graphs-of-graphs"].arxiv_id == GRAPHS.arxiv_id


@pytest.mark.parametrize("by", ["id", "title"])
def test_an_answer_without_the_papers_it_counts_was_not_in_vain(
    folder: Path, played: Services, by: str
) -> None:
    if by == "id":
        played.daily = {TODAY: [NETS]}
    else:
        by_title(folder, NETS.title)
    played.arxiv = [NETS]
    played.faults = [None, fault.short(1)] if by == "id" else [fault.short(1)]
    assert collect("--enrich") == UNFINISHED
    assert collect("--enrich") == DONE
    assert held(folder).papers["nets-for-all"].categories == ("cs.LG",)


# wrong use


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--day", "yesterday"], "--day yesterday is no day; give one such as"),
        (["--day", "2026-02-30"], "--day 2026-02-30 is no day"),
        (["--day", "2026-11-21"], "is no range of days up to today, 2026-11-20"),
        (["--from", "2026-11-20", "--to", "2026-11-19"], "is no range of days"),
        (["--to", "2026-11-19"], "give its first with --from"),
    ],
)
def test_a_wrong_day_is_one_sentence(
    folder: Path,
    played: Services,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    assert collect(*options) == WRONG_USE
    assert said in capsys.readouterr().err
    assert played.asked == []


def test_without_a_service_collect_says_what_to_set(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    setting(folder, "daily_papers: ''")
    assert collect() == WRONG_USE
    assert "there is nothing to collect from; set `daily_papers`" in capsys.readouterr().err


# staleness


def test_a_day_to_come_is_named_and_does_not_hide_that_nothing_comes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    setting(folder, "stale_after: 7")
    buildable(folder)
    write_digest(folder / "digests", "2026/2026-11-01.txt", ("Nets", "We study nets."))
    write_digest(folder / "digests", "2062-03-12.txt", ("Nets 2", "We study nets."))
    assert main(["check", "--today", "2026-11-20"]) == REFUSED
    said = capsys.readouterr().err
    assert "2062-03-12.txt: 2062-03-12 is yet to come, as today is 2026-11-20; give" in said
    assert "the newest digest, 2026-11-01, is 19 days old" in said


def test_check_fails_where_the_newest_day_is_too_old(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_digest(folder / "digests", "2026-11-10.txt", ("A Title", "An abstract of it."))
    setting(folder, "stale_after: 7")
    buildable(folder)
    assert main(["check", "--today", "2026-11-18"]) == REFUSED
    assert "the newest digest, 2026-11-10, is 8 days old" in capsys.readouterr().err


# day after day


def test_a_day_fetched_late_moves_no_paper_that_it_has_under_another_title(
    folder: Path, played: Services
) -> None:
    for day, title in ((TODAY, NETS.title), (TODAY - timedelta(days=20), "All for Nets")):
        played.daily[day] = [replace(NETS, title=title, arxiv_id="2610.10001")]
        assert collect("--day", str(day)) == DONE
    (item,) = json.loads(render_site(folder / "digests")["feeds/all/feed.json"])["items"]
    assert item["id"].endswith("/nets-for-all")


def test_day_after_day_feeds_gain_exactly_the_new_papers(folder: Path, played: Services) -> None:
    """Each day is fetched twice: half-filled in the morning, whole in the evening."""
    days = [date(2026, 11, 16) + timedelta(days=n) for n in range(3)]
    papers = [
        replace(NETS, arxiv_id=f"2611.2{n:04}", title=f"Nets Number {n}") for n in range(4 * 3)
    ]
    seen: set[str] = set()
    for number, day in enumerate(days):
        batch = papers[4 * number : 4 * number + 4]
        for part in (batch[:1], batch):
            played.daily[day] = part
            assert collect("--since-last", today=day) == DONE
        site = render_site(folder / "digests")
        feed = json.loads(site["feeds/all/feed.json"])
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids)) == len(seen) + 4
        assert seen <= set(ids)
        seen = set(ids)
        again = json.loads(site["feeds/days/feed.json"])
        assert len(again["items"]) == number + 1
        assert "feeds/again/feed.json" not in site
    assert all(len(paper.seen_on) == 1 for paper in held(folder).papers.values())
