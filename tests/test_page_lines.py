"""Lines of a saved page that are no titles and no abstracts: authors, addresses, buttons, menus."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.errors import Report
from generator.filing import add_file
from generator.library import date_captures
from generator.model import RawPaper
from generator.sources import SourceFile, read_capture, read_captures

from .test_text_capture import FIRST, LONGER, SECOND, THIRD, joined, wrapped

NAMES = ("Ann Lee, Bo Wu, and Cy Xu", "Jean-Paul O'Neil, María del Mar", "Dan Dee")


def read_text(text: str) -> tuple[list[RawPaper], list[str]]:
    report = Report()
    (capture,) = read_capture(SourceFile("2025/mar-12.txt", text), report)
    return list(capture.items), [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    "layout", ["{}\n\n{}\n\n{}", "{}\n\nBy {}\n\n{}", "{}\n{}\n{}", "{}\n👥 {}\n{}"]
)
def test_names_between_titles_and_abstracts_are_authors(layout: str) -> None:
    pairs = zip((FIRST, SECOND, THIRD), NAMES, strict=True)
    items, _ = read_text("Mar 12\n\n" + joined(*(layout.format(t, n, LONGER) for t, n in pairs)))
    assert [(item.title, item.abstract) for item in items] == [
        (title, LONGER) for title in (FIRST, SECOND, THIRD)
    ]
    assert [[author.name for author in item.authors] for item in items] == [
        ["Ann Lee", "Bo Wu", "Cy Xu"],
        ["Jean-Paul O'Neil", "María del Mar"],
        ["Dan Dee"],
    ]


@pytest.mark.parametrize("sign", ["🔗 {}", "👉 {}", "→ {}", "📄 Paper: {}", "🔗{}"])
def test_an_address_behind_a_picture_is_one(sign: str) -> None:
    url = "https://arxiv.org/abs/2401.12340"
    items, problems = read_text(f"Mar 12\n\n{FIRST}\n\n{LONGER}\n\n{sign.format(url)}")
    assert [(i.title, i.abstract, i.arxiv_id) for i in items] == [(FIRST, LONGER, "2401.12340")]
    assert problems == []


def test_names_that_stand_at_several_papers_are_authors_of_each() -> None:
    pairs = ((title, "Ann Lee, Bo Wu") for title in (FIRST, SECOND, THIRD))
    items, problems = read_text("Mar 12\n\n" + joined(*(joined(*pair, LONGER) for pair in pairs)))
    assert [len(item.authors) for item in items] == [2, 2, 2]
    assert problems == []


def test_what_lines_of_their_own_say_stays_with_a_paper_of_a_parted_file(tmp_path: Path) -> None:
    days = (
        joined("new", "Subscribe", day, *(joined(f"{t} {day}", "Ann Lee, Bo Wu", LONGER) for t in
               (FIRST, SECOND)), "https://arxiv.org/abs/2503.01234")
        for day in ("Mar 12", "Mar 13")
    )  # fmt: skip
    (tmp_path / "two.txt").write_text(joined(*days))
    filed = add_file(tmp_path / "two.txt", tmp_path, 2025, date(2025, 4, 1), Report())
    for one in filed:
        (capture,) = read_captures(one.path.parent, Report())[:1]
        assert [len(item.authors) for item in capture.items] == [2, 2]
        assert capture.items[1].arxiv_id == "2503.01234"


def test_names_of_whom_some_are_left_out_are_nobodys() -> None:
    pairs = [(FIRST, "Ann Lee, Bo Wu, et al."), (SECOND, "Cy Xu et al."), (THIRD, "Di Yo +3")]
    items, _ = read_text("Mar 12\n\n" + joined(*(joined(t, n, LONGER) for t, n in pairs)))
    assert [(item.title, item.authors) for item in items] == [(title, ()) for title, _ in pairs]


def test_a_title_that_reads_like_names_is_a_title() -> None:
    title = "Deep Learning, Graph Networks and Language Models"
    for text in (
        joined(FIRST, title, LONGER, SECOND, LONGER, THIRD, LONGER),
        joined(title, LONGER),
    ):
        items, _ = read_text(f"Mar 12\n\n{text}")
        assert title in [item.title for item in items if item.abstract == LONGER]


@pytest.mark.parametrize(
    "layout",
    [
        "{title}\n\n{id}\n\n{text}",
        "{title}\n\n{text}\n\n{id}",
        "{id}\n\n{title}\n\n{text}",
        "{title}\n{id}\n{text}",
    ],
)
@pytest.mark.parametrize("form", ["arXiv:2503.0{}v2", "https://arxiv.org/abs/2503.0{}v2"])
def test_an_id_on_a_line_of_its_own_is_that_of_its_paper(layout: str, form: str) -> None:
    parts = (
        layout.format(title=title, id=form.format(1000 + at), text=LONGER)
        for at, title in enumerate((FIRST, SECOND, THIRD))
    )
    items, problems = read_text("new\n\nMar 12\n\n" + joined(*parts))
    assert [(item.title, item.abstract, item.arxiv_id, item.version) for item in items] == [
        (title, LONGER, f"2503.0{1000 + at}", 2) for at, title in enumerate((FIRST, SECOND, THIRD))
    ]
    assert not any("abstract of" in problem or "has no" in problem for problem in problems)


def test_an_address_in_a_line_of_a_wrapped_abstract_stays_in_it() -> None:
    lines = [*wrapped(LONGER, 60), "The code is at", "https://github.com/a/b", "and works."]
    items, problems = read_text(joined("Mar 12", FIRST, "\n".join(lines), SECOND, LONGER))
    assert [item.abstract.split() for item in items] == [" ".join(lines).split(), LONGER.split()]
    assert problems == []


def test_an_address_on_a_line_of_its_own_is_a_link() -> None:
    items, _ = read_text(joined("Mar 12", FIRST, LONGER, "https://github.com/a/b", SECOND, LONGER))
    assert [(i.title, [(k.kind, k.url) for k in i.links]) for i in items] == [
        (FIRST, [("code", "https://github.com/a/b")]),
        (SECOND, []),
    ]


@pytest.mark.parametrize(
    ("between", "behind"),
    [
        (["Share", "Bookmark"], []),
        (["▲ 12", "💬 3", "+1"], []),
        (["Read more"], []),
        (["Zum Archiv"], []),
        (["Advertisement", "Train your models ten times faster for free with this."], []),
        ([], ["Load more", "Previous", "Next", "System theme", "Jobs", "TOS", "About us"]),
        ([], ["--", "Unsubscribe: https://example.org/u"]),
        (["Share"], ["Company", "Jobs", "© 2025 Somebody"]),
    ],
)
def test_buttons_and_menus_of_a_page_are_no_papers(between: list[str], behind: list[str]) -> None:
    titles = [FIRST, SECOND, THIRD, "A Fourth Paper on Nothing at All"]
    body = joined(*(joined(title, LONGER, *between) for title in titles), *behind)
    items, problems = read_text(f"new\n\nMar 12\n\n{body}")
    assert [(item.title, item.abstract) for item in items] == [(t, LONGER) for t in titles]
    (problem,) = problems
    assert " are of the page (" in problem
    assert problem.endswith(" in this file); left out")


def test_short_titles_without_abstracts_at_the_end_of_such_are_papers() -> None:
    text = joined("Mar 12", FIRST, "Llama 3", SECOND, LONGER, "Qwen 2", "GPT 4", "Baz")
    items, _ = read_text(text)
    assert [i.title for i in items] == [FIRST, "Llama 3", SECOND, "Qwen 2", "GPT 4", "Baz"]


def test_abstracts_in_chinese_are_told_from_titles() -> None:
    text = joined(
        "Mar 12",
        "多模态学习",
        "我们研究多模态学习的问题。实验结果很好。",
        "语言模型",
        "本文提出了一种新的方法。",
    )
    items, problems = read_text(text)
    assert [item.title for item in items] == ["多模态学习", "语言模型"]
    assert problems == []


@pytest.mark.parametrize(
    "head",
    [
        ["nouveau", "Recevez les articles tendance par courriel !", "S’abonner", "12 mars"],
        ["neu", "Erhalten Sie die Artikel des Tages in Ihrem Posteingang.", "12. März"],
        ["新", "在您的电子邮箱中获取热门论文！", "订阅", "由AK和研究社区", "3月12日"],
        ["new", "Subscribe", "Mar 11", "Mar 12", "Mar 13"],
        ["Dec 30", "Dec 31", "Jan 1", "new", "Subscribe", "Mar 12"],
    ],
)
def test_the_header_of_a_page_in_any_language_holds_no_paper_and_its_own_day(
    head: list[str],
) -> None:
    report = Report()
    text = joined(*head, FIRST, LONGER, SECOND, LONGER)
    captures = read_capture(SourceFile("2025/x.txt", text), report)
    last = captures[-1]
    assert (last.label in ("Mar 12", "12. Mar"), [i.title for i in last.items]) == (
        True,
        [FIRST, SECOND],
    )
    assert not any(capture.items for capture in captures[:-1])


def test_a_short_abstract_that_several_papers_have_is_theirs() -> None:
    short = "We study what is studied."
    items, problems = read_text(joined("Mar 12", FIRST, short, SECOND, short, THIRD, short))
    assert [(item.title, item.abstract) for item in items] == [
        (title, short) for title in (FIRST, SECOND, THIRD)
    ]
    assert problems == []


def test_who_handed_the_first_paper_in_is_no_paper() -> None:
    body = joined(*(joined("Submitted by", f"user{n}", str(n), t, LONGER) for n, t in
                    enumerate((FIRST, SECOND, THIRD))))  # fmt: skip
    items, _ = read_text(f"new\n\nMar 12\n\n{body}")
    assert [(item.title, item.abstract) for item in items] == [
        (title, LONGER) for title in (FIRST, SECOND, THIRD)
    ]


def test_buttons_that_no_blank_line_parts_are_no_papers() -> None:
    body = joined(*(joined(title, LONGER, "View the page\nView the PDF\nAdd to collection")
                    for title in (FIRST, SECOND, THIRD)))  # fmt: skip
    items, _ = read_text(f"new\n\nMar 12\n\n{body}")
    assert [(item.title, item.abstract) for item in items] == [
        (title, LONGER) for title in (FIRST, SECOND, THIRD)
    ]


def test_a_page_without_a_date_is_named_though_a_paper_of_it_has_an_id() -> None:
    report = Report()
    text = joined("new", "Subscribe", FIRST, "arXiv:2503.01234", LONGER, SECOND, LONGER)
    date_captures(read_capture(SourceFile("x.txt", text), report), None, report)
    (problem,) = report.problems
    assert str(problem).startswith("x.txt: no date: it lists none of its papers")


@pytest.mark.parametrize(
    "mark", ["", "Paper: ", "URL: ", "PDF: ", "Link: ", "📄 Paper: ", "Read more: "]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_an_address_behind_an_abstract_is_no_part_of_it(mark: str, between: str) -> None:
    wrapped = (
        "We count the things that nobody counts. There are more than one would think in\n2015."
    )
    text = "\n\n".join(
        f"{title}\n\n{wrapped}{between}{mark}https://arxiv.org/abs/2401.1234{n}"
        f"{between}Code: https://github.com/a/b{n}."
        for n, title in enumerate(("A First Paper on Sorting", "Second Thoughts on Things"))
    )
    (capture,) = read_capture(SourceFile("2025-03-12.txt", text), Report())
    assert [(item.abstract, item.arxiv_id) for item in capture.items] == [
        (wrapped, "2401.12340"),
        (wrapped, "2401.12341"),
    ]
    links = [[(link.kind, link.url) for link in item.links] for item in capture.items]
    assert links == [[("code", f"https://github.com/a/b{n}")] for n in range(2)]


def test_an_address_that_a_sentence_ends_with_stays_in_it() -> None:
    abstract = "We count the things that nobody counts. The code is at\nhttps://github.com/a/b"
    text = "\n\n".join(f"{title}\n\n{abstract}" for title in ("A First Paper", "Second Thoughts"))
    (capture,) = read_capture(SourceFile("2025-03-12.txt", text), Report())
    assert [item.abstract for item in capture.items] == [abstract] * 2
