"""Verbs, exit codes, printing.

Exit codes: 0 done, 1 refused by `--strict`, 2 wrong use, 3 could not finish (what was there still
stands).
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from .config import DIGESTS_VARIABLE, YEAR_VARIABLE, Settings, load_settings
from .errors import DigestError, Report, UsageError
from .explain import explain
from .filing import add_file
from .keys import paper_key
from .library import write_ledger
from .pipeline import build_library, build_site, render, routes_of
from .publish import publish

ROOT = Path(__file__).resolve().parent.parent
DONE, REFUSED, WRONG_USE, UNFINISHED = range(4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except UsageError as error:
        print(f"broadsheet: {error}", file=sys.stderr)
        return WRONG_USE
    except DigestError as error:
        print(f"broadsheet: {error}", file=sys.stderr)
        return UNFINISHED
    except KeyboardInterrupt:
        print("broadsheet: stopped; what was there still stands", file=sys.stderr)
        return UNFINISHED
    except BrokenPipeError:
        # The reader of our output, `head` say, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    else:
        return code
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Turns a folder of daily paper digests into a website and feeds.",
        epilog="Exit codes: 0 done, 1 refused by --strict, 2 wrong use, 3 could not finish.",
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")

    build = verbs.add_parser("build", help="make the site from the digests")
    build.set_defaults(run=_build)
    convert = verbs.add_parser("convert", help="write the pages and feeds into docs/ only")
    convert.add_argument("--dry-run", action="store_true", help="list the changes, write nothing")
    convert.set_defaults(run=_convert)
    check = verbs.add_parser("check", help="show every problem, write nothing")
    check.add_argument("--strict", action="store_true", help="fail when there is any problem")
    check.set_defaults(run=_check)
    add = verbs.add_parser("add", help="file saved digests under their dates")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.set_defaults(run=_add)
    serve = verbs.add_parser("serve", help="show the site at a local address, always current")
    serve.add_argument("--address", default="127.0.0.1:8000", help="default: %(default)s")
    serve.set_defaults(run=_serve)
    explain_ = verbs.add_parser("explain", help="say what is known of one paper, and why")
    explain_.add_argument("key", metavar="KEY", help="a paper's key (see its address) or title")
    explain_.set_defaults(run=_explain)

    for verb in (build, convert, check, add, serve, explain_):
        verb.add_argument("--digests", type=Path, metavar="FOLDER", help="folder of the digests")
        verb.add_argument(
            "--year", type=int, help="year of digests whose file, folder and date line state none"
        )
    build.add_argument("--site", type=Path, metavar="FOLDER", help="where to write (default: site)")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    settings = load_settings(ROOT / "mkdocs.yml")
    if options.digests:
        settings = replace(settings, digests=options.digests.absolute())
    if options.year is not None:
        if not 1900 <= options.year <= 9999:
            raise UsageError(f"--year {options.year} is no year of a digest; give one such as 2025")
        settings = replace(settings, year=options.year)
    return settings


def _build(options: argparse.Namespace) -> int:
    site = (options.site or ROOT / "site").absolute()
    _refuse_foreign_folder(site)
    return _mkdocs(options, "build", "--site-dir", str(site))


def _serve(options: argparse.Namespace) -> int:
    return _mkdocs(options, "serve", "--dev-addr", options.address)


def _mkdocs(options: argparse.Namespace, *command: str) -> int:
    """Run MkDocs, which runs the pipeline from its hook; settings travel in the environment."""
    settings = _settings(options)
    environment = os.environ | {
        DIGESTS_VARIABLE: str(settings.digests),
        "NO_MKDOCS_2_WARNING": "1",
    }
    if settings.year is not None:
        environment[YEAR_VARIABLE] = str(settings.year)
    done = subprocess.run(  # noqa: S603  our own interpreter, and no shell
        [sys.executable, "-m", "mkdocs", *command, "--config-file", str(ROOT / "mkdocs.yml")],
        env=environment,
        check=False,
    )
    return DONE if done.returncode == 0 else UNFINISHED


def _refuse_foreign_folder(site: Path) -> None:
    # MkDocs empties the folder before it builds into it.
    if site.is_dir() and any(site.iterdir()) and not (site / "sitemap.xml").is_file():
        raise UsageError(f"{site} holds other files than a site; name an empty or a new folder")
    if site == ROOT or site in ROOT.parents:
        raise UsageError(f"{site} holds this repository; name a folder of its own")


def _convert(options: argparse.Namespace) -> int:
    settings, report = _settings(options), Report()
    try:
        site = build_site(settings, report, _progress)
        artifacts = render(site, settings, _progress)
        changes = publish(settings.docs, artifacts, dry_run=options.dry_run)
    finally:
        _show(report)
    for change in changes:
        print(f"{change.kind:8} {change.path}")
    would = "would be " if options.dry_run else ""
    print(f"{len(changes):,} files {would}changed" if changes else "nothing changed")
    return DONE


def _check(options: argparse.Namespace) -> int:
    settings, report = _settings(options), Report()
    try:
        site = build_site(settings, report)
        publish(settings.docs, render(site, settings), dry_run=True)
    finally:
        _show(report)
    library = site.library
    print(
        f"{len(library.days):,} days, {len(library.papers):,} papers, newest {library.as_of}; "
        f"{len(report.problems):,} problems"
    )
    return REFUSED if options.strict and report else DONE


def _add(options: argparse.Namespace) -> int:
    settings, report = _settings(options), Report()
    try:
        for path in options.files:
            today = date.today()  # noqa: DTZ011  the publisher's own day is the one meant
            for filed in add_file(path, settings.digests, settings.year, today, report):
                place = filed.path.relative_to(settings.digests)
                done = "filed as" if filed.new else "was filed before as"
                guess = f" (the year {filed.day.year} is a guess)" if filed.guessed_year else ""
                print(f"{path}: {filed.papers} papers of {filed.day}{guess}, {done} {place}")
    finally:
        _show(report)
    if write_ledger(settings.digests, build_library(settings, Report())):
        print("keys.yml: papers with several titles noted")
    return DONE


def _explain(options: argparse.Namespace) -> int:
    settings = _settings(options)
    site = build_site(settings, Report())
    papers, aliases = site.library.papers, site.library.aliases
    key = aliases.get(options.key, options.key)
    if key not in papers:
        key = aliases.get(paper_key(options.key), paper_key(options.key))
    if key not in papers:
        near = difflib.get_close_matches(options.key, papers, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "see data/papers.jsonl for all"
        raise UsageError(f"no paper has the key {options.key}; {hint}")
    print(explain(site, key, routes_of(settings)))
    return DONE


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        print(f"… {words}", file=sys.stderr)


def _show(report: Report) -> None:
    for problem in report.problems:
        print(problem, file=sys.stderr)
