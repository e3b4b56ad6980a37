"""A paper that is taken down: a line at each of its addresses, and nowhere a word of it."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import frontmatter
import pytest

from generator.errors import Report
from generator.mail.choice import why_not
from generator.mail.message import compose
from generator.mail.settings import read_mail_settings, with_examples
from generator.model import Site
from generator.overrides import OVERRIDES
from generator.pipeline import build_site, render, routes_of
from generator.publish import MANIFEST

from .sites import run, settings_for, tree, workspace, write_records

Files = Mapping[str, bytes]

QUOKKA = {
    "title": "Quokka Graph Networks",
    "abstract": "Wombats train a graph network. See https://github.com/bil/by for the code.",
    "authors": ["Ada Byron", "Zed Numbat"],
    "arxiv_id": "2503.00001",
    "organisation": "Numbat Labs",
    "comment": "Accepted at WombatConf",
    "keywords": ["wombat learning"],
    "summary_ai": "A wombat learns.",
    "links": {"project": "https://quokka.example.org/"},
    "doi": "10.1234/quokka",
    "upvotes": 7,
}
RETITLED = {**QUOKKA, "title": "Bilby Graph Networks, Retitled"}
"""The same paper by its id, which so has a former address."""
TWIN = {"title": "Potoroo: a Graph Network", "abstract": "Wombats train a graph network."}
"""The same paper, as the publisher alone knows: she has merged it."""
KOALA = {
    "title": "Koala Graph Networks",
    "abstract": "A graph network on trees.",
    "authors": ["Ada Byron"],
}
EMU = {
    "title": "Emu Graph Networks",
    "abstract": "They train a graph network.",
    "authors": ["Ada Byron"],
}

DAYS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "2025-02-03": [KOALA, QUOKKA],
    "2025-02-04": [TWIN],  # a day of its own
    "2025-03-11": [EMU, RETITLED],
    "2025-03-12": [QUOKKA],  # the newest day, and nothing else on it
}
MERGED = "quokka-graph-networks: {merge: potoroo-a-graph-network}\n"
KEYS = ["bilby-graph-networks-retitled", "potoroo-a-graph-network", "quokka-graph-networks"]
ADDRESSES = {f"papers/{key}.md" for key in KEYS}
WORDS = re.compile(
    rb"quokka|wombat|bil/by|bilby|numbat|potoroo|2503\.00001|10\.1234", re.IGNORECASE
)


def listed(folder: Path) -> Path:
    for day, papers in DAYS.items():
        write_records(folder, f"{day}.json", papers)
    (folder / OVERRIDES).write_text(MERGED)
    return folder


def site_of(digests: Path) -> tuple[Site, Files]:
    """The site with everything on that is off by default."""
    settings = replace(
        settings_for(digests, digests.parent / "docs"),
        markdown=True,
        author_feeds=True,
        ai_summaries=True,
    )
    site = build_site(settings, Report())
    return site, {made.path: made.content for made in render(site, settings)}


def saying(files: Files) -> set[str]:
    """The files with a word of the paper, compressed ones unpacked."""
    return {
        path for path, content in files.items() if WORDS.search(b"\n".join(texts(path, content)))
    }


def texts(path: str, content: bytes) -> Iterator[bytes]:
    if path.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                yield name.encode()
                yield book.read(name)
    else:
        yield gzip.decompress(content) if path.endswith(".gz") else content


def hide(digests: Path, name: str) -> None:
    (digests / OVERRIDES).write_text(f"{MERGED}{name}: {{hide: yes}}\n")


@pytest.mark.parametrize("name", ["2503.00001", *KEYS])
def test_a_paper_hidden_under_any_of_its_names_leaves_everything(tmp_path: Path, name: str) -> None:
    digests = listed(tmp_path / "digests")
    _, before = site_of(digests)
    kinds = {re.split(r"[/.](?!markdown)", path.removeprefix("."))[0] for path in saying(before)}
    assert kinds == {
        "markdown", "authors", "cite", "data", "days", "feeds", "index", "months", "papers",
        "search", "tags", "take", "trends",
    }  # fmt: skip
    hide(digests, name)
    site, after = site_of(digests)
    assert saying(after) == set()
    assert {path for path in after if WORDS.search(path.encode())} == ADDRESSES
    for path in ADDRESSES:
        page = frontmatter.loads(after[path].decode())
        assert page.metadata["robots"] == "noindex"
        lines = re.findall(r"<(?:h1|p)>(.+)</", page.content)
        assert lines == ["No longer listed", "This paper is no longer listed here."]
    # What is left stands where it stood: days and months keep their pages, the clock its day.
    assert site.as_of == date(2025, 3, 12)
    kept = {path for path in before if path.startswith(("days/", "months/", "papers/"))}
    assert kept <= set(after)


def test_a_day_of_which_no_paper_is_left_says_so(tmp_path: Path) -> None:
    digests = listed(tmp_path / "digests")
    hide(digests, KEYS[0])
    _, after = site_of(digests)
    for path in ("days/2025-02-04.md", "days/2025-03-12.md", "index.md"):
        page = after[path].decode()
        assert "<p>No paper of this day is listed any more.</p>" in page
        assert "bs-tools" not in page
        assert "cite/days" not in page
    assert "No paper of this day" not in after["days/2025-03-11.md"].decode()


def test_hiding_sends_no_reader_anything_again_and_neither_does_showing(tmp_path: Path) -> None:
    digests = listed(tmp_path / "digests")
    _, before = site_of(digests)
    ids = re.compile(rb"tag:example\.org,2025:(?:paper|again)/[^\"<]+")
    hide(digests, KEYS[0])
    _, after = site_of(digests)
    for path in (path for path in after if path.startswith("feeds/")):
        assert set(ids.findall(after[path])) <= set(ids.findall(before.get(path, b""))), path
    assert ids.search(after["feeds/all/archive/2025-02.xml"])
    (digests / OVERRIDES).write_text(MERGED)
    assert site_of(digests)[1] == before


def test_a_hidden_paper_that_is_listed_once_more_stays_hidden(tmp_path: Path) -> None:
    digests = listed(tmp_path / "digests")
    hide(digests, "2503.00001")
    new = {"title": "Dingo Networks", "abstract": "They run."}
    write_records(digests, "2025-03-13.json", [new, QUOKKA, TWIN])
    write_records(digests, "2025-03-14.json", [{**RETITLED, "title": "Wombats Once More"}])
    site, after = site_of(digests)
    assert saying(after) == set()
    assert {path for path in after if WORDS.search(path.encode())} == ADDRESSES | {
        "papers/wombats-once-more.md"
    }
    assert "dingo-networks" in site.library.papers


def test_a_hidden_paper_is_in_no_mail(tmp_path: Path) -> None:
    digests = listed(tmp_path / "digests")
    hide(digests, KEYS[0])
    site, _ = site_of(digests)
    settings = settings_for(digests, tmp_path)
    mail = read_mail_settings(with_examples({}))
    newest, shared, *_ = site.library.days
    told = why_not(newest, (), named=True, today=newest.date, max_age=None)
    assert told == "2025-03-12 lists no paper"
    message = compose(site, shared, mail, routes_of(settings, site.library), settings)
    assert b"Emu Graph Networks" in message
    assert not WORDS.search(message)


def test_the_next_build_removes_every_file_of_it(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "repository", listed(tmp_path / "digests"))
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("    markdown: true\n    author_feeds: true\n    offline: true\n")
    assert run(folder, "-m", "generator", "build").returncode == 0
    assert {"sitemap.xml", "sitemap.xml.gz", "index.html"} <= saying(tree(folder / "site"))
    hide(folder / "digests", KEYS[0])
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    # Paths alone: it is read by the next build, and not published.
    assert saying(tree(folder / "docs")) == {MANIFEST}
    site = tree(folder / "site")
    # Each of its pages names its own address, as all do.
    assert saying(site) == {f"papers/{key}/index.html" for key in KEYS}
    for key in KEYS:
        page = site[f"papers/{key}/index.html"]
        assert b'<meta name="robots" content="noindex">' in page
        assert not WORDS.search(page.replace(f"papers/{key}/".encode(), b""))
