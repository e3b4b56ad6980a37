"""Which addresses are asked for a day, for a range, and for all that is newer than what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..errors import CollectError, Report
from ..model import RawPaper
from .client import Answer, Client
from .held import Gain, Held, Known
from .memory import Memory
from .services import Listed, Page, Service

MOST_PAGES = 50
"""Pages of one list: more papers than a month has."""

MOST_DAYS = 31
"""Days that a run catches up with by itself; a longer time is to be asked for."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one day of one service."""

    service: str
    day: date
    gain: Gain
    old: int
    """Papers that the service had listed under another day before."""

    def __str__(self) -> str:
        gain = self.gain
        if gain.papers or gain.filled:
            said = f"{gain.papers} new, {gain.filled} better known, {gain.total} in all"
        elif self.old and not gain.total:
            said = f"its {self.old} papers were listed before: an old batch under this date"
        else:
            said = f"nothing new, {gain.total} in all"
        return f"{self.day} {self.service}: {said}"


@dataclass(slots=True)
class Collector:
    """One service, asked by one client, with what is held of it."""

    service: Service
    client: Client
    held: Held
    memory: Memory
    today: date
    report: Report
    left: str = field(default="", init=False)
    """What was too much for one run; empty where nothing was."""

    def days(self, first: date, last: date) -> Iterator[Filed]:
        """File each day from the first to the last."""
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            yield self._file(day, (listed.paper for listed in self._day(day)))

    def newest(self, since: date | None) -> Iterator[Filed]:
        """File the newest day, or all that is listed from `since` on; nothing where the service
        says that nothing has changed."""
        url = self.service.newest(0)
        first = self.client.get(url, self.memory.validators(url))
        if first is None:
            return
        papers, ended = self._listed(first, url, since)
        by_day: defaultdict[date, list[RawPaper]] = defaultdict(list)
        for day, paper in papers:
            by_day[day].append(paper)
        if by_day:
            newest = max(by_day)
            since = self._start(since or newest, newest)
            known = Known(listed.paper for listed in papers)
            for day in self.service.gap(since, min(by_day)) if ended else ():
                found = (listed.paper for listed in self._day(day))
                by_day[day] += [paper for paper in found if known.find(paper) is None]
        # A day from before may gain; but a list that ends within a day it began has half of it.
        held = set(self.held.days())
        files = []
        for day in sorted(by_day):
            if since is None or day >= since or day in held:
                filed = self._file(day, by_day[day])
                if filed.gain.total:
                    files.append(self.held.path(day).relative_to(self.held.digests).as_posix())
                yield filed
        self.memory.note_answer(url, first, max(by_day, default=None), files)

    def _start(self, since: date, newest: date) -> date:
        earliest = newest - timedelta(days=MOST_DAYS)
        if since < earliest:
            self.left = (
                f"{self.service.name}: {since} is long ago; to fill the time since then: "
                f"--from {since} --to {earliest - timedelta(days=1)}"
            )
        return max(since, earliest)

    def _listed(self, first: Answer, url: str, since: date | None) -> tuple[list[Listed], bool]:
        """The newest papers, back to a day before the wanted ones, and whether the list ended."""
        page = self.service.read(first.text, url, None, self.report)
        papers = list(page.papers)
        if any(day > self.today + timedelta(days=1) for day, _ in papers):
            raise CollectError(
                f"{url} lists {max(papers)[0]}, which is yet to come; nothing of it is filed"
            )
        for number in range(1, MOST_PAGES):
            if not page.more or not papers:
                return papers, True
            newest = max(day for day, _ in papers)
            if min(day for day, _ in papers) < self._start(since or newest, newest):
                return papers, False
            page, new = self._page(self.service.newest(number), None, papers)
            papers += new
            if not new:
                return papers, True
        raise CollectError(f"{url} has no end; nothing of it is filed")

    def _day(self, day: date) -> list[Listed]:
        """All pages of one day."""
        papers: list[Listed] = []
        for number in range(MOST_PAGES):
            page, new = self._page(self.service.of_day(day, number), day, papers)
            papers += new
            if not page.more or not new:
                return papers
        raise CollectError(f"{self.service.of_day(day, 0)} has no end; nothing of it is filed")

    def _page(
        self, url: str, day: date | None, before: Sequence[Listed]
    ) -> tuple[Page, list[Listed]]:
        """A further page, and its papers that the pages before did not have."""
        answer = self.client.get(url)
        page = self.service.read(answer.text if answer else "", url, day, self.report)
        known = Known(listed.paper for listed in before)
        return page, [listed for listed in page.papers if known.find(listed.paper) is None]

    def _file(self, day: date, papers: Iterable[RawPaper]) -> Filed:
        papers = list(papers)
        around = Known(self.held.around(day)) if papers else Known()
        new = [paper for paper in papers if around.find(paper) is None]
        gain = self.held.file(day, new, self.today)
        return Filed(self.service.name, day, gain, len(papers) - len(new))
