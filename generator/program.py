"""What makes the site of given digests: our code, its data, the settings, the libraries, Python.

Two builds of one program make the same of the same digests. Where anything of it differs, nothing
is used that the other one made.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from .config import Settings
from .configfile import files_of_config
from .kept import Kept
from .stamps import stamp, stamp_of

KEPT = ".cache/broadsheet/kept.sqlite"
"""Below the folder of `mkdocs.yml`: what builds keep for the next one."""

PACKAGE = Path(__file__).resolve().parent

_VARIABLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)
"""Whatever in `mkdocs.yml` may name a variable of the environment."""

_INSTALLED = (".dist-info", ".egg-info")
"""What installers leave beside a library."""

_NAME = re.compile(r"[\w./-]+")
"""Whatever there may be a file."""

_THEME = re.compile(
    r"""\bcustom_dir["']?[ ]*:[ ]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"',#{}][^,#{}\n]*))"""
)
"""What stands there as the folder of a theme, which may lie anywhere and have a space in its name.
To parse the file once more would be a fiftieth of a build with nothing to do."""


class _ToLookAt(Kept):
    """What builds kept, of which nothing changes."""

    def keep(self, kind: str, name: str, stamp: bytes, value: bytes) -> None:
        """Keep nothing."""

    def forget(self, of: str, names: Iterable[str]) -> None:
        """Forget nothing."""


def open_kept(
    config_file: Path, settings: Settings, *, begin: bool = True, keep: bool = True
) -> Kept:
    """What earlier builds with this `mkdocs.yml` kept, and where this one keeps what it makes.

    Without `begin`, what another program kept stays, and nothing is kept; without `keep`, nothing
    changes, whoever kept it.
    """
    kind = Kept if keep else _ToLookAt
    return kind(config_file.parent / KEPT, parts_of_program(config_file, settings), begin=begin)


def parts_of_program(config_file: Path, settings: Settings) -> Mapping[str, str]:
    """Every part of the program by name, each with what it is: for comparing two programs.

    Where digests, docs and site are is no part of it.
    """
    top = config_file.parent
    files = {os.path.relpath(file, top): file.read_bytes() for file in files_of_config(config_file)}
    config = "\n".join(content.decode("utf-8", "replace") for content in files.values())
    folders = replace(settings, digests=Path(), own_digests=Path(), docs=Path(), site=Path())
    anywhere = replace(folders, vocabulary=None)
    parts = {name: stamp_of(content).hex() for name, content in files.items()}
    parts["the settings"] = stamp(repr(anywhere)).hex()
    for name in sorted(os.environ.keys() & set(_VARIABLE.findall(config))):
        parts[f"the variable {name}"] = stamp(os.environ[name]).hex()
    if settings.vocabulary and _is_file(settings.vocabulary):
        parts["the vocabulary"] = stamp_of(settings.vocabulary.read_bytes()).hex()
    parts["Python"] = sys.version
    parts["the libraries"] = stamp(_libraries()).hex()
    root = PACKAGE.parent
    for path in [*_files(PACKAGE), *_named(config, top, settings)]:
        parts[os.path.relpath(path, root)] = stamp_of(path.read_bytes()).hex()
    return parts


def _named(config: str, root: Path, settings: Settings) -> Iterator[Path]:
    """The files that a configuration may name: a theme anywhere, and what lies beside `mkdocs.yml`,
    such as hooks."""
    looked_at = (settings.digests, settings.own_digests, settings.docs, settings.site)
    known = (PACKAGE, *looked_at, root / ".cache")
    themes = {"".join(found).strip() for found in _THEME.findall(config)}
    for name in sorted(themes.union(_NAME.findall(config))):
        path = Path(os.path.normpath(root / name))
        apart = not any(path in (one, *one.parents) or one in path.parents for one in known)
        if _is_file(path / "sitemap.xml"):
            continue  # a site, built where another --site or site_dir said
        if apart and (root in path.parents or name in themes):
            yield from [path] if _is_file(path) else _files(path)


def _is_file(path: Path) -> bool:
    """Whether a file has that name; a word of a configuration may be too long for one."""
    try:
        return path.is_file()
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        found = (Path(place, name) for name in sorted(names) if not name.endswith(".pyc"))
        # Emacs locks a file that is edited by a link to nowhere.
        yield from (path for path in found if path.is_file())


def _libraries() -> list[list[str]]:
    """All that is installed, folder by folder as Python looks for it, as names with versions."""
    # Asking `importlib.metadata` took ten times as long, a twentieth of a build with nothing to do.
    found = []
    for folder in dict.fromkeys(Path(place).resolve() for place in sys.path):
        with suppress(OSError):  # an archive, or nothing
            every = (path.name for path in folder.iterdir())
            names = sorted(name for name in every if name.endswith(_INSTALLED))
            found += [names] if names else []
    return found
