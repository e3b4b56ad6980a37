"""Laws of the whole way from a digest folder to every generated file, whatever the digests hold.

`python -m tests.test_whole 20000 [SEED]` tries that many folders, says how long they took and what
became of them; in the suite there are few, always the same.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import feedparser  # type: ignore[import-untyped]  # ships no types
import frontmatter
import jinja2
import lxml.etree  # type: ignore[import-untyped]  # ships no types
import lxml.html  # type: ignore[import-untyped]  # likewise
import pyromark
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from generator import pipeline
from generator.errors import InputError, Report
from generator.model import Taxonomy
from generator.taxonomy import load_taxonomy

from .conftest import CASES
from .laws import PAGE_ATTRIBUTES, PAGE_ELEMENTS
from .sites import render_site
from .strategies import digests

EXAMPLES = 25

FEED_ELEMENTS = frozenset("a b br code div em li ol p span strong sub sup ul".split())
"""What the text of an item may hold."""
_LINK = re.compile(r"https?:|#|\.\.?/|[a-z0-9]+/|[a-z0-9-]+\.(?:html|epub|bib|ris|md|opml)")
_STRICT = lxml.etree.XMLParser(resolve_entities=False, no_network=True)


@pytest.fixture(autouse=True, scope="module")
def _made_once() -> Iterator[None]:
    """What takes longer than a folder is made once, and only some of the topics are used."""
    with pytest.MonkeyPatch.context() as patch:
        make_once(patch)
        yield


def make_once(patch: pytest.MonkeyPatch) -> None:
    compile_template = jinja2.Environment.compile
    codes: dict[tuple[object, object], object] = {}

    def compile_once(environment: jinja2.Environment, source: str, *names: object) -> object:
        key = (source, environment.autoescape)
        if key not in codes:
            codes[key] = compile_template(environment, source, *names)  # type: ignore[call-overload]
        return codes[key]

    patch.setattr(jinja2.Environment, "compile", compile_once)
    whole = load_taxonomy(None)
    # A topic without papers has a page like any other such topic.
    few = Taxonomy(whole.facets, whole.tags[::8])
    patch.setattr(pipeline, "load_taxonomy", lambda _: few)


def built(folder: Mapping[str, bytes]) -> tuple[dict[str, bytes], Report]:
    """Every generated file of these digests, and what was said of them; none without a paper."""
    report = Report()
    with tempfile.TemporaryDirectory() as place:
        held = Path(place, "digests")
        held.mkdir()
        for name, content in folder.items():
            (held / name).write_bytes(content)
        try:
            return render_site(held, report), report
        except InputError as error:
            report.note(".", None, str(error))
            return {}, report


def is_sentence(message: str) -> bool:
    """Whether it can be shown in a terminal: one line, and nothing in it that a terminal obeys."""
    return message.isprintable() and message.strip() == message != ""


def hold(files: Mapping[str, bytes]) -> None:
    """Every file is what its name says, and of its elements none is made of a text."""
    for path, content in files.items():
        assert is_tame(path), path
        suffix = PurePosixPath(path).suffix
        text = "" if suffix == ".epub" else content.decode()  # UTF-8, and no half of a surrogate
        match suffix:
            case ".md":
                hold_page(path, text)
            case ".xml" | ".opml":
                hold_xml(path, content)
            case ".json":
                hold_json(path, json.loads(text))
            case ".jsonl":
                for line in text.removesuffix("\n").split("\n"):
                    json.loads(line)
            case ".html":
                lxml.html.document_fromstring(content)
            case ".epub":
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    for name in book.namelist():
                        if name.endswith((".xhtml", ".opf", ".xml")):
                            lxml.etree.fromstring(book.read(name), _STRICT)
            case _:
                assert suffix in (".bib", ".ris", ".js", ".txt"), path


def is_tame(path: str) -> bool:
    """Whether any file system and any server takes a path for what it says."""
    return (
        re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,199})?(/[a-z0-9][a-z0-9.-]{0,199})*", path) is not None
    )


def hold_page(path: str, text: str) -> None:
    """One block of HTML without gaps, of elements that are ours."""
    page = frontmatter.loads(text)
    body = page.content
    assert "\n\n" not in body, path
    assert pyromark.html(body).strip() == body, path
    assert not re.search(r"[<>\"]", f"{page.metadata.get('title')}{page['description']}"), path
    if path in ("saved.md", "search.md", "subscribe.md"):
        return  # nothing of them comes from a digest
    (root,) = lxml.html.fragments_fromstring(body, no_leading_text=True)
    for element in root.iter():
        assert element.tag in PAGE_ELEMENTS, (path, element.tag)
        assert PAGE_ATTRIBUTES.issuperset(element.attrib), (path, element.attrib)
        for name in ("href", "src"):
            assert _LINK.match(element.get(name, "#")), (path, element.attrib)
        assert "evil" not in element.get("class", ""), path
    assert root.tail is None or not root.tail.strip(), path


def hold_xml(path: str, content: bytes) -> None:
    root = lxml.etree.fromstring(content, _STRICT)
    for element in root.iter("{*}content", "description"):
        if element.get("type", "html") == "html":
            hold_item(path, element.text or "")
    if path in ("feeds/all/rss.xml", "feeds/all/atom.xml"):
        assert not feedparser.parse(content).bozo, path


def hold_json(path: str, value: object) -> None:
    if path.startswith("feeds/") and isinstance(value, dict):
        for item in value.get("items", ()):
            hold_item(path, item.get("content_html", ""))


def hold_item(path: str, html: str) -> None:
    """The HTML of an item in a feed."""
    if not html.strip():
        return
    root = lxml.html.fragment_fromstring(html, create_parent=True)
    for element in root.iter():
        assert element.tag in FEED_ELEMENTS, (path, element.tag)
        assert set(element.attrib) <= {"href", "dir"}, (path, element.attrib)
        assert element.get("dir", "auto") == "auto", (path, element.attrib)
        assert element.get("href", "http:").startswith("http"), (path, element.attrib)


became: Counter[str] = Counter()


def law(folder: dict[str, bytes]) -> None:
    files, report = built(folder)
    for problem in report.problems:
        assert is_sentence(str(problem)), problem
    hold(files)
    assert files or report.problems
    if became["folders"] % 10 == 0:
        again, twice = built(folder)
        assert again == files
        assert twice.problems == report.problems
    papers = files.get("data/papers.jsonl", b"").count(b"\n")
    became.update(folders=1, sites=bool(files), papers=papers, files=len(files))
    became.update(problems=len(report.problems))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(digests)
def test_any_digests_become_a_sound_site(folder: dict[str, bytes]) -> None:
    law(folder)


FOUND = sorted((CASES / "found" / "whole").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_a_found_digest_becomes_a_sound_site(path: Path) -> None:
    law({f"2025-03-11{path.suffix}": path.read_bytes()})


def main(examples: int, start: int) -> int:
    """Try that many folders, from a seed; how many kinds of failure, one of each shown."""
    failures: Counter[str] = Counter()
    slowest = 0.0

    def tried(folder: dict[str, bytes]) -> None:
        nonlocal slowest
        begun = time.process_time()
        try:
            law(folder)
        except Exception:  # noqa: BLE001  anything at all is what is looked for
            what = traceback.format_exc()
            if what not in failures:
                print(what, folder)  # noqa: T201
            failures[what] += 1
        slowest = max(slowest, time.process_time() - begun)

    wanted = settings(
        max_examples=examples,
        deadline=None,
        derandomize=False,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    before = time.process_time()
    with pytest.MonkeyPatch.context() as patch:
        make_once(patch)
        seed(start)(wanted(given(digests)(tried)))()
    spent = time.process_time() - before
    counts = ", ".join(f"{count:,} {what}" for what, count in became.items())
    print(  # noqa: T201
        f"{counts}; {failures.total():,} failed; {spent:.0f} s of CPU, the slowest {slowest:.2f} s"
    )
    return len(failures)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
