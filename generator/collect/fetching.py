"""Which addresses are asked for a day, for a range, and for all that is newer than what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..errors import CollectError, Report
from ..model import RawPaper
from .client import Client
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
        answer = self.client.get(url, self.memory.validators(url))
        if answer is None:
            return
        page = self.service.read(answer.text, url, None, self.report)
        newest = max((day for day, _ in page.papers), default=None)
        files = []
        for filed in self._since(page, newest, since) if newest else ():
            if filed.gain.total:
                path = self.held.path(filed.day)
                files.append(path.relative_to(self.held.digests).as_posix())
            yield filed
        self.memory.note_answer(url, answer, newest, files)

    def _since(self, page: Page, newest: date, since: date | None) -> Iterator[Filed]:
        """File what begins with this page, back to a day."""
        if newest > self.today + timedelta(days=1):  # which may be theirs already
            raise CollectError(
                f"{self.service.newest(0)} lists {newest}, which is yet to come; nothing of it is "
                "filed"
            )
        first = self._first(since or newest, newest)
        papers, ended = self._back_to(first, page)
        by_day: defaultdict[date, list[RawPaper]] = defaultdict(list)
        for day, paper in papers:
            by_day[day].append(paper)
        known = Known(listed.paper for listed in papers)
        for day in self.service.gap(first, min(by_day)) if ended else ():
            found = (listed.paper for listed in self._day(day))
            by_day[day] += [paper for paper in found if known.find(paper) is None]
        held = set(self.held.days())
        for day in sorted(by_day):
            # A day from before may gain; but one that the list breaks off in is not begun.
            if day >= first or day in held:
                yield self._file(day, by_day[day])

    def _first(self, since: date, newest: date) -> date:
        """The day to begin with: not too long before the newest, and not after it."""
        earliest = newest - timedelta(days=MOST_DAYS)
        if since < earliest:
            self.left = (
                f"{self.service.name}: {since} is long ago; to fill the time since then: "
                f"--from {since} --to {earliest - timedelta(days=1)}"
            )
        return max(min(since, newest), earliest)

    def _back_to(self, first: date, page: Page) -> tuple[list[Listed], bool]:
        """The newest papers, back to a day before the first wanted one; whether the list ended."""
        papers = list(page.papers)
        for number in range(1, MOST_PAGES):
            if not page.more:
                return papers, True
            if min(day for day, _ in papers) < first:
                return papers, False
            page, new = self._page(self.service.newest(number), None, papers)
            papers += new
            if not new:
                return papers, True
        raise CollectError(f"{self.service.newest(0)} has no end; nothing of it is filed")

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
