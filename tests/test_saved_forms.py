"""Mails and pages as programs save them are read as what they show, with the lines of the file."""

from __future__ import annotations

import base64
import quopri
import time

import pytest

from generator.errors import Report
from generator.model import Capture
from generator.sources import SourceFile, read_capture
from generator.sources.shown import shown

HEAD = "From: Ann <a@x.org>\nSubject: Papers\nDate: Wed, 12 Mar 2025 23:30:00 -0800\n"
TEXT = """\
Slow Nets

We wait longer than all others – and show that waiting is what a net needs most of all. It is slow.

Slower Nets

We wait still longer than they do, and find that they had not waited long enough. It is slower.
"""
PAGE = """\
<html><body><h2><a href="https://arxiv.org/abs/2503.01234">Slow Nets</a></h2>
<p>We wait longer than all others.</p></body></html>
"""


def read(text: str) -> list[Capture]:
    return list(read_capture(SourceFile("papers.eml", text), Report()))


def papers(text: str) -> list[tuple[str, str, int, str | None]]:
    """Each paper's day, title, line and id."""
    return [(c.label, i.title, i.line, i.arxiv_id) for c in read(text) for i in c.items]


def part(text: str, kind: str, coding: str) -> str:
    content = text.encode()
    body = base64.encodebytes(content) if coding == "base64" else quopri.encodestring(content)
    return (
        f'Content-Type: {kind}; charset="utf-8"\nContent-Transfer-Encoding: {coding}\n\n'
        + body.decode()
    )


@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
def test_a_mail_is_decoded(coding: str) -> None:
    (capture,) = read(HEAD + part(TEXT, "text/plain", coding))
    assert capture.label == "2025-03-12"
    assert [item.title for item in capture.items] == ["Slow Nets", "Slower Nets"]
    assert "others – and show that waiting is" in capture.items[0].abstract


def test_a_paper_of_a_mail_has_the_line_of_the_file() -> None:
    mail = HEAD + part(TEXT, "text/plain", "quoted-printable")
    rows = mail.split("\n")
    assert [line for _, _, line, _ in papers(mail)] == [
        rows.index("Slow Nets") + 1,
        rows.index("Slower Nets") + 1,
    ]
    coded = HEAD + part(TEXT, "text/plain", "base64")
    lines = [line for _, _, line, _ in papers(coded)]
    assert all(base64.b64decode(coded.split("\n")[line - 1]) for line in lines)
    assert b"Slower" in base64.b64decode("".join(coded.split("\n")[lines[1] - 1 : lines[1] + 1]))


def of_parts(*parts: str, mark: str = "=_1", kind: str = "alternative") -> str:
    within = "".join(f"--{mark}\n{part}\n" for part in parts)
    head = f'Content-Type: multipart/{kind};\n boundary="{mark}"\n\nNo part.\n\n'
    return f"{head}{within}--{mark}--\n"


def test_of_the_parts_of_a_mail_that_counts_which_tells_most() -> None:
    plain = part("Please look at this in your browser.", "text/plain", "base64")
    page = part(PAGE, "text/html", "quoted-printable")
    assert papers(HEAD + of_parts(plain, page)) == [("2025-03-12", "Slow Nets", 19, "2503.01234")]
    both = of_parts(part(TEXT, "text/plain", "base64"), page)
    inner = of_parts(both, mark="outer", kind="mixed")
    assert [title for _, title, _, _ in papers(HEAD + inner)] == ["Slow Nets", "Slower Nets"]


def test_what_hangs_on_a_mail_is_no_part_of_it() -> None:
    attached = "Content-Disposition: attachment\n" + part(TEXT * 2, "text/plain", "base64")
    mail = HEAD + of_parts(part(PAGE, "text/html", "base64"), attached, kind="mixed")
    assert [title for _, title, _, _ in papers(mail)] == ["Slow Nets"]


def test_a_mailbox_is_all_its_mails() -> None:
    mail = "From a@x.org Thu Mar 13 08:00:00 2025\n" + HEAD + part(TEXT, "text/plain", "base64")
    later = mail.replace("12 Mar", "13 Mar").replace("Slow", "Fast")
    box = mail + "\n" + later
    assert [day for day, *_ in papers(box)] == ["2025-03-12"] * 2 + ["2025-03-13"] * 2


def test_a_page_saved_as_one_file_has_no_day_of_a_mail() -> None:
    saved = HEAD.replace("Ann <a@x.org>", "<Saved by Blink>")
    page = of_parts(part(PAGE, "text/html", "quoted-printable"), kind="related")
    assert papers(saved + page) == [("", "Slow Nets", 13, "2503.01234")]


def test_a_head_that_states_no_coding_is_read_as_it_stands() -> None:
    mail = HEAD + "Content-Type: text/plain\n\n" + TEXT.replace("slow.", "slow =3D")
    assert "slow =3D" in read(mail)[0].items[0].abstract


def test_a_reader_sees_lines_where_a_browser_shows_them() -> None:
    page = "<p>A<br>B<br><br>C</p><div>D</div><div>E</div><table><tr><td>F:</td> <td>G</td></table>"
    assert shown(page).plain == "A\nB\n\nC\n\nD\nE\n\nF: G\n\n"


def test_what_a_reader_does_not_see_is_no_text() -> None:
    page = (
        "<head><title>T</title></head><script>if (a<b) '<p>s'</script><nav>M</nav><p>A"
        "<span hidden style='display: none'>x<span>y</span></span><!-- <p>c --> B"
        "<button>P</button></p><footer><p>F</p></footer>"
    )
    assert shown(page).plain == "A B\n\n"


def test_lists_headings_and_faces_are_marked() -> None:
    page = "<h3>*A* [1]</h3><ul><li>B <b>b <i>i</i></b><ul><li>C<br>c</ul></ul><p># D"
    marked = shown(page).marked.split("\n")
    assert marked[0].startswith("### ")
    assert [row for row in marked[1:] if row][:3] == ["- B **b *i***", "  - C", "    c"]


@pytest.mark.parametrize(
    "text",
    ["<a ", '<a href="', "<a ='", "<!--", "<script>", "<p style='display:none'>", "<b>a",
     "<ul><li>a", "<td>a:", "<math>a", "<sup>a", "<textarea>", "<tr><th>a<th>b</tr>", "<tr><th>",
     "&amp", "<a href='x'>[", "<"],
)  # fmt: skip
def test_a_page_that_never_closes_costs_no_more_than_its_length(text: str) -> None:
    before = time.process_time()
    shown("<html>" + text * 10**5)
    assert time.process_time() - before < 20  # half a second, minutes where it is quadratic


@pytest.mark.parametrize(
    "head",
    ["Content-Type: multipart/mixed; boundary=b\n\n--b\n",
     "Content-Transfer-Encoding: base64\n\nQUJD\n",
     "Content-Transfer-Encoding: quoted-printable\n\na=\n"],
)  # fmt: skip
def test_a_mail_that_never_ends_costs_no_more_than_its_length(head: str) -> None:
    before = time.process_time()
    first, last = head.rsplit("\n", 2)[0], head.rsplit("\n", 2)[1]
    read("From: a\n" + first + f"\n{last}" * 10**5)
    assert time.process_time() - before < 20


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "rot13", "none"])
def test_a_mail_in_what_is_no_character_set_is_read_as_any_file(charset: str) -> None:
    coded = base64.encodebytes(TEXT.encode()).decode()
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\n"
    (capture,) = read(f"{head}Content-Transfer-Encoding: base64\n\n{coded}")
    assert "others – and show" in capture.items[0].abstract


def test_a_mail_of_any_charset_costs_no_more_than_its_length() -> None:
    head = f"{HEAD}Content-Type: text/plain; charset=punycode\n"
    before = time.process_time()
    endless = base64.encodebytes(b"x-" + b"a" * 10**6).decode()
    read(f"{head}Content-Transfer-Encoding: base64\n\n{endless}")
    assert time.process_time() - before < 10  # a fifth of a second; with punycode a minute


def test_half_a_character_of_a_mail_is_shown_as_one_that_is_lost() -> None:
    coded = base64.encodebytes(TEXT.replace("–", "+2AA-").encode()).decode()
    head = f"{HEAD}Content-Type: text/plain; charset=utf-7\n"
    (capture,) = read(f"{head}Content-Transfer-Encoding: base64\n\n{coded}")
    assert "others \ufffd and show" in capture.items[0].abstract
