"""Makes small sites for the tests, below MkDocs and with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.config import Settings
from generator.errors import Report
from generator.pipeline import build_site, render

from .conftest import AS_IT_COMES, ROOT

HEADER = "new\n\nSubscribe\n\n{label}\n\n"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
"""Environment of programs that are run in a workspace."""


def settings_for(digests: Path, docs: Path) -> Settings:
    """Settings as `mkdocs.yml` would give them, for a site of its own."""
    return Settings(
        title="A Small Paper",
        description="Papers for a test.",
        url="https://example.org/base/",
        authority="example.org",
        authority_pinned=True,
        digests=digests,
        docs=docs,
        vocabulary=None,
        year=None,
        feed_days=7,
        feed_items=50,
        feed_hour=6,
        feed_archives="all",
        websub_hub="",
        paper_pages_from=0,
        author_pages=2,
        author_feeds=False,
        ai_summaries=False,
        citations=True,
        take_days=31,
        markdown=False,
        data=True,
        search=True,
        other_hosts="",
        fast_pages=True,
        daily_papers="",
        arxiv_feed="",
        arxiv_api="",
        arxiv_categories="",
        arxiv_query="",
        collect_interval=0,
        stale_after=0,
    )


def render_site(digests: Path, report: Report | None = None) -> dict[str, bytes]:
    """Every generated file of the site of some digests."""
    settings = settings_for(digests, digests.parent / "docs")
    site = build_site(settings, Report() if report is None else report)
    return {artifact.path: artifact.content for artifact in render(site, settings)}


def write_digest(folder: Path, name: str, *papers: tuple[str, str]) -> None:
    """A capture named by its full date."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(part for paper in papers for part in paper if part)
    path.write_text(HEADER.format(label="") + body + "\n", encoding="utf-8")


def write_records(folder: Path, name: str, papers: Sequence[Mapping[str, object]]) -> None:
    """A digest of records, whose every field is what it is, however odd."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(papers), encoding="utf-8")


def workspace(folder: Path, digests: Path) -> Path:
    """A copy of the repository that builds these digests and touches nothing of the original."""
    folder.mkdir(parents=True)
    # With what Python has compiled, which each of its runs would compile again.
    shutil.copytree(ROOT / "generator", folder / "generator")
    shutil.copytree(digests, folder / "digests")
    (folder / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copy(AS_IT_COMES / "about.md", folder / "docs")
    shutil.copy(AS_IT_COMES / "mkdocs.yml", folder)
    return folder


def run(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`python ARGUMENTS` in a workspace."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | QUIET | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
