"""What a search costs and what it finds, by really searching in Chromium.

    python benchmarks/search.py [--papers 1000 10000 40000] [--queries 100]

For each size a corpus is made, read and tagged once; then the index is made as a build makes it,
with and without the newest day, and three-word queries are typed on the page of the search, of a
server that compresses as a static host does. Queries with mistakes are asked of the reference
corpus as it is.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import http.server
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from string import ascii_lowercase
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.recombined import A_DAY, NEWEST, originals, papers  # noqa: E402  after its path
from generator.config import Settings, load_settings  # noqa: E402  likewise
from generator.errors import Report  # noqa: E402  likewise
from generator.header import split_header  # noqa: E402  likewise
from generator.model import Papers, Site  # noqa: E402  likewise
from generator.outputs.pages import pages  # noqa: E402  likewise
from generator.outputs.search import Period, files_of, index_of, periods, search  # noqa: E402  likewise
from generator.pipeline import build_site, routes_of  # noqa: E402  likewise
from generator.prose import to_plain  # noqa: E402  likewise
from generator.search import NOTHING, Index  # noqa: E402  likewise
from tests.sites import run, workspace, write_digest  # noqa: E402  likewise


class Corpus(NamedTuple):
    """Some papers, read and tagged."""

    site: Site
    settings: Settings


COMPRESSED = (".html", ".js", ".css", ".json", ".svg", ".txt", ".xml")
"""Kinds of files that GitHub Pages compresses."""
QUERIES = (
    "graph attention network",
    "federated learning privacy",
    "diffusion image editing",
    "grpah attention network",
)
"""What is asked for the bytes: three common words each, one of them mistyped in the last."""
SHELL = "papers/a-graph-neural-network-for-naive-readers/"
"""A page of the golden site; the papers measured stand in what is around it."""


class Host(NamedTuple):
    """A built site, with the index and the papers of another in it."""

    site: Path
    pieces: dict[str, bytes]
    papers: dict[str, bytes]
    """Markdown of each paper's page, by its address."""

    def read(self, path: str) -> bytes | None:
        """The file that a host would send."""
        if path in self.pieces:
            return self.pieces[path]
        if path in self.papers:
            found = split_header(self.papers[path].decode())
            assert found
            around = (self.site / SHELL / "index.html").read_text(encoding="utf-8")
            before, _, rest = around.partition('<div class="bs bs-paper"')
            return (before + found[1] + rest[rest.index("</article>") :]).encode()
        file = self.site / path
        file = file / "index.html" if file.is_dir() else file
        return file.read_bytes() if file.is_file() else None


class Log(NamedTuple):
    """One answer."""

    path: str
    sent: int
    """Bytes as a static host compresses them."""
    stored: int


@contextmanager
def served(host: Host, log: list[Log]) -> Iterator[str]:
    """The address of a host, and what it sends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].removeprefix("/broadsheet/")
            content = host.read(path)
            if content is None:
                self.send_error(404)
                return
            name = path if "." in path else path + "index.html"
            sent = gzip.compress(content, 6) if name.endswith(COMPRESSED) else content
            log.append(Log(path, len(sent), len(content)))
            self.send_response(200)
            self.send_header("Content-Type", guess_type(name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(sent)))
            self.send_header("Cache-Control", "max-age=600")
            if sent is not content:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name upstream
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/broadsheet/"
        server.shutdown()


def read_corpus(folder: Path, texts: Sequence[tuple[str, str]]) -> Corpus:
    """A site of these papers, 60 a day, the first on the newest day."""
    for start in range(0, len(texts), A_DAY):
        day = NEWEST - timedelta(days=start // A_DAY)
        write_digest(folder, f"{day}.txt", *texts[start : start + A_DAY])
    settings = replace(load_settings(ROOT / "mkdocs.yml"), digests=folder)
    return Corpus(build_site(settings, Report()), settings)


def build_shell(folder: Path) -> Path:
    """A small built site."""
    repository = workspace(folder / "repository", ROOT / "tests" / "golden" / "digests")
    done = run(repository, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return repository / "site"


def host_of(corpus: Corpus, shell: Path) -> Host:
    """Prints what the index costs, and hosts it."""
    site, settings = corpus
    routes = routes_of(settings, site.library)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    pieces = {artifact.path: artifact.content for artifact in search(site, routes, settings)}
    cpu = time.process_time() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    newest = date_of(site)
    papers = {key: p for key, p in site.library.papers.items() if p.seen_on[0] < newest}
    library = replace(site.library, papers=Papers.of(papers), days=site.library.days[1:])
    old = replace(site, library=library)
    earlier = {artifact.path: artifact.content for artifact in search(old, routes, settings)}
    period = periods_of(site)[-1]
    stamps = {key: sha256(key.encode()).digest()[:16] for key in period.papers}
    state = b""
    if grows := [p for p in periods_of(old) if p.name == period.name]:
        state = index_of(grows[0], old, stamps, NOTHING).to_bytes()
    gc.collect()
    began = time.process_time()
    index = index_of(period, site, stamps, Index.from_bytes(state) if state else NOTHING)
    files_of(period, index)
    index.to_bytes()
    day = time.process_time() - began
    changed = sorted({path for path in pieces if earlier.get(path) != pieces[path]})
    past = [
        path
        for path in changed
        if not path.startswith((f"search/{period.name}/", "search/index.json"))
    ]
    size = sum(map(len, pieces.values()))
    packed = sum(len(gzip.compress(content, 6)) for content in pieces.values())
    print(
        f"index: {len(site.library.papers):,} papers, {len(periods_of(site))} periods, "
        f"{len(pieces):,} files, {size / 1e6:.1f} MB ({packed / 1e6:.1f} MB compressed), "
        f"{cpu:.1f} s CPU, peak {after / 1e3:.0f} MB ({before / 1e3:.0f} MB before); one more day: "
        f"{day:.2f} s CPU for a period of {len(period.papers):,} papers, of which "
        f"{len(state) / 1e6:.1f} MB are kept, {len(changed)} files change, "
        f"{len(past)} of past periods"
    )
    markdown = {
        artifact.path.removesuffix(".md") + "/": artifact.content
        for artifact in pages(site, routes, settings)
        if artifact.path.startswith("papers/")
    }
    return Host(shell, pieces, markdown)


def periods_of(site: Site) -> list[Period]:
    """All periods, oldest first."""
    return list(periods({key: paper.seen_on[0] for key, paper in site.library.papers.items()}))


def date_of(site: Site) -> date:
    """The newest day."""
    return site.library.as_of


def measure_bytes(browser: Browser, host: Host) -> None:
    """Print what a first search takes, with the scripts that only a search needs."""
    for query in QUERIES:
        log: list[Log] = []
        with served(host, log) as address:
            page = browser.new_context().new_page()
            page.goto(f"{address}search/", wait_until="networkidle")
            own = [told for told in log if told.path.startswith(("assets/search", "assets/dom"))]
            del log[:]
            page.locator("#search-q").fill(query)
            page.locator("#search-q").press("Enter")
            page.locator("#search-results > li").first.wait_for(timeout=60_000)
            page.wait_for_load_state("networkidle")
            said = page.locator("#search-said").inner_text()
            results = page.locator("#search-results > li").count()
            page.context.close()
        kinds = {
            "scripts": own,
            "index": [told for told in log if told.path.startswith("search/")],
            "pages": [told for told in log if told.path.startswith("papers/")],
        }
        told = [entry for entries in kinds.values() for entry in entries]
        parts = ", ".join(
            f"{name} {sum(e.sent for e in entries) / 1e3:.1f} KB in {len(entries)}"
            for name, entries in kinds.items()
        )
        print(
            f"{query!r}: {results} results, {sum(e.sent for e in told) / 1e3:.0f} KB "
            f"({sum(e.stored for e in told) / 1e3:.0f} KB as stored), {parts}; {said}"
        )


FIND = """async ([address, queries]) => {
  const { search } = await import(address + "assets/search/ranking.js");
  const none = { topic: "", from: "", to: "", code: false };
  const found = [];
  for (const query of queries) {
    const { hits } = await search(query, none);
    const five = hits.slice(0, 5).map(({ period, paper }) => period.locate(paper));
    found.push((await Promise.all(five)).map(({ key }) => key));
  }
  return found;
}"""


def measure_finding(browser: Browser, host: Host, corpus: Corpus, number: int) -> None:
    """Print how many of the queries of each kind have their paper among the first five."""
    chance = random.Random(9)
    titled = [
        (key, words)
        for key, paper in corpus.site.library.papers.items()
        for words in [to_plain(paper.title).split()]
        if len(words) >= 5 and sum(len(word) >= 4 and word.isalpha() for word in words) >= 3
    ]
    with served(host, []) as address:
        page = browser.new_page()
        page.goto(f"{address}about/")
        for kind, spoil in KINDS.items():
            asked = [(key, spoil(words, chance)) for key, words in chance.sample(titled, number)]
            found = page.evaluate(FIND, [address, [query for _, query in asked]])
            first = sum(key == keys[0] for (key, _), keys in zip(asked, found, strict=True) if keys)
            missed = [
                query for (key, query), keys in zip(asked, found, strict=True) if key not in keys
            ]
            print(
                f"{kind}: {number - len(missed)} of {number} among the first five, {first} first"
                + "".join(f"\n    missed: {query}" for query in missed)
            )
        page.close()


def mistype(word: str, chance: random.Random) -> str:
    """A word with a letter too many, too few, or another, or two in the wrong order, anywhere."""
    while True:
        place, letter = chance.randrange(len(word)), chance.choice(ascii_lowercase)
        made = chance.choice(
            (
                word[:place] + letter + word[place:],
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            )
        )
        if made.lower() != word.lower():
            return made


def _mistyped(words: list[str], chance: random.Random) -> str:
    place = chance.choice([n for n, word in enumerate(words) if len(word) >= 4 and word.isalpha()])
    return " ".join([*words[:place], mistype(words[place], chance), *words[place + 1 :]])


def _without_two(words: list[str], chance: random.Random) -> str:
    gone = chance.sample(range(len(words)), 2)
    return " ".join(word for place, word in enumerate(words) if place not in gone)


def _three_mistyped(words: list[str], chance: random.Random) -> str:
    long = [word for word in words if len(word) >= 4 and word.isalpha()]
    return _mistyped(chance.sample(long, 3), chance)


KINDS: dict[str, Callable[[list[str], random.Random], str]] = {
    "one word mistyped": _mistyped,
    "two words missing": _without_two,
    "three words of it alone, one mistyped": _three_mistyped,
}
"""How a title is spoilt."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, nargs="*", default=[1_000, 10_000, 40_000])
    parser.add_argument("--queries", type=int, default=100)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        shell = build_shell(folder)
        for number in options.papers:
            corpus = read_corpus(folder / str(number), list(papers(number)))
            measure_bytes(browser, host_of(corpus, shell))
        if options.queries:
            source, texts = originals()
            print(f"\n{len(texts):,} papers of the {source}")
            corpus = read_corpus(folder / "originals", texts)
            host = host_of(corpus, shell)
            measure_bytes(browser, host)
            measure_finding(browser, host, corpus, options.queries)
        browser.close()


if __name__ == "__main__":
    main()
