"""Pages built the fast way are those that MkDocs makes, byte for byte."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pagebuilder.shell import cut, describe, placeholders

from .conftest import ROOT
from .sites import run, tree, workspace, write_digest

SETTING = "    digests: digests\n"
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Digests that give every kind of page: an older block of a topic, three months, a redirect."""
    folder = tmp_path_factory.mktemp("every-kind") / "digests"
    shutil.copytree(ROOT / "tests" / "golden" / "digests", folder)
    (folder / "keys.yml").write_text("a-paper-without-an-abstract:\n- a-paper-once\n")
    many = [
        (f"Graph Neural Networks, Part {number}", "We study <b>graph neural networks</b> & more.")
        for number in range(205)
    ]
    write_digest(folder, "2025-02-03.txt", *many[:105])
    write_digest(folder, "2025-04-01.txt", *many[105:])
    return folder


def build(folder: Path, digests: Path, *, fast: bool, edits: dict[str, str]) -> tuple[Path, str]:
    """The built site and what was said; `edits` are files to write before."""
    repository = workspace(folder, digests)
    config = repository / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    text = text.replace(SETTING, f"{SETTING}    fast_pages: {str(fast).lower()}\n")
    config.write_text(text, encoding="utf-8")
    for path, content in edits.items():
        if path == "mkdocs.yml":
            for change in content.split(" and "):
                old, new = change.split(" -> ")
                assert old in text, old
                text = text.replace(old, new)
            content = text
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(content, encoding="utf-8")
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return repository / "site", done.stderr


EDITED = {
    "as it is": {},
    "with a theme that changes titles": {
        "generator/theme/partials/content.html": "<p>{{ page.title | upper }}</p>{{ page.content }}"
    },
    "with links to the sources, other extensions": {
        "mkdocs.yml": "repo_url: !ENV [REPOSITORY_URL, null] -> "
        "repo_url: https://github.com/a/b\nedit_uri: edit/main/docs/"
        " and   - admonition\n ->   - smarty\n  - pymdownx.superfences\n"
    },
    "with a picture and addresses of the publisher's": {
        "mkdocs.yml": "  favicon: ->   logo: assets/favicon.svg\n  favicon:"
        " and extra:\n -> extra:\n  social:\n"
        "    - {icon: fontawesome/brands/github, link: 'https://x.org/a?b&c'}\n"
        "    - {name: Ann & Bo, link: 'mailto:ann@x.org'}\n"
        "    - {link: 'mailto:bo@x.org'}\n"
        " and   - About: about.md\n ->   - More:\n    - https://x.org/\n    - Ours:\n"
        "      - About: about.md\n      - Q&A: https://x.org/blog\n"
    },
}
KINDS = ("papers/a-paper-once", "days/2025-02-03", "months/2025-03", "tags/graph-learning/1")


@pytest.mark.parametrize("name", EDITED)
def test_the_site_is_that_of_mkdocs(name: str, digests: Path, tmp_path: Path) -> None:
    fast, said = build(tmp_path / "fast", digests, fast=True, edits=EDITED[name])
    plain, _ = build(tmp_path / "plain", digests, fast=False, edits=EDITED[name])
    here, there = tree(fast), tree(plain)
    assert [path for path in here | there if here.get(path) != there.get(path)] == []
    # Every kind of page is there, and was made the fast way where it can be.
    assert all(f"{kind}/index.html" in here for kind in KINDS)
    assert ("are built by MkDocs" in said) == ("changes titles" in name), said
    for kind in ("about", *KINDS) if "picture" in name else ():
        page = here[f"{kind}/index.html"].decode()
        assert re.search('<img class="bs-logo" src="[./]+/assets/favicon.svg" alt="">', page), kind
        addresses = re.findall('<a rel="me" href="([^"]+)">([^<]+)</a>', page)
        assert addresses == [
            ("https://x.org/a?b&amp;c", "x.org"),
            ("mailto:ann@x.org", "Ann &amp; Bo"),
            ("mailto:bo@x.org", "bo@x.org"),
        ]
        (row,) = re.findall('<ul class="md-grid">.*?</ul>', page, re.DOTALL)
        named = re.findall(r"<a [^>]*>([^<]+)</a>", row)
        assert named[-4:] == ["Subscribe", "https://x.org/", "About", "Q&amp;A"], kind
        assert '/about/#colophon">Colophon</a>' in page or kind == "about"


def test_what_acts_on_pages_is_heeded(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("One", "It is one thing."))
    hook = "def on_page_content(html, **_):\n    return html.replace('one thing', 'ONE THING')\n"
    edits = {
        "mkdocs.yml": "  - generator/hooks.py ->   - generator/hooks.py\n  - shout.py",
        "shout.py": hook,
    }
    site, said = build(tmp_path / "repository", digests, fast=True, edits=edits)
    assert "shout" in said
    assert "ONE THING" in (site / "papers" / "one" / "index.html").read_text(encoding="utf-8")


def test_feeds_and_data_are_the_same_files_unless_something_else_may_change_the_site(
    tmp_path: Path,
) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("One", "It is one thing."))
    stamped = {
        "mkdocs.yml": "  - generator/hooks.py ->   - generator/hooks.py\n  - stamped.py",
        "stamped.py": "def on_post_build(config):\n"
        "    with open(config.site_dir + '/feeds/all/rss.xml', 'a') as feed:\n"
        "        feed.write('<!-- stamped -->')\n",
    }
    for name, edits in {"alone": {}, "stamped": stamped}.items():
        site, _ = build(tmp_path / name, digests, fast=True, edits=edits)
        feed, source = (
            folder / "feeds" / "all" / "rss.xml" for folder in (site, site.parent / "docs")
        )
        assert feed.samefile(source) == (name == "alone")
        assert feed.read_text("utf-8").endswith("<!-- stamped -->") == (name == "stamped")
        assert not source.read_text("utf-8").endswith("<!-- stamped -->")


def test_a_page_that_is_no_raw_block_is_rendered_by_mkdocs(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", *[(f"Paper {n}", "Text.") for n in range(3)])
    template = ROOT / "generator" / "templates" / "paper.md.j2"
    loose = "{% if listed.title == 'Paper 1' %}\n*Loose*\n{% endif %}\n" + template.read_text(
        "utf-8"
    )
    edits = {"generator/templates/paper.md.j2": loose}
    site, _ = build(tmp_path / "repository", digests, fast=True, edits=edits)
    page = (site / "papers" / "paper-1" / "index.html").read_text(encoding="utf-8")
    assert "<em>Loose</em>" in page


FRONT_MATTER = st.fixed_dictionaries(
    {"title": TEXTS, "previous": st.sampled_from(["", "days/2025-03-11/"])},
    optional={"feeds": st.lists(st.fixed_dictionaries({"title": TEXTS, "href": TEXTS}))},
)


def theme(folders: list[str], meta: dict[str, object], content: str) -> str:
    feeds = meta.get("feeds") or []
    assert isinstance(feeds, list)
    heads = "".join(f"<link title={feed['title']} href={feed['href']}>" for feed in feeds)
    return f"<head>{meta['title']}{heads}</head>{'/'.join(folders)} {content} {meta['title']}"


@given(FRONT_MATTER, TEXTS, FRONT_MATTER, TEXTS)
def test_a_shell_of_one_page_gives_every_page_of_its_shape(
    first: dict[str, object], content: str, other: dict[str, object], text: str
) -> None:
    folders, others = ["tags", "one", "2"], ["tags", "two", "3"]
    marked_folders, marked, marks = placeholders(folders, first, content)
    shell = cut(theme(marked_folders, marked, marks[0]), marks)
    assert shell
    shape, values = describe(folders, first, content)
    assert shell.fill(values) == theme(folders, first, content)
    other_shape, other_values = describe(others, other, text)
    if shape == other_shape:
        assert shell.fill(other_values) == theme(others, other, text)


@pytest.mark.parametrize("change", [str.upper, lambda text: text.replace("<", "&lt;"), str.split])
def test_a_theme_that_changes_a_value_has_no_shell(change: object) -> None:
    assert callable(change)
    folders, meta, content = ["papers", "one"], {"title": "A Title"}, "<div></div>"
    marked_folders, marked, marks = placeholders(folders, meta, content)
    page = theme(marked_folders, marked | {"title": change(str(marked["title"]))}, marks[0])
    assert cut(page, marks) is None
