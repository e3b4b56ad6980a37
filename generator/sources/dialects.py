"""Org, MediaWiki, Obsidian's callouts, Slack's links, what chats export, as Markdown.

Not a source itself. Each line stays where it is, so messages name those that somebody sees. Who
wrote in a chat, and when, is no part of a digest, and names people: the first day stays, where its
order is plain.
"""

from __future__ import annotations

import re
from itertools import islice

_ORG = re.compile(
    r"^\#\+(?:title|date|author|startup|options|filetags)\b|^[ \t]*:properties:[ \t]*$"
    r"|\[\[https?://[^\[\]\s]{1,2000}\]\[[^\[\]\n]{1,500}\]\]",
    re.IGNORECASE | re.MULTILINE,
)
_ORG_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\](?:\[([^\[\]\n]{1,500})\])?\]")
_ORG_DAY = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?: [^<>\[\]\n]{1,40})?[>\]]")
_ORG_HEADING = re.compile(r"(\*{1,6})[ ]+(?:[A-Z]{4,12}[ ]+)?(?:\[\#[A-Z]\][ ]+)?(.*)")
_ORG_LABELS = re.compile(r"[ \t]:(?:[\w@#%]{1,40}:){1,20}\Z")
_LONGEST_LABELS = 400
_ORG_SETTING = re.compile(r"\#\+(\w+)(?:\[[^\]]*\])?:?[ \t]*(.*)")
_ORG_DRAWER = re.compile(r"[ \t]*:(?:properties|end|logbook):[ \t]*", re.IGNORECASE)
_ORG_PROPERTY = re.compile(r"[ \t]*:([\w-]{1,30}):[ \t]+(\S.*)")
_ORG_TERM = re.compile(r"([ \t]*[-+][ ]+.{1,2000}?)[ ]::[ ]")

_SLACK_LINK = re.compile(r"<(https?://[^\s<>|]{1,2000})\|([^<>|\n]{1,500})>")
_SLACK_SIGN = re.compile(r"^(?::[a-z][a-z0-9_+-]{1,40}:[ ]*){1,6}", re.MULTILINE)

_WIKI = re.compile(
    r"^(?P<mark>={1,5})[ ]?(?P<title>[^=\n][^\n]{0,400}?)[ ]?(?P=mark)[ \t]*$", re.MULTILINE
)
"""A heading of MediaWiki."""
_WIKI_LINK = re.compile(r"(?<!\[)\[(https?://[^\s\[\]]{1,2000})[ ]([^\[\]\n]{1,500})\]")
_WIKI_PAGE = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_WIKI_FACE = re.compile(
    r"(?<!')(?P<mark>'{2,3})(?!')(?P<words>[^'\n](?:[^'\n]|'(?!')){0,500})(?P=mark)(?!')"
)

_CALLOUT = re.compile(r"^((?:[ ]{0,3}>){1,5})[ ]?\[![\w-]{1,30}\][+-]?([^\n]*)$", re.MULTILINE)
"""What a quote is called that is set apart, as `> [!abstract] A Title`."""

_WHEN = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?"
_SENT = re.compile(
    rf"^(?:[^\n]{{1,60}}, \[(?P<alone>{_WHEN})(?: UTC[^\]\n]{{0,7}})?\][ \t]*$"
    rf"|[^\n]{{1,40}} — (?P<ago>{_WHEN}|(?:today|yesterday) at \d{{1,2}}:\d\d(?: [AP]M)?)[ \t]*$"
    rf"|\u200e?(?:\[{_WHEN}\]|{_WHEN} -) (?:~\s?)?[^:\n]{{1,60}}:[ ])",
    re.MULTILINE | re.IGNORECASE,
)
"""Who sent a message and when: on a line of its own, as Telegram and Discord have it, or before
its text."""
_MEDIA = re.compile(
    r"^(?:\[ ?(?:photo|video|album|file|sticker|gif)\b[^\]\n]{0,40}\]|<media omitted>)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""What stands for a picture."""
_PLAIN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_FEWEST = 2


def as_markdown(text: str) -> str:
    r"""A text in Markdown; itself, where it is in none of these.

    >>> as_markdown("#+TITLE: Papers\n* TODO [[https://x.org/a][Slow Nets]] :llm:\n")
    '# Papers\n## [Slow Nets](https://x.org/a)\n'
    >>> as_markdown(":fire: <https://x.org/a|Slow Nets>")
    '[Slow Nets](https://x.org/a)'
    >>> as_markdown("= Papers =\n== [https://x.org/a Slow Nets] ==\n''Ann Lee''")
    '# Papers\n## [Slow Nets](https://x.org/a)\n*Ann Lee*'
    """
    if _ORG.search(text):
        return "\n".join(map(_of_org, text.split("\n")))
    if _SLACK_LINK.search(text):
        return _SLACK_SIGN.sub("", _SLACK_LINK.sub(r"[\2](\1)", text))
    if text.count("=") >= 2 * _FEWEST and len(_WIKI.findall(text)) >= _FEWEST:
        return _of_wiki(text)
    text = _CALLOUT.sub(_called, text)
    return _without_senders(text) if is_chat(text) else text


def _of_wiki(text: str) -> str:
    """A text of MediaWiki: headings, links and faces; lists are alike."""
    text = _WIKI.sub(lambda heading: f"{'#' * len(heading['mark'])} {heading['title']}", text)
    text = _WIKI_PAGE.sub(r"\1", _WIKI_LINK.sub(r"[\2](\1)", text))
    return _WIKI_FACE.sub(
        lambda face: (
            f"{'*' * (len(face['mark']) - 1)}{face['words']}{'*' * (len(face['mark']) - 1)}"
        ),
        text,
    )


def _called(callout: re.Match[str]) -> str:
    """The first line of a callout: its title in bold type, if it has one."""
    title = callout[2].strip()
    return f"{callout[1]} **{title}**" if title else callout[1]


def is_chat(text: str) -> bool:
    """Whether a text begins as what a chat exports, and goes on so."""
    sent = list(islice(_SENT.finditer(text), _FEWEST))
    return len(sent) == _FEWEST and not text[: sent[0].start()].strip()


def _of_org(line: str) -> str:
    """A line of Org."""
    if setting := _ORG_SETTING.fullmatch(line.strip()):
        name, value = setting[1].lower(), setting[2]
        day = _ORG_DAY.search(value)
        if name == "date":
            return day[1] if day else value
        return f"# {value}" if name == "title" else ""
    if _ORG_DRAWER.fullmatch(line):
        return ""
    if named := _ORG_PROPERTY.fullmatch(line):
        return f"{named[1].replace('_', ' ').capitalize()}: {named[2]}"
    line = _ORG_DAY.sub(r"\1", _ORG_LINK.sub(_linked, line))
    if heading := _ORG_HEADING.fullmatch(line):
        title = heading[2].rstrip()
        labelled = _ORG_LABELS.search(title, max(len(title) - _LONGEST_LABELS, 0))
        title = title[: labelled.start()].rstrip() if labelled else title
        return f"{'#' * min(len(heading[1]) + 1, 6)} {title}"
    term = _ORG_TERM.match(line)
    return f"{term[1]}: {line[term.end() :]}" if term else line


def _linked(link: re.Match[str]) -> str:
    if "://" not in link[1]:
        return link[2] or link[1]
    return f"[{link[2]}]({link[1]})" if link[2] else link[1]


def _without_senders(text: str) -> str:
    """The messages of a chat, below their first day where its month is no guess; as items of a list
    where nothing else parts them."""
    days: set[str] = set()

    def kept(sent: re.Match[str]) -> str:
        if not (sent["alone"] or sent["ago"]):
            return "- "
        day = _PLAIN_DAY.search(sent["alone"] or "")
        if not day:
            return ""
        stated = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
        is_new = stated not in days
        days.add(stated)
        return stated if is_new else ""

    return _MEDIA.sub("", _SENT.sub(kept, text))
