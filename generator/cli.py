"""Verbs, exit codes, printing.

Exit codes: 0 done, 1 refused by `--strict` or as stale, 2 wrong use, 3 could not finish (what was
there still stands).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from .collect import PATH as MEMORY
from .collect import Memory, Run, Wanted, why_stale
from .config import DIGESTS_VARIABLE, YEAR_VARIABLE, Settings, load_settings, read_year
from .conversion import convert
from .dates import resolve_day
from .errors import BuildError, CollectError, DigestError, InputError, Report, UsageError
from .exchange import replaced
from .explain import explain
from .filing import add_file
from .holdings import find_files
from .hub import feeds_with_news, tell
from .kept import Kept
from .library import read_ledger, write_ledger
from .limits import bytes_by_folder, warning
from .lock import turn
from .mail import (
    claimed,
    compose,
    deliver,
    find_day,
    note_sent,
    read_mail_settings,
    read_sent,
    why_not,
    with_examples,
)
from .model import Library
from .naming import Names
from .outputs.words import count
from .pipeline import build_library, build_site, offers, routes_of
from .program import open_kept
from .renewal import NotRenewableError, renew, stamp_of_frame
from .writing import plain_errors, write_whole

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "mkdocs.yml"
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
    except (OSError, MemoryError, RecursionError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our output, `head` say, has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        reason = str(error) or type(error).__name__
        print(f"broadsheet: could not finish ({reason}); what was there stands", file=sys.stderr)
        return UNFINISHED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Turns a folder of daily paper digests into a website and feeds.",
        epilog="Exit codes: 0 done, 1 refused (--strict, stale), 2 wrong use, 3 could not finish.",
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
    collect_ = verbs.add_parser("collect", help="fetch days from the services, and file them")
    which = collect_.add_mutually_exclusive_group()
    which.add_argument("--day", metavar="DAY", help="as 2026-11-17 (default: the newest)")
    which.add_argument("--from", dest="first", metavar="DAY", help="first day of a range")
    which.add_argument(
        "--since-last", action="store_true", help="everything since the last day that is held"
    )
    collect_.add_argument("--to", dest="last", metavar="DAY", help="its last (default: today)")
    collect_.add_argument(
        "--enrich", action="store_true", help="then ask arXiv what is missing of papers held"
    )
    collect_.set_defaults(run=_collect)
    add = verbs.add_parser("add", help="file saved digests under their dates")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.set_defaults(run=_add)
    serve = verbs.add_parser("serve", help="show the site at a local address, always current")
    serve.add_argument("--address", default="127.0.0.1:8000", help="default: %(default)s")
    serve.set_defaults(run=_serve)
    explain_ = verbs.add_parser("explain", help="say what is known of one paper, and why")
    explain_.add_argument("key", metavar="KEY", help="a paper's key, arXiv id, address or title")
    explain_.set_defaults(run=_explain)
    mail = verbs.add_parser("mail", help="send a day to a mailing list, once")
    mail.add_argument("--day", metavar="DAY", help="as 2026-11-17 (default: the newest)")
    mail.add_argument("--dry-run", action="store_true", help="write the message, send nothing")
    mail.add_argument(
        "--max-age", type=int, metavar="DAYS", help="send nothing if the newest day is older"
    )
    mail.add_argument(
        "--sent", type=Path, metavar="FILE", help="which days were sent (default: mail/sent.txt)"
    )
    mail.set_defaults(run=_mail)

    ping = verbs.add_parser("ping", help="tell the hub which feeds have news")
    ping.add_argument("--dry-run", action="store_true", help="list the feeds, tell nobody")
    ping.set_defaults(run=_ping)

    for verb in (check, collect_, add, mail):
        verb.add_argument("--today", metavar="DAY", help="in place of what the clock says")
    for verb in (build, convert, check, collect_, add, serve, explain_, mail, ping):
        verb.add_argument("--digests", type=Path, metavar="FOLDER", help="folder of the digests")
        verb.add_argument(
            "--year", help="year of digests whose file, folder and date line state none"
        )
    build.add_argument("--site", type=Path, metavar="FOLDER", help="where to write (default: site)")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    settings = load_settings(CONFIG)
    if options.digests:
        folder = options.digests.absolute()
        if not folder.is_dir() and options.run not in (_add, _collect):
            raise UsageError(f"--digests {options.digests} is no folder; name that of the digests")
        settings = replace(settings, digests=folder)
    if options.year is not None:
        settings = replace(settings, year=read_year(options.year, "--year"))
    return settings


def _build(options: argparse.Namespace) -> int:
    settings = _settings(options)
    site = (options.site or ROOT / "site").absolute()
    _refuse_foreign_folder(site, settings)
    with turn(ROOT, "docs"):
        why = _renew(settings, site)
        if why:
            print(f"MkDocs builds all pages: {why}")
            # MkDocs empties its folder before it builds into it, so it gets one of its own.
            with replaced(site) as new:
                _mkdocs(settings, "build", "--site-dir", str(new))
    if said := warning(bytes_by_folder(site)):
        print(f"broadsheet: {said}", file=sys.stderr)
    print(f"the site is in {site}")
    return DONE


def _renew(settings: Settings, site: Path) -> str:
    """Make the site of the one before; why MkDocs has to, where that cannot be."""
    report = Report()
    with _kept(settings) as kept:
        if kept.differs:
            return "since the last build changed " + ", ".join(kept.differs[:3])
        try:
            converted = convert(settings, report, _progress, kept)
        except DigestError:
            _show(report)
            raise
        kept.save()
        generated = converted.published.holdings
        frame = stamp_of_frame(settings.docs, find_files(settings.docs), generated)
        try:
            changed = renew(site, settings.docs, settings.url, kept, frame, generated)
        except NotRenewableError as error:
            return str(error)
    _show(report)
    print(converted)
    print(f"{len(changed):,} files of the site changed")
    return ""


def _serve(options: argparse.Namespace) -> int:
    host, colon, port = options.address.rpartition(":")
    if not (host and colon and port.isascii() and port.isdigit() and int(port) < 65536):
        raise UsageError(f"--address {options.address} is no HOST:PORT; give one as 127.0.0.1:8000")
    settings = _settings(options)
    with contextlib.suppress(KeyboardInterrupt):  # how one leaves it
        _mkdocs(settings, "serve", "--dev-addr", options.address)
    return DONE


def _mkdocs(settings: Settings, *command: str) -> None:
    """Run MkDocs, which runs the pipeline from its hook; settings travel in the environment."""
    environment = os.environ | {
        DIGESTS_VARIABLE: str(settings.digests),
        "NO_MKDOCS_2_WARNING": "1",
    }
    if settings.year is not None:
        environment[YEAR_VARIABLE] = str(settings.year)
    done = subprocess.run(  # noqa: S603  our own interpreter, and no shell
        [sys.executable, "-m", "mkdocs", *command, "--config-file", str(CONFIG)],
        env=environment,
        check=False,
        close_fds=False,  # our locks are MkDocs' as well: should we be killed, it still writes
    )
    if done.returncode:
        raise BuildError("MkDocs stopped, for the reason above; what was there still stands")


def _refuse_foreign_folder(site: Path, settings: Settings) -> None:
    """Refuse to put the site where it would replace or mix with something else."""
    if site.exists() and not site.is_dir():
        raise UsageError(f"--site {site} is a file; name a folder")
    if site.is_dir() and any(site.iterdir()) and not (site / "sitemap.xml").is_file():
        raise UsageError(f"--site {site} holds other files than a site; name a new folder")
    for other in (ROOT, settings.digests, settings.docs):
        if site == other or site in other.parents:
            raise UsageError(f"--site {site} holds {other}; name a folder of its own")
    for other in (settings.digests, settings.docs):
        if other in site.parents:
            raise UsageError(f"--site {site} lies in {other}; name a folder elsewhere")


def _convert(options: argparse.Namespace) -> int:
    settings, report = _settings(options), Report()
    dry = options.dry_run
    with contextlib.nullcontext() if dry else turn(ROOT, "docs"), _kept(settings) as kept:
        try:
            changes = convert(settings, report, _progress, kept, dry_run=dry).published.changes
        finally:
            _show(report)
    for change in changes:
        print(f"{change.kind:8} {change.path}")
    would = "would be " if dry else ""
    print(f"{len(changes):,} files {would}changed" if changes else "nothing changed")
    return DONE


def _check(options: argparse.Namespace) -> int:
    settings, report = _settings(options), Report()
    with _kept(settings) as kept:
        try:
            site = convert(settings, report, _progress, kept, dry_run=True).site
        finally:
            _show(report)
        for offer in offers(site):
            print(f"perhaps one paper: {offer}")
    library = site.library
    print(
        f"{len(library.days):,} days, {len(library.papers):,} papers, newest {library.as_of}; "
        f"{len(report.problems):,} problem{'' if len(report.problems) == 1 else 's'}"
    )
    if stale := why_stale(library.as_of, _today(options), settings.stale_after):
        print(f"broadsheet: {stale}", file=sys.stderr)
    return REFUSED if stale or (options.strict and report) else DONE


@contextlib.contextmanager
def _kept(settings: Settings) -> Iterator[Kept]:
    """What earlier builds kept; what this one keeps is saved, whatever comes of it."""
    kept = open_kept(CONFIG, settings)
    try:
        yield kept
    finally:
        kept.close()


def _collect(options: argparse.Namespace) -> int:
    settings, report, today = _settings(options), Report(), _today(options)
    read_ledger(settings.digests)  # as for `add`
    wanted = Wanted(_range(options, today), options.since_last, options.enrich)

    def library() -> Library | None:
        try:
            return build_library(settings, Report())
        except InputError:
            return None

    with turn(ROOT, "digests"):
        memory = Memory(ROOT / MEMORY, settings.digests)
        failed = False
        for said in Run(settings, library, memory, today, report).collect(wanted):
            if isinstance(said, CollectError):
                print(f"broadsheet: {said}", file=sys.stderr)
                failed = True
            else:
                print(said)
        _show(report)
        if (held := library()) and write_ledger(settings.digests, held):
            print("keys.yml: papers with several titles noted")
        memory.keep(today)
    return UNFINISHED if failed else DONE


def _range(options: argparse.Namespace, today: date) -> tuple[date, date] | None:
    """The days that `collect` is to fetch by name."""
    if options.last and not options.first:
        raise UsageError("--to names the last day of a range; give its first with --from")
    if options.day:
        first = last = _date(options.day, "--day")
    elif options.first:
        first = _date(options.first, "--from")
        last = _date(options.last, "--to") if options.last else today
    else:
        return None
    if not first <= last <= today:
        raise UsageError(f"{first} to {last} is no range of days up to today, {today}")
    return first, last


def _today(options: argparse.Namespace) -> date:
    """The publisher's own day: the one place that looks at the clock."""
    return _date(options.today, "--today") if options.today else date.today()  # noqa: DTZ011


def _date(text: str, where: str) -> date:
    # The other forms of ISO 8601 are read by some releases of Python only.
    plain = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    day = resolve_day("", text).day if plain else None
    if day is None:
        raise UsageError(f"{where} {text} is no day; give one such as 2026-11-17")
    return day


def _add(options: argparse.Namespace) -> int:
    settings, report = _settings(options), Report()
    read_ledger(settings.digests)  # a spoilt ledger is found before anything is filed
    today = _today(options)
    with turn(ROOT, "digests"):
        refused = False
        for path in options.files:
            try:
                done = add_file(path, settings.digests, settings.year, today, report)
            except UsageError as error:
                print(f"broadsheet: {error}", file=sys.stderr)
                refused = True
                continue
            for filed in done:
                place = filed.path.relative_to(settings.digests)
                how = "filed as" if filed.new else "was filed before as"
                guess = f" (the year {filed.day.year} is a guess)" if filed.guessed_year else ""
                print(f"{path}: {filed.papers} papers of {filed.day}{guess}, {how} {place}")
        _show(report)
        if settings.digests.is_dir() and not refused:
            library = build_library(settings, Report())
            if write_ledger(settings.digests, library):
                print("keys.yml: papers with several titles noted")
    return WRONG_USE if refused else DONE


def _explain(options: argparse.Namespace) -> int:
    settings = _settings(options)
    site = build_site(settings, Report())
    names = Names(site.library)
    key = names.find(options.key)
    if key is None:
        hint = names.hint(options.key) or "see data/papers.jsonl for all"
        raise UsageError(f"no paper is named {options.key}; {hint}")
    print(explain(site, key, routes_of(settings, site.library)))
    return DONE


def _mail(options: argparse.Namespace) -> int:
    if options.max_age is not None and options.max_age < 0:
        raise UsageError(f"--max-age {options.max_age} is no number of days; give one such as 5")
    settings = _settings(options)
    mail = read_mail_settings(with_examples(os.environ) if options.dry_run else os.environ)
    site = build_site(settings, Report(), _progress)
    day = find_day(site.library, options.day)
    message = compose(site, day, mail, routes_of(settings, site.library), settings)
    if options.dry_run:
        path = ROOT / "mail" / f"{day.date}.eml"
        with plain_errors(path):
            write_whole(path, message)
        print(f"{day.date}: {count(len(day.entries), 'paper')}, not sent but written to {path}")
        return DONE
    record = (options.sent or ROOT / "mail" / "sent.txt").absolute()
    with claimed(record):
        why = why_not(
            day,
            read_sent(record),
            named=options.day is not None,
            today=_today(options),
            max_age=options.max_age,
        )
        if not why:
            deliver(message, mail)
            note_sent(record, day.date)
    sent = f"{day.date}: {count(len(day.entries), 'paper')} sent, noted in {record}"
    print(f"nothing sent: {why}" if why else sent)
    return DONE


def _ping(options: argparse.Namespace) -> int:
    settings = _settings(options)
    if not settings.websub_hub:
        raise UsageError("no hub is set; set `websub_hub` in mkdocs.yml to its address")
    site = build_site(settings, Report(), _progress)
    feeds = list(feeds_with_news(site, routes_of(settings, site.library), settings))
    for feed in feeds:
        print(feed)
        if not options.dry_run:
            tell(settings.websub_hub, feed)
    told = "would be" if options.dry_run else "was"
    print(f"{settings.websub_hub} {told} told of {count(len(feeds), 'feed')}")
    return DONE


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        print(f"… {words}", file=sys.stderr)


def _show(report: Report) -> None:
    for problem in report.problems:
        print(problem, file=sys.stderr)
