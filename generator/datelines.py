"""Reads the date line of a page as a browser shows it: in the reader's language, words around it.

A page may be saved by a browser that translates it, or that writes its date in the reader's own
language. Months are read where their name leaves no doubt; an order of bare numbers such as
`3/12/2025` is not, as countries disagree on it.
"""

from __future__ import annotations

import re

from .dates import MonthDay, named_days, read_label

_LANGUAGES = (
    # German, with Austrian and Swiss forms; French; Spanish; Italian; Portuguese; Dutch; Polish;
    # Russian: as they stand behind the number of a day.
    (
        "januar/jänner/jan februar/feber/feb märz/mrz/mär april/apr mai juni/jun juli/jul"
        " august/aug september/sep/sept oktober/okt november/nov dezember/dez"
    ),
    (
        "janvier/janv février/févr/fév mars avril/avr mai juin juillet/juil août septembre/sept"
        " octobre/oct novembre/nov décembre/déc"
    ),
    (
        "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago"
        " septiembre/setiembre/sep/sept octubre/oct noviembre/nov diciembre/dic"
    ),
    (
        "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago"
        " settembre/set ottobre/ott novembre/nov dicembre/dic"
    ),
    (
        "janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago"
        " setembro/set outubro/out novembro/nov dezembro/dez"
    ),
    (
        "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug"
        " september/sep oktober/okt november/nov december/dec"
    ),
    (
        "stycznia/sty lutego/lut marca/mar kwietnia/kwi maja/maj czerwca/cze lipca/lip sierpnia/sie"
        " września/wrz października/paź listopada/lis grudnia/gru"
    ),
    (
        "января/янв февраля/февр/фев марта/мар апреля/апр мая июня/июн июля/июл августа/авг"
        " сентября/сент/сен октября/окт ноября/нояб/ноя декабря/дек"
    ),
)
_MONTHS = {
    name: month
    for language in _LANGUAGES
    for month, names in enumerate(language.split(), 1)
    for name in names.split("/")
}
_DAY_FIRST = re.compile(
    r"(?:[^\W\d_]{2,13}(?:-[^\W\d_]{5})?\.?,?\s)?(?P<day>\d{1,2})(?:er|[.º])?\s(?:de\s)?"
    rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
    r"(?:,?\s(?:del?\s)?(?P<year>\d{4})(?:\sг\.?)?)?",
    re.IGNORECASE,
)
_DAY_FIRST_WITHIN = re.compile(rf"(?<!\w){_DAY_FIRST.pattern}(?!\w)", re.IGNORECASE)
_LONGEST_HEADING = 120
_EASTERN = re.compile(
    r"(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
    r"(?:\s?[(（]?(?:[月火水木金土日](?:曜日?)?|(?:星期|周|週)[一二三四五六日天]"
    r"|[월화수목금토일](?:요일)?)[)）]?)?"
)
_BEFORE = re.compile(
    r"(?:(?:published|posted|updated|(?:(?:daily|trending) )?papers|digest)(?: (?:on|of|for))?"
    r"[:,]?(?:\s[•·|–—-])?|[•·|–—-])\s",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:(?:T|,?\s(?:at\s)?)\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:[ap]\.?m\.?)?"
    r"\s?(?:Z|(?:UTC|GMT)?(?:[+-]\d\d:?\d\d)?)"
    r"|\s?[•·|,–—-]?\s\d[\d,]*\s(?:papers|articles))$",
    re.IGNORECASE,
)


def read_date_line(text: str) -> MonthDay | None:
    """The day that a line of a page states, or `None` when the line is anything else.

    >>> str(read_date_line("12. März 2025")), str(read_date_line("2025年3月12日(水)"))
    ('Mar 12, 2025', 'Mar 12, 2025')
    >>> lines = "Mar 12 • 62 papers", "Published on Mar 12", "Daily Papers — 2025/03/12"
    >>> [str(read_date_line(line)) for line in lines]
    ['Mar 12', 'Mar 12', 'Mar 12, 2025']
    >>> read_date_line("3/12/2025"), read_date_line("12 Mars Rovers")
    (None, None)
    """
    if len(text) > 60:
        return None
    text = " ".join(text.split())
    if known := _read(text):
        return known
    within = _BEHIND.sub("", _BEFORE.sub("", text, count=1))
    return _read(within) if within != text else None


def days_within(text: str) -> list[MonthDay]:
    """The dates that a heading names among other words, one with a year before one without.

    >>> [str(day) for day in days_within("论文日报 2025年3月12日")]
    ['Mar 12, 2025']
    >>> [str(day) for day in days_within("Papers vom 12. März 2025")], days_within("10 Mars Rovers")
    (['Mar 12, 2025'], [])
    """
    if found := named_days(text):
        return found
    if len(text) > _LONGEST_HEADING:
        return []
    first = _EASTERN.search(text) or _DAY_FIRST_WITHIN.search(text)
    stated = _read(first[0].strip()) if first else None
    return [stated] if stated and (stated.year or _EASTERN.search(text)) else []


def _read(text: str) -> MonthDay | None:
    if known := read_label(text):
        return known
    found = _DAY_FIRST.fullmatch(text) or _EASTERN.fullmatch(text)
    return MonthDay.of(found, _MONTHS) if found else None
