"""Files of the digest folder: found in order, read whatever their encoding."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.digests import find_files
from generator.errors import InputError, Report
from generator.sources import decode, read_file

TEXT = "Schrödinger’s naïve café\n\nété\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    ascii_rich = TEXT + "and plain words\n" * 20
    assert decode(ascii_rich.encode(encoding))[0] == ascii_rich


def test_latin_1_is_read_and_said() -> None:
    text, remark = decode("naïve café".encode("latin-1"))
    assert (text, remark) == ("naïve café", "not UTF-8; read as Windows-1252")


def test_xml_is_read_as_it_declares() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?>\n<rss>Обучение</rss>'
    read, remark = decode(text.encode("windows-1251"))
    assert (read, remark) == (text, "not UTF-8; read as windows-1251, which it declares")


CHINESE = "深度网络需要注意力\n\n我们展示注意力是深度网络所需要的一切，其他的都不需要。"
TAIWANESE = "深度網路需要注意力\n\n我們展示注意力是深度網路所需要的一切，其他都不要。"
JAPANESE = "深いネットワークと注意\n\n深いネットワークに必要なのは注意だけであることを示す。"
KOREAN = "깊은 신경망과 주의\n\n우리는 깊은 신경망에 필요한 것은 주의뿐임을 보인다."
RUSSIAN = "Глубокие сети и внимание\n\nМы показываем, что глубоким сетям нужно только внимание."
ENGLISH = "\n\nA Title in English\n\nMost of a text may be in English, as papers are.\n" * 9


@pytest.mark.parametrize("around", ["", ENGLISH])
@pytest.mark.parametrize(
    ("text", "encoding", "called"),
    [
        (CHINESE, "gbk", "GB18030"),
        (CHINESE, "gb18030", "GB18030"),
        (TAIWANESE, "big5", "Big5"),
        (JAPANESE, "cp932", "Shift-JIS"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (KOREAN, "cp949", "EUC-KR"),
        (RUSSIAN, "cp1251", "Windows-1251"),
    ],
)
def test_a_text_in_the_character_set_of_a_country_is_read_and_said(
    text: str, encoding: str, called: str, around: str
) -> None:
    whole = around + text + around
    assert decode(whole.encode(encoding)) == (whole, f"not UTF-8; read as {called}")


@pytest.mark.parametrize(
    "text",
    [
        "« Déjà vu » : où ça ? à la Comédie, très près d'ici, là où l'on crée, même à Besançon",
        "Größe, Übermaß, Äußerung, müßig: über die Schönheit der Wälder, Öl, Ärger, Füße",
        "Şahin, Çelik, Öztürk, Gülşen und Üğür",
        "“a” – ‘b’ … “c” — ‘d’ • é “e” – “f” … “g”",
        "Ærø, Ålborg, Øster Åby og røde ål på blå fløde; æøå ÆØÅ æøå",
        "São Paulo não é tão bonito; ações, informações, coração, à noite é ótimo",
    ],
)
def test_a_text_of_the_west_is_taken_for_none_of_them(text: str) -> None:
    assert decode(text.encode("cp1252", "ignore"))[1] == "not UTF-8; read as Windows-1252"


def test_letters_of_two_names_tell_no_character_set() -> None:
    assert decode("Ann Lee, Ли, Bo Wu".encode("cp1251"))[1].endswith("Windows-1252")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("iso-8859-5", "Обучение", "iso-8859-5, which it declares"),
        ("iso-8859-1", "“naïve”", "Windows-1252"),
        ("no-such-thing", "naïve", "Windows-1252"),
    ],
)
def test_a_page_is_read_as_its_head_declares(name: str, text: str, said: str) -> None:
    page = f'<!doctype html>\n<html><head><meta charset="{name}"></head>{text}</html>'
    encoding = name if "declares" in said else "cp1252"
    assert decode(page.encode(encoding)) == (page, f"not UTF-8; read as {said}")


@pytest.mark.parametrize("name", ["utf-8", "hex", "rot13", "no-such-thing", "ascii", "idna"])
def test_what_is_declared_and_not_true_is_no_help(name: str) -> None:
    content = f'<?xml version="1.0" encoding="{name}"?><p>na\xefve</p>'.encode("latin-1")
    assert decode(content)[1] == "not UTF-8; read as Windows-1252"


def test_what_is_declared_and_no_character_set_costs_nothing() -> None:
    before = time.process_time()
    _, remark = decode(b'<?xml encoding="punycode"?>\0-' + b"a" * 10**6)
    assert "punycode" not in remark
    assert time.process_time() - before < 10  # hundredths; where it is read as such, a minute


def test_one_spoilt_byte_does_not_spoil_the_other_letters() -> None:
    text, remark = decode(TEXT.encode() + b"\xff")
    assert text == TEXT + "\ufffd"
    assert "from line 4 on" in remark


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_is_one(end: str) -> None:
    assert decode(f"a{end}{end}b".encode()) == ("a\n\nb", "")


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\v", "\f"])
def test_other_separators_are_no_line_ends(sign: str) -> None:
    text, _ = decode(f"a{sign}b\n".encode())
    assert text is not None
    assert text.count("\n") == 1


@pytest.mark.parametrize("begins", [b"%PDF-1.7\n", b"{\\rtf1\\ansi ", b"\xd0\xcf\x11\xe0"])
def test_a_document_of_an_office_is_to_be_saved_as_text(tmp_path: Path, begins: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(begins + b"A Title\n\nWe count. We do.\n" * 50)
    report = Report()
    assert read_file("x.pdf", tmp_path / "x.pdf", report) is None
    assert str(report.problems[0]) == (
        "x.pdf: no text file; skipped: unpack it, or save it as text"
    )


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_to_be_unpacked(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    words = "".join(chr(97 + n * n % 23) + " " * (n % 7 == 3) for n in range(20_000))
    (tmp_path / "x.txt").write_bytes(pack(words.encode()))
    report = Report()
    assert read_file("x.txt", tmp_path / "x.txt", report) is None
    assert str(report.problems[0]) == (
        "x.txt: no text file; skipped: unpack it, or save it as text"
    )


def test_an_image_is_no_text() -> None:
    assert decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)[0] is None


def test_files_come_by_path_and_a_second_capture_after_the_first(tmp_path: Path) -> None:
    names = ["2025/2025-03-12-evening.txt", "2025/2025-03-12.txt", "2024/b.txt", "a.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [origin for origin, _ in find_files(tmp_path)]
    assert found == ["a.txt", "2024/b.txt", "2025/2025-03-12.txt", "2025/2025-03-12-evening.txt"]


def test_the_tenth_capture_of_a_day_comes_after_the_second(tmp_path: Path) -> None:
    names = [f"2025-03-12{number}.txt" for number in ("", "-2", "-3", "-10", "-21")]
    for name in reversed(names):
        (tmp_path / name).write_text("x")
    assert [origin for origin, _ in find_files(tmp_path)] == names


@pytest.mark.parametrize("name", [".hidden.txt", "README.md", "keys.yml", "x.txt~", ".git/x.txt"])
def test_files_that_hold_no_digest_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    assert find_files(tmp_path) == []


def test_an_empty_file_and_a_binary_one_are_named_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b" \n\n")
    (tmp_path / "b.txt").write_bytes(bytes(range(32)) * 9)
    (tmp_path / "c.txt").write_text("kept")
    report = Report()
    read = [read_file(origin, path, report) for origin, path in find_files(tmp_path)]
    assert [file.origin for file in read if file] == ["c.txt"]
    assert [problem.origin for problem in report.problems] == ["a.txt", "b.txt"]


def test_a_link_to_a_folder_is_followed_and_none_entered_twice(tmp_path: Path) -> None:
    digests, elsewhere = tmp_path / "digests", tmp_path / "elsewhere"
    for folder in (digests / "2025", elsewhere):
        folder.mkdir(parents=True)
        (folder / "2025-03-12.txt").write_text(TEXT)
    (digests / "2024").symlink_to(elsewhere)
    (digests / "2025" / "again").symlink_to(digests)
    (digests / "twice").symlink_to(elsewhere)
    (digests / "nowhere").symlink_to(tmp_path / "none")
    origins = [origin for origin, _ in find_files(digests)]
    assert origins == ["nowhere", "2024/2025-03-12.txt", "2025/2025-03-12.txt"]


def test_a_folder_that_cannot_be_read_stops_the_run_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2025").mkdir()
    scandir = os.scandir

    def refusing(place: str) -> Iterator[os.DirEntry[str]]:
        if Path(place).name == "2025":  # as for anybody but root
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(InputError, match=r"2025: cannot be read \(Permission denied\); let it be"):
        find_files(tmp_path)


def test_a_missing_folder_stops_the_run_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        find_files(tmp_path / "none")


def test_a_text_of_another_encoding_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("Größere Netze\n\nWe count.".encode("latin-1"))
    report = Report()
    read_file("x.txt", tmp_path / "x.txt", report)
    assert [str(problem) for problem in report.problems] == [
        "x.txt: not UTF-8; read as Windows-1252: save it as UTF-8 if letters of it look wrong"
    ]
