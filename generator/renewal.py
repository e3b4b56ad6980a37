"""Makes a site of the one before: pages that changed are filled in, all else stays as it is.

After a build by MkDocs is noted which file of the site was made of which of the docs, the shells of
the pages, and the stamp of all that people wrote into the docs. As long as that stamp and the
program are the same and each page has a known shape, a site differs from the one before only where
generated files do. Whatever is in doubt, MkDocs builds the site.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Mapping
from pathlib import Path

from .errors import DigestError
from .exchange import renewed
from .holdings import Holding, find_files, hold, keep_holdings, read_holdings
from .kept import Kept
from .pagebuilder.filling import filled
from .pagebuilder.shell import Shape, Shell
from .routes import WAITING
from .sitemap import sitemap
from .stamps import stamp, stamp_of
from .writing import read_file

_FRAME = b""
"""In place of what a file of the site was made of: all but digests, so the program and what people
wrote."""

_HELD = "site"
"""Under which what the site holds is kept."""


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


def stamp_of_frame(docs: Path, files: Collection[str], generated: Collection[str]) -> bytes:
    """Of all that people wrote into the docs."""
    written = sorted(path for path in files if path not in generated and path[0] != ".")
    return stamp([(path, stamp_of((docs / path).read_bytes())) for path in written])


def note_site(
    kept: Kept,
    folder: Path,
    frame: bytes,
    generated: Mapping[str, Holding],
    shells: Mapping[Shape, Shell | None],
    pages: Mapping[str, str],
) -> None:
    """Note what a build by MkDocs has made, for `renew`.

    `generated` are the files of the docs, by path; `shells` are those of their pages, and `pages`
    what the sitemap says.
    """
    made_of = {target_of(path): holding.content for path, holding in generated.items()}
    made_of |= {path.name: stamp_of(path.read_bytes()) for path in folder.glob("sitemap*")}
    files = find_files(folder)
    around = [path for path in files if path not in made_of]
    known = {shape: shell for shape, shell in shells.items() if shell is not None}
    held = {path: Holding(made_of.get(path, _FRAME), b"", *files[path]) for path in files}
    keep_holdings(kept, _HELD, held)
    kept.keep("frame", "all", frame, pickle.dumps((known, dict(pages), around)))


def renew(
    folder: Path, docs: Path, url: str, kept: Kept, frame: bytes, generated: Mapping[str, Holding]
) -> list[str]:
    """Make the site in a folder that of the docs as they are; the paths that changed.

    `url` is the address of the home page. `NotRenewableError` where MkDocs has to build it; then
    nothing has changed. `PublishError` when the system refuses.
    """
    noted = kept.read("frame", "all", frame)
    if noted is None:
        raise NotRenewableError("there is nothing to begin with, or what people wrote has changed")
    shells, pages, around = pickle.loads(noted)  # noqa: S301  our own
    files = find_files(folder)
    held = read_holdings(kept, _HELD, folder, files)
    if lost := next((path for path in around if path not in held), None):
        raise NotRenewableError(f"{folder.name}/{lost} is not as the last build left it")
    wanted = {target_of(path): path for path in generated}
    made_of = {target: generated[path].content for target, path in wanted.items()}
    ours = {*around, *wanted}
    # Whatever else is noted is gone: a run that was killed may have removed it and not noted that.
    standing = {url + path.removesuffix("index.html") for path in ours}
    pages = {address: day for address, day in pages.items() if address in standing}
    contents = {
        target: _content(f"{docs}/{path}", path, url, shells, pages)
        for target, path in wanted.items()
        if target not in held or held[target].made_of != made_of[target]
    }
    for name, content in sitemap(pages, url).items():
        made_of[name] = stamp_of(content)
        if name not in held or held[name].made_of != made_of[name]:
            contents[name] = content
    gone = [path for path in files if path not in made_of and path not in ours]
    if contents or gone:
        with renewed(folder) as tree:
            for path in gone:
                tree.remove(path)
            for target, content in contents.items():
                tree.write(target, content)
        now = {path: holding for path, holding in held.items() if path not in gone}
        now |= {t: hold(f"{folder}/{t}", made_of[t], b"") for t in contents}
        keep_holdings(kept, _HELD, now)
        kept.keep("frame", "all", frame, pickle.dumps((shells, pages, around)))
    return sorted([*contents, *gone])


def _content(
    file: str, path: str, url: str, shells: Mapping[Shape, Shell], pages: dict[str, str]
) -> bytes:
    """What the site holds of a generated file; a page tells the sitemap its day."""
    content = read_file(file) or b""
    if not path.endswith(".md") or path.startswith(WAITING):
        return content
    page = filled(path, content.decode(), shells)
    if page is None:
        raise NotRenewableError(f"no page yet was like {path}")
    html, front_matter = page
    address = url + target_of(path).removesuffix("index.html")
    pages.pop(address, None)
    if is_listed(front_matter):
        pages[address] = str(front_matter["date"])
    return html


def is_listed(front_matter: Mapping[str, object]) -> bool:
    """Whether crawlers are told of a page: of none that leads on or is hidden."""
    return not (front_matter.get("redirect") or front_matter.get("robots"))
