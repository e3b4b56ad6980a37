"""The same below MkDocs: digests are edited and converted again and again, in one process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
import yaml

from generator.config import Settings
from generator.errors import InputError, Report
from generator.kept import Kept
from generator.pipeline import build_site, render
from generator.publish import publish

from ..conftest import ROOT
from ..sites import settings_for, tree
from .damage import DAMAGE
from .digests import OF_DIGESTS
from .inputs import SMALL, Inputs, as_yaml
from .steps import steps

OF_WHAT_IS_KEPT = [damage for damage in DAMAGE if not damage.__name__.endswith(("site", "way"))]
"""Damage that needs no site and starts no build."""


def lower_limits(patch: pytest.MonkeyPatch) -> None:
    """What `begin` does to the files of a repository, done to the modules of this process."""
    for limit, value in SMALL.items():
        module, _, name = limit.rpartition(".")
        patch.setattr(import_module(f"generator.{module}"), name, value)


class Conversion:
    """A folder of digests that is converted again and again."""

    def __init__(self, folder: Path, inputs: Inputs) -> None:
        """`folder` is a new one."""
        self.folder = folder
        folder.mkdir()
        vocabulary = folder / "topics.yml"
        vocabulary.write_bytes(as_yaml(_vocabulary(inputs)))
        settings = settings_for(folder / "digests", folder / "docs")
        self.settings = replace(settings, vocabulary=vocabulary, markdown=True)

    def differences(self, inputs: Inputs) -> list[str]:
        """What comes of these inputs otherwise than in an empty folder: files, then problems."""
        shutil.rmtree(self.folder / "digests", ignore_errors=True)
        for path, content in inputs.tree().items():
            if path.startswith("digests/"):
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_bytes(content)
        fresh = self.folder / "fresh"
        try:
            anew = _convert(replace(self.settings, docs=fresh), None)
        except InputError:
            return []
        said = _convert(self.settings, self.folder / ".cache" / "kept")
        here, there = _made(self.settings.docs), _made(fresh)
        shutil.rmtree(fresh)
        differ = sorted(path for path in here.keys() | there if here.get(path) != there.get(path))
        return differ + [f"problem: {text}" for text in {*said} ^ {*anew}]


def _convert(settings: Settings, path: Path | None) -> list[str]:
    """Write the docs, by what was kept in a file if there is one; the problems."""
    report = Report()
    with closing(Kept(path)) as kept:
        site = build_site(settings, report, kept=kept)
        publish(settings.docs, render(site, settings), kept=kept)
    return [str(problem) for problem in report.problems]


def _vocabulary(inputs: Inputs) -> dict[str, object]:
    """The package's, but for topics that no paper is made of."""
    whole = yaml.safe_load((ROOT / "generator" / "data" / "tags.yml").read_bytes())
    slugs = {topic.slug for topic in inputs.topics}
    return {**whole, "tags": [tag for tag in whole["tags"] if tag["slug"] in slugs]}


def _made(docs: Path) -> dict[str, bytes]:
    return {p: content for p, content in tree(docs).items() if not p.startswith(".broadsheet")}


def walk_digests(
    inputs: Inputs, conversion: Conversion, chance: Random
) -> Iterator[tuple[str, list[str]]]:
    """Edit digests without end, and damage what was made; what was done, and what then differs."""
    for _, said in steps(OF_DIGESTS, OF_WHAT_IS_KEPT, 0.2, inputs, conversion.folder, chance):
        yield said, conversion.differences(inputs)
