"""Kills builds, fills disks, locks folders, and looks at the site after each.

    python benchmarks/torture.py [kills steps full refused together clock] [--times N] [--seed N]

A small repository goes from state to state of its digests, through `python -m generator
build` alone. After each mishap the published site must be the old one or the new one as a whole,
what was said must be a sentence, and the next build must make the bytes of a fresh one:

- kills: SIGKILL at random moments, of all processes or of the first alone (its children go on)
- steps: SIGKILL before each step of the exchange, found by Python's audit events
- full: a file system in memory with a random rest of room (needs the right to mount)
- refused: folders that may not be written (the superuser gives up the right to write everywhere)
- together: two builds at once
- clock: all files from the future, or from 1970
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import steps  # noqa: E402  after the repository's path
from tests.sites import workspace, write_digest  # noqa: E402  likewise

COMMAND = [sys.executable, "-m", "generator", "build"]
QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
PLACES = ("docs", "docs/papers", "docs/feeds", "site", ".cache", ".", ".broadsheet-site")

_FIRST = (("Graph Networks", "We say it."), ("Other One", "It is."))
_CORRECTED = (("Graph Networks", "We said it."), ("Other One", "It is."))
STATES: tuple[Mapping[str, tuple[tuple[str, str], ...]], ...] = (
    {
        "2025/2025-03-12.txt": _FIRST,
        "2025/2025-03-13.txt": (("A Paper That Goes", "Tomorrow."), ("Other One", "It is.")),
        "2025/2025-03-14.txt": (("A Paper That Stays", "For ever."),),
    },
    {
        "2025/2025-03-12.txt": _CORRECTED,
        "2025/2025-03-14.txt": (("A Paper That Stays", "For ever."),),
        "2025/2025-03-15.txt": (("A Paper That Comes", "Today."), ("Other One", "It is.")),
    },
    {
        "2025/2025-03-12.txt": _CORRECTED,
        "2025/2025-04-01.txt": (("A Month Later", "In spring."),),
    },
)
"""The second is made of the first by changed files alone, or the first of the second; the third has
pages of a kind that the others lack, so MkDocs builds it whole."""

STRIKE = """
import re
_PLACE = re.compile(os.environ["STRIKE_PLACE"])
_left = int(os.environ["STRIKE_STEP"])

def _look(event, arguments):
    global _left
    if event in STEPS and any(_PLACE.search(str(argument)) for argument in arguments):
        _left -= 1
        if not _left:
            os.killpg(0, signal.SIGKILL)

sys.addaudithook(_look)
"""
"""What `sitecustomize.py`, which Python runs before a program, adds to `tests/steps.py`."""

EXCHANGE = r"/\.broadsheet-[^/]+(/[^/]+)?$"
"""Paths that only an exchange names: the folder beside the site, and what lies in it."""


class Repository:
    """A copy of the repository, its digests in one of the states."""

    def __init__(self, folder: Path) -> None:
        (folder / "none").mkdir(parents=True)
        self.folder = workspace(folder / "repository", folder / "none")
        self.before = self.state = 0
        self._write()
        self.durations: list[float] = []

    def turn(self, state: int | None = None) -> None:
        """Bring the digests into another state, the next one or this; the site stands as it was."""
        self.before = self.state
        self.state = (self.state + 1) % len(STATES) if state is None else state
        self._write()

    def _write(self) -> None:
        shutil.rmtree(self.folder / "digests")
        for name, papers in STATES[self.state].items():
            write_digest(self.folder / "digests", name, *papers)

    def start(
        self, environment: Mapping[str, str] | None = None, before: Sequence[str] = ()
    ) -> Build:
        """Begin a build; `before` is a program that starts it."""
        return Build(self.folder, environment or {}, before)

    def build(self) -> None:
        """A build that nothing happens to."""
        began = time.monotonic()
        build = self.start()
        assert build.wait() == 0, build.said
        self.durations.append(time.monotonic() - began)

    def published(self) -> str:
        """What stands in the place of the site, as one number."""
        return digest(self.folder / "site")


class Build:
    """A build under way, with all it starts."""

    def __init__(self, folder: Path, environment: Mapping[str, str], before: Sequence[str]) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  of this value
        self.process = subprocess.Popen(
            [*before, *COMMAND],
            cwd=folder,
            env={**os.environ, **QUIET, **environment},
            stdout=self._said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self) -> int:
        """Its exit code, once it has ended; what it said is in order."""
        code = self.process.wait()
        assert "Traceback" not in self.said, self.said
        if code > 0:
            sentences = [line for line in self.said.splitlines() if line.startswith("broadsheet: ")]
            assert len(sentences) == 1, self.said
        return code

    @property
    def said(self) -> str:
        """All that it has printed up to now."""
        self._said.seek(0)
        words: str = self._said.read()
        return words


def digest(folder: Path) -> str:
    """All files of a folder, their paths and their bytes."""
    everything = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        everything.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return everything.hexdigest()


class Torture:
    """What a repository is put through, and the sites that fresh builds make of its states."""

    def __init__(self, folder: Path, times: int, seed: int) -> None:
        self.folder, self.times = folder, times
        self.random = random.Random(seed)
        self.fresh: list[tuple[str, str]] = []
        for state in range(len(STATES)):
            fresh = Repository(folder / f"fresh-{state}")
            fresh.turn(state)
            fresh.build()
            self.fresh.append((fresh.published(), digest(fresh.folder / "docs")))
        assert len(set(self.fresh)) == len(STATES)

    def repository(self, name: str, folder: Path | None = None) -> Repository:
        """A repository whose site is published, in the first state."""
        made = Repository((folder or self.folder) / name)
        made.build()
        return made

    def turn(self, repository: Repository) -> None:
        """Bring a repository into a random other state, most often one that needs no MkDocs."""
        others = [0, 0, 1, 1, 2]
        repository.turn(self.random.choice([s for s in others if s != repository.state]))

    def struck(self, repository: Repository, build: Build) -> str:
        """Look at the site after a mishap: "old" or "new"; then mend it by one more build."""
        seen = repository.published()
        old, new = (self.fresh[state][0] for state in (repository.before, repository.state))
        assert seen in (old, new), f"a site that is half one: {build.said}"
        repository.build()
        self.whole(repository)
        return "new" if seen == new else "old"

    def whole(self, repository: Repository) -> None:
        """Site and docs are those of a fresh build, and nothing is left over."""
        found = repository.published(), digest(repository.folder / "docs")
        assert found == self.fresh[repository.state]
        left = {path.name for path in (repository.folder / ".broadsheet-site").iterdir()}
        assert left <= {"lock", "spare", "spare.json"}, left

    def kills(self) -> str:
        """SIGKILL at random moments."""
        repository, seen = self.repository("kills"), Counter[str]()
        with watched(repository.folder / "site") as looks:
            while seen["old"] + seen["new"] < (self.times or 200):
                self.turn(repository)
                build = repository.start()
                usual = statistics.median(repository.durations[-9:])
                time.sleep(self.random.uniform(0, 1.1 * usual))
                alone = self.random.random() < 0.25
                if build.process.poll() is not None:
                    repository.build()
                    continue
                (os.kill if alone else os.killpg)(build.process.pid, signal.SIGKILL)
                build.wait()
                seen[self.struck(repository, build)] += 1
                seen["the first process alone"] += alone
            looked = looks()
        return f"{dict(seen)}; never missing in {looked:,} looks"

    def steps(self) -> str:
        """SIGKILL before each step of the exchange."""
        repository, seen, steps_struck = self.repository("steps"), Counter[str](), 0
        striking = self.folder / "striking"
        striking.mkdir()
        source = Path(steps.__file__).read_text(encoding="utf-8")
        (striking / "sitecustomize.py").write_text(source + STRIKE, encoding="utf-8")
        for state in (1, 2):
            for step in count(1):
                repository.turn(0)
                repository.build()
                repository.turn(state)
                place = {"STRIKE_PLACE": EXCHANGE, "STRIKE_STEP": str(step)}
                build = repository.start({"PYTHONPATH": str(striking), **place})
                if build.wait() == 0:
                    break
                steps_struck += 1
                seen[self.struck(repository, build)] += 1
        return f"{dict(seen)} at {steps_struck} steps"

    def full(self) -> str:
        """A disk with a random rest of room."""
        place = self.folder / "disk"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(place)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            return "skipped: no right to mount"
        try:
            repository, seen = self.repository("full", place), Counter[str]()
            filler = place / "filler"
            empty = shutil.disk_usage(place).free
            repository.turn()
            repository.build()
            # What a build needs at most: its site, its docs and what waits to become them.
            needed = 2 * sum(p.stat().st_size for p in repository.folder.rglob("*") if p.is_file())
            while sum(seen[word] for word in ("old", "new")) < (self.times or 50):
                self.turn(repository)
                # Most builds need little of it.
                rest = int(min(needed, empty) * self.random.random() ** 3)
                with filler.open("wb") as out:
                    os.posix_fallocate(
                        out.fileno(), 0, max(1, shutil.disk_usage(place).free - rest)
                    )
                build = repository.start()
                code = build.wait()
                filler.unlink()
                if not code:
                    self.whole(repository)
                    seen["room enough"] += 1
                    continue
                seen[build.said.splitlines()[-1].replace(str(place), "")[-60:]] += 1
                seen[self.struck(repository, build)] += 1
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
        return "".join(f"\n    {number:4} {words}" for words, number in seen.most_common())

    def refused(self) -> str:
        """Folders that may not be written."""
        before = ["setpriv", "--bounding-set=-dac_override", "--"] if not os.geteuid() else []
        if before and not shutil.which(before[0]):
            return "skipped: the superuser may write everywhere, and there is no setpriv"
        repository, said = self.repository("refused"), ""
        for name in PLACES:
            repository.turn(1 - repository.state)
            folder = repository.folder / name
            folder.chmod(0o555)
            build = repository.start(before=before)
            code = build.wait()
            folder.chmod(0o755)
            last = build.said.splitlines()[-1].replace(str(repository.folder), "")
            said += f"\n    {name}: {code}, {last}"
            self.struck(repository, build)
        return said

    def together(self) -> str:
        """Two builds at once."""
        repository, waited = self.repository("together"), 0
        times = self.times or 50
        for _ in range(times):
            self.turn(repository)
            first = repository.start()
            time.sleep(self.random.uniform(0, statistics.median(repository.durations)))
            second = repository.start()
            assert (first.wait(), second.wait()) == (0, 0), first.said + second.said
            waited += ("waiting for process" in first.said) + ("waiting for process" in second.said)
            self.whole(repository)
        return f"{times} times, {waited} waited"

    def clock(self) -> str:
        """Files from the future, or from 1970."""
        repository = self.repository("clock")
        for moment in (0, 2**32):
            for _ in range(2):
                repository.turn()
                for path in repository.folder.rglob("*"):
                    os.utime(path, (moment, moment))
                repository.build()
                self.whole(repository)
        return "as fresh"


@contextmanager
def watched(site: Path) -> Iterator[Callable[[], int]]:
    """A process that looks for the front page of a site all the time; how often it did."""
    script = (
        "import os, sys, time\nlooks = 0\n"
        "while os.stat(sys.argv[1]) and os.getppid() == int(sys.argv[2]):\n"
        "    looks += 1\n    time.sleep(.002)\n    if not looks % 100: print(looks, flush=True)\n"
    )
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(site / "index.html"), str(os.getpid())], stdout=out
        )

        def looks() -> int:
            assert process.poll() is None, f"the site was missing: {process.returncode}"
            out.seek(0)
            return int(out.read().split()[-1])

        try:
            yield looks
            looks()
        finally:
            process.kill()
            process.wait()


def main() -> None:
    """Each of the tortures asked for, and what came of it."""
    names = ("kills", "steps", "full", "refused", "together", "clock")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--times", type=int, default=0, help="instead of those of each")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        torture = Torture(Path(folder), options.times, options.seed)
        for name in options.names or names:
            print(f"{name}: {getattr(torture, name)()}", flush=True)


if __name__ == "__main__":
    main()
