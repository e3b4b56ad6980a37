"""A repository that is edited and built again and again, beside a fresh one each time."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

from ..conftest import ROOT
from ..sites import run, tree, workspace
from .damage import DAMAGE
from .digests import OF_DIGESTS
from .inputs import Inputs
from .rest import OF_THE_REST
from .steps import steps

MADE = ("docs", "site")


class Repository:
    """A repository that is built again and again, and what a fresh one would be."""

    def __init__(self, place: Path) -> None:
        """`place` is an empty folder."""
        self.place = place
        self.folder = self._new("repository")
        self.laid: dict[str, bytes] = {}

    def _new(self, name: str) -> Path:
        nothing = self.place / "nothing"
        nothing.mkdir(exist_ok=True)
        return workspace(self.place / name, nothing)

    def build(self, inputs: Inputs) -> subprocess.CompletedProcess[str]:
        """Build again, from these inputs."""
        wanted = inputs.tree()
        for path in self.laid.keys() - wanted:
            _put_back(self.folder, path)
        _lay(self.folder, {p: c for p, c in wanted.items() if self.laid.get(p) != c})
        self.laid = wanted
        return _build(self.folder, inputs)

    def differences(self, inputs: Inputs) -> list[str]:
        """What a build from these inputs makes of the repository otherwise than of a fresh one."""
        before = _made(self.folder)
        again = self.build(inputs)
        fresh = self._new("fresh")
        _lay(fresh, inputs.tree())
        anew = _build(fresh, inputs)
        here, there = _made(self.folder), _made(fresh)
        shutil.rmtree(fresh)
        if again.returncode != anew.returncode:
            return [f"exit codes {again.returncode} and {anew.returncode}: {again.stderr[-2000:]}"]
        if anew.returncode:
            there = {path: content for path, content in before.items() if path.startswith("site")}
            here = {path: content for path, content in here.items() if path.startswith("site")}
        return sorted(p for p in here.keys() | there if here.get(p) != there.get(p))


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _put_back(folder: Path, path: str) -> None:
    (folder / path).unlink()
    if (ROOT / path).is_file() and not path.startswith("digests/"):
        shutil.copyfile(ROOT / path, folder / path)


def _build(folder: Path, inputs: Inputs) -> subprocess.CompletedProcess[str]:
    return run(folder, "-m", "generator", "build", environment=inputs.environment)


def _made(folder: Path) -> dict[str, bytes]:
    """What was made, without the notes that a build leaves for the next one."""
    return {
        f"{part}/{path}": content
        for part in MADE
        for path, content in tree(folder / part).items()
        if not path.startswith(".broadsheet")
    }


def walk(inputs: Inputs, repository: Repository, chance: Random) -> Iterator[tuple[str, list[str]]]:
    """Edit without end, and damage what was made; what was done, and what then differs."""
    kinds = [*OF_DIGESTS, *OF_THE_REST]
    for edit, said in steps(kinds, DAMAGE, 0.4, inputs, repository.folder, chance):
        yield said, repository.differences(inputs)
        if edit.__name__ == "make_a_mistake":
            edit(inputs, chance)
