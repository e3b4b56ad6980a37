"""What is said of one paper in Markdown, as the fields of a record; not a source itself.

Labels name most of it. What has none is told by its look: a line of names behind the title, lines
of links, of votes and dates; the rest is what the digest says of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import labels
from . import untrusted as ask
from .markdown_blocks import Block
from .markdown_inline import Found, Line, read_line
from .page_lines import is_address

_LINK_WORDS = frozenset(
    "abs abstract alphaxiv arxiv article bibtex blog code data dataset datasets demo doi face"
    " facebook full linkedin save share"
    " github hf html hugging huggingface link links model models openreview original page paper"
    " papers pdf post project read repo repository site slides source tweet twitter video view web"
    " webpage website weights zenodo here more homepage null".split()
)
_MOST_LINK_WORDS = 4

_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)\]*_]*$")
_PARTS = re.compile(r"\s[|·•]\s")
_DASH = re.compile(r"\s[–—-]\s")
_SEPARATOR = re.compile(r"[\s:：—–|,.;·•-]+")
_BRACKET = re.compile(r"\([^()\n]{0,300}\)")
_SEVERAL = re.compile(r",\s*(?:and\s)?|;\s*|\s(?:and|&)\s|、|，")
_EMPHASISED = re.compile(r"[^\w*]{0,4}([*_]{1,3})([^*_]{3,20000}+)\1(?![\w*])")
_TEXTS = ("abstract", "summary")
"""Fields that may have several paragraphs."""
PARTICLES = frozenset("al bin da de del della den der di dos du el la le ten van von y".split())
"""What stands in small letters within names."""
_LONG = 100
"""Characters of a line that is no remark."""
_FEW_WORDS = 5
_MOST_NAMES = 20_000
"""Characters of the longest line of names."""


@dataclass(slots=True)
class Body:
    """What has been read of a paper."""

    references: Mapping[str, str]
    fields: dict[str, list[str]] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What no label names."""
    ids: list[str] = field(default_factory=list)
    open: str | None = None
    """The field that goes on in the next lines."""
    in_fold: bool = False
    """Whether that field goes on behind a blank line, too."""

    def take(self, block: Block, *, marked_off: bool = False) -> None:
        """Read a block."""
        if block.kind == "heading":
            name = labels.field_of(read_line(block.text, self.references).plain().rstrip(":"))
            self.open, self.in_fold = name, name is not None
            return
        pending: list[str] = []
        begun = False
        for raw in block.text.split("\n"):
            label = labels.read_label(raw)
            if label and begun and self.open in _TEXTS and not _parts_a_text(label, raw):
                label = None
            if label:
                self.tell(pending, marked_off=marked_off)
                pending = []
                self._begin(label)
                begun = self.open is not None
            elif self.open and self.open not in (*_TEXTS, *labels.LINKS) and is_address(raw):
                self.open, begun = None, False
                pending.append(raw)
            elif begun or (self.open and self.open not in _TEXTS):
                self._go_on(raw)
            else:
                pending.append(raw)
        self.tell(pending, marked_off=marked_off)
        if not self.in_fold:
            self.open = None

    def _begin(self, label: labels.Label) -> None:
        self.open = label.field
        self.in_fold = label.field in _TEXTS or (label.field is not None and not label.value)
        if label.field is None and label.value:
            line = read_line(label.value, self.references)
            self._keep(line.links())
            self.fields.setdefault(label.name, []).append(line.plain())
            self.told.append(f"{label.name}: {line.plain()}")
        elif label.value:
            self._go_on(label.value)

    def _go_on(self, raw: str) -> None:
        """Read a value of the open field, or a further line of it."""
        assert self.open
        line = read_line(raw, self.references)
        links = line.links()
        if self.open in labels.LINKS:
            self._keep(links, self.open)
            if not links:
                self.fields.setdefault(self.open, []).append(line.plain())
        else:
            self._keep(links)
            self.fields.setdefault(self.open, []).append(line.plain())

    def tell(self, raws: Sequence[str], *, marked_off: bool = False) -> None:
        """Read lines without a label; a dash or colon may mark them off from the title."""
        lines = [read_line(raw, self.references) for raw in raws]
        kept: list[Line] = []
        for raw, line in zip(raws, lines, strict=True):
            links = line.links()
            beside = line.without_links()
            # A bare address may end a sentence that was wrapped before it.
            wrapped = kept and "](" not in raw and not _SENTENCE_END.search(kept[-1].marked[-8:])
            if links and not wrapped and not any(map(str.isalnum, beside)):
                self._keep(links, main=True)
            elif not kept and (
                self._are_authors(raw, line) or (not marked_off and _is_remark(line.plain()))
            ):
                self._keep(links, main=True)
                self._classify(line)
            else:
                kept.append(line)
        text = "\n".join(prose(line) for line in kept)
        told = _SENTENCE_END.search(text[-8:]) or len(text) >= _LONG
        words = len(text.split(None, _FEW_WORDS)) if text.isascii() else _FEW_WORDS
        for line in kept:
            self._keep(line.links(), main=not told)
        if text.strip() and words > 2 and (told or (marked_off and words >= _FEW_WORDS)):
            if self.open in _TEXTS:
                self.fields.setdefault(self.open, []).append(text)
            else:
                self.told.append(text)

    def _are_authors(self, raw: str, line: Line) -> bool:
        """Whether a line right below the title names the authors, maybe before other things; if so,
        take them."""
        if self.told or self.fields:
            return False
        first, *others = _PARTS.split(line.plain(), maxsplit=1)
        leaned = _EMPHASISED.match(raw.strip()[:_MOST_NAMES])
        if leaned:
            first = read_line(leaned[2]).plain().rstrip(".")
        each = [_EMPHASISED.fullmatch(part.strip()) for part in _PARTS.split(raw[:_MOST_NAMES])]
        if len(each) > 1 and all(each):  # `_Ann Lee_ · _Bo Wu_`
            first, others = ", ".join(part[2] for part in each if part), []
        venue = _DASH.search(first)  # `A Lee, B Wu - arXiv preprint, 2025`
        names = are_names(first[: venue.start()], alone=False) if venue else ""
        names = names or are_names(first, alone=bool(leaned or (others and line.links())))
        if names:
            self.fields["authors"] = [names]
        return bool(names)

    def _classify(self, line: Line) -> None:
        """Take the classes that a line of remarks names."""
        if found := labels.CLASS.findall(line.plain()):
            self.fields.setdefault("categories", []).extend(found)

    def _keep(self, links: Iterable[Found], kind: str = "", *, main: bool = False) -> None:
        """Keep links; those that stand apart from a text, or have a label, may say the id."""
        for url, words in links:
            self.links.append({"kind": labels.kind_of(url, words, kind), "url": url})
            apart = main or kind in ("arxiv", "url", "pdf", "hf") or (words and is_link_word(words))
            if apart and ask.arxiv_id(url):
                self.ids.append(url)

    def begin(self, raws: Sequence[str], *, marked_off: bool) -> None:
        """Read what stands behind the title, and further lines of the same paragraph."""
        self.take(Block("text", 0, 0, "\n".join(raws)), marked_off=marked_off)

    def put(self, name: str | None, column: str, cell: str) -> None:
        """Read the cell of a table."""
        if name:
            self._begin(labels.Label(name, column, cell))
            self.open, self.in_fold = None, False
            return
        line = read_line(cell, self.references)
        self._keep(line.links())
        self.fields.setdefault(column, []).append(line.plain())
        if len(line.plain().encode()) >= _LONG // 2:  # of Chinese a third as many letters
            self.told.append(line.plain())

    def lead_to(self, url: str) -> None:
        """Take where the title leads."""
        if url:
            self._keep([Found(url, "")], main=True)

    def record(self, title: str) -> dict[str, object]:
        """All of it, by the names of the schema."""
        fields: dict[str, object] = {
            name: "\n".join(values)
            for name, values in self.fields.items()
            if name not in labels.LINKS
        }
        fields["title"] = title
        stated = [value for value in self.fields.get("arxiv", []) if ask.arxiv_id(value)]
        fields["arxiv_id"] = next(iter([*stated, *self.ids]), None)
        if not fields.get("abstract") and not fields.get("summary"):
            fields["abstract"] = "\n".join(self.told) or fields.get("tldr")
        fields["links"] = self.links
        return labels.tidied(fields)


def _parts_a_text(label: labels.Label, raw: str) -> bool:
    """Whether a label ends the text whose wrapped lines it stands among."""
    plain = raw[:1].isalpha()
    return not plain or (
        not raw[0].islower() and label.field in labels.LINKS and "://" in label.value
    )


def is_link_word(words: str) -> bool:
    """Whether the words of a link say what it leads to, and are no title.

    >>> is_link_word("[PDF]"), is_link_word("🔗 arXiv:2503.01234"), is_link_word("Code Llama")
    (True, True, False)
    """
    parts = re.findall(r"[\w.]+", words)
    return len(parts) <= _MOST_LINK_WORDS and all(
        part.lower() in _LINK_WORDS or not any(map(str.isalpha, part)) for part in parts
    )


def prose(line: Line) -> str:
    """The text of a line without the links of its end that are no part of a sentence.

    >>> prose(read_line("We do. [[PDF](https://a.org)] | [Code](https://b.org)"))
    'We do.'
    >>> prose(read_line("The code is [here](https://b.org)"))
    'The code is here'
    """
    return line.without_last(is_link_word).plain()


def are_names(text: str, *, alone: bool) -> str:
    """The names of a line that holds nothing else; `alone` where a single one counts.

    >>> are_names("by Ann Lee, Bo van Wu et al.", alone=False), are_names("Deep Nets", alone=False)
    ('Ann Lee, Bo van Wu', '')
    """
    if len(text) > _MOST_NAMES:
        return ""
    named = labels.OTHERS.sub("", re.sub(r"^\W*(?:by\s)?\s*", "", text)).strip(" ,")
    parts = [part.strip() for part in _SEVERAL.split(_BRACKET.sub("", named))]  # no affiliations
    enough = len(parts) > 1 or alone or named != text.strip(" ,")
    known = sum(map(_is_name, parts))
    # Many names in italics are names, also where one of them is that of a project.
    all_known = known == len(parts) or (alone and 5 * known >= 4 * len(parts) > 4)
    return named if enough and all_known else ""


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= _FEW_WORDS
        and all(
            (word[0].isupper() or not word.isascii() or word in PARTICLES)
            and not any(map(str.isdigit, word))
            and (not word.endswith(".") or len(word) <= 4)
            for word in words
        )
        and not all(word in PARTICLES for word in words)
    )


def _is_remark(text: str) -> bool:
    """Whether a line tells votes, dates, places and the like, and is no sentence."""
    return (
        len(text) < _LONG
        and not _SENTENCE_END.search(text[-8:])
        and (_PARTS.search(text) is not None or len(text.split(None, 4)) <= 4)
    )


def rest_of(line: Line) -> tuple[str, bool]:
    """What follows a title on its line, and whether a dash or colon parts it from the title."""
    marked = line.marked
    apart = _SEPARATOR.match(marked)
    start = apart.end() if apart else 0
    mark = marked[:start]
    while bracket := _BRACKET.match(marked, start):
        start = bracket.end()
        apart = _SEPARATOR.match(marked, start)
        mark += marked[start : apart.end()] if apart else ""
        start = apart.end() if apart else start
    return marked[start:], any(sign in mark for sign in ":：—–-")
