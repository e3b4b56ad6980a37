"""A day by mail: one message, the same bytes always, sent once, by a server that encrypts."""

from __future__ import annotations

import email
import email.policy
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator import cli
from generator.cli import DONE, UNFINISHED, WRONG_USE, main
from generator.errors import MailError, Report, SettingsError
from generator.mail import (
    MailSettings,
    claimed,
    compose,
    delivery,
    note_sent,
    read_mail_settings,
    read_sent,
    record,
    why_not,
)
from generator.mail.message import MOST, WIDTH
from generator.mail.settings import EXAMPLES, OPTIONAL, PREFIX, REQUIRED, with_examples
from generator.model import Day, Entry, Site
from generator.pipeline import build_site, routes_of
from generator.prose import to_plain

from .browsing import PHONE
from .conftest import ROOT
from .hostile import FORMULAS, HOSTILE
from .mailserver import LOGIN, Certificates, Inbox, serving, with_starttls, with_tls
from .sites import run, settings_for, workspace, write_digest, write_records

GMAIL = 102_000
"""Bytes of HTML from which on Gmail shows a part of a message only."""


def message_of(folder: Path, **changes: str) -> EmailMessage:
    """The newest day of a folder's digests, as a mail program reads it."""
    given = with_examples({PREFIX + name: value for name, value in changes.items()})
    return read(compose_newest(site_of(folder), read_mail_settings(given)))


def site_of(folder: Path) -> Site:
    return build_site(settings_for(folder / "digests", folder / "docs"), Report())


def compose_newest(site: Site, mail: MailSettings) -> bytes:
    settings = settings_for(Path("digests"), Path("docs"))
    return compose(site, site.library.days[0], mail, routes_of(settings, site.library), settings)


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert isinstance(found, EmailMessage)
    assert not found.defects
    content = found.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


class Page(HTMLParser):
    """The elements of a page with their attributes, its addresses and the titles of its papers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.addresses: set[str | None] = set()
        self.titles: list[str] = []
        self._in_title = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(name for name, _ in attrs)))
        self.addresses |= {value for name, value in attrs if name in ("href", "src")}
        if tag == "h2":
            self._in_title = True
            self.titles.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles[-1] += data


@pytest.fixture(scope="module")
def one_paper(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("one")
    write_digest(folder / "digests", "2025-03-12.txt", ("A Graph Network", "We prove it."))
    return site_of(folder)


# The message


HEADERS = (
    "To Message-ID List-Id List-Unsubscribe From Subject Date MIME-Version Content-Type".split()
)


def test_large_numbers_are_written_as_on_the_pages(tmp_path: Path) -> None:
    papers = [(f"Graph Neural Network {number}", "It is one.") for number in range(1_095)]
    write_digest(tmp_path / "digests", "2025-03-11.txt", *papers)
    write_digest(tmp_path / "digests", "2025-03-12.txt", *papers)
    message = message_of(tmp_path)
    text = part(message, "plain")
    assert message["Subject"].endswith(": 1,095 papers, 1,095 seen before")
    assert "Topics: Graph Learning & GNNs 1,095" in text
    assert "And 1,005 more: " in text


def test_a_message_holds_the_day(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-11.txt", ("Old Graphs", "It is old."))
    write_digest(
        tmp_path / "digests",
        "2025-03-12.txt",
        (
            "Graph Neural Networks",
            "An O(varepsilon^{-2}) rate of $P_X$. Code: https://github.com/a/b.",
        ),
        ("Old Graphs", ""),
    )
    (tmp_path / "digests" / "more.json").write_text(
        json.dumps([{"title": "Old Graphs", "arxiv_id": "2401.12340", "abstract": ""}])
    )
    message = message_of(tmp_path, TO="papers@lists.example.org", FROM="digest@example.org")
    assert dict(message.items()) == {
        "From": "A Small Paper <digest@example.org>",
        "To": "papers@lists.example.org",
        "Subject": "Wednesday, 12 March 2025: 2 papers, 1 seen before",
        "Date": "Wed, 12 Mar 2025 06:00:00 +0000",
        "Message-ID": "<2025-03-12.digest@example.org>",
        "List-Id": "<papers.lists.example.org>",
        "List-Unsubscribe": "<mailto:papers-leave@lists.example.org>",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_2025-03-12"',
    }
    base = "https://example.org/base/"
    text, html = part(message, "plain"), part(message, "html")
    assert "1. Graph Neural Networks\n\n   An O(ε⁻²) rate of P_X." in text
    assert "An O(ε⁻²) rate of P<sub>X</sub>." in html
    for address in (
        base + "days/2025-03-12/",
        base + "papers/graph-neural-networks/",
        base + "papers/old-graphs/",
        base + "subscribe/",
        "https://github.com/a/b",
        "https://arxiv.org/abs/2401.12340",
        "mailto:papers-leave@lists.example.org",
    ):
        assert address in text
        assert f'"{address}"' in html
    for words in ("Graph Learning & GNNs", "Seen before, first on 11 March 2025"):
        assert words in text
        assert words.replace("&", "&amp;") in html
    assert base + "tags/graph-learning/" in html


def test_a_paper_without_abstract_says_so(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("One", "It is."), ("Two", ""))
    message = message_of(tmp_path)
    for kind in ("plain", "html"):
        assert part(message, kind).count("No abstract was listed.") == 1


def test_a_long_abstract_is_cut_after_a_sentence(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("One", "We say a thing. " * 40))
    message = message_of(tmp_path)
    for kind in ("plain", "html"):
        content = " ".join(part(message, kind).split(" "))
        assert "thing.\u00a0…" in re.sub(r"\s+(?=thing)", " ", content)
        assert len(re.findall("say", content)) < 20


def test_a_message_can_go_through_any_server(tmp_path: Path) -> None:
    papers = [(f"Ünïcode {n} “ε”", "Wörter " * 60) for n in range(20)]
    write_digest(tmp_path / "digests", "2025-03-12.txt", *papers)
    site = replace(site_of(tmp_path), title="论文日报" * 30)
    way = "https://lists.example.org/" + "leave/" * 60
    to = f"{'papers' * 10}@{'lists.' * 20}example.org"
    given = {PREFIX + "TO": to, PREFIX + "UNSUBSCRIBE": f"{way} mailto:a@b.org"}
    content = compose_newest(site, read_mail_settings(with_examples(given)))
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    head, _, body = content.partition(b"\r\n\r\n")
    assert f"To: {to}\r\n".encode() in head
    assert f"List-Unsubscribe: <{way}>,\r\n <mailto:a@b.org>\r\n".encode() in head
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, re.findall(rb"=\?utf-8\?\S+", head))) <= 75
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_lines_of_the_text_are_short(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("A Title " * 20, "Words of it. " * 40))
    for line in part(message_of(tmp_path), "plain").splitlines():
        assert len(line) <= WIDTH or " " not in line.strip(), line


def test_a_great_day_stays_below_what_gmail_shows(tmp_path: Path) -> None:
    papers = [
        (f"{n} A Rather Long Title Of A Paper On Graph Neural Networks", "Deep nets learn. " * 50)
        for n in range(MOST + 30)
    ]
    write_digest(tmp_path / "digests", "2025-03-12.txt", *papers)
    message = message_of(tmp_path)
    text, html = part(message, "plain"), part(message, "html")
    assert len(html.encode()) < GMAIL
    assert html.count("<h2") == MOST
    assert "And 30 more" in html
    assert "And 30 more" in text
    assert message["Subject"].endswith(f": {MOST + 30} papers")


@pytest.mark.browser
def test_a_message_fits_a_phone_and_turns_dark_with_it(tmp_path: Path, browser: Browser) -> None:
    endless = "A" + "bc" * 60
    papers = [(f"Paper {n}", f"We say {n}.") for n in range(MOST)]
    papers.insert(0, (f"On {endless}", f"It is at https://example.org/{endless} and elsewhere."))
    write_digest(tmp_path / "digests", "2025-03-12.txt", *papers)
    html = part(message_of(tmp_path), "html")
    # Every colour in use: of texts, grounds and edges that can be seen.
    colours = """[...document.querySelectorAll("body, body *")].flatMap(e => {
        const s = getComputedStyle(e), edge = parseFloat(s.borderTopWidth)
        return [s.color, s.backgroundColor, ...(edge ? [s.borderTopColor] : [])]
    })"""
    seen: dict[str, set[str]] = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport=PHONE, color_scheme=scheme)
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        seen[scheme] = set(page.evaluate(colours))
        page.close()
    assert seen["light"] & seen["dark"] == {"rgba(0, 0, 0, 0)"}


def test_hostile_text_is_text_in_a_message(tmp_path: Path) -> None:
    texts = [*HOSTILE, "\x00\x08\x1b ]]> \ufffe", ".\r\n.\r\nQUIT"]
    sites, mail = [], read_mail_settings(with_examples({}))
    for name, said in (("tame", ["it"] * len(texts)), ("wild", texts)):
        papers = [
            {"title": f"Paper {n} on {text}", "abstract": f"It says {text} here."}
            for n, text in enumerate(said)
        ]
        write_records(tmp_path / name / "digests", "2025-03-12.json", papers)
        sites.append(site_of(tmp_path / name))
    tame, wild = (read(compose_newest(site, mail)) for site in sites)
    assert dict(wild.items()) == dict(tame.items())
    page = Page(part(wild, "html"))
    of_abstracts = {("a", ("href",)), ("code", ())}
    assert page.elements - of_abstracts <= Page(part(tame, "html")).elements
    assert all(re.match("https://|mailto:papers-leave@", str(url)) for url in page.addresses)
    listed = sites[1].library.papers.values()
    assert page.titles == [to_plain(paper.title) for paper in listed]
    text = part(wild, "plain")
    for paper in listed:
        words = (to_plain(paper.title) + " " + to_plain(paper.abstract)).split(" ")
        assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_mathematics_is_unicode_in_a_message(tmp_path: Path, formula: str) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", ("A Paper", f"We show {formula}."))
    page = Page(part(message_of(tmp_path), "html"))
    elements = {tag for tag, _ in page.elements}
    assert elements <= {*"html head meta title style body div p h1 h2 ol li a code sub sup".split()}


@pytest.mark.parametrize("name", ['Ünter, "den" <a@b.org>', "Daily; Papers", "论文日报" * 3])
def test_the_name_of_the_site_is_a_name_whatever_it_holds(one_paper: Site, name: str) -> None:
    mail = read_mail_settings(with_examples({}))
    (sender,) = read(compose_newest(replace(one_paper, title=name), mail))["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, EXAMPLES["FROM"])


# The settings


def test_all_that_is_missing_or_wrong_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        read_mail_settings({PREFIX + "HOST": " ", PREFIX + "PORT": "x", PREFIX + "USER": "me"})
    said = str(error.value)
    for name in (*REQUIRED, "PORT", "PASSWORD"):
        assert PREFIX + name in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "smtp.example.org:587"),
        ("HOST", "https://smtp.example.org"),
        ("FROM", "Me <me@example.org>"),
        ("TO", "a@example.org, b@example.org"),
        ("TO", "müller@example.org"),
        ("UNSUBSCRIBE", "http://example.org/leave"),
        ("UNSUBSCRIBE", "javascript:alert(1)"),
        ("UNSUBSCRIBE", "https://example.org/<leave>"),
        ("SECURITY", "none"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PASSWORD", "alone"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=PREFIX + name):
        read_mail_settings(with_examples({PREFIX + name: value}))


def test_ports_follow_the_way_of_encryption() -> None:
    def read_with(**given: str) -> tuple[str, int]:
        named = {PREFIX + name: value for name, value in given.items()}
        mail = read_mail_settings(with_examples(named))
        return mail.security, mail.port

    assert read_with() == ("starttls", 587)
    assert read_with(SECURITY="TLS") == ("tls", 465)
    assert read_with(SECURITY="tls", PORT="4650") == ("tls", 4650)


def test_a_password_is_not_shown() -> None:
    given = with_examples({PREFIX + "USER": LOGIN[0], PREFIX + "PASSWORD": LOGIN[1]})
    assert LOGIN[1] not in repr(read_mail_settings(given))


ODD = st.text('ab@.\r\n\t<>,:;"()\\ =?\x00\u2028ü', max_size=20)


@given(
    name=st.sampled_from(["FROM", "TO", "UNSUBSCRIBE"]),
    value=st.text() | ODD.map("a@b{}".format) | ODD.map("mailto:a{}".format),
)
def test_no_setting_can_add_a_header(one_paper: Site, name: str, value: str) -> None:
    try:
        mail = read_mail_settings(with_examples({PREFIX + name: value}))
    except SettingsError:
        return
    message = read(compose_newest(one_paper, mail))
    assert list(message) == HEADERS
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1


# Which day


DAY = date(2025, 3, 12)


def why(*sent: date, named: bool = False, max_age: int | None = None, papers: int = 1) -> str:
    entries = tuple(Entry(f"p{n}", n, first_time=True) for n in range(papers))
    day = Day(DAY, entries, ())
    return why_not(day, sent, named=named, today=date(2025, 3, 17), max_age=max_age)


def test_a_day_is_sent_once_even_when_it_is_named() -> None:
    assert why() == why(date(2025, 3, 11)) == ""
    assert why(DAY) == why(DAY, named=True) == "2025-03-12 was sent before"


def test_a_day_before_one_that_was_sent_waits_to_be_named() -> None:
    assert "is older than 2025-03-13" in why(date(2025, 3, 13))
    assert why(date(2025, 3, 13), named=True) == ""


def test_a_day_that_is_no_news_waits_to_be_named() -> None:
    assert why(max_age=5) == ""
    assert why(max_age=4).endswith("to send it nonetheless: --day 2025-03-12")
    assert why(max_age=4, named=True) == ""


def test_a_day_without_papers_is_not_sent() -> None:
    assert why(papers=0, named=True) == "2025-03-12 lists no paper"


# What was sent


def test_sent_days_are_kept_in_order(tmp_path: Path) -> None:
    path = tmp_path / "new" / "sent.txt"
    assert read_sent(path) == frozenset()
    note_sent(path, date(2025, 3, 12))
    note_sent(path, date(2025, 3, 11))
    assert path.read_bytes() == b"2025-03-11\n2025-03-12\n"
    path.write_bytes(b"\xef\xbb\xbf2025-03-11\r\n\r\n 2025-03-12")
    assert read_sent(path) == {date(2025, 3, 11), date(2025, 3, 12)}


@pytest.mark.parametrize("line", [b"12 March", b"\xff\xfe", b"2025-03-12 2025-03-13", b"20250312x"])
def test_a_record_that_cannot_be_read_stops_the_run(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "sent.txt"
    path.write_bytes(b"2025-03-11\n" + line)
    with pytest.raises(MailError, match=r"sent\.txt:2: this line is no day"):
        read_sent(path)


def test_only_one_run_holds_the_record(tmp_path: Path) -> None:
    path = tmp_path / "sent.txt"
    with claimed(path), pytest.raises(MailError, match="another run is sending"), claimed(path):
        pass
    with claimed(path):
        assert [file.name for file in tmp_path.iterdir()] == ["sent.txt.claim"]
    assert list(tmp_path.iterdir()) == []


# The verb, and a real server


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: Certificates) -> Path:
    """A workspace with two days and all settings but the server's port."""
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-11.txt", ("Graph Networks", "We say it."))
    write_digest(
        digests, "2025-03-12.txt", ("Other One", "It is ünïcode."), ("One More", "We do it.")
    )
    made = workspace(tmp_path / "repository", digests)
    monkeypatch.setattr(cli, "ROOT", made)
    given = EXAMPLES | {"HOST": "127.0.0.1", "USER": LOGIN[0], "PASSWORD": LOGIN[1]}
    for name, value in given.items():
        monkeypatch.setenv(PREFIX + name, value)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    return made


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(
    folder: Path, inbox: Inbox, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A server that demands STARTTLS and a login, and the setting that finds it."""
    with serving(inbox, **with_starttls(certificates)) as port:
        monkeypatch.setenv(PREFIX + "PORT", str(port))
        yield


def mails(folder: Path) -> list[str]:
    """What a run left in the folder of mails."""
    found = folder / "mail"
    return sorted(path.name for path in found.iterdir()) if found.is_dir() else []


@pytest.mark.usefixtures("server")
def test_the_newest_day_is_sent_once(
    folder: Path, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mail"]) == DONE
    assert capsys.readouterr().out.startswith("2025-03-12: 2 papers sent, noted in ")
    assert main(["mail"]) == DONE
    assert capsys.readouterr().out == "nothing sent: 2025-03-12 was sent before\n"
    (taken,) = inbox.taken
    assert (taken.mail_from, taken.rcpt_tos) == (EXAMPLES["FROM"], [EXAMPLES["TO"]])
    assert (folder / "mail" / "sent.txt").read_text() == "2025-03-12\n"
    assert main(["mail", "--dry-run"]) == DONE
    assert taken.content == (folder / "mail" / "2025-03-12.eml").read_bytes()


@pytest.mark.usefixtures("server")
def test_days_that_come_at_once_are_each_sent_oldest_first(
    folder: Path, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mail"]) == DONE
    for day in ("10", "13", "14", "15"):
        write_digest(folder / "digests", f"2025-03-{day}.txt", (f"Paper {day}", "It is new."))
    capsys.readouterr()
    assert main(["mail", "--today", "2025-03-15", "--max-age", "1"]) == DONE
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("not sent: 2025-03-13 is more than 1 day ago")
    assert [line.partition(",")[0] for line in said[1:]] == [
        "2025-03-14: 1 paper sent",
        "2025-03-15: 1 paper sent",
    ]
    assert main(["mail"]) == DONE
    assert len(inbox.taken) == 3
    sent = (folder / "mail" / "sent.txt").read_text()
    assert sent == "2025-03-12\n2025-03-14\n2025-03-15\n"


@pytest.mark.usefixtures("server")
def test_of_many_days_without_mail_those_of_the_last_week_are_sent(
    folder: Path, inbox: Inbox
) -> None:
    assert main(["mail"]) == DONE
    for n in range(13, 32):
        write_digest(folder / "digests", f"2025-03-{n}.txt", (f"Paper {n}", "It is new."))
    assert main(["mail"]) == DONE
    sent = (folder / "mail" / "sent.txt").read_text().split()
    assert sent == ["2025-03-12", *(f"2025-03-{n}" for n in range(25, 32))]
    assert len(inbox.taken) == 8


@pytest.mark.usefixtures("server")
def test_a_day_is_sent_by_its_name_and_once(folder: Path, inbox: Inbox) -> None:
    assert main(["mail"]) == DONE
    assert main(["mail", "--day", "2025-03-11"]) == DONE
    assert main(["mail", "--day", "2025-03-11"]) == DONE
    assert [read(mail.original_content or b"")["Message-ID"] for mail in inbox.taken] == [
        "<2025-03-12.digest@example.org>",
        "<2025-03-11.digest@example.org>",
    ]
    assert (folder / "mail" / "sent.txt").read_text() == "2025-03-11\n2025-03-12\n"


def test_a_day_that_is_none_is_named_before_the_settings_that_are_missing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PREFIX + "TO")
    assert main(["mail", "--day", "yesterday"]) == WRONG_USE
    assert "--day yesterday is no day; give one such as" in capsys.readouterr().err


@pytest.mark.usefixtures("server")
def test_what_is_no_news_is_not_sent(
    folder: Path, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mail", "--max-age", "5"]) == DONE
    assert "2025-03-12 is more than 5 days ago" in capsys.readouterr().out
    assert (inbox.taken, mails(folder)) == ([], [])


@pytest.mark.usefixtures("server")
def test_a_record_may_be_kept_elsewhere(folder: Path, inbox: Inbox, tmp_path: Path) -> None:
    for _ in range(2):
        assert main(["mail", "--sent", str(tmp_path / "x" / "days")]) == DONE
    assert len(inbox.taken) == 1
    assert mails(folder) == []


def test_a_server_may_encrypt_from_the_first_byte(
    folder: Path, inbox: Inbox, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + "SECURITY", "tls")
    with serving(inbox, **with_tls(certificates)) as port:
        monkeypatch.setenv(PREFIX + "PORT", str(port))
        assert main(["mail"]) == DONE
    assert len(inbox.taken) == 1


@pytest.mark.usefixtures("server")
def test_a_second_run_at_the_same_time_sends_nothing(
    folder: Path, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []
    inbox.meanwhile = lambda: codes.append(main(["mail"]))
    assert main(["mail"]) == DONE
    assert (codes, len(inbox.taken)) == ([UNFINISHED], 1)
    assert "another run is sending" in capsys.readouterr().err


@pytest.mark.usefixtures("server")
def test_a_day_is_noted_after_the_server_has_taken_it(folder: Path, inbox: Inbox) -> None:
    noted: list[list[str]] = []
    inbox.meanwhile = lambda: noted.append(mails(folder))
    assert main(["mail"]) == DONE
    assert noted == [["sent.txt.claim"]]
    assert mails(folder) == ["sent.txt"]


@pytest.mark.usefixtures("server")
def test_what_was_sent_and_cannot_be_noted_is_said(
    folder: Path,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record, "write_whole", full)
    assert main(["mail"]) == UNFINISHED
    assert len(inbox.taken) == 1
    said = capsys.readouterr().err
    assert "2025-03-12 was sent, but" in said
    assert "add the line 2025-03-12 to it" in said


@pytest.mark.parametrize(
    ("command", "answer", "said"),
    [
        (
            "MAIL",
            "550 not yours",
            "refuses the sender (550 “not yours”); set a BROADSHEET_MAIL_FROM",
        ),
        ("RCPT", "550 no such list", "refuses the list (550 “no such list”); correct"),
        ("RCPT", "451 come\x1b[2J back", "or run again later"),
        ("DATA", "552 too much", "does not take the message (552 “too much”); mend that and"),
        ("DATA", "451 busy", "or run again later"),
        (
            "DATA",
            "hang up",
            "hung up, or gave no answer in 60 seconds, before it had taken the message; see",
        ),
    ],
)
@pytest.mark.usefixtures("server")
def test_what_a_server_refuses_is_a_sentence(
    folder: Path,
    inbox: Inbox,
    capsys: pytest.CaptureFixture[str],
    command: str,
    answer: str,
    said: str,
) -> None:
    inbox.answers[command] = answer
    refused(folder, capsys, said)
    assert inbox.taken == []
    inbox.answers.clear()
    assert main(["mail"]) == DONE
    assert len(inbox.taken) == 1


def refused(folder: Path, capsys: pytest.CaptureFixture[str], said: str) -> None:
    """A run ends with one sentence, gives no password away and leaves nothing behind."""
    assert main(["mail"]) == UNFINISHED
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.startswith("broadsheet: nothing was noted as sent: 127.0.0.1:")
    assert printed.err.count("\n") == 1
    assert printed.err.strip().isprintable()
    assert LOGIN[1] not in printed.err + printed.out
    assert mails(folder) == []


@pytest.mark.usefixtures("server")
def test_a_wrong_login_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + "PASSWORD", "wrong")
    refused(folder, capsys, "refuses the login (535 “")
    monkeypatch.delenv(PREFIX + "USER")
    monkeypatch.delenv(PREFIX + "PASSWORD")
    refused(folder, capsys, "set BROADSHEET_MAIL_USER and BROADSHEET_MAIL_PASSWORD, or a")


@pytest.mark.usefixtures("server")
def test_a_certificate_of_nobody_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    refused(folder, capsys, "has a certificate that is not in order (“")


def test_a_server_that_cannot_encrypt_is_not_told_anything(
    folder: Path,
    inbox: Inbox,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(inbox) as port:
        monkeypatch.setenv(PREFIX + "PORT", str(port))
        refused(folder, capsys, "offers no STARTTLS, and nothing is sent unencrypted")
        monkeypatch.setenv(PREFIX + "SECURITY", "tls")
        refused(folder, capsys, "does not speak TLS as expected")
    assert inbox.taken == []


def test_a_server_without_login_is_a_sentence(
    folder: Path,
    inbox: Inbox,
    capsys: pytest.CaptureFixture[str],
    certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = with_starttls(certificates) | {
        "auth_required": False,
        "auth_exclude_mechanism": ["LOGIN", "PLAIN"],
    }
    with serving(inbox, **options) as port:
        monkeypatch.setenv(PREFIX + "PORT", str(port))
        refused(folder, capsys, "takes no login that smtplib knows (“")


def test_nobody_there_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv(PREFIX + "PORT", str(silent.getsockname()[1]))
        monkeypatch.setattr(delivery, "TIMEOUT", 0.1)
        refused(folder, capsys, "gave no answer in")
    refused(folder, capsys, "cannot be reached (“Connection refused”)")


def test_a_host_that_nobody_knows_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    refused(folder, capsys, "is no host that is known (“Name or service not known”); correct")


def test_missing_settings_stop_a_run_before_anything_else(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*REQUIRED, *OPTIONAL):
        monkeypatch.delenv(PREFIX + name, raising=False)
    assert main(["mail"]) == UNFINISHED
    named = ", ".join(PREFIX + name for name in REQUIRED)
    assert f"broadsheet: the environment lacks {named}; see" in capsys.readouterr().err
    assert mails(folder) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--day", "12 March"], "--day 12 March is no day; give one such as 2026-11-17"),
        (["--day", "20250312"], "--day 20250312 is no day; give one such as 2026-11-17"),
        (["--day", "2025-03-10"], "is no day of the digests; next to it are 2025-03-11"),
        (["--day", "2025-03-13"], "is no day of the digests; next to it are 2025-03-12"),
        (["--max-age", "-1"], "--max-age -1 is no number of days"),
    ],
)
def test_wrong_use_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["mail", *arguments]) == WRONG_USE
    assert said in capsys.readouterr().err
    assert mails(folder) == []


def test_a_dry_run_needs_no_settings_and_writes_the_same_bytes_anywhere(folder: Path) -> None:
    bare = {PREFIX + name: "" for name in (*REQUIRED, *OPTIONAL)}
    written = []
    for year, seed in (("2026-01-01", "1"), ("2031-07-01", "2")):
        code = (
            "import sys, time_machine; from generator.cli import main\n"
            f"with time_machine.travel('{year}'): sys.exit(main(['mail', '--dry-run']))"
        )
        done = run(folder, "-c", code, environment=bare | {"PYTHONHASHSEED": seed})
        path = folder / "mail" / "2025-03-12.eml"
        assert done.stdout == f"2025-03-12: 2 papers, not sent but written to {path}\n", done.stderr
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert mails(folder) == ["2025-03-12.eml"]


# Around it


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in (*REQUIRED, *OPTIONAL):
        assert f"`{PREFIX}{name}`" in readme


def test_the_workflow_mails_what_it_has_published_and_shows_secrets_to_that_step_alone() -> None:
    workflow = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(workflow)["jobs"]
    assert "deploy" in jobs["mail"]["needs"]
    assert jobs["mail"]["permissions"] == {"contents": "read"}
    (send,) = [step for step in jobs["mail"]["steps"] if "generator mail" in step.get("run", "")]
    names = {PREFIX + name for name in (*REQUIRED, *OPTIONAL)}
    assert {name: send["env"].get(name) for name in names} == {
        name: f"${{{{ secrets.{name} }}}}" for name in names
    }
    # Beside them, one job says whether there are any.
    assert workflow.count("${{ secrets.") == len(names) + 1
