"""Labels before the fields of a paper, as people write them: `**Authors:**`, `Abstract:`, `PDF:`.

Not a source itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..links import link_kind
from ..model import LinkKind
from . import untrusted as ask

_BY_FIELD: Mapping[str, str] = {
    "title": "title; paper title; 标题; 题目; 论文标题; タイトル; 題名; 論文名; 제목; titel; titre;"
    " título; titolo; tytuł; название; заголовок",
    "authors": "author; authors; by; 作者; 著者; 저자; autor; autoren; auteur; auteurs; autores;"
    " autore; autori; autorzy; автор; авторы",
    "abstract": "abstract; paper abstract; 摘要; 要旨; 概要; 초록; zusammenfassung; kurzfassung;"
    " résumé; resumen; riassunto; sommario; resumo; samenvatting; streszczenie; аннотация",
    "summary": "summary; description; overview",
    "tldr": "tldr; tl;dr; ai summary; one-line summary",
    "arxiv": "arxiv; arxiv id; arxiv link; arxiv url; paper id",
    "id": "id",
    "url": "url; urls; link; links; paper; paper link; paper url; read; read more; read paper;"
    " 链接; リンク; 링크; verweis; lien; liens; enlace; enlaces; collegamento; odnośnik; ссылка;"
    " adresse; dirección; indirizzo; endereço; adres",
    "pdf": "pdf; pdf link; pdf url",
    "code": "code; code link; github; repo; repository; code repository; 代码",
    "project": "project; project page; website; homepage; demo",
    "hf": "hf; hugging face; hugging face page; hf page",
    "doi": "doi",
    "published": "date; published; publish date; publication date; published on; published date;"
    " submitted; submission date; 日期; 发布日期; 日付; 날짜; datum; fecha; дата",
    "updated": "updated; last updated; updated date",
    "categories": "category; categories; main category; primary category; subject; subjects;"
    " arxiv category; arxiv categories; class; classes",
    "keywords": "keyword; keywords; tag; tags; topic; topics; 关键词; キーワード; 키워드;"
    " schlagwörter; schlagworte; mots-clés; palabras clave; parole chiave; palavras-chave;"
    " trefwoorden; słowa kluczowe; ключевые слова",
    "comments": "comment; comments",
    "organisation": "affiliation; affiliations; institution; institutions; organization;"
    " organizations; organisation; organisations",
    "upvotes": "upvotes; votes",
    "stars": "stars; github stars",
}
_FIELD = {
    re.sub(r"[\W_]", "", name): field
    for field, names in _BY_FIELD.items()
    for name in names.split("; ")
}

LINKS = frozenset(("arxiv", "url", "pdf", "code", "project", "hf", "doi"))
"""Fields that hold addresses."""
TELLING = frozenset(("title", "authors", "abstract", "arxiv", "pdf"))
"""Fields that only a paper has; others stand above a page, too."""

OTHERS = re.compile(
    r",?\s*(?:et\.?\s?al\.?|\(\d+ (?:(?:additional|more|other) )?authors?(?: not shown)?\)"
    r"|and \d+ others?|\.{3}|…)",
    re.IGNORECASE,
)
"""What stands for further authors."""
CLASS = re.compile(
    r"\b(?:cs|stat|math|eess|econ|q-bio|q-fin|physics|astro-ph|cond-mat|nlin)\.[A-Za-z-]{2,20}\b"
)
"""A class of arXiv within a text."""
_KINDS: Mapping[str, LinkKind] = {
    "pdf": "pdf", "code": "code", "project": "project", "hf": "hf", "doi": "doi",
}  # fmt: skip

_LONGEST = 40
_MOST_WORDS = 6
_ABSTRACT = re.compile(r"^\s*(?:\*\*)?abstract(?:\*\*)?(?:\s?[.:—–]|\s?-(?=\s))\s*", re.IGNORECASE)
_PICTURE = re.compile(r"^\s*[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?\s+")
_ITEM_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,4}[.)])\s+")
_JOINT = re.compile(r"^(?:and|&)\s|\s(?:and|&)(?:\s|$)")
# A name between marks of emphasis, with its colon before or behind the closing ones.
_MARKED = re.compile(
    r"[^\w\n*\[(<$]{0,8}(?P<mark>\*{1,3}|_{1,2})[^\w\n*\[(<$]{0,8}"
    r"(?P<name>[^\W_][^*_:：\n\[\]$]{0,38}?)\s?(?:[:：]\s?(?P=mark)|(?P=mark)\s?[:：])(?P<value>.*)",
    re.DOTALL,
)
_PLAIN = re.compile(
    r"[^\w\n*\[(<$]{0,8}(?P<name>[^\W_][\w ;/-]{0,38}?)\s?(?:::?|：)(?P<value>.*)", re.DOTALL
)


class Label(NamedTuple):
    """What a line begins with."""

    field: str | None
    """`None` where it is none that we know."""
    name: str
    value: str


def kind_of(url: str, words: str, field: str) -> LinkKind:
    """The kind of a link in a field; the field tells where the address does not.

    >>> kind_of("https://x.org/a", "", "code"), kind_of("https://arxiv.org/abs/2401.1", "", "pdf")
    ('code', 'abs')
    """
    kind = link_kind(url, words)
    return _KINDS.get(field, kind) if kind == "other" else kind


def tidied(fields: dict[str, object]) -> dict[str, object]:
    """The fields of a paper with lists where people write them with commas, and days as days."""
    if isinstance(authors := fields.get("authors"), str):
        fields["authors"] = _one_a_line(OTHERS.sub("", authors))
    if isinstance(abstract := fields.get("abstract"), str):
        fields["abstract"] = without_name(abstract)
    if isinstance(keywords := fields.get("keywords"), str):
        fields["keywords"] = re.split(r"\s*[,;、，]\s*", keywords)
    if isinstance(classes := fields.get("categories"), str):
        fields["categories"] = CLASS.findall(classes) or classes
    for name in ("published", "updated"):
        if isinstance(said := fields.get(name), str) and (day := ask.day(said)):
            fields[name] = day.isoformat()
    return fields


def without_name(abstract: str) -> str:
    """An abstract without the word that it is one, as papers print it before the first sentence, or
    a picture there.

    >>> without_name("Abstract. We do."), without_name("Abstract Nonsense is.")
    ('We do.', 'Abstract Nonsense is.')
    """
    return _ABSTRACT.sub("", _PICTURE.sub("", abstract, count=1), count=1)


def _one_a_line(authors: str) -> str | list[str]:
    """Names as a list where each has a line, and as they are where lines are wrapped."""
    rows = [_ITEM_MARK.sub("", row).strip() for row in authors.split("\n") if row.strip()]
    apart = len(rows) > 1 and not any(sign in authors for sign in ",;、，")
    named = apart and all(1 < len(row.split()) <= _MOST_WORDS and row[0].isupper() for row in rows)
    return rows if named and not any(_JOINT.search(row) for row in rows) else authors


def field_of(name: str) -> str | None:
    """The field that a name means.

    >>> field_of("TL;DR"), field_of("📄 Publish Date"), field_of("Motivation")
    ('tldr', 'published', None)
    """
    return _FIELD.get(re.sub(r"[\W_]", "", name).lower()) if len(name) <= _LONGEST else None


def read_label(line: str) -> Label | None:
    """The label that a line begins with, between marks of Markdown or, if it is known, without.

    >>> read_label("**Key insight:** We"), read_label("PDF: https://x.org")
    (Label(field=None, name='Key insight', value='We'), Label(field='pdf', name='PDF', value='https://x.org'))
    >>> read_label("Attention: a survey"), read_label("https://x.org")
    (None, None)
    """
    if ":" not in line and "：" not in line:
        return None
    if found := _MARKED.match(line):
        return Label(field_of(found["name"]), found["name"].strip(), found["value"].strip())
    found = _PLAIN.match(line)
    field = field_of(found["name"]) if found else None
    return Label(field, found["name"].strip(), found["value"].strip()) if found and field else None
