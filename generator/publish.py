"""Makes a folder equal a set of artifacts, touching only what differs.

The manifest lists what we wrote. Only files it lists are ever removed, and a file that somebody
wrote by hand is never overwritten. It is written before new files appear and after old ones are
gone, so a run cut short leaves no file that the next one does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .errors import CollisionError
from .model import Artifact
from .routes import check_collisions
from .writing import plain_errors, write_whole

MANIFEST = ".broadsheet-manifest"
"""In the docs folder; MkDocs leaves names with a leading dot out of the site."""

MARK = b"generator: broadsheet\n"
"""A line of the front matter of every generated page: with the manifest lost, it tells our pages
from hand-written ones."""

OWN_FOLDERS = ("feeds/", "data/")
"""Folders of the docs that hold nothing but generated files."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that was, or would be, written or removed."""

    kind: Literal["added", "changed", "removed"]
    path: str


def publish(folder: Path, artifacts: Iterable[Artifact], *, dry_run: bool = False) -> list[Change]:
    """Write what differs, remove what is no longer made; the changes, by path.

    `CollisionError` before anything is written when two artifacts or an artifact and a
    hand-written file share a path; `PublishError` when the system refuses a write.
    """
    wanted = list(artifacts)
    check_collisions(wanted)
    contents = {artifact.path: artifact.content for artifact in wanted}
    with plain_errors(folder):
        listed = read_manifest(folder)
        found = {path: _read(folder / path) for path in sorted(contents)}
        _refuse_hand_written(wanted, found, listed)
        gone = sorted(path for path in listed - contents.keys() if (folder / path).is_file())
        changes = [Change("removed", path) for path in gone]
        for path, content in contents.items():
            if found[path] != content:
                changes.append(Change("changed" if found[path] is not None else "added", path))
        if not dry_run:
            _apply(folder, contents, changes, listed)
    return sorted(changes, key=lambda change: change.path)


def _apply(
    folder: Path, contents: Mapping[str, bytes], changes: Iterable[Change], listed: set[str]
) -> None:
    _write_manifest(folder, listed | contents.keys())
    for change in changes:
        target = folder / change.path
        if change.kind == "removed":
            target.unlink()
            _remove_empty_folders(folder, target.parent)
        else:
            write_whole(target, contents[change.path])
    _write_manifest(folder, set(contents))


def _refuse_hand_written(
    wanted: Iterable[Artifact], found: Mapping[str, bytes | None], listed: set[str]
) -> None:
    for artifact in wanted:
        content = found[artifact.path]
        ours = (
            content is None
            or artifact.path in listed
            or artifact.path.startswith(OWN_FOLDERS)
            or MARK in content[:4096]
        )
        if not ours:
            raise CollisionError(
                f"{artifact.path} is claimed by {artifact.claimant} and by a hand-written file of "
                "that name in the docs folder; rename or remove the hand-written one"
            )


def read_manifest(folder: Path) -> set[str]:
    """Paths of the files that we wrote into a folder; empty where it has no manifest."""
    content = _read(folder / MANIFEST) or b""
    lines = content.decode("utf-8", "replace").split("\n")
    # A manifest that was tampered with must not reach out of the folder.
    return {line for line in lines if line and ".." not in line.split("/") and line[0] != "/"}


def _write_manifest(folder: Path, paths: Iterable[str]) -> None:
    content = "".join(f"{path}\n" for path in sorted(paths)).encode()
    if _read(folder / MANIFEST) != content:
        write_whole(folder / MANIFEST, content)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _remove_empty_folders(top: Path, folder: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
