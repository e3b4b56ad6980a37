"""Markdown beside the pages: read as Markdown, it says what the pages say."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from generator.config import Settings
from generator.conversion import convert
from generator.errors import Report
from generator.kept import Kept
from generator.pipeline import build_site, render
from generator.prose import to_plain

from .hostile import FORMULAS, HOSTILE
from .sites import run, settings_for, tree, workspace, write_digest

ANNOUNCED = '<link rel="alternate" type="text/markdown" href="index.md">'


def shown(markdown: str, kind: str) -> list[str]:
    """What a reader of the Markdown sees of its elements of a kind."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = [
        after
        for token, after in pairwise(tokens)
        if token.type == f"{kind}_open" and after.type == "inline"
    ]
    return ["".join(child.content for child in token.children or ()) for token in inline]


def test_titles_and_abstracts_stay_text(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    texts = [*HOSTILE, *FORMULAS, "- item", "1. first", "a\\b", "# h", "+ x", "===", "$x$ and $y$"]
    write_digest(digests, "2025-03-12.txt", *((f"On {text} here", f"{text} x.") for text in texts))
    settings = replace(settings_for(digests, tmp_path / "docs"), markdown=True)
    site = build_site(settings, Report())
    rendered = render(site, settings)
    files = {a.path: a.content.decode() for a in rendered if a.path.endswith(".md")}
    for paper in site.library.papers.values():
        page = files[f".markdown/papers/{paper.key}/index.md"]
        assert shown(page, "heading")[0] == " ".join(to_plain(paper.title).split())
        abstract = " ".join(to_plain(paper.abstract).split())
        assert shown(page, "paragraph")[0] == (abstract or "No abstract was listed.")
    day = files[".markdown/days/2025-03-12/index.md"]
    entries = site.library.days[0].entries
    titles = [to_plain(site.library.papers[entry.paper].title) for entry in entries]
    assert shown(day, "paragraph") == [" ".join(title.split()) for title in titles]


def test_it_is_made_again_where_what_it_says_has_changed_alone(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    about = "Graph attention networks pass messages on graphs"
    write_digest(
        digests, "2025-03-12.txt", ("Graph Attention", f"{about}."), ("Sorting Well", "Of lists.")
    )
    write_digest(digests, "2025-03-13.txt", ("More Graph Attention", f"{about}, twice."))
    settings = replace(settings_for(digests, tmp_path / "docs"), markdown=True)

    def made() -> set[str]:
        with closing(Kept(tmp_path / "kept", {"code": "a"})) as kept:
            paths = convert(settings, Report(), kept=kept).published.made
        assert texts(tmp_path / "docs") == texts_of_a_fresh_build(settings)
        return {path for path in paths if path.startswith(".markdown/")}

    assert len(made()) > 5
    assert made() == set()
    write_digest(digests, "2025-03-14.txt", ("Sorting Well", "Of lists."))
    assert made() == {
        ".markdown/papers/sorting-well/index.md",
        ".markdown/days/2025-03-14/index.md",
    }
    # Day, topic and neighbour of a paper tell its title.
    (digests / "overrides.yml").write_text("graph-attention: {title: Graphs With Attention}\n")
    assert made() == {
        ".markdown/papers/graph-attention/index.md",
        ".markdown/papers/more-graph-attention/index.md",
        ".markdown/days/2025-03-12/index.md",
        ".markdown/tags/graph-learning/index.md",
    }


def texts(docs: Path) -> dict[str, bytes]:
    return {path: text for path, text in tree(docs).items() if path.startswith(".markdown/")}


def texts_of_a_fresh_build(settings: Settings) -> dict[str, bytes]:
    made = render(build_site(settings, Report()), settings)
    return {a.path: a.content for a in made if a.path.startswith(".markdown/")}


def test_it_lies_beside_the_page_where_the_settings_say_so(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-12.txt", ("Graph Attention", "On graph attention networks."))
    repository = workspace(tmp_path / "repository", digests)
    config = repository / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert run(repository, "-m", "generator", "build").returncode == 0
    site = repository / "site"
    assert not list(site.rglob("*.md"))
    assert not [page for page in site.rglob("*.html") if ANNOUNCED in page.read_text("utf-8")]
    config.write_text(text.replace("  broadsheet:\n", "  broadsheet:\n    markdown: true\n"))
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    for folder in ("papers/graph-attention", "days/2025-03-12", "tags/graph-learning"):
        assert (site / folder / "index.md").read_text(encoding="utf-8").startswith("# ")
        assert ANNOUNCED in (site / folder / "index.html").read_text(encoding="utf-8")
    announced = {p.parent for p in site.rglob("*.html") if ANNOUNCED in p.read_text("utf-8")}
    assert announced == {path.parent for path in site.rglob("index.md")}
    links = re.findall(r"\((https://\S+/index\.md)\)", (site / "llms.txt").read_text("utf-8"))
    assert links
    for link in links:
        assert (site / link.removeprefix("https://example.org/broadsheet/")).is_file()
