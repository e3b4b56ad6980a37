"""The command line: which verbs there are, and how a run ends.

Exit codes: 0 done, 1 refused by `--strict` or as stale, 2 wrong use, 3 could not finish (what was
there still stands).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from .errors import DigestError, UsageError
from .model import visible
from .verbs.common import DONE, REFUSED, UNFINISHED, WRONG_USE

__all__ = ["DONE", "REFUSED", "UNFINISHED", "WRONG_USE", "main"]

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):  # a file's name may be what no encoding writes
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.verb is None:  # asks what there is
        parser.print_help(sys.stderr)
        return WRONG_USE
    options.root = ROOT
    try:
        code: int = import_module(f".verbs.{options.verb}", __package__).run(options)
    except DigestError as error:
        print(f"broadsheet: {visible(str(error))}", file=sys.stderr)
        return WRONG_USE if isinstance(error, UsageError) else UNFINISHED
    except KeyboardInterrupt:
        print("broadsheet: stopped; what was there still stands", file=sys.stderr)
        return UNFINISHED
    except (OSError, MemoryError, RecursionError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our output, `head` say, has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        reason = str(error) or type(error).__name__
        said = visible(f"could not finish ({reason}); what was there stands")
        print(f"broadsheet: {said}", file=sys.stderr)
        return UNFINISHED
    return code


def _path(text: str) -> Path:
    """A path as given; an empty one would be the folder of the run, and comes of a variable that
    is not set."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; name what is meant")
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Turns a folder of daily paper digests into a website and feeds.",
        epilog="Exit codes: 0 done, 1 refused (--strict, stale), 2 wrong use, 3 could not finish.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", dest="verb")

    build = verbs.add_parser("build", help="make the site from the digests")
    convert = verbs.add_parser("convert", help="write the pages and feeds into docs/ only")
    convert.add_argument("--dry-run", action="store_true", help="list the changes, write nothing")
    check = verbs.add_parser("check", help="show every problem, write nothing")
    check.add_argument("--strict", action="store_true", help="fail when there is any problem")
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
    add = verbs.add_parser("add", help="file saved digests under their dates")
    add.add_argument("files", nargs="+", type=_path, metavar="FILE")
    serve = verbs.add_parser("serve", help="show the site at a local address, always current")
    serve.add_argument("--address", default="127.0.0.1:8000", help="default: %(default)s")
    explain_ = verbs.add_parser("explain", help="say what is known of one paper, and why")
    explain_.add_argument("key", metavar="KEY", help="a paper's key, arXiv id, address or title")
    mail = verbs.add_parser("mail", help="send a day to a mailing list, once")
    mail.add_argument("--day", metavar="DAY", help="as 2026-11-17 (default: the newest)")
    mail.add_argument("--dry-run", action="store_true", help="write the message, send nothing")
    mail.add_argument(
        "--max-age", type=int, metavar="DAYS", help="send nothing if the newest day is older"
    )
    mail.add_argument(
        "--sent", type=_path, metavar="FILE", help="which days were sent (default: mail/sent.txt)"
    )

    ping = verbs.add_parser("ping", help="tell the hub which feeds have news")
    ping.add_argument("--dry-run", action="store_true", help="list the feeds, tell nobody")

    for verb in (check, collect_, add, mail):
        verb.add_argument("--today", metavar="DAY", help="in place of what the clock says")
    for verb in (build, convert, check, collect_, add, serve, explain_, mail, ping):
        verb.add_argument("--digests", type=_path, metavar="FOLDER", help="folder of the digests")
        verb.add_argument(
            "--year", help="year of digests whose file, folder and date line state none"
        )
    for verb in (build, serve):
        verb.add_argument("--explain", action="store_true", help="say what is made again, and why")
        verb.add_argument(
            "--site", type=_path, metavar="FOLDER", help="where to (default: site_dir)"
        )
    return parser
