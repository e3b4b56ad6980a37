r"""Text that came through a mail or an editor, as it was before; not a source itself.

A forwarded mail has a mark before each line and a head above; an editor may end lines in other ways
than `\n`; what was copied out of a page's source has entities. Lines stay where they are, so
messages name those that somebody sees.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from .files import SourceFile
from .printed import closed_up, without_sheets

_LINE_ENDS = re.compile("[\v\f\x85\u2028\u2029]")
"""What other editors end a line, a paragraph or a page with; Word has `\\v` within a paragraph."""
_SOME = 4
"""Of so many lines one holds such an end, at least."""
_QUOTED = re.compile(r"^[ \t]{0,3}>(?:[ ]?>){0,19}[ ]?", re.MULTILINE)
_FEWEST_QUOTED = 3

_HEAD_REACH = 60
"""Lines at the top among which the head of a mail is looked for."""
_FOOT_REACH = 15
"""Lines at the end among which the rule above a signature is looked for."""
_FORWARDED = re.compile(
    r"-{2,20}[ ]?(?:forwarded|original) message[ ]?-{2,20}|begin forwarded message:"
    r"|(?:on|am|le|el)\b.{5,200}\b(?:wrote|schrieb.{0,100}|a écrit|escribió)[ ]?:",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(from|to|cc|bcc|sent|date|subject|reply-to|sender|message-id|in-reply-to|references|received"
    r"|return-path|delivered-to|list-[a-z-]{2,20}|mime-version|content-[a-z-]{2,20}|x-[a-z-]{1,40})"
    r":(?:[ \t]+(.*))?",
    re.IGNORECASE,
)
_DAYS = ("date", "sent")
_SIGNATURE = re.compile(r"--[ ]?")

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_BARE = re.compile(r"&(?![a-zA-Z][a-zA-Z0-9]{1,30};|#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)")


def as_written(file: SourceFile) -> SourceFile:
    r"""The text of a file with `\n` at the end of each line, and without what a mail put around it.

    >>> as_written(SourceFile("x.txt", "> A Title\u2028>\v> Its abstract.")).text
    'A Title\n\nIts abstract.'
    """
    from .dialects import as_markdown  # noqa: PLC0415  few builds read a text anew

    # What somebody wrote above a mail that she forwards counts for more than its head.
    text = _unquoted(_without_head(_unquoted(_with_line_ends(as_markdown(file.text)))))
    text = closed_up(without_sheets(text))
    return file if text == file.text else replace(file, text=text)


def has_head(text: str) -> bool:
    """Whether the head of a mail stands above a text, or between what somebody wrote and it."""
    text = _unquoted(_with_line_ends(text))
    return _without_head(text) != text


def _with_line_ends(text: str) -> str:
    """A text whose lines end in other ways, if some of its lines do: a single such character may
    stand in a text."""
    if text.isascii() and "\v" not in text and "\f" not in text:
        return text
    ends = len(_LINE_ENDS.findall(text))
    return _LINE_ENDS.sub("\n", text) if ends and _SOME * ends >= _lines(text) else text


def _lines(text: str) -> int:
    """Lines that hold anything."""
    return sum(not line.isspace() and line != "" for line in text.split("\n"))


def _unquoted(text: str) -> str:
    """A text of which half the lines are quoted, without the marks of that."""
    if ">" not in text:
        return text
    quoted = len(_QUOTED.findall(text))
    if quoted < _FEWEST_QUOTED:
        return text
    return _QUOTED.sub("", text) if 2 * quoted >= _lines(text) else text


def _without_head(text: str) -> str:
    """A text without the head of a mail but for its date, and without its signature."""
    lines = text.split("\n", _HEAD_REACH)
    found = False
    first = True
    at = 0
    while at < min(len(lines), _HEAD_REACH):
        line = lines[at].strip()
        if _FORWARDED.fullmatch(line) or _FORWARDED.fullmatch(f"{line} {_next(lines, at)}"):
            end = at + (1 if _FORWARDED.fullmatch(line) else 2)
            lines[at:end] = [""] * (end - at)
            found = first = True
        elif first and (fields := _fields(lines, at)):
            for name, place, end in fields:
                day = _value(lines[place]) if name in _DAYS else ""
                lines[place:end] = [day] + [""] * (end - place - 1)
            found = True
        elif line:
            first = False
        at += 1
    return _unsigned("\n".join(lines)) if found else text


def _next(lines: list[str], at: int) -> str:
    return lines[at + 1].strip() if at + 1 < min(len(lines), _HEAD_REACH) else ""


def _fields(lines: list[str], start: int) -> list[tuple[str, int, int]]:
    """The fields of a mail's head that begins at a line, `(name, from line, to line)`; none where
    it is no head, which says at least from whom it is and one thing more."""
    found: list[tuple[str, int, int]] = []
    for at in range(start, min(len(lines), _HEAD_REACH)):
        named = _FIELD.fullmatch(lines[at].strip())
        if named:
            found.append((named[1].lower(), at, at + 1))
        elif found and lines[at][:1] in (" ", "\t") and lines[at].strip():
            name, begun, _ = found[-1]
            found[-1] = (name, begun, at + 1)
        else:
            break
    return found if len(found) > 1 and "from" in {name for name, _, _ in found} else []


def _value(line: str) -> str:
    return line.partition(":")[2].strip()


def _unsigned(text: str) -> str:
    """A mail without what stands below the rule at its end."""
    lines = text.split("\n")
    for at in range(max(len(lines) - _FOOT_REACH, 1), len(lines)):
        if _SIGNATURE.fullmatch(lines[at]):
            return "\n".join(lines[:at])
    return text


def unescaped(text: str) -> str:
    """A text with the characters that entities stand for; one that has an ampersand of its own was
    never escaped, and may be about entities.

    >>> unescaped("Q&amp;A doesn&#39;t"), unescaped("Q&A on &amp;")
    ("Q&A doesn't", 'Q&A on &amp;')
    """
    if "&" not in text or not _ENTITY.search(text) or _BARE.search(text):
        return text
    # One by one, as `html.unescape` reads names without their semicolon, too; and none of them ends
    # a line.
    return _ENTITY.sub(lambda entity: " ".join(html.unescape(entity[0]).splitlines()), text)
