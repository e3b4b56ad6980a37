"""What is asked of each service, and how its answer is read: by the adapter of its format.

A service names its addresses, newest papers first, in pages; an answer is a list of papers with the
days they are listed on. A list that is not whole is no answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from urllib.parse import urlencode

from ..announced import announced, submitted_for
from ..config import Settings
from ..dates import resolve_day
from ..errors import CollectError, Report
from ..model import Capture, RawPaper
from ..sources import SourceFile, arxiv_api, arxiv_feed, daily_papers

DAILY_PAGE = 100
"""Papers in an answer of the daily list: its ceiling."""

ARXIV_PAGE = 500
"""Papers in an answer of arXiv's API: a quarter of its ceiling, some 1 MB."""

_FEED_END = re.compile(r"</(?:feed|rss)\s*>\s*\Z")
_ENTRY = re.compile(r"<entry[\s>]")
_TOTAL = re.compile(r"<(?:opensearch:)?totalResults[^>]*>\s*(\d{1,9})\s*<")
_START = re.compile(r"<(?:opensearch:)?startIndex[^>]*>\s*(\d{1,9})\s*<")
_NEWS = (None, "new", "cross")
"""What arXiv's feed announces but for revisions of older papers."""


Parse = Callable[[SourceFile, Report], tuple[Capture, ...]]


class Listed(NamedTuple):
    """A paper, and the day under which its service lists it."""

    day: date
    paper: RawPaper


class Page(NamedTuple):
    """An answer, as far as it could be read."""

    papers: list[Listed]
    more: bool
    """Whether older papers may stand on the next page."""


class Service(Protocol):
    """Somebody who lists papers by day."""

    @property
    def name(self) -> str:
        """Ends the names of the files that hold its days."""

    def newest(self, page: int) -> str:
        """Address of the newest papers of any day; pages count from 0."""

    def of_day(self, day: date, page: int) -> str:
        """Address of the papers of one day."""

    def read(self, text: str, url: str, day: date | None, report: Report) -> Page:
        """An answer to either; `CollectError` where it is no whole list of papers."""

    def gap(self, held: date, listed: date) -> Iterator[date]:
        """Days to ask for by name, where `held` was held last and nothing before `listed` came."""


def services(settings: Settings) -> list[Service]:
    """Those that the settings name."""
    found: list[Service] = []
    if settings.daily_papers:
        found.append(DailyPapers(settings.daily_papers))
    classes = settings.arxiv_categories.split()
    if classes:
        query = " OR ".join(f"cat:{name}" for name in classes)
        feed = f"{settings.arxiv_feed}/atom/{'+'.join(classes)}"
        found.append(Arxiv("arxiv", settings.arxiv_api, query, feed))
    if settings.arxiv_query:
        found.append(Arxiv("arxiv-query", settings.arxiv_api, settings.arxiv_query))
    return found


@dataclass(frozen=True, slots=True)
class DailyPapers:
    """The daily papers API of Hugging Face."""

    host: str
    name: str = "daily-papers"

    def newest(self, page: int) -> str:
        return f"{self.host}/api/daily_papers?" + urlencode({"limit": DAILY_PAGE, "p": page})

    def of_day(self, day: date, page: int) -> str:
        return f"{self.host}/api/daily_papers?" + urlencode(
            {"date": day.isoformat(), "limit": DAILY_PAGE, "p": page}
        )

    def read(self, text: str, url: str, day: date | None, report: Report) -> Page:
        try:
            items = json.loads(text)
        except (ValueError, RecursionError):
            raise _fault(url, "no JSON, or not all of it") from None
        if not isinstance(items, list):
            raise _fault(url, "no list")
        captures = _parsed(daily_papers.parse, self.name, text, url, report)
        papers = [
            Listed(day or own, _known(paper))
            for own, capture in _dated(captures, url)
            # A day's answer may hold what was listed around midnight, and nothing else.
            if day is None or abs(own - day) <= daily_papers.DRIFT
            for paper in capture.items
        ]
        return Page(papers, more=len(items) == DAILY_PAGE)

    def gap(self, held: date, listed: date) -> Iterator[date]:
        # The day held last may have been half-filled.
        return _days(held, listed)


@dataclass(frozen=True, slots=True)
class Arxiv:
    """arXiv: what it announces under some classes, or what a query finds."""

    name: str
    api: str
    query: str
    feed: str = ""
    """Address of the feed of the newest day; empty where the API is asked for that, too."""

    def newest(self, page: int) -> str:
        if self.feed:
            return self.feed
        return self._ask(self.query, page)

    def of_day(self, day: date, page: int) -> str:
        midnight = datetime.combine(day, time())  # nothing, of a day that arXiv lists nothing under
        first, end = submitted_for(day) or (midnight, midnight)
        # No wider, or the first pages might hold nothing but what is listed on later days.
        span = f"submittedDate:[{first:%Y%m%d%H%M} TO {end:%Y%m%d%H%M}]"
        return self._ask(f"({self.query}) AND {span}", page)

    def _ask(self, query: str, page: int) -> str:
        return api_address(
            self.api,
            search_query=query,
            sortBy="submittedDate",
            sortOrder="descending",
            start=page * ARXIV_PAGE,
            max_results=ARXIV_PAGE,
        )

    def read(self, text: str, url: str, day: date | None, report: Report) -> Page:
        if self.feed and day is None:
            captures = _read_feed(arxiv_feed.parse, self.name, text, url, report)
            return Page(
                [
                    Listed(listed, _known(paper))
                    for listed, capture in _dated(captures, url)
                    for paper in capture.items
                    if paper.announce in _NEWS
                ],
                more=False,
            )
        captures, more = read_api(self.name, text, url, ARXIV_PAGE, report)
        found = [
            Listed(announced(paper.published), _known(paper))
            for capture in captures
            for paper in capture.items
            if paper.published
        ]
        return Page([listed for listed in found if day in (None, listed.day)], more)

    def gap(self, held: date, listed: date) -> Iterator[date]:
        # A day is announced as a whole, and none at a weekend.
        return (day for day in _days(held + timedelta(days=1), listed) if day.weekday() < 5)


def api_address(api: str, **parameters: object) -> str:
    """Address of a question to arXiv's API."""
    return f"{api}/api/query?" + urlencode(parameters)


def read_api(
    name: str, text: str, url: str, least: int, report: Report
) -> tuple[tuple[Capture, ...], bool]:
    """The captures of a whole answer of arXiv's API, and whether more follow them.

    It is known to answer 200 with fewer papers than it counts, or none at all: a `CollectError`
    where not even `least` came of as many. What counts is what was sent, read or not.
    """
    captures = _read_feed(arxiv_api.parse, name, text, url, report)
    total, start = _TOTAL.search(text), _START.search(text)
    if not (total and start):
        raise _fault(url, "no number of papers")
    came, left = len(_ENTRY.findall(text)), int(total[1]) - int(start[1])
    if came < min(least, left):
        raise _fault(url, f"fewer papers than it says there are: {came} of {left}")
    return captures, came < left


def _read_feed(parse: Parse, name: str, text: str, url: str, report: Report) -> tuple[Capture, ...]:
    """The captures of a whole Atom answer; none where it lists nothing."""
    if not _FEED_END.search(text[-4096:]):
        raise _fault(url, "no feed, or not all of it")
    return _parsed(parse, name, text, url, report)


def _parsed(parse: Parse, name: str, text: str, url: str, report: Report) -> tuple[Capture, ...]:
    """What an adapter reads; an answer with problems and no paper is none."""
    odd = Report()
    captures = parse(SourceFile(name, text), odd)
    if odd and not captures:
        raise _fault(url, f"no papers: {odd.problems[0].message}")
    for problem in odd.problems:
        report.note(problem.origin, problem.line, problem.message)
    return captures


def _fault(url: str, what: str) -> CollectError:
    return CollectError(f"{url} answered {what}; nothing of it is filed: run again later")


def _dated(captures: Sequence[Capture], url: str) -> list[tuple[date, Capture]]:
    """The captures that have a day, with it; that none has one is no answer."""
    days = [(c.day or resolve_day(c.origin, c.label).day, c) for c in captures]
    dated = [(day, capture) for day, capture in days if day]
    if captures and not dated:
        raise _fault(url, "papers, and no day that they are listed on")
    return dated


def _days(first: date, end: date) -> Iterator[date]:
    """Each day from the first up to, and without, the end."""
    return (first + timedelta(days=n) for n in range((end - first).days))


def _known(paper: RawPaper) -> RawPaper:
    """A paper with nothing but what our schema has a name for, so without what else came with it:
    accounts above all."""
    return replace(paper, extra={})
