"""What one more day costs where the rest has been built, and which files it rewrites.

    python benchmarks/increment.py [--papers 10000 40000] [--runs 3] [--serve]

Makes a corpus, builds it once, then in turn, `--runs` times over: builds again with `nothing`
changed, with one more `newest` day of 60 papers, three of them listed before, with one more day in
an `old` month; and lets `hugo` build its project of the same content whole, as it always does.
Search, feeds and all else are made as by default. Each is a process of its own. Last, `--serve`
counts the seconds until a changed digest is seen at the local address.
All is left in `.cache/benchmark`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import hugo  # noqa: E402  after the repository's path
from benchmarks.build import CACHE, OLD, Cost, put_aside, run, workspace  # noqa: E402  likewise
from benchmarks.recombined import A_DAY  # noqa: E402  likewise

PARTS = ("nothing", "newest", "old", "hugo")
AGAIN = 3
"""Papers of a new day that were listed before: one of the day before, others months old."""
PATIENCE = 600
"""Seconds until a served page that does not change is given up."""
NONE = "nothing explains it"
SHOWN = 12
"""Paths named of those that nothing explains."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A repository, and the days that are yet to be added to it."""

    repository: Path
    newest: tuple[Path, ...]
    """Oldest first; none is older than what the repository holds."""
    old: tuple[Path, ...]
    """All of months of which the repository has other days."""

    def add(self, day: Path) -> None:
        shutil.copyfile(day, self.repository / "digests" / day.name)

    def build(self) -> Cost:
        return run([sys.executable, "-m", "generator", "build"], self.repository)


@dataclass(frozen=True, slots=True)
class Day:
    """What was added, to tell what may change with it."""

    date: date
    newest: bool
    month: str
    """Of the day, as `2026-11`."""
    seen_on: Mapping[str, tuple[str, ...]]
    """The days that each paper of the site was listed on, ISO, oldest first."""
    keys: frozenset[str]
    """Of its papers."""
    tags: frozenset[str]
    """Of its papers, too."""
    again: frozenset[str]
    """The days that its papers were listed on before or after, ISO."""
    period: str
    """The part of the search that has its month, by its folder."""
    near: frozenset[str]
    """The papers of which others are the nearest than without it, by key."""
    untaken: frozenset[str]
    """The days that no file to take along is made of any more, ISO."""


def corpus(folder: Path, number: int, runs: int) -> Corpus:
    """A corpus of that many papers, and as many days to add at each place as there are runs."""
    repository = workspace(folder / "site", number + 2 * runs * A_DAY, {"search": "true"})
    aside = folder / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    days = sorted((repository / "digests").iterdir())
    middle = len(days) // 2
    newest, old = days[-runs:], days[middle : middle + runs]
    left = [day for day in days if day not in (*newest, *old)]
    for day in (*newest, *old):
        day.rename(aside / day.name)
    # A site of any age has listed papers again, and has the pages and feeds that come with it.
    _list_again(left[-1], [left[middle // 3], left[1]])
    for day in newest:
        _list_again(aside / day.name, [left[-1], left[middle // 2], left[0]])
    return Corpus(
        repository,
        tuple(aside / day.name for day in newest),
        tuple(aside / day.name for day in old),
    )


def _list_again(day: Path, earlier: list[Path]) -> None:
    """Put the first papers of earlier days in the place of the last ones of a day."""
    texts = _texts(day)[: -2 * len(earlier)]
    for path in earlier:
        texts += _texts(path)[:2]
    day.write_text("new\n\nSubscribe\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")


def _texts(day: Path) -> list[str]:
    """Title, abstract, title, abstract … of a digest of `recombined`."""
    return day.read_text(encoding="utf-8").strip().split("\n\n")[2:]


def measure(number: int, runs: int, cache: Path, *, serve: bool) -> dict[str, list[Cost]]:
    """The costs of every part, in turn; what a new day rewrites is printed."""
    folder = cache / f"increment-{number}"
    held = corpus(folder, number, runs)
    whole = held.build()
    print(f"{number:,} papers: built whole in {_plain(whole)}\n", flush=True)
    program = hugo.install((cache / "hugo").absolute())
    project = folder / "hugo"
    put_aside(project)
    hugo.write_project(project, held.repository / "docs", held.repository / "site")

    def peer() -> Cost:
        put_aside(project / "public")
        return run([program, "--quiet"], project)

    costs: dict[str, list[Cost]] = {part: [] for part in PARTS}
    for turn in range(runs):
        tasks: dict[str, Callable[[], Cost]] = {
            "nothing": held.build,
            "newest": _adding(held, held.newest[turn], turn == 0),
            "old": _adding(held, held.old[turn], turn == 0),
            "hugo": peer,
        }
        for part, task in tasks.items():
            costs[part].append(task())
            print(f"  run {turn + 1}: {part} {_plain(costs[part][-1])}", file=sys.stderr)
    if serve:
        _print_served(held.repository, runs)
    return costs


def _adding(held: Corpus, day: Path, shown: bool) -> Callable[[], Cost]:
    """Adds a day and builds."""

    def build() -> Cost:
        if not shown:
            held.add(day)
            return held.build()
        before, state = snapshot(held.repository), State.of(held.repository)
        held.add(day)
        cost = held.build()
        described = describe(day, state, State.of(held.repository))
        print_rewritten(before, snapshot(held.repository), described)
        return cost

    return build


# What is rewritten

Snapshot = Mapping[str, tuple[tuple[int, int], bytes]]
"""For each file what the system knows of its last writing, and the digest of its content."""


def snapshot(repository: Path) -> Snapshot:
    found = {}
    for part in ("docs", "site"):
        for path in (repository / part).rglob("*"):
            if path.is_file():
                stat, content = path.stat(), path.read_bytes()
                found[path.relative_to(repository).as_posix()] = (
                    (stat.st_ino, stat.st_mtime_ns),
                    hashlib.blake2b(content, digest_size=16).digest(),
                )
    return found


@dataclass(frozen=True, slots=True)
class State:
    """A site as it was built."""

    papers: Mapping[str, Mapping[str, Any]]
    """By key, what the data says of each."""
    days: Mapping[str, Sequence[str]]
    """By ISO date, the keys of its papers."""
    periods: frozenset[str]
    """The folders of the search, each named after its first month."""
    taken: frozenset[str]
    """The days that files to take along are made of, ISO."""

    @classmethod
    def of(cls, repository: Path) -> State:
        docs = repository / "docs"
        return cls(
            {record["key"]: record for record in _records(docs / "data", "papers")},
            {record["date"]: record["papers"] for record in _records(docs / "data", "days")},
            frozenset(path.name for path in (docs / "search").iterdir() if path.is_dir()),
            frozenset(path.name[: len("2026-11-21")] for path in (docs / "take").iterdir()),
        )


def describe(day: Path, before: State, after: State) -> Day:
    """A day that was added between two builds."""
    papers, month = after.papers, day.stem[:7]
    added = after.days[day.stem]
    return Day(
        date.fromisoformat(day.stem),
        day.stem == max(after.days),
        month,
        {key: tuple(record["seen_on"]) for key, record in papers.items()},
        frozenset(added),
        frozenset(tag for key in added for tag in papers[key]["tags"]),
        frozenset(on for key in added for on in papers[key]["seen_on"]) - {day.stem},
        max(name for name in after.periods if name <= month),
        frozenset(
            key for key, was in before.papers.items() if papers[key]["related"] != was["related"]
        ),
        before.taken - after.taken,
    )


def _records(data: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The site's data of a kind."""
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    for file in index["files"]:
        if file["holds"] == kind:
            yield from map(json.loads, (data / file["file"]).read_text("utf-8").splitlines())


def reason(path: str, day: Day) -> str:
    """Why a file of docs or site may change with a day; `NONE` where nothing explains it."""
    place = re.sub(r"(/index)?\.(html|md|epub|bib|ris)$", "", path)
    kind, *names = place.split("/")
    if kind == "papers" and names:
        if day.seen_on.get(names[0], ("",))[0].startswith(day.month):
            return "its month"
        if names[0] in day.keys:
            return "its papers, seen elsewhere"
        return "other papers are near to it now" if names[0] in day.near else NONE
    if kind == "feeds":
        return "feeds"
    if kind == "search" and len(names) > 1:
        return "its part of the search" if names[0] == day.period else NONE
    if dated := re.search(r"\d{4}-\d\d(-\d\d)?", place):
        if dated[0].startswith(day.month):
            return "its month"
        if dated[0] in day.again:
            return "its papers, seen elsewhere"
        return "its files to take along end" if dated[0] in day.untaken else NONE
    if "tags" in (kind, *names) and place != "tags":
        slug, *older = names[names[:1] == ["tags"] :]
        if older:
            return NONE if day.newest or slug not in day.tags else "older pages of its topics"
        # Its trend is the topic's share of all papers up to the newest day.
        return f"newest page of {'its topics' if slug in day.tags else 'another topic: the trend'}"
    return "indexes" if kind != "authors" else NONE


def print_rewritten(before: Snapshot, after: Snapshot, day: Day) -> None:
    """What was done to the files of docs and site, by kind and reason."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    unexplained: list[str] = []
    for path in sorted(before.keys() | after.keys()):
        part, _, place = path.partition("/")
        done = _done(before.get(path), after.get(path))
        if not done or place.startswith(".broadsheet"):
            continue
        why = "new" if done == "added" else "gone" if done == "removed" else reason(place, day)
        kind = place.split("/")[0] if "/" in place else "top"
        counts.setdefault((kind, why, part), Counter())[done] += 1
        if why == NONE:
            unexplained.append(path)
    total = sum(1 for path in after if path.startswith("site/"))
    print(f"One more day, {day.date}, of {total:,} files of the site:\n")
    print("| kind | why | folder | added | changed | written the same | removed |")
    print("|---|---|---|---:|---:|---:|---:|")
    for (kind, why, part), count in sorted(counts.items()):
        cells = " | ".join(f"{count[d]:,}" for d in ("added", "changed", "the same", "removed"))
        print(f"| {kind} | {why} | {part} | {cells} |")
    shown = ", ".join(unexplained[:SHOWN])
    print(f"\n{len(unexplained):,} that nothing explains{': ' if shown else ''}{shown}\n")


def _done(
    before: tuple[tuple[int, int], bytes] | None, after: tuple[tuple[int, int], bytes] | None
) -> str:
    if before is None or after is None:
        return "added" if before is None else "removed"
    if before[1] != after[1]:
        return "changed"
    return "the same" if before[0] != after[0] else ""


# Serving


@contextmanager
def _serving(repository: Path) -> Iterator[str]:
    """The site at a local address, which is given once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", "--address", f"127.0.0.1:{port}"]
    with (repository.parent / "serve.txt").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=repository, stdout=log, stderr=log, start_new_session=True
        )
    try:
        address = f"http://127.0.0.1:{port}/broadsheet/"
        _until(address, "<title>")
        yield address
    finally:
        os.killpg(process.pid, 2)
        process.wait()


def _until(address: str, text: str) -> float:
    """Seconds until a page holds a text."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            with urllib.request.urlopen(address) as answer:
                if text.encode() in answer.read():
                    return time.monotonic() - began
        except urllib.error.URLError:
            pass
        time.sleep(0.2)  # each request takes from the time of the build
    raise SystemExit(f"{address} does not show {text} in {PATIENCE} s")


def _print_served(repository: Path, runs: int) -> None:
    """Change the first abstract of the newest digest, and wait for it on the page of its day."""
    digest = max((repository / "digests").iterdir())
    text = digest.read_text(encoding="utf-8")
    abstract = _texts(digest)[1]
    waited = []
    began = time.monotonic()
    with _serving(repository) as address:
        first = time.monotonic() - began
        for turn in range(runs):
            mark = f"Mark{turn}seen"
            digest.write_text(text.replace(abstract, f"{mark} {abstract}", 1), encoding="utf-8")
            waited.append(_until(f"{address}days/{digest.stem}/", mark))
    digest.write_text(text, encoding="utf-8")
    shown = ", ".join(f"{seconds:.1f}" for seconds in waited)
    print(f"`serve` answers after {first:.1f} s; a changed digest is seen after {shown} s\n")


# Costs


def _plain(cost: Cost) -> str:
    return f"{cost.cpu:.2f} s CPU, {cost.wall:.2f} s, {cost.memory:.0f} MB"


def table(costs: dict[int, dict[str, list[Cost]]]) -> None:
    """Print medians, and the share of Hugo's CPU, as Markdown."""
    print("| papers | part | user+sys s | wall s | peak MB | CPU over Hugo's |")
    print("|---:|---|---:|---:|---:|---:|")
    for number, parts in costs.items():
        for part, runs in parts.items():
            cpu, wall, memory = (
                statistics.median(getattr(cost, name) for cost in runs)
                for name in ("cpu", "wall", "memory")
            )
            # Of runs next to each other, so that a busy minute counts for both.
            ratio = statistics.median(
                own.cpu / peer.cpu for own, peer in zip(runs, parts["hugo"], strict=True)
            )
            print(f"| {number:,} | {part} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {ratio:.3f} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000, 40_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--serve", action="store_true", help="also the time until a change is seen")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, ")
    print(f"Hugo {hugo.VERSION}.\n")
    table(
        {
            number: measure(number, options.runs, CACHE, serve=options.serve)
            for number in options.papers
        }
    )
    shutil.rmtree(OLD, ignore_errors=True)


if __name__ == "__main__":
    main()
