"""What makes the site of given digests: our code, its data, the settings, the libraries, Python.

Two builds of one program make the same of the same digests. Where anything of it differs, nothing
is used that the other one made.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from .config import Settings
from .stamps import stamp, stamp_of

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}")
"""Whatever in `mkdocs.yml` may name a variable of the environment."""


def parts_of_program(root: Path, settings: Settings, written: Iterable[str]) -> Mapping[str, str]:
    """Every part of the program by name, each with what it is: for comparing two programs.

    `root` holds `mkdocs.yml` and `generator/`; `written` are the files of the docs that people
    wrote, relative to that folder.
    """
    config = (root / "mkdocs.yml").read_bytes()
    parts = {"the settings": stamp(repr(settings)).hex(), "mkdocs.yml": stamp_of(config).hex()}
    for name in sorted(set(_VARIABLE.findall(config.decode("utf-8", "replace")))):
        parts[f"the variable {name}"] = stamp(os.environ.get(name)).hex()
    parts["Python"] = sys.version
    parts["libraries"] = stamp(_libraries()).hex()
    for path in [*_files(root / "generator"), *(settings.docs / name for name in sorted(written))]:
        parts[os.path.relpath(path, root)] = stamp_of(path.read_bytes()).hex()
    if settings.vocabulary and settings.vocabulary.is_file():
        parts["the vocabulary"] = stamp_of(settings.vocabulary.read_bytes()).hex()
    return parts


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names) if not name.endswith(".pyc"))


def _libraries() -> list[str]:
    """All that is installed, as names with versions."""
    folders = {str(found.locate_file("")) for found in metadata.distributions(name="mkdocs")}
    names = (path.name for folder in sorted(folders) for path in Path(folder).iterdir())
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
