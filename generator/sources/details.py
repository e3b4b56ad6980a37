"""Lines that say of a paper what is neither its title nor its abstract; not a source itself.

Under a title or an abstract pages show classes, dates, ids, votes, buttons and labelled fields, in
one line with signs between or in several. Each of their parts has a form that no title has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ..arxiv import stated_arxiv_id
from ..datelines import read_date_line
from ..model import RawPaper
from .labels import CLASS, field_of, read_label
from .page_lines import is_names
from .paragraphs import Paragraph, abstractness, bare

_LONGEST = 300
"""Characters of the longest line."""
_LONGEST_DAY = 60

_MAY_BE = re.compile(
    r"(?:[a-z][a-z-]{1,8}(?:\.[A-Za-z]|$|,)|by\s|Accepted|To [Aa]pp|Under [Rr]ev|[^a-z].{0,25}[:：]"
    r"|\W|(?:[A-Z\d][^\d]{0,60})?\d|.{0,150}[·•|])"
)
"""How such a line begins, or what stands between its parts."""
_PARTS = re.compile(r"\s*[·•|]\s*|\s{2,}|\s+/\s+")
_BUTTON_ENDS = re.compile(rf"{_PARTS.pattern}|(?<=\])\s*(?=\[)")
_CLASSES = re.compile(r"[\s,;/&]+")
_ARCHIVES = frozenset("gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph".split())
"""Those without classes."""
_OTHER_CLASS = re.compile(r"[A-K]\.\d(?:\.(?:\d{1,2}|m))?|\d\d(?:[A-Z]\d\d|-\d\d|[A-Z]xx)")
"""A class of the ACM or the AMS, as arXiv shows them beside its own."""
_SIGN = r"(?:[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?)"
_COUNT = re.compile(
    rf"{_SIGN}{{1,2}}\s?\+?\d[\d.,]{{0,9}}k?(?:\s[a-z]{{3,12}})?"
    r"|\+?\d[\d.,]{0,9}k?\s(?:(?:up)?votes?|likes?|stars?|forks?|comments?|citations?|views?|authors?"
    r"|points?|replies|reposts?|shares?|reads?|downloads?|bookmarks?|pages?|figures?|tables?"
    r"|min(?:ute)?s?(?: read)?)",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    rf"{_SIGN}{{0,2}}\s?\[?(?:(?:view |read |download |full )?(?:pdf|html|paper|text|blog)|code"
    r"|abs(?:tract)?|tex|source|project(?: page)?|github|arxiv(?: page)?|links?|videos?|demo|slides"
    r"|poster|bib(?:tex)?|share|bookmark|save|cite|copy|kimi|rel|listen|twitter|x|linkedin|facebook"
    r"|e-?mail|reddit|hacker news|alphaxiv|hugging ?face|openreview|related)\d{0,5}\]?",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:(?:first |last )?(?:published|submitted|posted|updated|announced|modified|revised|added"
    r"|released)(?: on| at)?:? )?(?P<day>.{6,40}?)(?: (?:by|in|at|to) .{2,80})?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)? ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_AGO = re.compile(
    r"\d{1,2}\s?(?:[hdwm]|mins?|hrs?\.?|(?:minute|hour|day|week|month)s?)(?: ago)?", re.IGNORECASE
)
_ACCOUNT = re.compile(r"@[\w.]{2,30}")
_ACCEPTED = re.compile(
    r"(?:Accepted|To [Aa]ppear|Under [Rr]eview)\s(?:at|to|by|in|for|as)\s.{2,80}"
)
_BY = re.compile(r"[Bb]y\s.{2,80}(?:and \d{1,4} (?:others|more)|et al\.?)")
_FIELDS = frozenset(
    "published updated categories keywords comments organisation upvotes stars doi".split()
)
_OTHER_FIELDS = frozenset(
    "publish score venue journal conference license licence source rank relevance similarity task"
    " tasks area primaryarea rating decision status citations license year lastmodified readers"
    " submissionnumber acmclass mscclass reportno journalref related readingtime".split()
)
_SENTENCE_END = re.compile(r"[.!?…。！？]['\")\]”）]*$")
_SURE_ABSTRACT = 2.0
_FOLD = re.compile(
    r"(?:(?<=[.!?…)\]\"”])\s*|\s(?=[△▽▲▼]))(?:[△▽▲▼]\s*)?(?:(?:Show|Read|See|View) )?"
    r"(?:[Mm]ore|[Ll]ess|full abstract)[\s.…»›→>]*\Z"
    r"|\s*[(\[](?:(?:show|read|see|view) )?(?:more|less|full abstract)[\s.…»›→>]*[)\]]\Z",
    re.IGNORECASE,
)
_LONGEST_FOLD = 40
_NAME = re.compile(r"(?P<name>[A-Z][A-Za-z -]{2,24})\s?: *\S.{0,200}")


@lru_cache(maxsize=4)  # what stands above and below is asked for from either side
def is_detail(text: str) -> bool:
    """Whether a line says something of a paper, and is neither its title nor of its abstract.

    >>> [is_detail(t) for t in ("cs.CL, cs.AI", "arXiv:2503.1234 · cs.LG · Mar 11", "[PDF] [Code]")]
    [True, True, True]
    >>> [is_detail(t) for t in ("Waiting Lab · Mar 11, 2025", "Keywords: nets", "▲ 97   💬 2")]
    [True, True, True]
    >>> [is_detail(t) for t in ("Attention: a Survey", "Code", "GPT-4 | A Report", "Slow Nets")]
    [False, False, False, False]
    """
    if len(text) > _LONGEST or not _MAY_BE.match(text):
        return False  # as of nearly all text
    if "://" in text or stated_arxiv_id(text):
        return False
    if _is_labelled(text) or _ACCEPTED.fullmatch(text) or _BY.fullmatch(text):
        return True
    text = text.strip()
    split = _BUTTON_ENDS if text.startswith("[") else _PARTS
    parts = [part for part in split.split(text) if part]
    known = [part for part in parts if _is_known(part)]
    if len(known) == len(parts):
        return len(parts) > 1 or not _BUTTONS.fullmatch(text)
    # Whose work it is may be anybody's; but a title and its class are two parts as well.
    return len(parts) <= 2 * len(known) and (len(known) > 1 or _is_day(known[0]))


def _is_known(part: str) -> bool:
    part = bare(part)
    return bool(
        _ACCOUNT.fullmatch(part)
        or _BUTTONS.fullmatch(part)
        or _COUNT.fullmatch(part)
        or stated_arxiv_id(part)
        or _are_classes(part)
        or _is_day(part)
        or _is_labelled(part)
        or (part[:3].lower() == "by " and is_names(part))
    )


def _are_classes(part: str) -> bool:
    words = [word for word in _CLASSES.split(part) if word]
    classes = sum(_is_class(word) for word in words)
    return classes > 0 and all(_is_class(w) or _OTHER_CLASS.fullmatch(w) for w in words)


def _is_class(word: str) -> bool:
    return CLASS.fullmatch(word) is not None or word in _ARCHIVES


def _is_day(part: str) -> bool:
    if _TIME.fullmatch(part) or _AGO.fullmatch(part):
        return True
    found = _DATED.fullmatch(part) if any(map(str.isdigit, part)) else None
    return found is not None and read_date_line(found["day"]) is not None


def _is_labelled(text: str) -> bool:
    found = _NAME.fullmatch(text)
    if not found:
        return False
    name = found["name"]
    # In capitals it may be what a title calls its method.
    folded = "" if name.isupper() else re.sub(r"[\s-]", "", name).lower()
    return field_of(name) in _FIELDS or folded in _OTHER_FIELDS


def is_short(text: str) -> bool:
    """Whether a paragraph says of itself that it is the short of an abstract."""
    label = read_label(text[:_LONGEST_DAY])
    return label is not None and label.field == "tldr"


def are_details(paragraph: Paragraph) -> bool:
    """Whether each line of a paragraph is one."""
    return all(map(is_detail, paragraph.text.split("\n")))


def is_account(text: str) -> bool:
    """Whether a line is what somebody is called on a network, below her name."""
    return _ACCOUNT.fullmatch(text) is not None


def without_details(paragraph: Paragraph) -> tuple[Paragraph, list[Paragraph]]:
    """A title without the details in lines of their own around it, or an abstract without those
    behind its last sentence, and the details."""
    rows = paragraph.text.split("\n")
    if len(rows) == 1:
        return paragraph, []
    apart = [is_detail(row) for row in rows]
    if abstractness(paragraph.text) >= _SURE_ABSTRACT:
        end = next((at for at in range(len(rows), 0, -1) if not apart[at - 1]), 0)
        ends = end > 0 and _SENTENCE_END.search(rows[end - 1][-8:])
        apart = [at >= end and ends is not None for at in range(len(rows))]
    kept = [(at, row) for at, row in enumerate(rows) if not apart[at]]
    if not kept or len(kept) == len(rows):
        return paragraph, []
    found = [Paragraph(paragraph.line + at, row) for at, row in enumerate(rows) if apart[at]]
    return Paragraph(paragraph.line + kept[0][0], "\n".join(row for _, row in kept)), found


def without_buttons(title: str) -> str:
    """A title without the buttons in brackets behind it.

    >>> without_buttons("Slow Nets [PDF3] [Copy] [REL]"), without_buttons("Slow Nets [Re]")
    ('Slow Nets', 'Slow Nets [Re]')
    """
    end = len(title)
    while title.endswith("]", 0, end):
        start = title.rfind("[", 0, end)
        if start < 1 or not _BUTTONS.fullmatch(title, start, end):
            break
        end = len(title[start - 2 : start].rstrip()) + max(start - 2, 0)
    return title[:end].rstrip()


def without_fold(abstract: str) -> str:
    """An abstract without the button behind it that shows more or less of it.

    >>> [without_fold(text) for text in ("We wait. Show more", "We ... (read more)", "We say more")]
    ['We wait.', 'We ...', 'We say more']
    """
    found = _FOLD.search(abstract, max(len(abstract) - _LONGEST_FOLD, 0))
    return abstract[: found.start()].rstrip() if found else abstract


def with_details(papers: Sequence[RawPaper], details: Sequence[Paragraph]) -> list[RawPaper]:
    """Papers with the classes, ids and keywords that the lines below their titles state; where the
    first stands above all titles, those above them."""
    found = list(papers)
    said = [(detail.line, dict(_said(detail.text))) for detail in details]
    said = [(line, fields) for line, fields in said if fields]
    ahead = bool(papers and said) and said[0][0] < papers[0].line
    at = -1
    for line, fields in said:
        while at + 1 < len(found) and found[at + 1].line <= line:
            at += 1
        if 0 <= at + ahead < len(found):
            paper = found[at + ahead]
            new = {name: value for name, value in fields.items() if not getattr(paper, name)}
            found[at + ahead] = replace(paper, **new)
    return found


def _said(text: str) -> Iterator[tuple[str, Any]]:
    """What a paragraph says, by field of a paper."""
    for row in [" ".join(text.split())] if is_short(text) else text.split("\n"):
        yield from _fields(row)


def _fields(row: str) -> Iterator[tuple[str, Any]]:
    """What a line says, by field of a paper."""
    label = read_label(row)
    if label and label.field == "keywords":
        words = (word.strip() for word in re.split(r"[,;、，]", label.value))
        yield "keywords", tuple(dict.fromkeys(word for word in words if word))
    if label and label.field == "tldr":
        yield "summary_ai", label.value
        return
    if label and label.field == "comments":
        yield "comment", label.value
    if classes := tuple(dict.fromkeys(CLASS.findall(row))):
        yield "categories", classes
    for part in _PARTS.split(row.strip()):
        if stated := stated_arxiv_id(part):
            yield "arxiv_id", stated.id.id
            yield "version", stated.id.version
