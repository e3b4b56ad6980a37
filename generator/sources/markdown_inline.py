r"""A line of Markdown to the text a reader would see, and the links in it; not a source itself.

By hand and not by Python-Markdown, which knows no lines, takes `$x_1 + x_2$` for emphasis and gives
HTML that had to be read again: titles and abstracts are full of TeX, and all of it stays. Every
pattern has a bound, so the time is linear in the length whatever is left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from . import untrusted as ask
from .markup import to_text

# What an escape, a formula or code keeps from meaning anything, until all else is read.
_KEPT_FROM = 0x10F000
_KEEP = {ord(c): chr(_KEPT_FROM + ord(c)) for c in "!\"$%'()*+,-./:<=>?@[\\]^_`{|}~"}
_KEEP_ALL = _KEEP | {ord(c): chr(_KEPT_FROM + ord(c)) for c in "&#;"}
# Not what else means something in a text: where a sentence ends, what a label is.
_LITERALLY = {ord(c): _KEEP_ALL[ord(c)] for c in "*<>\\_`~"}
_BRACKETS = {ord(c): _KEEP_ALL[ord(c)] for c in "[]"}
_GIVE_BACK = {ord(kept): chr(plain) for plain, kept in _KEEP_ALL.items()}

_LITERAL = re.compile(
    r"\\(?P<escaped>[!-#%-/:-@\[-`{-~])"  # not \$, which is a dollar in TeX, too
    r"|(?P<ticks>``?)(?P<code>[^`\n]{1,500})(?P=ticks)(?!`)"
    # As Pandoc has it: prices are no formulas.
    r"|(?P<math>\$\$(?!\s)[^$]{1,2000}(?<!\s)\$\$|\$(?![\s$])[^$\n]{1,1000}(?<![\s\\])\$(?!\d))"
)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}+\]\([^()\n]{0,2000}+\)")
_WORDS = r"(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,300}+\](?!\()){0,1000}+"
_TITLE = r"(?:\s+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?"
_URL = rf"<?((?:[^()\s<>]|\([^()\s]{{0,300}}+\)){{0,2000}}+)>?{_TITLE}"
_LINK = re.compile(rf"\[({_WORDS})\]\(\s?{_URL}\s?\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,500}+)\](?:\[([^\[\]\n]{0,100}+)\])?(?![(\[:])")
_ADDRESS = re.compile(r"<?(https?://[^\s<>\"]{1,2000})>?")
_EMPHASIS = {
    "*": (
        re.compile(r"\*\*\*(?=\S)([^*]{1,2000}+)(?<=\S)\*\*\*"),
        re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*)){1,2000}+)(?<=\S)\*\*"),
        re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,2000}+)(?<=\S)\*(?![\w*])"),
    ),
    "_": (
        re.compile(r"(?<![\w_])__(?=\S)((?:[^_]|_(?!_)){1,2000}+)(?<=\S)__(?![\w_])"),
        re.compile(r"(?<![\w_])_(?=\S)((?:[^_]|(?<=\w)_(?=\w)){1,2000}+)(?<=\S)_(?![\w_])"),
    ),
    "~": (re.compile(r"~~(?=\S)([^~]{1,2000}+)(?<=\S)~~"),),
}
_TRAILING = ".,;:!?)]*_"


class Found(NamedTuple):
    """A link of a line."""

    url: str
    words: str


class Line(NamedTuple):
    """A line in which what is literal no longer means anything; `plain` makes text of it."""

    marked: str

    def plain(self) -> str:
        """What a reader sees; of a link its words, of an image nothing."""
        marked = _LINK.sub(lambda found: found[1], self.marked)
        for mark, patterns in _EMPHASIS.items():
            if mark in marked:
                for pattern in patterns:
                    marked = pattern.sub(r"\1", marked)
        return to_text(marked).translate(_GIVE_BACK).strip()

    def links(self) -> list[Found]:
        """The links in it, and the addresses that stand there bare, each once."""
        found = {link[2]: Line(link[1]).plain() for link in _LINK.finditer(self.marked) if link[2]}
        for bare in _ADDRESS.finditer(_LINK.sub(" ", self.marked)):
            found.setdefault(bare[1].rstrip(_TRAILING), "")
        read = ((ask.address(given_back(url)), words) for url, words in found.items())
        return [Found(url, words) for url, words in read if url]

    def without_links(self) -> str:
        """What a reader sees beside the links."""
        return Line(_ADDRESS.sub(" ", _LINK.sub(" ", self.marked))).plain()

    def before_links(self) -> str:
        """What a reader sees before the first link."""
        first = _LINK.search(self.marked) or _ADDRESS.search(self.marked)
        return Line(self.marked[: first.start() if first else None]).plain()

    def without_last(self, is_left_out: Callable[[str], bool], *, anywhere: bool = False) -> Line:
        """The line without the links at its end whose words are to be left out; those that go on
        with a sentence stay, unless they may stand `anywhere`."""
        end = len(self.marked)
        for link in reversed(list(_LINK.finditer(self.marked))):
            if _BETWEEN_LINKS.fullmatch(self.marked, link.end(), end) is None:
                break
            start = _BEFORE_LINK.search(self.marked[max(link.start() - 20, 0) : link.start()])
            at = max(link.start() - 20, 0) + start.start() if start else link.start()
            alone = anywhere or at == 0 or self.marked[at : link.start()].strip() != ""
            if not (alone or self.marked[at - 1] in ".!?") or not is_left_out(
                Line(link[1]).plain()
            ):
                break
            end = at
        return Line(self.marked[:end])

    def lead(self) -> tuple[Line, Line, str] | None:
        """The link or the bold words that it begins with, what follows, and where the link leads.

        >>> line = read_line("**[A *B* Title](https://x.org/a)**: more")
        >>> lead = line.lead()
        >>> lead[0].plain(), lead[1].plain(), lead[2]
        ('A B Title', ': more', 'https://x.org/a')
        """
        marked = self.marked.lstrip()
        around = _AROUND.match(marked)
        mark = around[0] if around else ""
        if link := _LINK.match(marked, len(mark)):
            rest = marked[link.end() :]
            if rest.startswith(mark):
                rest = rest[len(mark) :]
            elif mark:
                link = None  # more than the link is bold
            if link:
                return Line(link[1]), Line(rest), ask.address(given_back(link[2]))
        if mark in ("**", "__", "***"):
            end = marked.find(mark, len(mark))
            if end > len(mark):
                words = Line(marked[len(mark) : end])
                links = words.links()
                return words, Line(marked[end + len(mark) :]), links[0].url if links else ""
        return None


_BETWEEN_LINKS = re.compile(r"[\s\])|·•,;/*—–.-]*")
_BEFORE_LINK = re.compile(r"(?:[\s\[(|·•,;*—–-]|(?<=\s)/)*\Z")
_AROUND = re.compile(r"(?:\*{1,3}|_{1,2})(?=\S)")


def given_back(marked: str) -> str:
    """The characters that were kept, as they are."""
    return marked.translate(_GIVE_BACK)


def read_line(text: str, references: Mapping[str, str] | None = None) -> Line:
    r"""A line or paragraph, its escapes, code and formulas kept, its images gone.

    >>> read_line(r"On \*all\* **fours**: `a*b`, $x_1*y$ &lt;b> [it](https://x.org/a)<br>").plain()
    'On *all* fours: a*b, $x_1*y$ <b> it'
    >>> read_line("A [code][1], <https://b.org>.", {"1": "https://a.org"}).links()
    [Found(url='https://a.org', words='code'), Found(url='https://b.org', words='')]
    """
    marked = _LITERAL.sub(_kept, text)
    if "![" in marked:
        marked = _IMAGE.sub("", marked)
    if references and "[" in marked:
        marked = _REFERENCE.sub(lambda found: _resolved(found, references), marked)
    return Line(marked)


def literal(text: str, *, in_link: bool) -> str:
    """A text in which nothing is a mark of Markdown, also where formulas stand in it.

    >>> read_line(literal("[1] *a* [b](c) $x_1$ <b>", in_link=False)).plain()
    '[1] *a* [b](c) $x_1$ <b>'
    """
    text = text.translate(_LITERALLY)
    return text.translate(_BRACKETS) if in_link else text.replace("](", f"{_KEEP[ord(']')]}(")


def _kept(found: re.Match[str]) -> str:
    if escaped := found["escaped"]:
        return escaped.translate(_KEEP_ALL)
    if code := found["code"]:
        return code.translate(_KEEP_ALL)
    return found["math"].translate(_KEEP)


def _resolved(found: re.Match[str], references: Mapping[str, str]) -> str:
    url = references.get((found[2] or found[1]).lower())
    return f"[{found[1]}]({url})" if url else found[0]
