"""Who wrote a paper, in the forms that people and programs write it."""

from __future__ import annotations

import time

import pytest

from generator.sources.people import authors


def names(value: object) -> list[str]:
    return [author.name for author in authors(value)]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Guo, Daya and Yang, Dejian", "Daya Guo | Dejian Yang"),
        ("van der Berg, Ann and O'Neil, Bo, Jr. and others", "Ann van der Berg | Bo O'Neil, Jr."),
        ("Kaplan, J., McCandlish, S., & Henighan, T.", "J. Kaplan | S. McCandlish | T. Henighan"),
        ("Müller, K.-R., and Łukasz, É. A.", "K.-R. Müller | É. A. Łukasz"),
        ("Lee, Ann; Wu, Bo", "Ann Lee | Bo Wu"),
        ("['Ann Lee', 'Bo Wu']", "Ann Lee | Bo Wu"),
        ("""['Ann Lee' "Bo O'Neil"]""", "Ann Lee | Bo O'Neil"),
        ("Ann Lee & Bo Wu", "Ann Lee | Bo Wu"),
        ("Ann Lee, Bo Wu, & Cy Xu", "Ann Lee | Bo Wu | Cy Xu"),
        (["Ann Lee and Bo Wu"], "Ann Lee | Bo Wu"),
        (["Guo, Daya and Yang, Dejian"], "Daya Guo | Dejian Yang"),
        (["Lee, Ann"], "Ann Lee"),
        ([{"name": "Lee, Ann", "affiliation": "MIT"}, {"name": "OpenAI"}], "Ann Lee | OpenAI"),
        ("OpenAI, :, Ann Lee", "OpenAI | Ann Lee"),
        (["N/A", "None", "nan", ":", "Bo Nan"], "Bo Nan"),
        (["Ann Lee,", "Bo Wu;", "Cy Xu"], "Ann Lee | Bo Wu | Cy Xu"),
        (["Lee, Ann, (MIT)", "Wu, Bo (CMU)"], "Ann Lee | Bo Wu"),
        ("Ann Lee, (MIT, Boston), Bo Wu, (CMU) and Cy Xu", "Ann Lee | Bo Wu | Cy Xu"),
    ],
)
def test_names_are_told_apart_and_put_in_order(value: object, read: str) -> None:
    assert " | ".join(names(value)) == read
    assert names(names(value)) == names(value)


@pytest.mark.parametrize(
    "name",
    ["Research & Development, Inc.", "Johnson & Johnson", "AT&T", "Alexander Andrews",
     "Ministry of Science and Old Technology", "Center for Arts & Big Data", "Sandy Anderson, Jr.",
     "Ann Lee, MIT", "Lee, MIT", "王小明", "王, 小明", "Acme, Inc.", "Berkeley, University of X",
     "Ann Lee, Bo Wu", "Ann Lee III", "nan li"],
)  # fmt: skip
def test_a_name_that_is_one_or_may_be_stays(name: str) -> None:
    assert names([name]) == [name]


def test_what_is_not_plain_in_a_text_is_parted_at_its_commas() -> None:
    assert names("Lee, Ann, Wu, Bo") == ["Lee", "Ann", "Wu", "Bo"]
    assert names("Ann Lee, MIT and Bo Wu, CMU") == ["Ann Lee", "MIT", "Bo Wu", "CMU"]
    assert names("王伟, 李娜") == ["王伟", "李娜"]


@pytest.mark.parametrize("unit", ["Lee, Ann and ", "A & ", "Lee, J., ", "['a', ", "[' \\", "and "])
@pytest.mark.parametrize("listed", [True, False])
def test_names_without_end_cost_no_more_than_their_length(unit: str, listed: bool) -> None:
    before = time.process_time()
    authors([unit * 10**5] if listed else unit * 10**5)
    assert time.process_time() - before < 20  # minutes where the time is quadratic


@pytest.mark.parametrize(
    "written",
    ["Ann Lee, Bo Wu, et al.", "Ann Lee, Bo Wu et al", "Ann Lee, Bo Wu and others",
     "Lee, Ann and Wu, Bo and others", "Ann Lee; Bo Wu; …", ["Ann Lee", "Bo Wu", "et al."]],
)  # fmt: skip
def test_what_stands_for_further_authors_is_none(written: object) -> None:
    assert [author.name for author in authors(written)] == ["Ann Lee", "Bo Wu"]
