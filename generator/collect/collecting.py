"""A run: every service in turn, then what arXiv knows of papers held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ..config import Settings
from ..errors import CollectError, Report, UsageError
from ..model import Library
from .client import Client
from .enriching import enrich
from .fetching import Collector
from .held import Held
from .memory import Memory
from .services import Service, services


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to fetch: days by name, else the newest."""

    days: tuple[date, date] | None = None
    """First and last."""
    since_last: bool = False
    """All since the day held last, in place of the newest day alone."""
    enrich: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What all services of a run share."""

    settings: Settings
    library: Callable[[], Library | None]
    """What is held now; `None` where that is nothing."""
    memory: Memory
    today: date
    report: Report

    def collect(self, wanted: Wanted) -> Iterator[str | CollectError]:
        """What was filed, a sentence each; and why a service gave no more, which stops no other."""
        asked = services(self.settings)
        if not (asked or wanted.enrich):
            raise UsageError(
                "there is nothing to collect from; set `daily_papers`, `arxiv_categories` or "
                "`arxiv_query` in mkdocs.yml"
            )
        with Client(self.settings.url, self.settings.collect_interval) as client:
            steps = [self._ask(service, client, wanted) for service in asked]
            for step in [*steps, self._complete(client)] if wanted.enrich else steps:
                try:
                    yield from step
                except CollectError as error:
                    yield error

    def _ask(self, service: Service, client: Client, wanted: Wanted) -> Iterator[str]:
        held = Held(self.settings.digests, service.name)
        collector = Collector(service, client, held, self.memory, self.today, self.report)
        if wanted.days:
            yield from map(str, collector.days(*wanted.days))
            return
        quiet = True
        for filed in collector.newest(self._since(held, service, wanted)):
            quiet = False
            yield str(filed)
        if quiet:
            yield f"{service.name}: nothing new"
        if collector.left:
            yield collector.left

    def _since(self, held: Held, service: Service, wanted: Wanted) -> date | None:
        """The day to begin with; where none of a service is held, that of others counts."""
        if not wanted.since_last:
            return None
        if days := held.days():
            # What was listed since may all have been old, so that no file tells of it.
            return max(days[-1], self.memory.newest(service.newest(0)) or days[-1])
        others = self.library()
        return others.as_of if others else None

    def _complete(self, client: Client) -> Iterator[str]:
        if held := self.library():
            place, api = self.settings.digests, self.settings.arxiv_api
            yield from map(str, enrich(held, place, client, api, self.memory, self.today))
