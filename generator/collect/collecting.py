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


def collect(
    wanted: Wanted,
    settings: Settings,
    library: Callable[[], Library | None],
    memory: Memory,
    today: date,
    report: Report,
) -> Iterator[str | CollectError]:
    """What was filed, a sentence each; and why a service gave no more, which stops no other.

    `library` gives what is held, `None` where that is nothing.
    """

    def since(held: Held) -> date | None:
        """Where no day of a service is held, that of others counts."""
        if not wanted.since_last:
            return None
        if days := held.days():
            return days[-1]
        others = library()
        return others.as_of if others else None

    def ask(service: Service, client: Client) -> Iterator[str]:
        held = Held(settings.digests, service.name)
        collector = Collector(service, client, held, memory, today, report)
        filed = collector.days(*wanted.days) if wanted.days else collector.newest(since(held))
        quiet = True
        for day in filed:
            yield str(day)
            quiet = False
        if quiet:
            yield f"{service.name}: nothing new"
        if collector.left:
            yield collector.left

    def complete(client: Client) -> Iterator[str]:
        if held := library():
            api = settings.arxiv_api
            yield from map(str, enrich(held, settings.digests, client, api, memory, today))

    asked = services(settings)
    if not (asked or wanted.enrich):
        raise UsageError(
            "there is nothing to collect from; set `daily_papers`, `arxiv_categories` or "
            "`arxiv_query` in mkdocs.yml"
        )
    with Client(settings.url, settings.collect_interval) as client:
        steps = [ask(service, client) for service in asked]
        for step in [*steps, complete(client)] if wanted.enrich else steps:
            try:
                yield from step
            except CollectError as error:
                yield error
