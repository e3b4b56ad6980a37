"""Settings are read once, complete and checked; what cannot be used stops with one sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from generator.config import load_settings
from generator.configfile import read_config
from generator.errors import DigestError

URL = 'site_url: !ENV [NO_SUCH_VARIABLE, "https://me.github.io/papers/"]\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_complete(tmp_path: Path) -> None:
    found = load_settings(write(tmp_path, URL + "theme: !!python/name:material.x.y\n"))
    assert (found.title, found.url) == ("Broadsheet", "https://me.github.io/papers/")
    assert (found.authority, found.authority_pinned) == ("me.github.io", False)
    assert (found.digests, found.docs) == (tmp_path / "digests", tmp_path / "docs")
    assert (found.feed_days, found.feed_items, found.year) == (7, 50, None)


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_SUCH_VARIABLE", "https://x.org")
    monkeypatch.setenv("BROADSHEET_YEAR", "2024")
    monkeypatch.setenv("BROADSHEET_DIGESTS", "other")
    found = load_settings(write(tmp_path, URL + "extra: {broadsheet: {year: 2025}}"))
    assert (found.url, found.year, found.digests.name) == ("https://x.org/", 2024, "other")


def test_a_hub_that_the_environment_leaves_empty_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, URL + "extra: {broadsheet: {websub_hub: !ENV [WEBSUB_HUB, null]}}")
    monkeypatch.delenv("WEBSUB_HUB", raising=False)
    assert load_settings(path).websub_hub == ""
    monkeypatch.setenv("WEBSUB_HUB", "")
    assert load_settings(path).websub_hub == ""
    monkeypatch.setenv("WEBSUB_HUB", "https://hub.example.org/")
    assert load_settings(path).websub_hub == "https://hub.example.org/"


def test_the_age_of_a_stale_site_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, URL + "extra: {broadsheet: {stale_after: !ENV [STALE_AFTER, null]}}")
    for given, found in ((None, 0), ("", 0), ("7", 7)):
        monkeypatch.delenv("STALE_AFTER", raising=False)
        if given is not None:
            monkeypatch.setenv("STALE_AFTER", given)
        assert load_settings(path).stale_after == found


def test_a_service_without_an_address_is_not_asked(tmp_path: Path) -> None:
    text = URL + "extra: {broadsheet: {daily_papers: '', arxiv_api: 'http://127.0.0.1:8/x/'}}"
    found = load_settings(write(tmp_path, text))
    assert (found.daily_papers, found.arxiv_api) == ("", "http://127.0.0.1:8/x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extra: {broadsheet: {daily_papers: x.org}}", "for example https://huggingface.co"),
        ("extra: {broadsheet: {arxiv_api: ''}}", "for example https://export.arxiv.org"),
        ("extra: {broadsheet: {arxiv_feed: 'http://[x'}}", "it must be the address of a service"),
        ("extra: {broadsheet: {arxiv_categories: 'cs.LG, x'}}", "for example cs.CL cs.LG"),
        ('extra: {broadsheet: {arxiv_query: "a\\nb"}}', "it must stand on one line"),
        ("extra: {broadsheet: {collect_interval: -1}}", "it must be 0 to 3600"),
        ("extra: {broadsheet: {stale_after: week}}", "it must be a whole number"),
        ("extra: {broadsheet: {digest: x}}", "digest is no setting; did you mean digests?"),
        ("extra: {broadsheet: {year: '2025'}}", 'year is "2025"; it must be a whole number'),
        ("extra: {broadsheet: {year: 25}}", "year is 25; it must be 1970 to 2105"),
        ("extra: {broadsheet: {ai_summaries: 1}}", "ai_summaries is 1; it must be true or false"),
        ("extra: {broadsheet: {feed_hour: 24}}", "feed_hour is 24; it must be 0 to 23"),
        ("extra: {broadsheet: {feed_days: yes}}", "feed_days is true; it must be a whole number"),
        ("extra: {broadsheet: {feed_archives: tags}}", "it must be one of all, papers, none"),
        ("extra: {broadsheet: {websub_hub: hub.org}}", "it must be the address of a hub, for"),
        ("extra: {broadsheet: {authority: 'a b'}}", 'authority is "a b"; it must be a host'),
        ("extra: {broadsheet: {authority: ''}}", 'authority is ""; it must be a host'),
        ("extra: {broadsheet: {digests: ''}}", "digests is empty"),
        ("extra: {broadshet: {digests: x}}", "mkdocs.yml:2, extra: broadshet: did you mean broad"),
        ("extra: {broadsheet: {feed_days: }}", "feed_days is empty; it must be a whole number"),
        ("extra: {broadsheet: {other_hosts: [a, 1]}}", 'other_hosts is ["a", 1]; it must be text'),
        (
            "extra: {broadsheet: {authority: 2025-01-02}}",
            "authority is 2025-01-02; it must be text",
        ),
        (
            "extra:\n  broadsheet:\n    year: 2025\n    data: 1",
            "mkdocs.yml:5, extra: broadsheet: data",
        ),
        ("extra: {broadsheet: [a]}", "it must be a list of `name: value` lines"),
        ("extra: {broadsheet: &it [*it]}", "holds a value that holds itself; it must be a list"),
        ("extra: [a]", "extra must be a list of `name: value` lines"),
        ("extra: [", "cannot be read"),
        ("extra: {broadsheet: {year: 2025-13-01}}", "line 2, column 28"),
        (
            "extra: {broadsheet: {year: 2025}}\nextra:\n  a: b",
            "line 3, column 1: extra stands in line 2",
        ),
        (
            "extra:\n  a: 1\n  b: 2\n  a: 1",
            "line 5, column 3: a stands in line 3 already: put both",
        ),
        (
            "extra:\n\tbroadsheet: {}",
            "line 3, column 1: found character '\\t' that cannot start any token; use",
        ),
        ("site_description: 2025-02-30", "put it in quotes if it is a text"),
        ("extra: {broadsheet: {feed_days: 0x_}}", "cannot be read"),
        ('docs_dir: "a\\0b"', r"line 2, column 11: found character '\x00', which no text can hold"),
        ('extra: {broadsheet: {digests: "\\ud800"}}', r"found character '\ud800'"),
        ('hooks: ["a\\0b"]', "remove it"),
        ('INHERIT: "\\udfff"', r"found character '\udfff'"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_a_remedy(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(DigestError) as stopped:
        load_settings(write(tmp_path, URL + text))
    assert said in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_settings_that_the_system_keeps_back_are_named_in_its_words(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    with pytest.raises(DigestError, match=r"^[^\[]+/mkdocs.yml cannot be read: Is a directory$"):
        load_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize("value", ["papers.example.org", ""])
@pytest.mark.parametrize("names", ["A_SITE", "[A_SITE]", "[NO_SUCH, A_SITE, 'https://x.org']"])
def test_a_setting_of_the_environment_is_said_to_come_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: str, value: str
) -> None:
    monkeypatch.setenv("A_SITE", value)
    monkeypatch.delenv("NO_SUCH", raising=False)
    with pytest.raises(DigestError, match=r"^mkdocs\.yml:1 \(the variable A_SITE\): site_url is"):
        load_settings(write(tmp_path, f"site_url: !ENV {names}"))


def test_a_folder_that_no_page_can_name_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    with pytest.raises(DigestError, match="the name of this folder is not UTF-8; rename it"):
        load_settings(write(folder, URL))


def test_settings_that_are_not_utf_8_are_named_with_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, URL)
    path.write_bytes(URL.encode() + "site_name: Zürich\n".encode("latin-1"))
    with pytest.raises(DigestError, match="line 2 is not UTF-8: save the file as UTF-8"):
        load_settings(path)


@pytest.mark.parametrize(
    "url",
    ["", "x.org", "ftp://x.org/", "http://[", "https://x.org/?q=1", "https://x.org/#a",
     "https://x.org:abc/", "https://u:p@x.org/", "https://x.org/a b/",
     "https://x.org/\x07/", "https://x.org/?", 'https://x"y.org/', "https://x..org/", "//x.org/",
     "https://u@x.org/", "https://[::1]/"],
)  # fmt: skip
def test_an_address_that_no_site_can_have_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(DigestError, match="set it to the address of the home page"):
        load_settings(write(tmp_path, f"site_url: {json.dumps(url)}"))


@pytest.mark.parametrize(
    ("given", "url", "host"),
    [
        ("https://bücher.example/möwe", "https://xn--bcher-kva.example/m%C3%B6we/", None),
        ("https://bu\u0308cher.example/", "https://xn--bcher-kva.example/", None),
        ("https://xn--bcher-kva.example/a%20b/", "https://xn--bcher-kva.example/a%20b/", None),
        ("HTTPS://Me.GitHub.io/Papers", "https://me.github.io/Papers/", None),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/", "127.0.0.1"),
    ],
)
def test_an_address_is_written_as_feeds_and_crawlers_take_it(
    tmp_path: Path, given: str, url: str, host: str | None
) -> None:
    found = load_settings(write(tmp_path, f"site_url: {given}"))
    assert found.url == url
    assert found.authority == (host or url.split("/")[2])


def test_a_host_on_whose_place_programs_disagree_is_to_be_named_in_ascii(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="write its name as browsers ask for it, with xn--"):
        load_settings(write(tmp_path, "site_url: https://straße.example/"))


@pytest.mark.parametrize("year", ["25", "9" * 30, "x", "1066"])
def test_a_year_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: str
) -> None:
    monkeypatch.setenv("BROADSHEET_YEAR", year)
    with pytest.raises(DigestError, match="is no year of a digest"):
        load_settings(write(tmp_path, URL))


# What a file inherits


def test_a_setting_counts_wherever_it_is_inherited_from(tmp_path: Path) -> None:
    (tmp_path / "shared" / "more").mkdir(parents=True)
    (tmp_path / "shared" / "base.yml").write_text(
        "INHERIT: more/deepest.yml\nextra: {broadsheet: {markdown: true, feed_days: 3}}"
    )
    (tmp_path / "shared" / "more" / "deepest.yml").write_text(
        "site_name: The Shared\ndocs_dir: pages\nextra: {broadsheet: {feed_days: 2, feed_hour: 9}}"
    )
    found = load_settings(
        write(tmp_path, "INHERIT: shared/base.yml\n" + URL + "extra: {broadsheet: {year: 2025}}")
    )
    assert (found.title, found.url) == ("The Shared", "https://me.github.io/papers/")
    assert (found.markdown, found.feed_days, found.feed_hour, found.year) == (True, 3, 9, 2025)
    assert found.docs == tmp_path / "pages"


@pytest.mark.parametrize(
    ("base", "over"),
    [
        ("extra: {a: 1, b: {c: 2, d: 3}}", "extra: {b: {d: 4, e: 5}}"),
        ("extra: {a: 1}", "extra: null"),
        ("extra: null", "extra: {a: 1}"),
        ("extra: [1, 2]", "extra: [3]"),
        ("extra: {a: [1]}", "extra: {a: {b: 2}}"),
        ("# nothing", "extra: {a: 1}"),
    ],
)
def test_files_are_merged_as_mkdocs_merges_them(tmp_path: Path, base: str, over: str) -> None:
    (tmp_path / "base.yml").write_text(base)
    path = write(tmp_path, "INHERIT: base.yml\n" + over)
    with path.open("rb") as file:
        assert read_config(path).values == yaml_load(file)


@pytest.mark.parametrize(
    ("base", "over", "said"),
    [
        ("extra: {broadsheet: {feed_days: x}}", "", "base.yml:1, extra: broadsheet: feed_days is"),
        ("extra: {broadsheet: {digest: x}}", "", "base.yml:1, extra: broadsheet: digest is no"),
        (
            "extra: {broadsheet: {feed_days: 0}}",
            "",
            "base.yml:1, extra: broadsheet: feed_days is 0",
        ),
        (
            "extra: {broadsheet: {feed_days: 1}}",
            "extra: {broadsheet: {feed_days: 0}}",
            "mkdocs.yml:3, extra: broadsheet: feed_days is 0",
        ),
        ("extra: {broadsheet: [a]}", "", "base.yml:1, extra: broadsheet: holds"),
        ("extra: [a]", "", "base.yml:1: extra must be"),
        ("extra: [", "", "base.yml cannot be read"),
        ("- a", "", "base.yml holds no settings"),
        ("INHERIT: mkdocs.yml", "", "mkdocs.yml inherits from itself in the end"),
        ("INHERIT: none.yml", "", "base.yml: INHERIT is none.yml, and there is no such file"),
        ("INHERIT: [a]", "", 'base.yml: INHERIT is ["a"]; it must be the path of a file'),
    ],
)
def test_what_is_wrong_is_said_of_the_file_that_states_it(
    tmp_path: Path, base: str, over: str, said: str
) -> None:
    (tmp_path / "base.yml").write_text(base)
    with pytest.raises(DigestError) as stopped:
        load_settings(write(tmp_path, "INHERIT: base.yml\n" + URL + over))
    assert said in str(stopped.value)
