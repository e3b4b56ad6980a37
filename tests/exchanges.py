"""Strikes at every step of publishing and of exchanging a folder, and looks at it after each.

`python -m tests.exchanges` for all of them, `python -m tests.exchanges few` for those of the suite.
In processes of their own, which end as by a power cut; so it is no test itself, but is run by one.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

from generator import exchange
from generator.errors import PublishError
from generator.exchange import renewed, replaced
from generator.model import Artifact
from generator.publish import MANIFEST, publish
from generator.writing import write_file

from .sites import tree
from .steps import Mishap, from_step, full, kill

OLD = {"index.html": b"1", "a/b/index.html": b"2", "a/c.txt": b"3", "d/e.txt": b"4"}
NEW = {"index.html": b"5", "a/c.txt": b"3", "d/e.txt": b"6", "f/g/h.txt": b"7"}

Change = Callable[[Path, dict[str, bytes]], None]

SURVIVED, SENTENCE, OTHER = 0, 3, 1
"""How the process that is struck ends, where it is not killed."""


def replace(site: Path, files: dict[str, bytes]) -> None:
    """Make a site hold these files, all of them new."""
    with replaced(site) as new:
        for path, content in files.items():
            write_file(f"{new}/{path}", content)


def renew(site: Path, files: dict[str, bytes]) -> None:
    """Make a site hold these files, as the difference from those it holds."""
    with renewed(site) as new:
        before = tree(site)
        for path in before.keys() - files.keys():
            new.remove(path)
        for path, content in files.items():
            if before.get(path) != content:
                new.write(path, content)


def strike_each_step(prepare: Change, change: Change, mishap: Mishap, *, at_once: bool) -> int:
    """One run a step, until one takes fewer; how many there were."""
    for number in count(1):
        with tempfile.TemporaryDirectory(dir=_in_memory()) as folder:
            site = Path(folder) / "site"
            prepare(site, OLD)
            ended = _struck(partial(change, site, NEW), number, mishap)
            if at_once or mishap is not kill or site.exists():
                assert tree(site) in (OLD, NEW), (number, sorted(tree(site)))
            with renewed(site) as again:
                again.freshen()
                assert tree(again.path) in (OLD, NEW), number
            renew(site, NEW)
            assert tree(site) == NEW, number
            beside = {path.name for path in (site.parent / ".broadsheet-site").iterdir()}
            assert beside == {"lock", "spare", "spare.json"}, (number, beside)
        if ended == SURVIVED:
            return number - 1
    raise AssertionError


def strike_publishing(mishap: Mishap) -> int:
    """The same for making a docs folder equal to what was generated."""
    for number in count(1):
        with tempfile.TemporaryDirectory(dir=_in_memory()) as folder:
            docs = Path(folder)
            write_file(f"{docs}/about.md", b"by hand")
            write_file(f"{docs}/a/by-hand.txt", b"by hand")
            by_hand = tree(docs)
            publish(docs, _artifacts(OLD))
            ended = _struck(partial(publish, docs, list(_artifacts(NEW))), number, mishap)
            assert tree(docs).items() >= by_hand.items(), number
            publish(docs, _artifacts(NEW))
            found = tree(docs)
            del found[MANIFEST]
            assert found == NEW | by_hand, (number, sorted(found))
        if ended == SURVIVED:
            return number - 1
    raise AssertionError


def _artifacts(files: dict[str, bytes]) -> Iterator[Artifact]:
    return (Artifact(path, content, path) for path, content in files.items())


def _struck(run: Callable[[], object], number: int, mishap: Mishap) -> int:
    """Run in a process of its own to which something happens at a step; how it ended."""
    process = os.fork()
    if not process:
        _run(run, number, mishap)
    ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    struck = -signal.SIGKILL if mishap is kill else SENTENCE
    assert ended in (SURVIVED, struck), (number, ended)
    return ended


def _run(run: Callable[[], object], number: int, mishap: Mishap) -> None:
    code = OTHER
    try:
        taken = from_step(number, mishap)
        try:
            run()
            code = SURVIVED if taken() < number else SENTENCE
        except PublishError:
            code = SENTENCE
    finally:
        os._exit(code)


def _twice(site: Path, files: dict[str, bytes]) -> None:
    replace(site, {})
    renew(site, files)


def _in_memory() -> str | None:
    memory = Path("/dev/shm")
    return str(memory) if os.access(memory, os.W_OK) else None


def main(arguments: list[str]) -> None:
    """Print how many steps were struck, by what was done."""
    for mishap in (kill, full)[: 1 if arguments else 2]:
        with _without_a_disk():
            print(f"publish: {mishap.__name__} at {strike_publishing(mishap)} steps")  # noqa: T201
    for at_once in (True, False):
        for prepare in (replace, _twice):
            for change in (replace, renew):
                for mishap in (kill, full):
                    few = prepare is _twice and mishap is kill and (change is renew) == at_once
                    if arguments and not few:
                        continue
                    with _without_a_disk(), ExitStack() as renaming:
                        if not at_once:
                            renaming.enter_context(patch.object(exchange, "exchange", _unable))
                        steps = strike_each_step(prepare, change, mishap, at_once=at_once)
                    way = "at once" if at_once else "by renaming"
                    print(f"{change.__name__} {way}: {mishap.__name__} at {steps} steps")  # noqa: T201


@contextmanager
def _without_a_disk() -> Iterator[None]:
    """Wait for no disk: it has no part in the end of a process."""

    def opened(folder: Path) -> None:
        os.close(os.open(folder, os.O_RDONLY))

    with patch.object(exchange, "flush", opened), patch.object(os, "fsync"):
        yield


def _unable(one: Path, other: Path) -> bool:
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
