"""The verbs, their exit codes and what they print."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from os import fsdecode
from pathlib import Path

import pytest
import yaml

from generator import cli, finding
from generator.cli import DONE, REFUSED, UNFINISHED, WRONG_USE, main
from generator.errors import Report, UsageError
from generator.filing import add_file
from generator.program import KEPT
from generator.sources import read_captures

from .conftest import CASES, ROOT
from .sites import render_site, run, tree, workspace, write_digest, write_records

SHELF = ROOT / "tests" / "captures"
TODAY = date(2026, 11, 21)
VERBS = ("build", "convert", "check", "collect", "add", "serve", "explain", "mail", "ping")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one day of two papers."""
    digests = tmp_path / "digests"
    write_digest(
        digests, "2025/2025-03-12.txt", ("Graph Networks", "We say it."), ("Other One", "It is.")
    )
    return workspace(tmp_path / "repository", digests)


@pytest.fixture
def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cli, "ROOT", folder)
    return folder


def test_build_makes_the_site_in_the_folder_named(folder: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "generator", "build", environment={"PYTHONPATH": str(folder)})
    assert done.returncode == DONE, done.stderr
    assert (folder / "site" / "papers" / "graph-networks" / "index.html").is_file()
    assert "1 day, 2 entries, 2 papers, newest 2025-03-12" in done.stderr


def test_build_makes_the_site_where_site_dir_says_and_knows_it_again(folder: Path) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text() + "site_dir: public\n")
    run(folder, "-m", "generator", "build")
    assert (folder / "public" / "papers" / "graph-networks" / "index.html").is_file()
    assert not (folder / "site").exists()
    assert "nothing changed" in run(folder, "-m", "generator", "build").stdout
    config.write_text(config.read_text().replace("public", "digests"))
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == WRONG_USE
    assert "where site_dir puts the site, holds other files than a site" in done.stderr


def test_a_strict_mkdocs_yml_counts_in_every_build_and_in_check(folder: Path) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text() + "strict: true\n")
    assert run(folder, "-m", "generator", "build").returncode == DONE
    before = tree(folder / "site")
    (folder / "digests" / "odd.txt").write_text("x")
    for _ in range(2):
        done = run(folder, "-m", "generator", "build")
        assert done.returncode == UNFINISHED, done.stderr
        assert "odd.txt: no digest in a known format" in done.stderr
    assert run(folder, "-m", "generator", "check").returncode == REFUSED
    assert tree(folder / "site") == before


def test_build_never_empties_a_folder_that_holds_no_site(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--site", str(in_folder)]) == WRONG_USE
    assert "holds other files than a site" in capsys.readouterr().err
    assert (in_folder / "mkdocs.yml").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--site", "digests/x"], "lies in"),
        (["build", "--site", "docs/x"], "lies in"),
        (["build", "--site", "site/../docs/x"], "lies in"),
        (["build", "--site", "site/x"], "lies in"),
        (["build", "--site", "mkdocs.yml"], "is a file"),
        (["build", "--site", "."], "holds other files than a site"),
        (["serve", "--address", "nope"], "is no HOST:PORT"),
        (["build", "--digests", "none"], "is no folder"),
        (["add", "--digests", "mkdocs.yml", "a.txt"], "--digests mkdocs.yml is no folder"),
        (["build", "--year", "x"], "is no year"),
    ],
)
def test_wrong_use_is_said_before_anything_is_done(
    in_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(in_folder)
    before = tree(in_folder)
    assert main(arguments) == WRONG_USE
    assert said in capsys.readouterr().err
    assert tree(in_folder) == before


def test_a_build_that_fails_leaves_the_old_site(folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "elsewhere" / "x"
    command = ("-m", "generator", "build", "--site", str(site))
    run(folder, *command)
    before = tree(site)
    assert "index.html" in before
    (folder / "docs" / "bad.md").write_bytes(b"\xff\xfe\x00")
    assert run(folder, *command).returncode == UNFINISHED
    assert tree(site) == before
    assert [path.name for path in (site.parent / ".broadsheet-x").iterdir()] == ["lock"]


def test_what_a_killed_build_left_goes_though_nothing_changed(folder: Path) -> None:
    run(folder, "-m", "generator", "build")
    left = folder / ".broadsheet-site" / "new"
    left.mkdir()
    assert "nothing changed" in run(folder, "-m", "generator", "build").stdout
    assert not left.exists()


def test_build_explains_each_file_once_whoever_builds(folder: Path) -> None:
    run(folder, "-m", "generator", "build")
    write_digest(folder / "digests", "2025-03-13.txt", ("Third", "It is."))
    said = run(folder, "-m", "generator", "build", "--explain").stdout
    assert "MkDocs builds all pages: no page yet was like" in said
    assert said.count("added    papers/third.md: not there yet\n") == 1
    write_digest(folder / "digests", "2025-03-14.txt", ("Fourth", "It is."))
    run(folder, "-m", "generator", "build")
    write_digest(folder / "digests", "2025-03-15.txt", ("Fifth", "It is."))
    said = run(folder, "-m", "generator", "build", "--explain").stdout
    assert "MkDocs" not in said
    assert said.count("added    papers/fifth.md: not there yet\n") == 1


def test_build_with_nothing_to_read_is_one_sentence(folder: Path) -> None:
    (folder / "digests" / "2025" / "2025-03-12.txt").write_text("7")
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == UNFINISHED
    assert "no paper can be read from the digests" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_convert_lists_and_a_dry_run_writes_nothing(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(in_folder)
    assert main(["convert", "--dry-run"]) == DONE
    assert tree(in_folder) == before
    assert "added    papers/graph-networks.md" in capsys.readouterr().out
    assert main(["convert"]) == DONE
    assert (in_folder / "docs" / "papers" / "graph-networks.md").is_file()
    assert main(["convert"]) == DONE
    assert capsys.readouterr().out.endswith("nothing changed\n")


def test_check_shows_every_problem_and_strict_refuses_after_the_report(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--strict"]) == DONE
    (in_folder / "digests" / "empty.txt").write_text("")
    (in_folder / "digests" / "today.txt").write_bytes((SHELF / "plain.txt").read_bytes())
    before = tree(in_folder)
    assert main(["check"]) == DONE
    assert main(["check", "--strict"]) == REFUSED
    printed = capsys.readouterr()
    assert "empty.txt: empty; skipped" in printed.err
    assert "today.txt:9: left out: the date Mar 12 has no year" in printed.err
    assert printed.out.endswith("2 problems\n")
    assert tree(in_folder) == before


def test_check_offers_to_merge_what_may_be_one_paper_and_strict_lets_it_pass(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Spiking neurons save energy because they stay silent for most of the time. We train deep"
        " networks of them on chips that a drone can carry, and find that they see obstacles as"
        " early as ordinary networks do."
    )
    write_digest(in_folder / "digests", "2025-03-01.txt", ("Spiking Drones", text))
    write_digest(in_folder / "digests", "2025-03-02.txt", ("Drones That Spike", text))
    assert main(["check", "--strict"]) == DONE
    offer = "add to overrides.yml the two lines `spiking-drones:` and `  merge: drones-that-spike`"
    assert offer in capsys.readouterr().out
    (in_folder / "digests" / "overrides.yml").write_text(
        offer.split("`")[1] + "\n" + offer.split("`")[3]
    )
    assert main(["check", "--strict"]) == DONE
    assert "perhaps one paper" not in capsys.readouterr().out


def test_the_year_option_dates_what_has_none(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "digests" / "today.txt").write_bytes((SHELF / "plain.txt").read_bytes())
    assert main(["check", "--strict", "--year", "2025"]) == DONE
    assert main(["check", "--year", "12"]) == WRONG_USE
    assert "--year 12 is no year of a digest" in capsys.readouterr().err


def test_the_digests_option_names_another_folder(
    in_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_digest(tmp_path / "other", "2024-01-01.txt", ("Elsewhere", "It is there."))
    assert main(["check", "--digests", str(tmp_path / "other")]) == DONE
    assert "newest 2024-01-01" in capsys.readouterr().out
    assert main(["check", "--digests", str(tmp_path / "none")]) == WRONG_USE
    assert "is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["explain other-one", "mail --dry-run", "ping --dry-run"])
def test_what_was_found_of_papers_is_not_sought_again(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setenv("WEBSUB_HUB", "https://hub.example.org/")
    assert main(["convert"]) == DONE

    def sought(*_: object, **__: object) -> None:
        raise AssertionError("sought again")

    monkeypatch.setattr(finding, "relate_papers", sought)
    monkeypatch.setattr(finding, "tag_papers", sought)
    assert main(verb.split()) == DONE


@pytest.mark.parametrize("verb", ["check", "explain elsewhere", "mail --dry-run", "ping --dry-run"])
def test_what_is_kept_of_the_site_stays_when_other_digests_are_looked_at(
    in_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setenv("WEBSUB_HUB", "https://hub.example.org/")
    write_digest(tmp_path / "other", "2024-01-01.txt", ("Elsewhere", "It is there."))
    config, own = in_folder / "mkdocs.yml", tmp_path / "digests"
    config.write_text(config.read_text().replace("digests: digests", f"digests: {own}"))
    assert main(["convert"]) == DONE

    def kept() -> list[str]:
        with sqlite3.connect(in_folder / KEPT) as db:
            return list(db.iterdump())

    before = kept()
    assert main([*verb.split(), "--digests", str(tmp_path / "other")]) == DONE
    assert kept() == before
    write_digest(own, "2025-03-13.txt", ("Third", "It is."))
    assert main(["check", "--digests", str(own)]) == DONE
    assert kept() != before


def test_explain_says_why(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "graph-networks"]) == DONE
    assert main(["explain", "Graph Networks"]) == DONE
    printed = capsys.readouterr().out
    assert "listed   2025/2025-03-12.txt:7" in printed
    assert "tag:example.org,2025:paper/graph-networks" in printed


def test_the_name_of_a_file_steers_no_terminal(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = ("Deep Networks of Today", "Sorting Numbers by Hand")
    records = [{"title": title, "abstract": "It is.", "id": "2401.00001"} for title in titles]
    for number, record in enumerate(records):
        write_records(in_folder / "digests", f"2025-04-0{number + 1}-\x1b[31m.json", [record])
    assert main(["explain", "deep-networks-of-today"]) == DONE
    assert main(["check"]) == DONE
    assert main(["add", "\x1b[31m.json"]) == WRONG_USE
    out, err = capsys.readouterr()
    assert "and no word of its title" in err
    assert "title    [2025-04-02-\\x1b[31m.json:1]" in out
    assert "\x1b" not in out + err


def test_no_word_of_a_digest_is_a_command_to_who_reads_the_log(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = "##[set-env name=a]b"
    text = f"We show that {command} deep nets of spiking cells learn to walk on rough ground by day"
    papers = [
        {"title": f"{command} {title}", "abstract": f"{text} and by {title}.", "url": command}
        for title in ("Walking", "Standing up")
    ]
    write_records(in_folder / "digests", "::add-mask::2025-04-01.json", papers)
    (in_folder / "digests" / "overrides.yml").write_text(f'"{command}": {{hide: yes}}\n')
    assert main(["check"]) == DONE
    assert main(["add", f"{command}.json"]) == WRONG_USE
    out, err = capsys.readouterr()
    for said in ("perhaps one paper", "is no address", "no paper is named", "is no file"):
        assert said in out + err, said
    assert r"\x23#[set-env name=a]b" in out
    assert "##[" not in out + err
    assert not any(line.lstrip().startswith("::") for line in (out + err).splitlines())


def test_no_word_of_a_paper_is_a_command_to_who_reads_why(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "::error::Slow Nets ##[error]\x1b\U000e0041"
    record = {"title": said, "abstract": said, "url": "https://x.org/##[error]", "authors": [said]}
    write_records(in_folder / "digests", "2025-04-01.json", [record])
    assert main(["explain", "error-slow-nets-sharp-sharp-error"]) == DONE
    out = capsys.readouterr().out
    assert out.startswith(r"\x3a:error::Slow Nets \x23#[error]")
    assert r"text   ::error::Slow Nets \x23#[error]\x1b\U000e0041" in out
    assert "##[" not in out
    assert "\x1b" not in out


def test_a_mistyped_key_earns_a_suggestion(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "graf-networks"]) == WRONG_USE
    assert "did you mean graph-networks?" in capsys.readouterr().err


def test_a_mistyped_setting_earns_a_suggestion(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = in_folder / "mkdocs.yml"
    config.write_text(config.read_text().replace("    digests:", "    digest:"))
    assert main(["check"]) == UNFINISHED
    assert "digest is no setting; did you mean digests?" in capsys.readouterr().err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([verb, "--help"])
    assert "--digests" in capsys.readouterr().out


def test_a_name_that_no_paper_has_is_not_said_at_length(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("", "x" * 5_000):
        assert main(["explain", name]) == WRONG_USE
        said = capsys.readouterr().err
        assert said.startswith("broadsheet: no paper is named “")
        assert len(said) < 200


@pytest.mark.parametrize(
    "arguments", [["build", "--site", ""], ["check", "--digests", ""], ["add", ""]]
)
def test_a_path_of_nothing_is_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):  # what argparse ends with
        main(arguments)
    assert "it is empty; name what is meant" in capsys.readouterr().err


def test_a_wrong_verb_is_wrong_use() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["publish"])


def test_without_a_verb_all_verbs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == WRONG_USE
    said = capsys.readouterr().err
    assert said.startswith("usage: python -m generator")
    assert "    serve     show the site at a local address, always current\n" in said


def test_a_python_without_the_libraries_is_told_which_one_has_them(folder: Path) -> None:
    done = run(folder, "-S", "-m", "generator", "check")  # without what is installed
    assert done.returncode == UNFINISHED
    assert "run `make site` once, and from then on `.venv/bin/python -m generator`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_run_with_closed_streams_does_its_work(folder: Path, closed: str) -> None:
    command = f"'{sys.executable}' -m generator convert {closed}"
    assert subprocess.run(["bash", "-c", command], cwd=folder, check=False).returncode == DONE
    assert (folder / "docs" / "papers" / "graph-networks.md").is_file()


def test_the_readme_documents_every_verb() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb in VERBS:
        assert f"`{verb}" in readme, verb


# add


def test_add_files_a_capture_under_the_latest_year_not_in_the_future(tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_bytes((SHELF / "plain.txt").read_bytes())
    (filed,) = add_file(source, tmp_path / "digests", None, date(2026, 3, 11), Report())
    assert (filed.day, filed.guessed_year, filed.new) == (date(2025, 3, 12), True, True)
    assert filed.path == tmp_path / "digests" / "2025" / "2025-03-12.txt"
    assert filed.path.read_bytes() == source.read_bytes()


def test_add_takes_the_year_of_today_when_the_day_has_come(tmp_path: Path) -> None:
    (filed,) = add_file(SHELF / "plain.txt", tmp_path, None, date(2026, 3, 12), Report())
    assert filed.day == date(2026, 3, 12)


def test_add_takes_a_year_that_is_given(tmp_path: Path) -> None:
    (filed,) = add_file(SHELF / "plain.txt", tmp_path, 2023, TODAY, Report())
    assert (filed.day, filed.guessed_year) == (date(2023, 3, 12), False)


def test_a_leap_day_goes_to_the_last_leap_year(tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text((SHELF / "plain.txt").read_text().replace("Mar 12", "Feb 29"))
    (filed,) = add_file(source, tmp_path / "digests", None, TODAY, Report())
    assert filed.day == date(2024, 2, 29)


def test_a_second_capture_of_a_day_stands_beside_the_first(tmp_path: Path) -> None:
    add_file(SHELF / "plain.txt", tmp_path, 2025, TODAY, Report())
    (second,) = add_file(SHELF / "longer_header.txt", tmp_path, 2025, TODAY, Report())
    (again,) = add_file(SHELF / "plain.txt", tmp_path, 2025, TODAY, Report())
    assert second.path.name == "2025-03-12-2.txt"
    assert (again.path.name, again.new) == ("2025-03-12.txt", False)


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [("utf-16", "\n"), ("latin-1", "\n"), ("utf-8-sig", "\n"), ("utf-8", "\r\n")],
)
def test_add_files_a_text_once_whatever_its_encoding(
    tmp_path: Path, encoding: str, lines: str
) -> None:
    text = (SHELF / "plain.txt").read_text("utf-8").replace("Graph", "Gràph") + "\nÉtale.\n"
    source, copy = tmp_path / "page.txt", tmp_path / "again.txt"
    source.write_text(text, "utf-8")
    copy.write_bytes(text.replace("\n", lines).encode(encoding))
    add_file(source, tmp_path / "digests", 2025, TODAY, Report())
    (again,) = add_file(copy, tmp_path / "digests", 2025, TODAY, Report())
    assert (again.path.name, again.new) == ("2025-03-12.txt", False)
    assert again.path.read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    "declared",
    ['<?xml version="1.0" encoding="utf-16"?>\n', "<?xml version='1.0' encoding='latin-1'?>", ""],
)
def test_add_files_a_feed_once_whatever_encoding_it_declares(tmp_path: Path, declared: str) -> None:
    case = yaml.safe_load((CASES / "sources" / "arxiv_rss.yml").read_text("utf-8"))
    text = case["text"].replace("Boston", "Zürich")
    source, copy = tmp_path / "cs.xml", tmp_path / "again.xml"
    source.write_text(text, encoding="utf-8")
    _, _, rest = text.partition("?>\n")
    encoding = "utf-16" if "utf-16" in declared else "latin-1" if declared else "utf-8"
    copy.write_text(declared + rest, encoding=encoding)
    add_file(source, tmp_path / "digests", None, TODAY, Report())
    (again,) = add_file(copy, tmp_path / "digests", None, TODAY, Report())
    assert (again.path.name, again.new) == ("2025-08-20.xml", False)


def test_add_parts_a_file_of_two_days(tmp_path: Path) -> None:
    filed = add_file(SHELF / "two_days_in_one_file.txt", tmp_path, 2025, TODAY, Report())
    assert [f.path.name for f in filed] == ["2025-03-12.txt", "2025-03-13.txt"]
    assert [f.papers for f in filed] == [1, 2]


def test_add_parts_a_page_of_a_week_and_loses_nothing(tmp_path: Path) -> None:
    case = yaml.safe_load((CASES / "sources" / "saved_page_of_a_week.yml").read_text("utf-8"))
    source = tmp_path / "week.html"
    source.write_text(case["text"], encoding="utf-8")
    filed = add_file(source, tmp_path / "digests", None, TODAY, Report())
    assert [(f.path.name, f.papers) for f in filed] == [
        ("2024-01-05.jsonl", 1),
        ("2024-01-08.jsonl", 1),
    ]
    first, _ = read_captures(tmp_path / "digests", Report())
    assert (first.items[0].title, first.items[0].arxiv_id) == ("One", "2401.00001")
    again = add_file(source, tmp_path / "digests", None, TODAY, Report())
    assert [f.new for f in again] == [False, False]


def test_add_keeps_a_file_of_one_day_as_it_is(tmp_path: Path) -> None:
    case = yaml.safe_load((CASES / "sources" / "arxiv_rss.yml").read_text("utf-8"))
    source = tmp_path / "cs.xml"
    source.write_text(case["text"], encoding="utf-8")
    (filed,) = add_file(source, tmp_path / "digests", None, TODAY, Report())
    assert filed.path == tmp_path / "digests" / "2025" / "2025-08-20.xml"
    assert filed.path.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("coded", [False, True])
def test_add_files_the_papers_of_a_mail_and_nobody_that_it_names(
    tmp_path: Path, coded: bool
) -> None:
    papers = "A First Title\n\nIts whole abstract.\n\nA Second Title\n\nAnother abstract.\n"
    head = "From: Ann <ann@x.org>\nTo: bo@y.org\nDate: Wed, 12 Mar 2025 09:30:00 +0000\n"
    body = base64.encodebytes(papers.encode()).decode() if coded else papers
    coding = "Content-Transfer-Encoding: base64\n" if coded else ""
    mail, plain = tmp_path / "papers.eml", tmp_path / "2025-03-12.txt"
    mail.write_text(f"{head}{coding}\n{body}", encoding="utf-8")
    plain.write_text(papers, encoding="utf-8")
    (filed,) = add_file(mail, tmp_path / "digests", None, TODAY, Report())
    assert filed.path.name == "2025-03-12.txt"
    assert "@" not in filed.path.read_text("utf-8")
    add_file(plain, tmp_path / "others", None, TODAY, Report())
    (read,) = read_captures(tmp_path / "digests", Report())
    (other,) = read_captures(tmp_path / "others", Report())
    assert [(i.title, i.abstract) for i in read.items] == [
        (i.title, i.abstract) for i in other.items
    ]


def test_add_files_the_papers_of_a_chat_and_nobody_who_wrote_in_it(tmp_path: Path) -> None:
    chat = tmp_path / "2025-03-12.txt"
    rows = (f"12/03/2025, 09:0{n} - Eve Poe: Title No {n} arXiv:2503.0123{n}\n" for n in range(3))
    chat.write_text("".join(rows), encoding="utf-8")
    (filed,) = add_file(chat, tmp_path / "digests", None, TODAY, Report())
    assert filed.papers == 3
    assert "Eve" not in filed.path.read_text("utf-8")


def test_add_names_the_first_problems_of_a_file_and_how_many_there_are(
    in_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"title": f"Title {n}", "abstract": "We.", "url": "no"} for n in range(31)]
    (tmp_path / "2025-03-13.json").write_text(json.dumps(rows))
    assert cli.main(["add", str(tmp_path / "2025-03-13.json")]) == DONE
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 21
    assert said[-1].startswith("11 problems more: `python -m generator check` names those of what")


def test_add_asks_for_the_files_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder; name the files in it, as "):
        add_file(SHELF, tmp_path, None, TODAY, Report())


@pytest.mark.parametrize("name", ["only_a_header", "no_header_at_all", "nothing"])
def test_add_refuses_what_it_cannot_date_or_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=name):
        add_file(SHELF / f"{name}.txt", tmp_path, None, TODAY, Report())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"), [("x.txt~", ".txt"), ("x.2025", ".txt"), ("x.md", ".md")]
)
def test_add_gives_a_name_that_is_read_again(tmp_path: Path, name: str, kept: str) -> None:
    source = tmp_path / name
    source.write_bytes((SHELF / "plain.txt").read_bytes())
    (filed,) = add_file(source, tmp_path / "digests", 2025, TODAY, Report())
    assert filed.path.name == f"2025-03-12{kept}"


def test_add_files_what_it_can_and_says_what_it_cannot(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(SHELF / "only_a_header.txt"), str(SHELF / "plain.txt"), "none.txt"]
    assert main(["add", "--year", "2024", *given]) == WRONG_USE
    printed = capsys.readouterr()
    assert "filed as 2024/2024-03-12.txt" in printed.out
    assert printed.err.count("broadsheet: ") == 2


def test_the_verb_add_says_where_and_that_the_year_is_a_guess(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(SHELF / "plain.txt")]) == DONE
    printed = capsys.readouterr().out
    assert "2 papers of" in printed
    assert "is a guess), filed as 20" in printed


def test_a_day_filed_late_moves_no_paper_that_it_has_under_another_title(
    in_folder: Path, tmp_path: Path
) -> None:
    for day, title in (("2025-03-13", "Deep Nets"), ("2025-03-10", "Deeper Nets")):
        source = tmp_path / f"{day}.json"
        source.write_text(json.dumps([{"title": title, "arxiv_id": "2401.00001"}]))
        assert main(["add", str(source)]) == DONE
    items = json.loads(render_site(in_folder / "digests")["feeds/all/feed.json"])["items"]
    assert "tag:example.org,2025:paper/deep-nets" in [item["id"] for item in items]
    assert not [item for item in items if "deeper-nets" in item["id"]]


def test_what_only_one_run_finds_is_said_also_where_mkdocs_builds(
    folder: Path,
) -> None:
    for number, (day, title) in enumerate((("2025-03-13", "Deep Nets"), ("2025-03-10", "Deeper"))):
        papers = [{"title": title, "arxiv_id": "2401.00001"}]
        write_records(folder / "digests", f"{day}.json", papers)
        (folder / "docs" / "about.md").write_text(f"# About {number}\n")
        done = run(folder, "-m", "generator", "build")
        assert done.returncode == DONE, done.stderr
    assert "MkDocs builds all pages: there is nothing to begin with, or what people" in done.stdout
    assert "2025-03-10.json:1: the paper deep-nets moves to deeper, and readers" in done.stderr
    assert " added, " in done.stdout


def test_a_day_filed_late_gives_no_paper_s_key_to_another_of_its_title(
    in_folder: Path, tmp_path: Path
) -> None:
    for day, arxiv_id in (("2025-03-13", "2401.00001"), ("2025-03-10", "2401.00002")):
        source = tmp_path / f"{day}.json"
        source.write_text(json.dumps([{"title": "Deep Nets", "arxiv_id": arxiv_id}]))
        assert main(["add", str(source)]) == DONE
    found = render_site(in_folder / "digests")["data/papers.jsonl"].decode().splitlines()
    keys = {paper["arxiv_id"]: paper["key"] for paper in map(json.loads, found)}
    assert keys["2401.00001"] == "deep-nets"
    assert keys["2401.00002"] == "deep-nets-2401-00002"


def test_check_names_what_is_odd_in_the_overrides(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "digests" / "overrides.yml").write_text("graph-network:\n  hide: yes\n")
    assert main(["check", "--strict"]) == REFUSED
    said = "overrides.yml:1: no paper is named “graph-network”; did you mean graph-networks?"
    assert said in capsys.readouterr().err


def test_a_folder_without_a_digest_is_named(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(in_folder / "digests" / "2025")
    assert main(["check"]) == UNFINISHED
    said = capsys.readouterr().err
    assert said.startswith("broadsheet: ")
    assert "digests holds no digest: put one there" in said


def test_add_reads_as_much_of_a_file_as_a_build(
    in_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, config = tmp_path / "saved.jsonl", in_folder / "mkdocs.yml"
    lines = [
        json.dumps({"title": f"Paper {n}", "abstract": "It is. " * 10**5, "listed_on": day})
        for n, day in enumerate(("2025-03-13", "2025-03-14", "2025-03-15"))
    ]
    source.write_text("\n".join(lines))
    text = config.read_text()
    config.write_text(text.replace("  broadsheet:\n", "  broadsheet:\n    largest_file: 1\n"))
    assert main(["add", str(source)]) == DONE
    said = capsys.readouterr()
    assert "over 1 MiB; left out from here on" in said.err
    assert said.out.count("filed as") == 1


def test_explain_finds_a_paper_by_any_address(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "https://example.org/broadsheet/papers/graph-networks/"]) == DONE
    assert capsys.readouterr().out.startswith("Graph Networks\n")


def test_a_file_that_mkdocs_cannot_read_is_one_sentence(folder: Path) -> None:
    (folder / "docs" / "picture.png").symlink_to("nowhere.png")
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == UNFINISHED
    assert f"{folder}/docs/picture.png: No such file or directory; what was" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_file_named_by_odd_bytes_is_shown_and_steers_no_terminal(tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    write_digest(digests, "2025-03-12.txt", ("Robots that Learn", "They do."))
    for name in (b"2025-03-13-\xff.txt", b"2025-03-13-\n\x1b[2J.txt"):
        shutil.copy(digests / "2025-03-12.txt", digests / fsdecode(name))
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    folder = workspace(tmp_path / "site", digests)
    done = run(folder, "-m", "generator", "explain", "robots-that-learn", environment=strict)
    assert done.returncode == 0, done.stderr
    assert "2025-03-13-\\udcff.txt" in done.stdout
    assert "2025-03-13-\\n\\x1b[2J.txt" in done.stdout
