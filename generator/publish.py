"""Makes a folder equal a set of artifacts, touching only what differs.

The manifest lists what we wrote. Only files it lists are ever removed, and a file that somebody
wrote by hand is never overwritten. It is written before new files appear and after old ones are
gone, so a run cut short leaves no file that the next one does not know.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, KeysView, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .errors import CollisionError
from .header import MARK, MARK_OF_LIST
from .holdings import Found, Holding, hold, keep_holdings
from .kept import NOTHING, Kept
from .model import Artifact
from .routes import Routes, check_collisions
from .stamps import stamp_of
from .writing import move_file, plain_errors, read_bytes, write_file, write_whole

MANIFEST = ".broadsheet-manifest"
"""In the docs folder; MkDocs leaves names with a leading dot out of the site."""

WAITING = ".broadsheet-new"
"""Likewise: where new content waits until all of it is made."""

HELD = "docs"
"""Under which what the docs folder holds is kept."""

OWN_FOLDERS = (".markdown/", "cite/", "data/", "feeds/", "search/", "take/")
"""Folders of the docs that hold nothing but generated files."""

LIST = Routes.llms
"""The one file outside of them that is no page."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that was, or would be, written or removed."""

    kind: Literal["added", "changed", "removed"]
    path: str


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it."""

    changes: list[Change]
    """By path."""
    made: Mapping[str, str]
    """Why a file was made to be compared, by path; all else is as it was, by what it is made of."""
    reused: int
    """How many files are as they were by that."""
    holdings: Mapping[str, Holding]
    """What the folder holds now of ours."""
    written: Collection[str]
    """What it holds besides, by path: what people wrote, and what they leave lying there."""

    def explained(self) -> list[str]:
        """A line for each file that was made or removed: what became of it, and why."""
        became = {change.path: change.kind for change in self.changes}
        lines = [(path, became.get(path, "the same"), why) for path, why in self.made.items()]
        lines += [(p, kind, "no longer made") for p, kind in became.items() if p not in self.made]
        return [f"{kind:8} {path}: {why}" for path, kind, why in sorted(lines)]


def find_docs(folder: Path, kept: Kept) -> Found:
    """A docs folder as it is."""
    return Found(folder, kept, HELD, linked=True)


def publish(
    folder: Path,
    artifacts: Iterable[Artifact],
    *,
    dry_run: bool = False,
    kept: Kept = NOTHING,
    docs: Found | None = None,
) -> Published:
    """Write what differs from the folder as it was found, remove what is no longer made.

    `CollisionError` before anything is changed when two artifacts or an artifact and a
    hand-written file share a path; `PublishError` when the system refuses a write. What differs
    waits in a folder of its own until all is known, so no content stays in memory. What is made of
    the same as the file that stands there is not made again.
    """
    with plain_errors(folder), _emptied(folder / WAITING) as waiting:
        listed = read_manifest(folder)
        docs = docs or find_docs(folder, kept)
        found = _Comparison(folder, docs, listed, None if dry_run else waiting)
        for artifact in artifacts:
            found.compare(artifact)
        _refuse(found.claims, found.foreign, docs.files.__contains__)
        paths = {path for path, _ in found.claims}
        known = sorted([*listed, *(path for path in paths if path not in listed)])
        left = [path for path in listed if path not in paths]
        gone = sorted(path for path in left if path in docs.files)
        if not dry_run:
            if len(known) > len(listed):
                _write_manifest(folder, known)
            for path in gone:
                (folder / path).unlink()
                _remove_empty_folders(folder, (folder / path).parent)
            found.put_in_place()
            if left:
                _write_manifest(folder, [path for path in known if path in paths])
            keep_holdings(kept, HELD, found.holdings)
    changes = [*found.changes, *(Change("removed", path) for path in gone)]
    changes.sort(key=lambda change: change.path)
    written = [path for path in docs.files if path not in paths and path not in listed]
    reused = len(found.claims) - len(found.made)
    return Published(changes, found.made, reused, found.holdings, written)


class _Comparison:
    """What artifacts come to beside a folder as it was found; see `Published`."""

    def __init__(
        self, folder: Path, docs: Found, listed: Collection[str], waiting: Path | None
    ) -> None:
        """What differs is written into `waiting`, if given, under the number of its change."""
        self.holdings: dict[str, Holding] = {}
        self.claims: list[tuple[str, str]] = []
        """The path of each artifact, and who claims it."""
        self.changes: list[Change] = []
        self.made: dict[str, str] = {}
        self.foreign: list[Artifact] = []
        """Those in whose place is what somebody wrote by hand."""
        self._folder = folder
        self._files, self._before = docs.files, docs.standing
        self._listed = listed
        self._waiting = waiting

    def compare(self, artifact: Artifact) -> None:
        """Make an artifact, unless what stands there is made of the same, and note what differs."""
        path, made_of = artifact.path, artifact.stamp
        self.claims.append((path, artifact.claimant))
        held = self._before.get(path)
        if held and made_of and held.made_of == made_of:
            self.holdings[path] = held
            return
        self.made[path] = _why(held, path in self._files, made_of)
        content = artifact.content
        own = stamp_of(content)
        if held and held.content == own:
            self.holdings[path] = held._replace(made_of=made_of)
            return
        # What stands as we left it is ours, and known to differ: it need not be read.
        found = None if held else read_bytes(f"{self._folder}/{path}")
        if found == content:
            self.holdings[path] = hold(f"{self._folder}/{path}", made_of, own)
            return
        self.changes.append(Change("added" if found is None and not held else "changed", path))
        if found is not None and not _is_ours(path, found, self._listed):
            self.foreign.append(artifact)
        elif self._waiting:
            write_file(f"{self._waiting}/{len(self.changes) - 1}", content)
            self.holdings[path] = Holding(made_of, own, 0, 0)

    def put_in_place(self) -> None:
        """Move what waits to where it belongs."""
        for number, change in enumerate(self.changes):
            target = f"{self._folder}/{change.path}"
            move_file(f"{self._waiting}/{number}", target)
            self.holdings[change.path] = hold(target, *self.holdings[change.path][:2])


def refuse_collisions(folder: Path, artifacts: Iterable[Artifact]) -> list[str]:
    """The `CollisionError` that `publish` would raise, or the paths that it would write; nothing is
    written, and hardly any content made."""
    with plain_errors(folder):
        listed = read_manifest(folder)
        claims: list[tuple[str, str]] = []
        foreign: list[Artifact] = []
        for artifact in artifacts:
            path = artifact.path
            claims.append((path, artifact.claimant))
            found = None if path in listed else read_bytes(f"{folder}/{path}")
            if found is None or _is_ours(path, found, listed):
                continue
            if found != artifact.content:
                foreign.append(artifact)
        _refuse(claims, foreign, lambda path: os.path.isfile(f"{folder}/{path}"))  # noqa: PTH113
        return [path for path, _ in claims]


def _refuse(
    claims: Sequence[tuple[str, str]], foreign: Sequence[Artifact], is_file: Callable[[str], bool]
) -> None:
    """Refuse paths that are claimed twice, those that `foreign` artifacts would take from files
    that somebody wrote by hand, and folders in whose place there is a file."""
    check_collisions(claims)
    for path in sorted(_folders({path.rpartition("/")[0] for path, _ in claims})):
        if is_file(path):
            raise CollisionError(
                f"{path} is a file in the docs folder, where pages need a folder of that name; "
                "rename or remove it"
            )
    if foreign:
        raise CollisionError(
            f"{foreign[0].path} is claimed by {foreign[0].claimant} and by a hand-written file "
            "of that name in the docs folder; rename or remove the hand-written one"
        )


def _folders(paths: Iterable[str]) -> set[str]:
    """Folders, and those that they are in."""
    found: set[str] = set()
    for path in paths:
        while path and path not in found:
            found.add(path)
            path = path.rpartition("/")[0]
    return found


def _why(held: Holding | None, there: bool, made_of: bytes) -> str:
    """Why a file is made."""
    if held is None:
        return "not as the last build left it" if there else "not there yet"
    return "what it is made of has changed" if made_of else "looked at in every build"


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    """A folder that holds nothing yet and is gone afterwards; made when it is first written to."""
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_ours(path: str, content: bytes, listed: Collection[str]) -> bool:
    if listed:
        return path in listed
    # The manifest is lost: a mark tells our pages, and our list of them, from hand-written ones.
    mark = MARK_OF_LIST if path == LIST else MARK
    return path.startswith(OWN_FOLDERS) or mark.encode() in content[:4096]


def read_manifest(folder: Path) -> KeysView[str]:
    """Paths of the files that we wrote into a folder, as listed there: by path, so that to sort
    them with a few more takes next to nothing. None where it has no manifest."""
    content = read_bytes(f"{folder}/{MANIFEST}") or b""
    lines = content.decode("utf-8", "replace").split("\n")
    # A manifest that was tampered with must not reach out of the folder.
    return {
        line: None
        for line in lines
        if line and line[0] != "/" and (".." not in line or ".." not in line.split("/"))
    }.keys()


def generated_names(folder: Path) -> set[str]:
    """Names of the entries of a folder that we write."""
    return {path.split("/", 1)[0] for path in read_manifest(folder)} | {MANIFEST}


def _write_manifest(folder: Path, paths: Sequence[str]) -> None:
    content = "\n".join([*paths, ""]).encode()
    if read_bytes(f"{folder}/{MANIFEST}") != content:
        write_whole(folder / MANIFEST, content)


def _remove_empty_folders(top: Path, folder: Path) -> None:
    with suppress(OSError):  # it holds other files
        while folder != top:
            folder.rmdir()
            folder = folder.parent
