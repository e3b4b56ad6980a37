"""The services that list papers, played by a real server on this machine, with their faults."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
)
COUNTS = (
    "<opensearch:totalResults>{total}</opensearch:totalResults>"
    "<opensearch:startIndex>{start}</opensearch:startIndex>\n"
)
ENTRY = (
    "<entry><id>{id}</id><title>{title}</title><summary>{summary}</summary>"
    '<link href="https://arxiv.org/abs/{arxiv_id}" rel="alternate" type="text/html"/>'
    "{authors}{classes}<published>{published}</published>{more}</entry>"
)
ERROR = (
    "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
    "<summary>incorrect id format</summary></entry>"
)
ACCOUNT = {
    "_id": "66a1",
    "avatarUrl": "https://cdn.example/face.png",
    "fullname": "Sub Mitter",
    "name": "submitter-login",
    "user": "submitter-login",
}


@dataclass(frozen=True)
class Listed:
    """A paper as the services know it."""

    arxiv_id: str
    title: str
    abstract: str = "We study what is studied."
    authors: tuple[str, ...] = ("Ada Byron",)
    classes: tuple[str, ...] = ("cs.LG",)
    submitted: datetime = datetime(2026, 11, 18, 12, tzinfo=UTC)
    announce: str = "new"
    doi: str = ""
    withdrawn: str | None = None


@dataclass
class Services:
    """What the services know now; a test changes it as it likes."""

    daily: dict[date, list[Listed]] = field(default_factory=dict)
    feed_day: date = date(2026, 11, 20)
    feed: list[Listed] = field(default_factory=list)
    arxiv: list[Listed] = field(default_factory=list)
    """What arXiv's API knows."""
    faults: list[Fault | None] = field(default_factory=list)
    """Each spoils one answer, in their order; `None` leaves one as it is."""
    votes: int = 5
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    address: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str, query: dict[str, str]) -> str:
        if path == "/api/daily_papers":
            return json.dumps(self._daily(query))
        if path == "/api/query":
            return self._query(query)
        assert path.startswith("/atom/"), path
        midnight = f"{self.feed_day}T00:00:00-05:00"
        return _atom(
            ENTRY.format(
                id=f"oai:arXiv.org:{paper.arxiv_id}v1",
                summary=escape(
                    f"arXiv:{paper.arxiv_id}v1 Announce Type: {paper.announce}\n"
                    f"Abstract: {paper.abstract}"
                ),
                authors=f"<dc:creator>{', '.join(paper.authors)}</dc:creator>",
                published=midnight,
                more=f"<arxiv:announce_type>{paper.announce}</arxiv:announce_type>",
                **_common(paper),
            )
            for paper in self.feed
        )

    def _daily(self, query: dict[str, str]) -> list[object]:
        start, size = int(query["p"]) * int(query["limit"]), int(query["limit"])
        newest_first = sorted(self.daily, reverse=True)
        if "date" in query:
            newest_first = [day for day in newest_first if str(day) == query["date"]]
        items = [item(p, day, self.votes) for day in newest_first for p in self.daily[day]]
        return items[start : start + size]

    def _query(self, query: dict[str, str]) -> str:
        start, size = int(query.get("start", 0)), int(query["max_results"])
        if "id_list" in query:
            wanted = query["id_list"].split(",")
            found = [paper for paper in self.arxiv if paper.arxiv_id in wanted]
        else:
            found = [paper for paper in self.arxiv if _matches(paper, query["search_query"])]
            found.sort(key=lambda paper: paper.submitted, reverse=True)
        entries = [
            ENTRY.format(
                id=f"http://arxiv.org/abs/{paper.arxiv_id}v1",
                summary=escape(paper.abstract),
                authors="".join(f"<author><name>{a}</name></author>" for a in paper.authors),
                published=paper.submitted.isoformat(),
                more=f"<arxiv:doi>{paper.doi}</arxiv:doi>" if paper.doi else "",
                **_common(paper),
            )
            for paper in found[start : start + size]
        ]
        return _atom(entries, COUNTS.format(total=len(found), start=start))


def _atom(entries: Iterable[str], counts: str = "") -> str:
    link = '<link href="http://arxiv.org/api/query" rel="self"/>'
    return f'<?xml version="1.0"?>\n{ATOM}\n{link}\n{counts}' + "\n".join(entries) + "\n</feed>\n"


def _common(paper: Listed) -> dict[str, str]:
    return {
        "arxiv_id": paper.arxiv_id,
        "title": escape(paper.title),
        "classes": "".join(f'<category term="{name}"/>' for name in paper.classes),
    }


def item(paper: Listed, day: date, votes: int) -> object:
    listed = f"{day}T02:10:00.000Z"
    return {
        "paper": {
            "id": paper.arxiv_id,
            "authors": [
                {"_id": "1", "name": name, "hidden": False, "user": ACCOUNT}
                for name in paper.authors
            ],
            "publishedAt": f"{day - timedelta(days=1)}T00:00:00.000Z",
            "submittedOnDailyAt": listed,
            "submittedOnDailyBy": ACCOUNT,
            "title": paper.title,
            "summary": paper.abstract,
            "upvotes": votes,
            "discussionId": "9512",
            "withdrawnAt": paper.withdrawn,
        },
        "publishedAt": listed,
        "title": paper.title,
        "thumbnail": "https://cdn.example/thumb.png",
        "numComments": 2,
        "submittedBy": ACCOUNT,
    }


def _matches(paper: Listed, query: str) -> bool:
    """arXiv's language, as far as it is asked in it."""
    if titles := re.findall(r'ti:"([^"]*)"', query):
        words = " ".join(re.findall(r"[^\W_]+", paper.title)).lower()
        return any(title.lower() in words for title in titles)
    span = re.search(r"submittedDate:\[(\d{12}) TO (\d{12})\]", query)
    within = span is None or span[1] <= f"{paper.submitted:%Y%m%d%H%M}" <= span[2]
    return within and any(f"cat:{name}" in query for name in paper.classes)


class Handler(BaseHTTPRequestHandler):
    """Answers as the services do: with an ETag, and 304 to whoever has that."""

    protocol_version = "HTTP/1.1"
    services: Services

    def do_GET(self) -> None:
        services = self.services
        services.asked.append(self.path)
        services.agents.add(self.headers["User-Agent"])
        fault = services.faults.pop(0) if services.faults else None
        if fault:
            fault(self)
            return
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        content = services.answer(parts.path, query).encode()
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if self.headers["If-None-Match"] == tag:
            self.say(304, ETag=tag)
        else:
            self.say(200, content, ETag=tag)

    def say(self, status: int, content: bytes = b"", /, **headers: str) -> None:
        self.services.statuses.append(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def begin(self, *, length: int | None = None) -> None:
        """The head of an answer that does not end as it should."""
        self.services.statuses.append(200)
        self.send_response(200)
        self.send_header("Connection", "close")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name upstream
        pass


Fault = Callable[[Handler], None]


def status(code: int, content: bytes = b"", /, **headers: str) -> Fault:
    """An answer with this status."""
    return lambda handler: handler.say(code, content, **headers)


def text(content: str) -> Fault:
    """An answer that is fine but for its content."""
    return status(200, content.encode())


def short(total: int) -> Fault:
    """An answer of arXiv's API without the papers that it counts."""
    return text(_atom([], COUNTS.format(total=total, start=0)))


def cut(handler: Handler) -> None:
    """The connection breaks in the middle of what was announced."""
    handler.begin(length=1_000)
    handler.wfile.write(b"[{")


def unannounced_cut(handler: Handler) -> None:
    """Likewise, where nothing said how long it would be."""
    handler.begin()
    handler.wfile.write(b'[{"paper": {"id": "2611.00001", "title": "A Paper"}},')


def cut_chunk(handler: Handler) -> None:
    """Likewise, within a part whose length was said."""
    handler.services.statuses.append(200)
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"2\r\n[{\r\n9\r\n")
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    """The connection breaks before anything is said."""
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """A byte now and then, for ever."""
    handler.begin(length=1_000_000)
    while not handler.services.closing.wait(0.02):
        try:
            handler.wfile.write(b"[")
        except OSError:
            break


def drip_headers(handler: Handler) -> None:
    """Likewise, before the body begins."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: ")
    while not handler.services.closing.wait(0.02):
        try:
            handler.wfile.write(b"a")
        except OSError:
            break


def endless(handler: Handler) -> None:
    """As many bytes as anybody takes."""
    handler.begin()
    try:
        while not handler.services.closing.is_set():
            handler.wfile.write(b" " * 2**16)
    except OSError:
        pass


def in_an_hour(handler: Handler) -> None:
    """Busy, until a date."""
    later = datetime.now(UTC) + timedelta(hours=1)
    handler.say(503, Retry_After=format_datetime(later, usegmt=True))


@contextmanager
def playing(services: Services | None = None) -> Iterator[Services]:
    """The services at an address, as long as the block lasts."""
    services = services or Services()
    handler = type("Playing", (Handler,), {"services": services})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        services.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield services
        finally:
            services.closing.set()
            server.shutdown()
            thread.join()
