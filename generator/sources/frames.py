"""What a newsletter says around its papers: greetings, sponsors, farewells, how to leave it.

Not a source itself. Each reads like a title or an abstract to whoever knows papers alone. There are
papers called `Hello, It's GPT-2` and `Welcome to the Era of Experience`, so a line counts only with
the stop that no title has, or with words that are about a newsletter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

from ..dates import MonthDay
from .paragraphs import Paragraph, abstractness, bare

_LONGEST = 600
"""Characters of a paragraph that may be one of these."""
_LONGEST_LINE = 200
_GREETING_REACH = 6
"""Paragraphs at the top among which a greeting is looked for."""
_MOST_INTRODUCED = 3
"""Paragraphs of an introduction below it."""
_LONG = 300
"""Characters of what can only be an abstract."""

_ISSUE = r"(?:newsletter|news|digest|issue|edition|e-?mail|message|mailing|round-?up|list)"
_READERS = (
    r"(?:there|all|everyone|everybody|folks|friends?|readers?|subscribers?|team|colleagues"
    r"|researchers|[a-z]+ (?:readers?|friends?|subscribers?))"
)


# Nearly all text begins otherwise.
_BEGINNING = re.compile(
    r"[^\w©(]{0,20}(?:(?:hello|hi|hey|dear|greetings|welcome|good|liebe|hallo|guten|sehr|bonjour|cher"
    r"|chère|hola|ciao|olá|beste|here|below|these|in|this|today|and|that|see|catch|until|till|many"
    r"|thanks?|happy|stay|have|with|best|kind|warm(?:est)?|cheers|all|regards|yours|sincerely|bis|à|hasta|click|to|unsubscribe"
    r"|manage|update|change|edit|view|open|read|you|the|was|were|forward|if|no|don|copyright|like"
    r"|love|enjoy|loved|liked|enjoyed|share|sign|subscribe|proudly|sponsored|sponsors?|brought|a|one"
    r"|word|message|note|got|any|questions?|just|simply|hit|reply|did|do|follow|join|find|found|tell)"
    r"\b|©|\(c\))",
    re.IGNORECASE,
)


def _one_of(*phrases: str, end: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases)}){end}", re.IGNORECASE | re.DOTALL)


_GREETING = _one_of(
    r"(?:hello|hi|hey|dear|greetings|welcome|good (?:morning|afternoon|evening))"
    rf"(?:,? (?:to )?{_READERS})?(?: and (?:welcome|happy \w{{3,9}}))?\s?[,!.…:—-]{{1,3}}",
    r"(?:liebe|hallo|guten|sehr geehrte|bonjour|cher|chère|hola|ciao|olá|beste)\b[^.?]{0,60}[,!]",
)
_INTRODUCTION = _one_of(
    rf"welcome (?:back )?to (?:\w+ ){{0,4}}?(?:{_ISSUE}|the \w+ (?:edition|issue))\b",
    r"(?:happy \w{3,9}[!,.] )?(?:here (?:are|is|come)|below (?:are|is)|these are)\b"
    rf".{{0,60}}\b(?:papers?|picks|{_ISSUE})\b",
    r"(?:in )?(?:this|today[’']s) (?:newsletter|digest|edition|e-?mail|round-?up)\b",
    r"in (?:this|today[’']s) issue(?: of|,| we| you)",
    r"today we (?:have|bring|cover|look)\b",
    r"today[’']s (?:top |best |selection|papers|picks|highlights)",
    end=r".*[.!:…]",
)
_FAREWELL = _one_of(
    r"(?:and )?that(?:[’']s| is) (?:all|it)\b(?! you need)",
    r"(?:see|catch) you (?:\w+ )?(?:tomorrow|next|soon|again|then|later|on)\b",
    r"(?:until|till) (?:tomorrow|next (?:time|week|issue)|then)\b",
    r"(?:many )?thank(?:s| you)(?: so much| again)? for (?:reading|subscribing|being)\b",
    r"happy reading\b",
    r"stay tuned\b",
    r"have a (?:great|nice|good|lovely|wonderful) (?:day|week|one)\b",
    r"(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)\b",
    r"cheers[,!]",
    r"bis (?:morgen|bald|zum nächsten)\b",
    r"à (?:demain|bientôt)\b",
    r"hasta (?:mañana|pronto)\b",
    end=r".{0,200}",
)
_SIGNED = re.compile(
    r"(?:(?:all )?(?:the |my )?best|cheers|thanks|regards|yours|sincerely|bis bald),[ \t]*"
    r"(?:\n[^\n.:]{1,40}){1,3}",
    re.IGNORECASE,
)
"""A greeting with the name of who sends it on the lines below."""
_LEAVING = _one_of(
    r"(?:click here |to )?unsubscribe(?:$|\s*[^\s\w]| (?:here|from|at|any|or|instantly|link)\b)",
    r"manage (?:your )?(?:subscription|preferences)",
    r"(?:update|change|edit) (?:your )?(?:e-?mail )?(?:preferences|settings)",
    rf"(?:view|open|read|see) (?:this |it |the )?(?:{_ISSUE} )?(?:in|on) (?:your |a |the )?"
    r"(?:web ?)?(?:browser|web|website)",
    r"you(?:[’']re| are)? ?(?:currently )?(?:receiving|received|get|got) this",
    rf"(?:this|the) {_ISSUE} (?:was|is|has been) (?:sent|delivered|forwarded|written|generated"
    r"|curated)",
    rf"(?:was|were) (?:this|you) (?:{_ISSUE} )?forwarded",
    r"forward (?:this|it) to",
    r"(?:if )?(?:you )?(?:no longer|don[’']t) (?:wish|want) to (?:receive|get)",
    r"(?:©|\(c\)|copyright) ?(?:\d{4}|.{1,60}all rights reserved)",
    r"no longer interested\?",
    rf"(?:like|love|enjoy|loved|liked|enjoyed|share) (?:this|our) {_ISSUE}\b",
    r"share on (?:x|twitter|linkedin)",
    r"(?:sign up|subscribe) (?:here|now|today|to (?:get|our|receive|the|this))\b",
)
_SPONSOR = _one_of(
    rf"(?:(?:today[’']s|this) (?:{_ISSUE} )?(?:is )?)?(?:proudly )?"
    r"(?:sponsored|brought to you) by\b",
    rf"(?:today[’']s|this) {_ISSUE} is (?:proudly )?(?:made possible|supported) by\b",
    r"(?:a |one )?(?:word|message|note) from (?:our|the|today[’']s) (?:sponsor|partner)",
    r"sponsors?:",
)
_REPLY = _one_of(
    r"(?:have|got|any|questions?,?) (?:\w+ )?(?:feedback|questions?|thoughts|comments|suggestions)"
    r"\b.{0,80}(?:\?|repl(?:y|ies)|let (?:us|me) know|reach out)",
    rf"(?:just |simply )?(?:hit )?reply (?:to this {_ISSUE}|and (?:tell|let))",
    r"hit reply\b",
    r"(?:did|do) you (?:like|enjoy|find) (?:this|today[’']s)\b",
    r"(?:follow|join|find) us on\b",
    r"tell (?:a|your) friends?\b",
    rf"(?:if you )?(?:like|enjoy|enjoyed|liked|find|found) this {_ISSUE}\b",
)


_COUNTED = re.compile(r"\s*(?:\(\d{1,4}(?: papers?)?|[:–—-]? ?\d{1,4} papers?)$", re.IGNORECASE)
_LONGEST_SECTION = 60
_SECTIONS = frozenset(
    "machine learning; deep learning; artificial intelligence; natural language processing; nlp"
    "; computer vision; computer vision pattern recognition; computation language; robotics"
    "; reinforcement learning; large language models; language models; llms; agents; llm agents"
    "; ai agents; multimodal; multimodal learning; multimodal models; generative ai; generative"
    " models; speech; audio; speech audio; information retrieval; optimization; theory; benchmarks"
    "; datasets; datasets benchmarks; surveys; reasoning; safety; ai safety; alignment; efficiency"
    "; graph neural networks; time series; diffusion models; image generation; video generation"
    "; video; 3d; applications; systems; other; others; other papers; misc; miscellaneous"
    "; highlights; top papers; featured; featured papers; trending; trending papers; new papers"
    "; papers; papers of the day; paper of the day; editor's picks; must read; must reads"
    "; worth reading; also notable; honorable mentions; quick reads; more papers; statistics"
    "; neural evolutionary computing; human-computer interaction; cryptography security; research"
    "; research papers".split("; ")
)
"""Names of parts; fields of research are titles of papers, too, so only without an abstract."""
_AND = re.compile(r"\s*(?:&|/|,|\sand\s)\s*")
"""Names of parts; fields of research are titles of papers, too, so only without an abstract."""


def may_be_framing(text: str) -> bool:
    """Whether a text can be what `is_framing` tells; a quick look, marks of Markdown or not."""
    return _BEGINNING.match(text) is not None


def is_framing(text: str) -> bool:
    """Whether a paragraph is about the newsletter, not a part of a paper.

    >>> [is_framing(text) for text in ("That’s all for today!", "Unsubscribe | Preferences")]
    [True, True]
    >>> [is_framing(text) for text in ("That Is All You Need", "Sponsored Search Auctions")]
    [False, False]
    """
    if len(text) > _LONGEST or not may_be_framing(text):
        return False
    if _SIGNED.fullmatch(text):
        return True
    text = _words(text)
    if len(text) > _LONGEST_LINE:
        return bool(_SPONSOR.match(text) or _INTRODUCTION.fullmatch(text) or _LEAVING.match(text))
    return (
        is_farewell(text)
        or any(pattern.match(text) for pattern in (_LEAVING, _SPONSOR))
        or (_REPLY.match(text) is not None and not _is_title(text))
        or any(pattern.fullmatch(text) for pattern in (_GREETING, _INTRODUCTION))
    )


def is_section(text: str) -> bool:
    """Whether a line names a part of a digest: a field of research, or anything in capitals.

    >>> [is_section(t) for t in ("COMPUTER VISION", "🔥 Robotics (12)", "Robotics", "GPT-4")]
    [True, True, True, False]
    >>> is_section("Robotics: a Survey"), is_section("BERT")
    (False, False)
    """
    if len(text) > _LONGEST_SECTION:
        return False
    text = _COUNTED.sub("", re.sub(r"[\W_]+\Z", "", bare(text)))
    text = re.sub(r"\A[\W_]+|[\W_]+\Z", "", text)
    if _AND.sub(" ", text).lower() in _SECTIONS:
        return True
    return text.isupper() and text.count(" ") > 0 and not any(map(str.isdigit, text))


def is_farewell(text: str) -> bool:
    """Whether a line says that nothing follows but how to write and to leave."""
    if len(text) > _LONGEST_LINE or not may_be_framing(text):
        return False
    text = _words(text)
    # Of a title no word but the first few is small; and it ends in no stop.
    return _FAREWELL.fullmatch(text) is not None and not _is_title(text)


def _is_title(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 1 and text[-1].isalnum() and 2 * capitals > len(words)


def _words(text: str) -> str:
    """A line as it is read: without marks of emphasis, pictures and dashes before it."""
    return re.sub(r"^[^\w©(]+|[*_\s]+$", "", bare(text))


def without_frame(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs of papers, and those around them.

    What follows a greeting and reads like sentences introduces; behind a farewell nothing is of a
    paper, unless an abstract follows.
    """
    framing = {at for at, paragraph in enumerate(paragraphs) if is_framing(paragraph.text)}
    if not framing:
        return list(paragraphs), []
    for at in sorted(framing):
        if at < _GREETING_REACH and _GREETING.fullmatch(_words(paragraphs[at].text[:_LONGEST])):
            framing |= _introduced(paragraphs, at)
        if is_farewell(paragraphs[at].text) and not any(
            len(p.text) > _LONG and abstractness(p.text) > 0 for p in paragraphs[at + 1 :]
        ):
            framing |= set(range(at, len(paragraphs)))
            break
    kept = [p for at, p in enumerate(paragraphs) if at not in framing]
    return kept, [paragraphs[at] for at in sorted(framing)]


def _introduced(paragraphs: Sequence[Paragraph], at: int) -> set[int]:
    """The paragraphs of an introduction below a greeting; none where an abstract may be one of
    them, as no title stands between."""
    end = at + 1
    while end < len(paragraphs) and abstractness(paragraphs[end].text) > 0:
        end += 1
    return set(range(at + 1, end)) if end - at - 1 <= _MOST_INTRODUCED else set()


def days_around(paragraphs: Sequence[Paragraph], days: Sequence[MonthDay | None]) -> set[Paragraph]:
    """The lines that lead to the days before and after, where its own day stands between them."""
    found: set[Paragraph] = set()
    for at, (before, day, after) in enumerate(zip(days, days[1:], days[2:], strict=False)):
        if before and day and after and _follows(before, day) and _follows(day, after):
            found |= {paragraphs[at], paragraphs[at + 2]}
    return found


def _follows(before: MonthDay, after: MonthDay) -> bool:
    """Whether one day comes right after the other, in a year that need not be stated."""
    for year in [before.year] if before.year else [2023, 2024]:  # one of them a leap year
        with suppress(ValueError, OverflowError):  # behind the last day of the year 9999 is none
            following = date(year, before.month, before.day) + timedelta(days=1)
            if (following.month, following.day) == (after.month, after.day):
                return True
    return False
