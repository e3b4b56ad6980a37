"""Collects one day after the other from played services, builds after each, and says what changed.

    python benchmarks/collecting.py ../shared/corpus [--service daily arxiv] [--papers 60]

The folder holds days as JSON Lines, `2026-06-01.jsonl`, a paper a line with `id`, `title`,
`authors`, `categories` and `summary`. Each is served as the newest under its date. What must hold
is asserted: each paper is listed once, the feeds of all papers gain exactly the new ones, what they
said of others stays, and no file of a day before changes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generator import cli  # noqa: E402  after the repository's path
from tests.services import Listed, Services, playing  # noqa: E402  likewise
from tests.sites import render_site, tree  # noqa: E402  likewise

SETTINGS = """\
site_url: https://example.org/base/
extra:
  broadsheet:
    collect_interval: 0
    arxiv_feed: {0}
    arxiv_api: {0}
"""
SERVICES = {
    "daily": "    daily_papers: {0}\n",
    "arxiv": "    daily_papers: ''\n    arxiv_categories: cs.LG\n",
}
"""What each adds to the settings."""


def read_day(path: Path, most: int) -> list[Listed]:
    """The papers of a day of the corpus, each once."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    papers = {
        row["id"]: Listed(
            row["id"],
            row["title"],
            row["summary"],
            tuple(row["authors"]),
            tuple(row["categories"]),
        )
        for row in rows
    }
    return list(papers.values())[:most]


def items(site: Mapping[str, bytes]) -> dict[str, object]:
    """What the feeds of all papers and their archive say of each."""
    return {
        item["id"]: item
        for path, content in site.items()
        if path.startswith("feeds/all/") and path.endswith(".json")
        for item in json.loads(content)["items"]
    }


def collect(folder: Path, day: date) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = cli.main(["collect", "--since-last", "--enrich", "--today", str(day)])
    assert code == cli.DONE, said.getvalue()


def replay(folder: Path, services: Services, days: Mapping[date, list[Listed]]) -> None:
    """Print a row for each day."""
    known: dict[str, object] = {}
    held: dict[str, bytes] = {}
    print("| day | listed | new | requests | with nothing new | build, CPU s |")
    print("|---|---:|---:|---:|---|---:|")
    for day, papers in days.items():
        services.daily[day] = services.feed = papers
        services.feed_day = day
        services.arxiv += papers
        services.asked.clear()
        collect(folder, day)
        asked = len(services.asked)
        began = time.process_time()
        site = render_site(folder / "digests")
        cpu = time.process_time() - began
        told = items(site)
        files = tree(folder / "digests")
        new = {paper.arxiv_id for paper in papers} - _ids(held)
        assert _ids(files) == _ids(held) | new
        assert len(told) == len(known) + len(new)
        assert all(told[name] == item for name, item in known.items())
        assert all(files[name] == held[name] for name in _days(held))
        assert "feeds/again/feed.json" not in site
        services.statuses.clear()
        collect(folder, day)
        quiet = " ".join(map(str, services.statuses))
        assert tree(folder / "digests") == files
        print(f"| {day} | {len(papers)} | {len(new)} | {asked} | {quiet} | {cpu:.1f} |", flush=True)
        known, held = told, files
    print(f"{len(known):,} papers of {len(days)} days, each once")


def _days(files: Mapping[str, bytes]) -> list[str]:
    """The files of days; those without a date grow with each month."""
    return [name for name in files if not Path(name).name.startswith("arxiv-")]


def _ids(files: Mapping[str, bytes]) -> set[str]:
    return {
        json.loads(line)["arxiv_id"] for content in files.values() for line in content.splitlines()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Collects and builds day after day.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--service", nargs="+", choices=list(SERVICES), default=list(SERVICES))
    parser.add_argument("--papers", type=int, default=60, help="of a day, at most")
    options = parser.parse_args()
    days = {
        date.fromisoformat(path.stem): read_day(path, options.papers)
        for path in sorted(options.corpus.glob("*.jsonl"))
    }
    for name in options.service:
        with tempfile.TemporaryDirectory() as folder, playing() as services:
            settings = (SETTINGS + SERVICES[name]).format(services.address)
            (Path(folder) / "mkdocs.yml").write_text(settings, encoding="utf-8")
            cli.ROOT = Path(folder)
            print(f"\n{name}, at most {options.papers} papers a day")
            replay(Path(folder), services, days)


if __name__ == "__main__":
    main()
