"""Damage to what builds have made and kept: none of it may be seen in what the next one makes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from ..sites import QUIET

Damage = Callable[[Path, Random], str]
"""Spoils something in a repository; says what, or nothing where there was nothing to spoil."""

DAMAGE: list[Damage] = []
"""Every kind below."""


def kind(damage: Damage) -> Damage:
    """Add one to the list."""
    DAMAGE.append(damage)
    return damage


@kind
def lose_the_cache(folder: Path, chance: Random) -> str:
    return _lose(folder / ".cache")


@kind
def lose_half_of_the_cache(folder: Path, chance: Random) -> str:
    return _lose_half(folder, ".cache", chance)


@kind
def spoil_a_file_of_the_cache(folder: Path, chance: Random) -> str:
    path = _any_file(folder, ".cache", chance)
    if not path:
        return ""
    content = path.read_bytes()
    half = len(content) // 2
    flipped = content[:half] + bytes(255 - byte for byte in content[half : half + 1])
    spoilt = chance.choice([b"", content[:half], flipped + content[half + 1 :], content * 2])
    path.write_bytes(spoilt)
    return f"{path.relative_to(folder)}, {len(content)} bytes to {len(spoilt)}"


@kind
def keep_an_older_cache(folder: Path, chance: Random) -> str:
    """Put back the cache as it was when this was last done, and keep the present one for then."""
    cache, kept = folder / ".cache", folder.with_name("kept")
    if not cache.exists():
        return ""
    present = folder.with_name("present")
    shutil.copytree(cache, present)
    if kept.exists():
        shutil.rmtree(cache)
        kept.rename(cache)
    present.rename(kept)
    return "the cache of some builds ago"


@kind
def lose_half_of_the_docs(folder: Path, chance: Random) -> str:
    return _lose_half(folder, chance.choice(["docs/papers", "docs/feeds", "docs/search"]), chance)


@kind
def change_a_file_of_the_docs(folder: Path, chance: Random) -> str:
    part = chance.choice(["docs/days", "docs/feeds", "docs/tags", "docs/search", "docs/data"])
    return _change(folder, part, chance)


@kind
def lose_the_site(folder: Path, chance: Random) -> str:
    return _lose(folder / "site")


@kind
def lose_half_of_the_site(folder: Path, chance: Random) -> str:
    kept = folder / "site" / "sitemap.xml"  # the mark of a site: without it, none is replaced
    content = kept.read_bytes() if kept.is_file() else b""
    said = _lose_half(folder, "site", chance)
    if said:
        kept.write_bytes(content)
    return said


@kind
def change_a_file_of_the_site(folder: Path, chance: Random) -> str:
    return _change(folder, "site", chance)


@kind
def add_to_the_site(folder: Path, chance: Random) -> str:
    if not (folder / "site").is_dir():
        return ""
    for path in ("mine.html", "papers/mine/index.html", "empty/folder/x.txt"):
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_text("Mine")
    return "three files"


@kind
def swap_two_pages_of_the_site(folder: Path, chance: Random) -> str:
    pages = sorted((folder / "site" / "papers").glob("*/index.html"))
    if len(pages) < 2:
        return ""
    one, two = chance.sample(pages, 2)
    aside = one.with_name("aside")
    one.rename(aside)
    two.rename(one)
    aside.rename(two)
    return f"{one.parent.name} and {two.parent.name}"


@kind
def touch_everything(folder: Path, chance: Random) -> str:
    when = chance.choice([1, 10**9, None])
    for part in ("digests", "docs", "generator", "site", "mkdocs.yml", ".cache"):
        for path in [folder / part, *(folder / part).rglob("*")]:
            if path.exists():
                os.utime(path, when if when is None else (when, when))
    return "now" if when is None else f"{when} s after 1970"


@kind
def stop_a_build_on_its_way(folder: Path, chance: Random) -> str:
    """As a machine does that is switched off."""
    wait = chance.uniform(0.2, 3)
    build = subprocess.Popen(
        [sys.executable, "-m", "generator", "build"],
        cwd=folder,
        env=os.environ | QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(wait)
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    return f"after {wait:.2f} s"


def _lose(path: Path) -> str:
    if not path.exists():
        return ""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    return path.name


def _files(folder: Path, part: str) -> list[Path]:
    # Links to folders are not followed: what lies behind them is not of this folder.
    return sorted(path for path in (folder / part).rglob("*") if path.is_file())


def _any_file(folder: Path, part: str, chance: Random) -> Path | None:
    files = _files(folder, part)
    return chance.choice(files) if files else None


def _lose_half(folder: Path, part: str, chance: Random) -> str:
    files = _files(folder, part)
    lost = chance.sample(files, len(files) // 2)
    for path in lost:
        path.unlink()
    return f"{len(lost)} of {len(files)} files of {part}" if lost else ""


def _change(folder: Path, part: str, chance: Random) -> str:
    """Change a file, where it is or by another in its place; its size may stay."""
    path = _any_file(folder, part, chance)
    if not path:
        return ""
    content = path.read_bytes()
    replaced = chance.random() < 0.5
    target = path.with_name("neighbour") if replaced else path
    target.write_bytes(chance.choice([content.swapcase(), content + b" "]))
    target.replace(path)
    return f"{path.relative_to(folder)}, {'by another file' if replaced else 'in its place'}"
