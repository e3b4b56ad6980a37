"""Keys never change: they are addresses and feed ids."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.keys import damage, is_key, paper_key

from .conftest import CASES

TABLE = yaml.safe_load((CASES / "keys.yml").read_text(encoding="utf-8"))
TEX = st.lists(
    st.sampled_from(
        ["\\emph{", "\\mathcal{", "}", "$", "\\", "{", '\\"o', "^2", "x", " ", "ß", "学"]
    )
).map("".join)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["key"])
def test_the_table_of_frozen_keys_holds(case: dict[str, str]) -> None:
    assert paper_key(case["title"]) == case["key"]


@given(st.one_of(TEX, st.text()))
def test_a_damaged_title_has_the_key_of_the_intact_one(title: str) -> None:
    assert paper_key(damage(title)) == paper_key(title)


@given(st.one_of(TEX, st.text()))
def test_every_title_has_a_key_that_is_a_safe_file_name(title: str) -> None:
    assert is_key(paper_key(title))


@given(st.text())
def test_case_and_surrounding_space_do_not_change_a_key(title: str) -> None:
    assert paper_key(f"  {title}\n") == paper_key(title)


@pytest.mark.parametrize("sign", ["{", "\\a{", "$", "\\", "#", "\u0301", "x"])
def test_a_hostile_title_gets_a_key(sign: str) -> None:
    assert paper_key(sign * 20_000)


def test_no_two_papers_of_the_corpus_share_a_key(shared: Path) -> None:
    titles = {
        json.loads(line)["title"]
        for file in (shared / "corpus").glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    assert len({paper_key(title) for title in titles}) == len(titles) > 6000


def test_damage_is_the_shared_rule_on_real_titles(shared: Path) -> None:
    reference = runpy.run_path(str(shared / "gold" / "damage.py"))["damage"]
    lines = (shared / "gold" / "modern.jsonl").read_text(encoding="utf-8").splitlines()
    for title in (json.loads(line)["title"] for line in lines):
        assert paper_key(reference(title)) == paper_key(title)
