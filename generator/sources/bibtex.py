r"""BibTeX, as citation programs and search engines export it: an entry a paper.

A value stands between braces or quotes, is a number or a name to which `@string` gave a text, or
several of these joined by `#`. Texts are TeX and stay so, but for braces that keep capitals; what
stands between entries is a remark. An entry that nothing closes costs what is not whole of itself,
as the next one begins with its own line. No entry knows a day: the file's name dates them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..errors import Report
from ..model import Capture
from . import untrusted as ask
from .days import captures_of
from .documents import Document, Record
from .files import SourceFile

NAME = "bibtex"

_START = re.compile(
    r"(?:\s{0,99}%[^\n]*\n){0,99}\s{0,99}@[a-z]{2,30}\s{0,9}[{(]\s{0,9}[^\s{}(),=\"%]{0,200}\s{0,9}[,=}\"{%]",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"@(?P<kind>[A-Za-z]{2,30})[ \t]{0,9}(?P<open>[{(])")
_ENTRY_ON_A_LINE = re.compile(
    r"^[ \t]{0,20}@[A-Za-z]{2,30}[ \t]{0,9}[{(]\s{0,9}[^\s{}(),=\"%]{0,200}[ \t]{0,9}[,=\n]",
    re.MULTILINE,
)
_KEY = re.compile(r"\s*+([^\s,{}()=\"]{0,200})\s*+,")
_FIELD = re.compile(r"[\s,]*+(?P<name>[^\W\d][\w:.+-]{0,60})\s*+=")
_PLAIN = re.compile(r"\s*+([^\s,{}()=\"#]{1,200})")
_JOINT = re.compile(r"\s*+#")
_END = re.compile(r"[\s,]*+[})]")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_NO_PAPERS = frozenset(("comment", "preamble"))

_FORMULA_OR_BRACE = re.compile(
    r"\$[^$\n]{1,1000}\$|\\[{}]|\\[A-Za-z]+\s*\{|\\[^A-Za-z]\{|[\^_]\{|\{\\|[{}]"
)
# A row of white space is tried from its first character alone, or its time were quadratic.
_AND = re.compile(r"(?<!\s)\s+and\s+|[{}]", re.IGNORECASE)
_WRAPPED = re.compile(r"\\(?:url|path|href)\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([_%&#$~{}])|\{(\\_|_|~|%|\\%)\}|\\textasciitilde(?:\{\})?")
_ADDRESS = re.compile(r"https?://[^\s{}<>\"\\]+[^\s{}<>\"\\.,;)]")
_IN_VENUE = re.compile(
    r"arXiv[:\s]\s?(?:preprint\s)?(?:arXiv:)?\s?([\w./-]{7,40})|\babs/([\w./-]{7,40})"
)
_OURS = {
    "title": "title", "abstract": "abstract", "doi": "doi", "url": "url", "pdf": "pdf",
    "code": "code", "comment": "comment", "primaryclass": "primary", "eprintclass": "primary",
    "date": "published", "arxivid": "arxiv_id", "arxiv": "arxiv_id", "eprint": "eprint",
}  # fmt: skip
"""What has a name in the schema; keywords, names and the like are read apart."""
_LEFT_OUT = frozenset("file owner timestamp urldate date-added date-modified bdsk-url-1".split())
"""Of the program that keeps the list, and of its user's disk."""


def sniff(file: SourceFile) -> bool:
    """Whether a text begins with an entry, maybe below remarks.

    >>> [sniff(SourceFile("x", text)) for text in ("@misc{a,", "% x\\n@string{a = 1}", "@ann: {")]
    [True, True, False]
    """
    return _START.match(file.text) is not None


def parse(file: SourceFile, report: Report) -> tuple[Capture, ...]:
    """The papers of a list."""
    document = Document()
    for line, kind, fields, whole in _entries(file.text):
        if not whole:
            kept = "kept what is whole of it" if "title" in fields else "left out"
            document.complain(line, f"an entry that nothing closes, @{kind}; {kept}: close it")
        if "title" in fields or whole:
            document.records.append(Record(line, _record(fields)))
    return captures_of(NAME, file, document, report)


class _Strings:
    """The texts that names stand for. All that they give is bounded by the length of the file, as
    a name may stand for many of another one, and that for many of a third."""

    def __init__(self, most: int) -> None:
        self.texts: dict[str, str] = {}
        self._left = most

    def __getitem__(self, name: str) -> str:
        text = self.texts.get(name.lower(), name)
        self._left -= len(text) if text is not name else 0
        return text if self._left >= 0 else name


def _entries(text: str) -> Iterator[tuple[int, str, dict[str, str], bool]]:
    """Each entry's line, its kind, its fields, and whether it is closed."""
    strings = _Strings(len(text))
    # What looks like the first line of an entry is one, whatever was left open before it: so no
    # part of a text is read twice.
    starts = [found.start() for found in _ENTRY_ON_A_LINE.finditer(text)]
    line, counted = 1, 0
    for start, stop in zip([0, *starts], [*starts, len(text)], strict=True):
        at: int | None = start
        while at is not None and (found := _ENTRY.search(text, at, stop)):
            line, counted = line + text.count("\n", counted, found.start()), found.start()
            kind = found["kind"].lower()
            fields: dict[str, str] = {}
            if kind in _NO_PAPERS:
                at = _closing(text, found.end(), stop)
                continue
            at = _read_fields(text, found.end(), stop, kind, strings, fields)
            if kind == "string":
                strings.texts |= fields
            elif fields or at is None:
                yield line, kind, fields, at is not None


def _read_fields(
    text: str, at: int, stop: int, kind: str, strings: _Strings, fields: dict[str, str]
) -> int | None:
    """Read the fields of an entry; where it ends, `None` where it breaks off."""
    if kind != "string" and (key := _KEY.match(text, at, stop)):
        at = key.end()
    while named := _FIELD.match(text, at, stop):
        parts: list[str] = []
        at = named.end()
        while True:
            value, after = _value(text, at, stop, strings)
            if after is None:
                return None
            parts.append(value)
            joint = _JOINT.match(text, after, stop)
            at = joint.end() if joint else after
            if not joint:
                break
        fields.setdefault(named["name"].lower(), "".join(parts))
    end = _END.match(text, at, stop)
    return end.end() if end else None


def _value(text: str, at: int, stop: int, strings: _Strings) -> tuple[str, int | None]:
    """The value that begins at a place, and where it ends; `None` where it breaks off."""
    while at < stop and text[at].isspace():
        at += 1
    if text.startswith("{", at, stop):
        end = _closing(text, at + 1, stop)
        return (text[at + 1 : end - 1], end) if end else ("", None)
    if text.startswith('"', at, stop):
        depth = 0
        for sign in _BRACE_OR_QUOTE.finditer(text, at + 1, stop):
            depth += (sign[0] == "{") - (sign[0] == "}")
            if sign[0] == '"' and depth <= 0:
                return text[at + 1 : sign.start()], sign.end()
        return "", None
    plain = _PLAIN.match(text, at, stop)
    if not plain:
        return "", None
    return strings[plain[1]], plain.end()


def _closing(text: str, at: int, stop: int) -> int | None:
    """Behind the brace that closes what was opened before a place."""
    depth = 1
    for sign in _BRACE.finditer(text, at, stop):
        depth += 1 if sign[0] == "{" else -1
        if not depth:
            return sign.end()
    return None


def _record(said: Mapping[str, str]) -> dict[str, object]:
    """The fields of a paper by the names of the schema."""
    fields: dict[str, object] = {}
    for name, value in said.items():
        if name in _OURS:
            fields[_OURS[name]] = _unbraced(value)
        elif name not in _LEFT_OUT and name not in ("author", "keywords", "year", "month"):
            fields[name] = _unbraced(value)
    prefix = said.get("archiveprefix", said.get("eprinttype", "arxiv")).strip("{} ").lower()
    if prefix != "arxiv":
        fields.pop("eprint", None)
    fields["authors"] = [_unbraced(name) for name in _names(said.get("author", ""))]
    fields["keywords"] = re.split(r"\s*[,;]\s*", _unbraced(said.get("keywords", "")))
    for name in ("url", "pdf", "code", "doi"):
        if name in fields:
            fields[name] = _address(said[name])
    others = " ".join(_address(said[name]) for name in ("howpublished", "note") if name in said)
    fields["links"] = _ADDRESS.findall(others)
    if not ask.arxiv_id(fields.get("arxiv_id")) and not ask.arxiv_id(fields.get("eprint")):
        venue = " ".join(said.get(name, "") for name in ("journal", "volume", "note", "number"))
        named = _IN_VENUE.search(venue[:2_000])
        fields.pop("arxiv_id", None)
        if named and ask.arxiv_id(named[1] or named[2]):
            fields["arxiv_id"] = named[1] or named[2]
    return {name: value for name, value in fields.items() if value}


def _address(value: str) -> str:
    value = _WRAPPED.sub(r"\1", value)
    return _ESCAPED.sub(lambda found: (found[1] or found[2] or "~")[-1], value).strip("{} \n")


def _names(value: str) -> Iterator[str]:
    """The names that `and` joins, unless braces are around it."""
    depth = start = 0
    for found in _AND.finditer(value):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth <= 0:
            yield value[start : found.start()]
            start = found.end()
    yield value[start:]


def _unbraced(value: str) -> str:
    r"""A text without the braces that keep capitals; those of commands and formulas stay.

    >>> _unbraced(r"{BERT}: {P}re-training \emph{Deep} $x_{1}$ by M{\"u}ller and {{A} \{Team\}}")
    'BERT: Pre-training \\emph{Deep} $x_{1}$ by M{\\"u}ller and A \\{Team\\}'
    """
    if "{" not in value and "}" not in value:
        return value.strip()
    parts: list[str] = []
    open_braces: list[bool] = []
    at = 0
    for found in _FORMULA_OR_BRACE.finditer(value):
        sign = found[0]
        kept = True
        if sign == "{":
            kept = False
            open_braces.append(kept)
        elif sign == "}":
            kept = open_braces.pop() if open_braces else False
        elif sign != r"\{" and (sign.endswith("{") or sign == "{\\"):
            open_braces.append(kept)
        parts += [value[at : found.start()], sign if kept else ""]
        at = found.end()
    return "".join([*parts, value[at:]]).strip()
