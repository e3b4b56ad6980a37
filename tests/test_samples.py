"""The sample digests are what the README says they are."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from generator.errors import Report
from generator.model import Site
from generator.pipeline import build_site
from generator.prose import to_plain

from .conftest import ROOT
from .sites import settings_for

LISTED = dict(
    line.split(" ", 1)[::-1]
    for line in (ROOT / "digests" / "samples.txt").read_text(encoding="utf-8").splitlines()
)


@pytest.fixture(scope="module")
def site(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    # Only the samples: a publisher may have put digests beside them.
    folder = tmp_path_factory.mktemp("samples")
    for name in LISTED:
        shutil.copy(ROOT / name, folder)
    report = Report()
    found = build_site(settings_for(folder, folder / "docs"), report)
    assert report.problems == ()
    return found


def test_there_are_ninety_papers_on_twelve_days_of_three_months(site: Site) -> None:
    assert len(site.library.papers) >= 90
    assert len(site.library.days) >= 12
    assert len({day.date.replace(day=1) for day in site.library.days}) >= 3


def test_some_papers_return_and_one_day_has_two_captures(site: Site) -> None:
    assert sum(len(paper.seen_on) > 1 for paper in site.library.papers.values()) >= 8
    assert max(len(day.captures) for day in site.library.days) == 2


def test_every_summary_has_80_to_200_words(site: Site) -> None:
    for paper in site.library.papers.values():
        assert 80 <= len(paper.abstract.source.split()) <= 200, paper.key


def test_every_facet_is_covered(site: Site) -> None:
    used = {hit.tag for hits in site.tags.values() for hit in hits}
    assert {tag.facet for tag in site.taxonomy.tags if tag.slug in used} == {
        facet.slug for facet in site.taxonomy.facets
    }


def test_text_mode_tex_and_captured_mathematics_occur(site: Site) -> None:
    text = "\n".join(paper.abstract.source for paper in site.library.papers.values())
    for trace in ('\\"', "\\%", "``", "---", "~", "times", "^2", "epsilon", "_"):
        assert trace in text, trace
    shown = "\n".join(to_plain(paper.abstract) for paper in site.library.papers.values())
    assert "\\" not in shown


def test_the_list_that_clean_samples_reads_is_current(samples: Path) -> None:
    assert {name: _git_object_id(ROOT / name) for name in LISTED} == LISTED


def _git_object_id(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
