"""A day as a message: the same bytes whenever and wherever it is made.

Nothing in the headers comes from a digest but a date and a number.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ..arxiv import abstract_page
from ..config import Settings
from ..model import Day, Entry, Paper, Site
from ..outputs.words import listed, long_date, plain_date
from ..prose import split_opening, to_html, to_plain
from ..routes import Routes
from .settings import MailSettings

OPENING = 280
"""Characters of an abstract that are shown."""

MOST = 90
"""Papers that are shown; the others are on the page of the day. Gmail cuts a message whose HTML is
longer than 102 KB, and a paper has some 900 bytes."""

TOPICS = 12
"""Topics shown for the day."""

WIDTH = 72
"""Columns of the text part: quoted twice, a line still fits into 80."""

# RFC 2045, section 6.7: a line of an encoded part has at most 76 characters; `email` allows 78.
_POLICY = SMTP.clone(max_line_length=76)

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def compose(site: Site, day: Day, mail: MailSettings, routes: Routes, settings: Settings) -> bytes:
    """The message of a day, as it is sent and as it stands in an `.eml` file."""
    view = _view(site, day, mail, routes)
    message = EmailMessage(_POLICY)
    message["From"] = Address(site.title, addr_spec=mail.sender)
    message["Subject"] = f"{view['day']}: {view['summary']}"
    moment = datetime.combine(day.date, time(settings.feed_hour), UTC)
    message["Date"] = format_datetime(moment)
    templates = _environment()
    text = templates.get_template("mail.txt.j2").render(view)
    message.set_content(text, cte="quoted-printable")
    html = templates.get_template("mail.html.j2").render(view)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # By default it is drawn by lot. No part can hold `=_` once it is encoded (RFC 2045, 6.7).
    message.set_boundary(f"=_{day.date.isoformat()}")
    return _for_machines(day, mail, routes).encode("ascii") + message.as_bytes()


def _for_machines(day: Day, mail: MailSettings, routes: Routes) -> str:
    """The headers that only programs read.

    They are ASCII without white space, which `settings` and `config` have checked, and `email`
    would take an address that is longer than a line for words, and encode it.

    The Message-ID is that of the day, wherever and however often it is sent: who has it can tell.
    One message goes to all, so no address in it can know who clicks: what List-Unsubscribe-Post
    promises (RFC 8058) would never be true, and is not said.
    """
    ways_out = ",\r\n ".join(f"<{way}>" for way in mail.ways_out)
    return (
        f"To: {mail.to}\r\n"
        f"Message-ID: <{day.date.isoformat()}.digest@{routes.authority}>\r\n"
        f"List-Id: <{mail.list_id}>\r\n"
        f"List-Unsubscribe: {ways_out}\r\n"
    )


def _view(site: Site, day: Day, mail: MailSettings, routes: Routes) -> dict[str, Any]:
    """What both parts say; texts are plain for one and HTML for the other."""
    counts = Counter(hit.tag for entry in day.entries for hit in site.tags[entry.paper])
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOPICS]
    topics = [
        (site.taxonomy.get(slug).name, routes.absolute(routes.tag(slug)), f"{number:,}")
        for slug, number in ranked
    ]
    return {
        "site": site.title,
        "day": long_date(day.date),
        "url": routes.absolute(routes.day(day.date)),
        "summary": listed(day.entries),
        "topics": topics,
        "topic_counts": " · ".join(f"{name} {number}" for name, _, number in topics),
        "papers": [_paper(site, entry, routes) for entry in day.entries[:MOST]],
        "left_out": f"{len(day.entries) - MOST:,}" if len(day.entries) > MOST else "",
        "subscribe": routes.absolute(routes.subscribe),
        "way_out": mail.ways_out[0],
    }


def _paper(site: Site, entry: Entry, routes: Routes) -> Mapping[str, Any]:
    paper = site.library.papers[entry.paper]
    opening, rest = split_opening(paper.abstract, OPENING)
    return {
        "url": routes.absolute(routes.paper(paper.key)),
        "title": Markup(to_html(paper.title)),
        "plain_title": to_plain(paper.title),
        "opening": Markup(to_html(opening)),
        "plain_opening": to_plain(opening),
        "more": bool(rest),
        "topics": [site.taxonomy.get(hit.tag).name for hit in site.tags[paper.key]],
        "links": list(_links(paper)),
        "first_seen": "" if entry.first_time else plain_date(paper.seen_on[0]),
    }


def _links(paper: Paper) -> Iterator[tuple[str, str]]:
    """Where else to read on: the abstract page, the code, the project, each once."""
    known: dict[str, str] = {}
    for link in paper.links:
        known.setdefault(link.kind, link.url)
    if paper.arxiv_id:
        known["abs"] = abstract_page(paper.arxiv_id)
    for kind, name in (("abs", "arXiv"), ("code", "Code"), ("project", "Project page")):
        if kind in known:
            yield name, known[kind]


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrapped"] = wrapped
    return environment


def wrapped(text: str, first: str = "", others: str = "") -> str:
    """A text in lines of at most `WIDTH` columns; what has no space in it stays whole.

    `first` begins the first line, `others` the lines after it.

    >>> wrapped("one two", "1. ")
    '1. one two'
    """
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
