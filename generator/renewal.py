"""Makes a site of the one before: pages that changed are filled in, all else stays as it is.

After a build by MkDocs is noted which file of the site was made of which of the docs, the shells of
the pages, and the stamp of all that people wrote into the docs. As long as that stamp and the
program are the same and each page has a known shape, a site differs from the one before only where
generated files do. Whatever is in doubt, MkDocs builds the site.
"""

from __future__ import annotations

import pickle
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from .errors import DigestError
from .exchange import renewed
from .holdings import Found, Holding, hold, keep_holdings
from .kept import Kept
from .listing import list_files
from .pagebuilder.filling import filled
from .pagebuilder.shell import Shape, Shell
from .routes import WAITING
from .sitemap import sitemap
from .stamps import stamp, stamp_of
from .writing import read_bytes

_FRAME = b""
"""In place of what a file of the site was made of: all but digests, so the program and what people
wrote."""

_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Of such files MkDocs makes pages."""

_FILE = re.compile(r"(?<![^\s()<>\[\]\"'#?])[^\s()<>\[\]\"'#?]+\.\w+")
"""What may name a file, from its beginning on: a page may hold a picture as one word of a megabyte,
which to look at again from each of its letters takes hours."""

_OF_TEXT = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs "
    "legacy_em md_in_html meta nl2br sane_lists smarty tables toc wikilinks".split()
)
"""The Markdown extensions of Python-Markdown itself."""

_READING = ("pymdownx.b64", "pymdownx.snippets")
"""Of the PyMdown extensions those that put other files into a page."""

HELD = "site"
"""Under which what the site holds is kept."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What came of it."""

    changed: Sequence[str]
    """Paths of files that were added, changed or removed."""
    sizes: Mapping[str, int]
    """Bytes of every file of the site, by path."""


class NotRenewableError(DigestError):
    """A site cannot be made of the one before; the text says why."""


def target_of(path: str) -> str:
    """Where in the site is what is made of a generated file of the docs.

    >>> target_of("papers/adam.md"), target_of("index.md"), target_of("feeds/all/rss.xml")
    ('papers/adam/index.html', 'index.html', 'feeds/all/rss.xml')
    """
    if path.startswith(WAITING):
        return path.removeprefix(WAITING)
    if not path.endswith(".md"):
        return path
    page = path.removesuffix(".md")
    return "index.html" if page == "index" else f"{page}/index.html"


def is_of_text(extension: str) -> bool:
    """Whether a Markdown extension is known to make a page of its text and its settings alone.

    What else it reads may change while the page does not.

    >>> is_of_text("tables"), is_of_text("pymdownx.tabbed"), is_of_text("pymdownx.snippets")
    (True, True, False)
    """
    if extension.startswith("pymdownx."):
        return not extension.startswith(_READING)
    return extension.removeprefix("markdown.extensions.") in _OF_TEXT


def stamp_of_frame(docs: Path, written: Iterable[str], generated: Collection[str]) -> bytes:
    """Of all that people wrote into the docs, and of which generated files their pages lead to:
    MkDocs makes an address of the name of a file that is there."""
    contents = {
        path: (docs / path).read_bytes()
        for path in sorted(written)
        # To open a pipe is to wait for what never comes; MkDocs says what is wrong with it.
        if path[0] != "." and (docs / path).is_file()
    }
    named = {
        name
        for path, content in contents.items()
        if path.endswith(_PAGES)
        for name in _named(path, content.decode("utf-8", "replace"))
    }
    held = [(path, stamp_of(content)) for path, content in contents.items()]
    return stamp(held, sorted(named.intersection(generated)))


def _named(page: str, text: str) -> Iterator[str]:
    """What may be files that a page names, as paths in the docs.

    >>> list(_named("notes/one.md", "See [a day](../days/2025-03-12.md#p-adam)."))
    ['days/2025-03-12.md']
    """
    for found in _FILE.findall(text):
        yield posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(found)))[1:]


def note_site(
    kept: Kept,
    folder: Path,
    url: str,
    frame: bytes,
    generated: Mapping[str, Holding],
    shells: Mapping[Shape, Shell | None],
    pages: Mapping[str, str],
) -> None:
    """Note what a build by MkDocs has made, for `renew`.

    `generated` are the files of the docs, by path; `shells` are those of their pages, and `pages`
    what the sitemap says, by address; `url` is that of the home page.
    """
    made_of = {target_of(path): holding.content for path, holding in generated.items()}
    ours = {_address(url, target) for target in made_of}
    days = {address: day for address, day in pages.items() if address in ours}
    by_hand = {address: day for address, day in pages.items() if address not in ours}
    made_of |= {name: stamp_of(content) for name, content in sitemap(pages, url).items()}
    files = list_files(folder).files
    around = [path for path in files if path not in made_of]
    known = {shape: shell for shape, shell in shells.items() if shell is not None}
    held = {path: Holding(made_of.get(path, _FRAME), b"", *files[path]) for path in files}
    keep_holdings(kept, HELD, held)
    kept.keep("frame", "all", frame, pickle.dumps((known, by_hand, days, around)))


def find_site(folder: Path, kept: Kept) -> Found:
    """A site as it is."""
    return Found(folder, kept, HELD)


def renew(
    site: Found, docs: Path, url: str, kept: Kept, frame: bytes, generated: Mapping[str, Holding]
) -> Renewed:
    """Make a site that of the docs as they are.

    `url` is the address of the home page. `NotRenewableError` where MkDocs has to build it; then
    nothing has changed. `PublishError` when the system refuses.
    """
    noted = kept.read("frame", "all", frame)
    if noted is None:
        raise NotRenewableError("there is nothing to begin with, or what people wrote has changed")
    shells, by_hand, days, around = pickle.loads(noted)  # noqa: S301  our own
    folder, files, held = site.folder, site.files, site.standing
    if lost := next((path for path in around if path not in held), None):
        raise NotRenewableError(f"{folder.name}/{lost} is not as the last build left it")
    ours = {*around}
    fresh: dict[str, str] = {}
    for path, holding in generated.items():
        target = target_of(path)
        ours.add(target)
        before = held.get(target)
        if before is None or before.made_of != holding.content:
            fresh[target] = path
    made_of = {target: generated[path].content for target, path in fresh.items()}
    for target in site.noted.keys() - ours:
        days.pop(_address(url, target), None)
    contents = {
        target: _page(docs, path, shells, days, url)
        for target, path in fresh.items()
        if _is_page(path)
    }
    taken = {target: f"{docs}/{path}" for target, path in fresh.items() if not _is_page(path)}
    for name, content in sitemap(by_hand | days, url).items():
        ours.add(name)
        made_of[name] = stamp_of(content)
        if name not in held or held[name].made_of != made_of[name]:
            contents[name] = content
    gone = sorted(files.keys() - ours)
    now = held
    if contents or taken or gone:
        with renewed(folder) as tree:
            for path in gone:
                tree.remove(path)
            # As `publish` writes no file in place, both folders may hold the same one.
            for target, source in taken.items():
                tree.link(target, source)
            for target, content in contents.items():
                tree.write(target, content)
        now = dict(held)
        for path in gone:
            now.pop(path, None)
        now |= {t: hold(f"{folder}/{t}", made_of[t], b"") for t in (*contents, *taken)}
        keep_holdings(kept, HELD, now)
        kept.keep("frame", "all", frame, pickle.dumps((shells, by_hand, days, around)))
    sizes = {path: holding.size for path, holding in now.items()}
    return Renewed([*contents, *taken, *gone], sizes)


def _address(url: str, target: str) -> str:
    return url + target.removesuffix("index.html")


def _is_page(path: str) -> bool:
    """Whether a generated file of the docs is filled into a shell, and not taken as it is."""
    return path.endswith(".md") and not path.startswith(WAITING)


def _page(
    docs: Path, path: str, shells: Mapping[Shape, Shell], days: dict[str, str], url: str
) -> bytes:
    """What the site holds of a page, which tells the sitemap its day."""
    content = read_bytes(f"{docs}/{path}") or b""
    page = filled(path, content.decode(), shells)
    if page is None:
        raise NotRenewableError(f"no page yet was like {path}")
    html, front_matter = page
    address = _address(url, target_of(path))
    days.pop(address, None)
    if is_listed(front_matter):
        days[address] = str(front_matter["date"])
    return html


def is_listed(front_matter: Mapping[str, object]) -> bool:
    """Whether crawlers are told of a page: of none that leads on or is hidden."""
    return not (front_matter.get("redirect") or front_matter.get("robots"))
