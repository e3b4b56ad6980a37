"""Front matter of generated pages: YAML that we read as any YAML reader does."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.header import split_header, with_header

# The prose lets no control character through; a lone surrogate is no text.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))
VALUES = st.dictionaries(
    st.sampled_from(["title", "description", "previous"]),
    st.one_of(
        TEXTS,
        st.dates(date(1000, 1, 1)),
        st.lists(TEXTS, max_size=3),
        st.lists(st.fixed_dictionaries({"title": TEXTS, "type": TEXTS}), max_size=2),
        st.fixed_dictionaries({"exclude": st.booleans()}),
    ),
    min_size=1,
)


@given(VALUES)
def test_a_yaml_reader_reads_what_was_written(values: dict[str, object]) -> None:
    _, head, body = with_header(values, "<p>\n---\n</p>").split("---\n", 2)
    assert yaml.safe_load(head) == {"generator": "broadsheet"} | values
    assert body == "\n<p>\n---\n</p>\n"


@given(VALUES)
def test_we_read_the_same(values: dict[str, object]) -> None:
    page = with_header(values, "<p>text</p>")
    found = split_header(page)
    if found is None:
        assert "\\U" in page  # which YAML alone knows
    else:
        assert found == ({"generator": "broadsheet"} | values, "<p>text</p>")


def test_a_page_of_other_making_is_left_to_a_yaml_reader() -> None:
    assert split_header("---\ntitle: One\n---\n\nText\n") is None
    assert split_header("---\ngenerator: broadsheet\ntitle: One\n---\n\nText\n") is None
    assert split_header("Text\n") is None
