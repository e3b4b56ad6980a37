"""Tags say what a paper is about, and because of which words."""

from __future__ import annotations

import json
import random
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import load_settings
from generator.errors import Report, SettingsError
from generator.model import Facet, PaperText, Tag, TagHit, Taxonomy
from generator.pipeline import build_site
from generator.prose import to_plain
from generator.tagging import MOST, Tagger, tag_papers
from generator.tagging.learned import FILED, WEIGHTS, Weights, meaning, read_weights
from generator.tagging.texts import Texts, spaced
from generator.tagging.trie import Trie
from generator.tagging.weighing import EARNS
from generator.taxonomy import Topic, load_taxonomy
from generator.yamltext import SafeLoader

ROOT = Path(__file__).resolve().parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "tagging").glob("*.yml"))
TAXONOMY = load_taxonomy()
WORDS = sorted({word for tag in TAXONOMY.tags for word in tag.synonyms})

SMALL: dict[str, Any] = {
    "facets": [{"slug": "task", "name": "Tasks"}],
    "tags": [
        {
            "slug": "chess",
            "name": "Chess",
            "facet": "task",
            "definition": "Applies to chess.",
            "synonyms": ["chess"],
        }
    ],
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = case.get("has_code", False), tuple(case.get("keywords", ()))
    paper = PaperText(case["title"], case["abstract"], *known)
    tags = {hit.tag for hit in tag_papers({"a": paper}, TAXONOMY)["a"]}
    assert set(case["tags"]) <= tags
    assert not set(case["never"]) & tags
    if case.get("exact"):
        assert set(case["tags"]) == tags


def test_there_are_cases() -> None:
    assert CASES


# --- the vocabulary ------------------------------------------------------------------------------


def test_the_package_has_73_tags_in_6_facets() -> None:
    assert len(TAXONOMY.tags) == 73
    assert [facet.slug for facet in TAXONOMY.facets] == [
        "task",
        "method",
        "learning-setting",
        "focus",
        "domain",
        "contribution",
    ]


def test_no_phrase_of_a_tag_stands_in_two_of_its_lists() -> None:
    for tag in TAXONOMY.tags:
        assert isinstance(tag, Topic)
        words = [word.lower() for word in (*tag.synonyms, *tag.weak, *tag.decoys)]
        assert len(words) == len(set(words)), tag.slug
        assert set(tag.firm) <= set(tag.synonyms)


def test_the_vocabulary_keeps_every_tag_of_the_reference(shared: Path) -> None:
    reference = yaml.safe_load((shared / "gold/vocabulary.yml").read_text(encoding="utf-8"))
    for theirs, ours in zip(reference, TAXONOMY.tags, strict=True):
        assert ours.slug == theirs["slug"]
        assert (ours.name, ours.facet) == (theirs["name"], theirs["facet"])


def test_definitions_name_other_tags_as_readers_see_them() -> None:
    slugs = [tag.slug for tag in TAXONOMY.tags if "-" in tag.slug]
    for tag in TAXONOMY.tags:
        assert not set(re.findall(r"[\w-]+", tag.definition)) & set(slugs), tag.slug


def test_readers_are_told_of_each_topic_in_a_sentence_of_their_own() -> None:
    told = [tag.told for tag in TAXONOMY.tags]
    assert len(set(told)) == len(told)
    for tag, sentence in zip(TAXONOMY.tags, told, strict=True):
        assert sentence != tag.definition, tag.slug
        # A line or two on a phone, and whole where readers of feeds list it.
        assert len(sentence) <= 120, tag.slug
        assert re.fullmatch(r"[A-Z].*\.", sentence), tag.slug


def test_readers_are_told_the_definition_of_a_topic_that_has_no_other_words(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).get("chess").told == "Applies to chess."
    chess = load(tmp_path, altered(about="Chess and its engines.")).get("chess")
    assert (chess.told, chess.definition) == ("Chess and its engines.", "Applies to chess.")


def load(folder: Path, data: object) -> Taxonomy:
    file = folder / "mine.yml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return load_taxonomy(file)


def altered(**fields: object) -> dict[str, Any]:
    tag = SMALL["tags"][0] | fields
    return SMALL | {"tags": [{name: value for name, value in tag.items() if value is not None}]}


def test_a_small_vocabulary_loads(tmp_path: Path) -> None:
    taxonomy = load(tmp_path, SMALL)
    assert taxonomy.facets == (Facet("task", "Tasks"),)
    assert taxonomy.get("chess").synonyms == ("chess",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SMALL | {"tags": SMALL["tags"] * 2}, ["tag 2", "'chess'", "rename"]),
        (SMALL | {"facets": SMALL["facets"] * 2}, ["facet 2", "'task'", "rename"]),
        (altered(facet="tasc"), ["tag 1 (chess)", "'tasc'", "did you mean 'task'?"]),
        (altered(facet="xyzzy"), ["'xyzzy'", "use one of task"]),
        (altered(slug="Chess Games"), ["'Chess Games'", "use a-z"]),
        (altered(slug="chess--games"), ["'chess--games'", "single hyphens"]),
        (altered(slug="index"), ["'index'", "choose another"]),
        (altered(slug="aux"), ["'aux'", "choose another"]),
        (altered(slug="2024"), ["'2024'", "choose another"]),
        (altered(slug=2024), ["`slug`", "quotes"]),
        (altered(name=None), ["tag 1 (chess)", "`name`", "missing"]),
        (altered(definition=" "), ["`definition`"]),
        (altered(about=3), ["tag 1 (chess)", "`about`", "quotes"]),
        (altered(about="\alpha games"), ["tag 1 (chess)", "`about`", "single quotes"]),
        (altered(name="\alpha games"), ["tag 1 (chess)", "`name`", "single quotes"]),
        (altered(synonyms="chess"), ["`synonyms`", "list"]),
        (altered(weak=[1]), ["`weak`", "list"]),
        (altered(link="yes"), ["`link`", "true or false"]),
        (altered(synonym=["chess"]), ["'synonym'", "did you mean 'synonyms'?"]),
        (altered(former="games"), ["tag 1 (chess)", "`former`", "list of slugs"]),
        (altered(former=["Board Games"]), ["'Board Games'", "use a-z"]),
        (altered(former=["games", "chess"]), ["tag 1", "`former`", "'chess'", "remove it"]),
        (altered(former=["games", "games"]), ["tag 1", "`former`", "'games'", "remove it"]),
        (SMALL | {"tags": ["chess"]}, ["tag 1", "no mapping"]),
        (SMALL | {"tags": []}, ["no `tags`"]),
        ([1, 2], ["no `facets`"]),
        (None, ["no `facets`"]),
    ],
)
def test_a_bad_vocabulary_stops_with_place_and_remedy(
    tmp_path: Path, data: object, said: list[str]
) -> None:
    with pytest.raises(SettingsError) as stop:
        load(tmp_path, data)
    message = str(stop.value)
    assert message.startswith("mine.yml: ")
    assert "\n" not in message
    for words in said:
        assert words in message


def test_a_missing_or_broken_file_stops(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.yml"):
        load_taxonomy(tmp_path / "none.yml")
    broken = tmp_path / "broken.yml"
    for text in ("tags: [", "tags: 2025-02-30"):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"broken\.yml: cannot be read"):
            load_taxonomy(broken)


def test_brackets_without_end_stop_where_libyaml_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.taxonomy._Loader", SafeLoader)
    (tmp_path / "deep.yml").write_text(f"facets: {'[' * 5_000}{']' * 5_000}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"deep\.yml: cannot be read"):
        load_taxonomy(tmp_path / "deep.yml")


def test_plain_tags_of_the_model_work_too() -> None:
    chess = Tag("chess", "Chess", "task", "Applies to chess.", ("chess engine",))
    taxonomy = Taxonomy((Facet("task", "Tasks"),), (chess,))
    hits = tag_papers({"a": PaperText("Chess engines", "")}, taxonomy)["a"]
    assert [hit.because for hit in hits] == [("title: Chess engines",)]


# --- laws ----------------------------------------------------------------------------------------

texts = st.lists(
    st.sampled_from([*WORDS, "we propose", "the", ". Yet", "İ", "github"]), max_size=40
)
papers = st.builds(
    PaperText,
    texts.map(lambda words: " ".join(words[:6])),
    texts.map(" ".join),
    st.booleans(),
    texts.map(lambda words: tuple(words[:3])),
)


@settings(max_examples=60)
@given(st.lists(papers, max_size=5), st.randoms(use_true_random=False))
def test_each_paper_is_judged_by_itself(found: list[PaperText], dice: random.Random) -> None:
    by_key = {f"p{n}": paper for n, paper in enumerate(found)}
    keys = list(by_key)
    dice.shuffle(keys)
    tags = tag_papers(by_key, TAXONOMY)
    assert list(tags) == list(by_key)
    shuffled = tag_papers({key: by_key[key] for key in keys}, TAXONOMY)
    assert {key: shuffled[key] for key in by_key} == tags


@settings(max_examples=100)
@given(papers)
def test_hits_are_few_in_order_and_say_words_of_the_text(paper: PaperText) -> None:
    hits = tag_papers({"a": paper}, TAXONOMY)["a"]
    order = [tag.slug for tag in TAXONOMY.tags]
    places = [order.index(hit.tag) for hit in hits]
    assert len(hits) <= MOST
    assert places == sorted(set(places))
    texts = {"title": paper.title, "aim": paper.abstract, "abstract": paper.abstract}
    texts["keyword"] = "\n".join(paper.keywords)
    for hit in hits:
        assert hit.because
        assert len(hit.because) == len(hit.points)
        assert all(points >= 0 for points in hit.points)
        assert hit.score == round(hit.score, 4)
        for reason in hit.because:
            if reason != "link to code":
                place, _, words = reason.partition(": ")
                assert words in texts[place]


def test_many_long_keywords_are_read_a_few_papers_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []

    def texts(papers: list[PaperText]) -> Texts:
        sizes.append(sum(len(" ".join(paper.keywords)) for paper in papers))
        return Texts(papers)

    monkeypatch.setattr("generator.tagging.Texts", texts)
    papers = [PaperText("A Graph", "Graphs.", keywords=("a b " * 500,) * 100)] * 20
    found = tag_papers({str(number): paper for number, paper in enumerate(papers)}, TAXONOMY)
    assert len(set(found.values())) == 1
    assert max(sizes) < 2_000_000 < sum(sizes)


def test_letters_that_grow_in_lower_case_move_nothing() -> None:
    paper = PaperText("İİİ object detection", "")
    assert tag_papers({"a": paper}, TAXONOMY)["a"][0].because == ("title: object detection",)


def test_every_other_letter_keeps_its_length_in_lower_case() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1)]
    assert all(len(spaced(letter).lower()) == 1 for letter in letters)
    assert all(spaced(letter) == " " for letter in letters if letter.isspace())


def test_what_ends_a_word_in_a_text_ends_one_in_its_bytes() -> None:
    every = "".join(f"a{chr(code)}b " for code in range(0x3100))
    words = Texts([PaperText(every, "")]).words
    apart = [word.span() for word in re.finditer("[^ ]+", spaced(f"\n\n{every}\n\n"))]
    assert list(zip(words.start.tolist(), words.end.tolist(), strict=True)) == apart


def test_no_phrase_reaches_from_one_text_into_the_next() -> None:
    cut = [PaperText("We study object", "detection of graph"), PaperText("neural networks", "")]
    alone = [tag_papers({"a": paper}, TAXONOMY)["a"] for paper in cut]
    assert list(tag_papers({"a": cut[0], "b": cut[1]}, TAXONOMY).values()) == alone
    because = [reason for hits in alone for hit in hits for reason in hit.because]
    assert not any("object" in reason and "detection" in reason for reason in because)


pieces = st.lists(
    st.sampled_from(["deep", "net", "nets", "Ω", "객체", " ", ".", "  "]), max_size=12
)


@settings(max_examples=200)
@given(st.lists(pieces.map("".join).filter(str.split), unique=True), st.lists(pieces.map("".join)))
def test_phrases_found_at_once_are_those_found_one_by_one(
    found: list[str], written: list[str]
) -> None:
    forms = list(dict.fromkeys(" ".join(spaced(form).lower().split()) for form in found))
    texts = Texts([PaperText(text, "") for text in written])
    lowered = spaced(texts.whole).lower()
    expected = {
        (number, at.start(1), at.end(1))
        for number, form in enumerate(forms)
        for at in re.finditer(f"(?= ({re.escape(form)}) )", lowered)
        if form
    }
    columns = (column.tolist() for column in Trie(forms).find(texts))
    assert set(zip(*columns, strict=True)) == expected


def test_a_phrase_keeps_the_bracket_that_ends_it() -> None:
    rotations = Tag("rotations", "Rotations", "task", "Applies to rotations.", ("SO(3)",))
    taxonomy = Taxonomy((Facet("task", "Tasks"),), (rotations,))
    papers = {"a": PaperText("SO(3)-equivariant", ""), "b": PaperText("Learning on SO(3)", "")}
    hits = tag_papers(papers, taxonomy)
    assert [[hit.because for hit in found] for found in hits.values()] == [[("title: SO(3)",)]] * 2


HOSTILE = [
    "\n",
    "object  detection " * 300,
    "\ud7ff\u0000\u202e",
    "İ" * 50,
    "a " * 9000,
    ". " * 500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_tagged_like_any_other(text: str) -> None:
    for paper in (PaperText(text, ""), PaperText("", text), PaperText(text, text)):
        hits = tag_papers({"a": paper}, TAXONOMY)["a"]
        assert len(hits) <= MOST
        assert all(hit.because for hit in hits)


# --- learned weights -----------------------------------------------------------------------------

CHESS = Tag("chess", "Chess", "task", "Applies to chess.", ("chess",))
LEARNED = (
    f"tag\t7\tchess\t{meaning(CHESS)}\t100\t-20",
    "text\trook\t7:400",
    "text\tdeep tactic\t7:900",
    "title\topening\t7:1100 8:50",
    "text\trecipe\t7:-2000",
)


def chess(title: str, abstract: str, tag: Tag = CHESS) -> list[TagHit]:
    (hits,) = Tagger((tag,), Weights((tag,), LEARNED)).hits([PaperText(title, abstract)])
    return list(hits)


def test_learned_words_speak_for_a_tag_and_say_so() -> None:
    (hit,) = chess("Openings", "Deep tactics of rooks.")
    assert hit.because == ("title: Openings", "abstract: Deep tactics", "abstract: rooks")
    assert hit.points == (1.1, 0.9, 0.4)
    assert hit.score == 2.2  # their sum, less what every paper begins with


def test_a_keyword_speaks_for_a_tag_by_its_phrases_alone() -> None:
    tagger = Tagger((CHESS,), Weights((CHESS,), LEARNED))
    for keywords, because in [
        (("chess",), ("title: Openings", "keyword: chess")),
        (("rook", "opening", "deep", "tactic"), ("title: Openings",)),
    ]:
        ((hit,),) = tagger.hits([PaperText("Openings", "A game.", False, keywords)])
        assert hit.because == because


def test_no_phrase_reaches_from_one_keyword_into_the_next() -> None:
    keywords = ("object", "detection", "graph", "neural networks")
    paper = PaperText("Object Detection", "", False, keywords)
    for hit in tag_papers({"a": paper}, TAXONOMY)["a"]:
        assert not {"keyword: object detection", "keyword: graph neural networks"} & set(
            hit.because
        )


FILED_LINES = (*LEARNED, "filed\tcs.GT\t7:25 8:30", "filed\tcs.RO\t7:-20", "filed\tcs.AI\t7:20")
CLASSES = sorted(read_weights(TAXONOMY.tags).filed)


def filed(title: str, abstract: str, *categories: str) -> list[TagHit]:
    paper = PaperText(title, abstract, categories=categories)
    (hits,) = Tagger((CHESS,), Weights((CHESS,), FILED_LINES)).hits([paper])
    return list(hits)


def test_a_class_lifts_a_tag_that_words_have_all_but_earned_and_says_so() -> None:
    text = "Deep tactics", "A game."  # 90 points, less the 20 that every paper begins with
    (guess,) = filed(*text)
    (hit,) = filed(*text, "cs.AI", "cs.GT")
    assert (guess.score, hit.score) == (0.7, 1.0)  # 45 points of classes count as 30
    assert hit.because == ("title: Deep tactics", "filed under cs.GT", "filed under cs.AI")
    assert hit.points == (0.9, 0.25, 0.2)


def test_a_class_speaks_against_a_tag() -> None:
    (hit,) = filed("Openings", "Rooks.", "cs.RO")
    assert (hit.score, hit.because) == (1.1, ("title: Openings", "abstract: Rooks"))


def test_a_class_named_twice_counts_once() -> None:
    assert filed("Openings", "", "cs.AI", "cs.AI") == filed("Openings", "", "cs.AI")


def test_classes_of_a_digest_are_evidence(tmp_path: Path) -> None:
    paper = {"title": "Watermarks", "abstract": "We propose an attack.", "categories": ["cs.CR"]}
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "2025-03-11.json").write_text(json.dumps([paper]), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\nsite_url: https://a.example/\n", encoding="utf-8"
    )
    site = build_site(load_settings(tmp_path / "mkdocs.yml"), Report())
    (hits,) = site.tags.values()
    assert "filed under cs.CR" in {hit.tag: hit for hit in hits}["safety-privacy"].because


@pytest.mark.parametrize("text", [("", ""), ("A title", "We report what we saw on a Monday.")])
def test_classes_alone_never_give_a_tag(text: tuple[str, str]) -> None:
    weights = read_weights(TAXONOMY.tags)
    assert weights.offsets.max() + FILED < EARNS
    for some in (CLASSES, *([name] for name in CLASSES)):
        assert tag_papers({"a": PaperText(*text, categories=tuple(some))}, TAXONOMY)["a"] == ()


@pytest.mark.parametrize(
    "categories", [("CS.RO",), ("",), ("\ud800", "\0"), ("cs.XX\tcs.RO",), ("7:99", "tag") * 999]
)
def test_unknown_classes_change_nothing(categories: tuple[str, ...]) -> None:
    paper = PaperText("Robot Grasping", "We propose a policy for a robot arm.")
    both = {"a": paper, "b": replace(paper, categories=categories)}
    tags = tag_papers(both, TAXONOMY)
    assert tags["a"] == tags["b"] != ()


@settings(max_examples=60)
@given(papers, st.lists(st.sampled_from([*CLASSES, "cs.XX"]), max_size=6))
def test_classes_change_tags_near_the_threshold_alone(paper: PaperText, found: list[str]) -> None:
    both = {"a": paper, "b": replace(paper, categories=tuple(found))}
    before, after = ({hit.tag: hit for hit in hits} for hits in tag_papers(both, TAXONOMY).values())
    for tag in before.keys() & after.keys():
        assert abs(before[tag].score - after[tag].score) <= FILED / EARNS + 1e-9
        words = [said for said in after[tag].because if not said.startswith("filed under ")]
        assert words == list(before[tag].because)
    if len(before) < MOST and len(after) < MOST:
        assert all(
            hit.score <= 1 + FILED / EARNS
            for hit in (before | after).values()
            if (hit.tag in before) != (hit.tag in after)
        )


def test_learned_words_speak_against_a_tag() -> None:
    assert chess("Rooks and openings", "")[0].score > 1
    assert chess("Rooks and openings", "A recipe.") == []


def test_words_of_title_and_abstract_are_no_pair() -> None:
    assert chess("Deep", "tactics") == []


def test_another_meaning_of_a_slug_is_judged_by_its_phrases_alone() -> None:
    other = replace(CHESS, definition="Applies to the musical.")
    assert chess("Openings", "Deep tactics of rooks.", other) == []
    assert [hit.because for hit in chess("Chess", "", other)] == [("title: Chess",)]


def test_a_tag_with_another_slug_is_judged_by_what_was_learned_under_the_former() -> None:
    renamed = replace(CHESS, slug="board-games", former=("chess",))
    assert chess("Openings", "Deep tactics.", replace(CHESS, slug="board-games")) == []
    (hit,) = chess("Openings", "Deep tactics of rooks.", renamed)
    assert (hit.tag, hit.score) == ("board-games", 2.2)


def test_every_topic_of_the_package_but_links_has_weights() -> None:
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    learned = {tuple(line.split("\t")[2:4]) for line in lines if line.startswith("tag\t")}
    assert learned == {
        (tag.slug, meaning(tag)) for tag in TAXONOMY.tags if isinstance(tag, Topic) and not tag.link
    }
    assert WEIGHTS.stat().st_size < 2_000_000


# --- a vocabulary of another field ---------------------------------------------------------------

ASTRONOMY = """
facets: [{slug: object, name: Objects}, {slug: way, name: Ways of seeing}]
tags:
  - slug: exoplanets
    name: Exoplanets
    facet: object
    definition: Applies to planets of other stars.
    firm: [exoplanet, hot Jupiter]
    weak: [transit]
  - slug: galaxies
    name: Galaxies
    facet: object
    definition: Applies to galaxies and their clusters.
    synonyms: [galaxy, galaxy cluster]
    decoys: [galaxy phone]
  - slug: survey
    name: Sky surveys
    facet: way
    definition: Applies to maps of large parts of the sky.
    synonyms: [sky survey, photometric survey]
    cues: ["we … map … sky"]
"""
DIGEST = """Mar 11

A hot Jupiter around a quiet dwarf

We report an exoplanet whose transit lasts an hour. We review the methods used so far.

Dust in merging galaxies

Two galaxies collide and glow. A deep neural network sorts the images.

Ten years of the southern sky

In this paper we map half of the sky, a photometric survey that found many an exoplanet.
"""


def test_a_vocabulary_of_astronomy_tags_a_digest(tmp_path: Path) -> None:
    (tmp_path / "digests" / "2025").mkdir(parents=True)
    (tmp_path / "digests" / "2025" / "2025-03-11.txt").write_text(DIGEST, encoding="utf-8")
    (tmp_path / "stars.yml").write_text(ASTRONOMY, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Stars\nsite_url: https://stars.example/\n"
        "extra: {broadsheet: {vocabulary: stars.yml}}\n",
        encoding="utf-8",
    )
    report = Report()
    site = build_site(load_settings(tmp_path / "mkdocs.yml"), report)
    by_title = {
        to_plain(paper.title): [hit.tag for hit in site.tags[key]]
        for key, paper in site.library.papers.items()
    }
    assert by_title == {
        "A hot Jupiter around a quiet dwarf": ["exoplanets"],
        "Dust in merging galaxies": ["galaxies"],
        "Ten years of the southern sky": ["survey"],
    }


# --- how good ------------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("name", "least"), [("captures", 0.72), ("modern", 0.74)])
def test_labelled_papers_are_tagged_well(name: str, least: float) -> None:
    from benchmarks import tags as judge  # noqa: PLC0415  it needs the shared material

    labelled = getattr(judge, name)()
    some = {key: paper for key, paper in labelled.items() if judge.held_out(key)}
    hits = tag_papers({key: paper.text for key, paper in some.items()}, TAXONOMY)
    given_tags = {key: {hit.tag for hit in found} for key, found in hits.items()}
    micro = judge.scores(some, given_tags)[0]
    assert micro >= least
    assert all(given_tags.values())
