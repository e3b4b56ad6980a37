"""Looks for input that breaks a law of `tests/laws.py`, led by which code each input reaches.

    python3 -m venv fuzzing && fuzzing/bin/pip install -r requirements-dev.txt atheris
    fuzzing/bin/python benchmarks/fuzz.py prose fuzzing/corpus -runs=1000000 -max_len=4096

The target is `sources` (a file), `prose` (a title or abstract) or `formula` (its TeX); what follows
the folder goes to libFuzzer. The folder gets the cases of the tests, and the reference captures
where they are, then whatever reaches new code. Input that fails is written to the folder the
program is started in, as `crash-…`: it goes to `tests/cases/found/TARGET/` under a name that says
what is odd about it, and is held by a test from then on. The slowest input so far is written to
`slowest-TARGET`.

atheris has no packages for all the Pythons that we run on, so it is in no lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]  # ships no types
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["generator"]):
    from tests.laws import LAWS

WORDS = (
    *(rf"\{name}{{" for name in "frac sqrt text mathcal begin left texttt href cite emph".split()),
    *"$ $$ \\( \\[ {cases} \\right) ^{ _{ \\\\ times epsilon rightarrow left( right) https://".split(),
    *'{"title": "abstract": {"paper": "data-props=\' <rss <feed <item> </entry> <![CDATA['.split(),
    *"&lt; &#x papers: title: Mar 2025-03-12 2401.12340 new Subscribe \u2028 \ufffc".split(),
)
"""What libFuzzer may put in: it would be long in finding them."""


def strings(value: object) -> Iterator[str]:
    """Every text in a value of YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def seeds(target: str) -> Iterator[str]:
    """Texts to begin with."""
    cases = ROOT / "tests" / "cases"
    folders = ["sources"] if target == "sources" else ["prose", "mathtext", "tex"]
    for folder in folders:
        for path in sorted((cases / folder).glob("*.yml")):
            yield from strings(yaml.safe_load(path.read_text(encoding="utf-8")))
    captures = sorted((ROOT / "tests" / "captures").glob("*.txt"))
    captures += sorted((ROOT.parent / "shared" / "captures").glob("*.txt"))
    for path in captures:
        paragraphs = path.read_text(encoding="utf-8", errors="replace").split("\n\n")
        if target == "sources":
            yield "\n\n".join(paragraphs[:12])
        else:
            yield from paragraphs
    for path in sorted((ROOT.parent / "shared" / "corpus").glob("*.jsonl"))[:3]:
        for line in path.read_text(encoding="utf-8").splitlines()[:200]:
            yield line if target == "sources" else json.loads(line)["summary"]


def timed(law: Callable[[bytes], None], slowest: Path) -> Callable[[bytes], None]:
    """The law, with a note of whatever takes longer than all before it."""
    most = 0.01

    def run(content: bytes) -> None:
        nonlocal most
        before = time.process_time()
        law(content)
        spent = time.process_time() - before
        if spent > most:
            most = spent
            slowest.write_bytes(content)
            print(f"slowest so far: {spent * 1000:.0f} ms of CPU for {len(content)} bytes")

    return run


def main() -> None:
    target, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target):
        content = seed.encode("utf-8", "surrogatepass")
        (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)
    words = folder.with_name(f"{folder.name}.dict")
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    words.write_text("".join(f'"{word}"\n' for word in quoted))
    options = [f"-dict={words}", "-print_final_stats=1", *sys.argv[3:]]
    law = timed(LAWS[target], Path(f"slowest-{target}"))
    atheris.Setup([sys.argv[0], *options, os.fspath(folder)], law)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
