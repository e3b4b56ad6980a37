"""The index grows with each day and is found in: papers by title, words, names and filters."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from generator.errors import Report
from generator.outputs.search import search
from generator.pipeline import build_site, routes_of
from generator.search import NOTHING, Document, Index, part, pieces_of
from generator.search.postings import STOP_WORDS
from generator.search.words import stem, words_of

from .browsing import DESK, PHONE, hosted, served, watch
from .conftest import ROOT
from .hostile import FORMULAS, HOSTILE
from .sites import settings_for, write_digest, write_records

MONTHS = st.lists(st.integers(0, 12_000), min_size=1, max_size=40)


@given(MONTHS, st.lists(st.integers(0, 300), max_size=3))
def test_a_new_day_changes_no_period_but_the_newest(sizes: list[int], later: list[int]) -> None:
    months = [(f"{number:03}", papers) for number, papers in enumerate(sizes)]
    before = list(part(months))
    name, papers = months[-1]
    grown = [*months[:-1], (name, papers + 60)]
    grown += [(f"{len(sizes) + number:03}", papers) for number, papers in enumerate(later)]
    after = list(part(grown))
    assert after[: len(before) - 1] == before[:-1]
    assert after[len(before) - 1][0] == before[-1][0]
    assert [month for period in after for month in period] == [month for month, _ in grown]


def test_pieces_of_a_past_period_are_the_same_after_one_more_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.search.periods.FULL", 3)
    digests = tmp_path / "digests"
    for day in ("2025-01-30", "2025-02-01", "2025-02-20", "2025-03-01"):
        titles = [f"Paper {number} of {day}" for number in range(2)]
        write_digest(digests, f"{day}.txt", *[(title, f"It is {title}.") for title in titles])
    before = search_files(digests)
    again = ("Paper 0 of 2025-01-30", "It is Paper 0 of 2025-01-30.")
    write_digest(digests, "2025-03-02.txt", again, ("A New Paper", "It is new."))
    after = search_files(digests)
    past = {path for path in before if path.startswith("search/2025-01/")}
    assert past
    assert {path for path in after if path.startswith("search/2025-01/")} == past
    assert [path for path in past if before[path] != after[path]] == []
    names = [period["name"] for period in json.loads(after["search/index.json"])["periods"]]
    assert names == ["2025-01", "2025-03"]


def search_files(digests: Path) -> dict[str, bytes]:
    """What a build writes for the search."""
    settings = settings_for(digests, digests.parent / "docs")
    site = build_site(settings, Report())
    files = search(site, routes_of(settings, site.library), settings)
    return {file.path: file.content for file in files}


TEXTS = st.lists(
    st.sampled_from(("graph", "Graphs", "Ann", "the", "2", "z-q", "\ufa0e", "𐐀", "\u2028", "?")),
    max_size=4,
).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        key=st.sampled_from(("one", "two", "three")),
        title=TEXTS,
        names=TEXTS,
        text=TEXTS,
        marks=st.sampled_from(((), ("#theory",), ("#theory", "+code"))),
    ),
    max_size=6,
)


def index_of(documents: Sequence[Document], before: Index = NOTHING) -> Index:
    """The index of some documents, made from another one, which holds the first of them."""
    stamps = [sha256(repr(document).encode()).digest() for document in documents]
    pairs = zip(stamps, before.stamps, strict=False)
    held = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def read(place: int) -> Document:
        assert place >= held, "a document was read again"
        return documents[place]

    return before.grown(stamps, read)


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
@settings(max_examples=int(os.environ.get("GROWN", "60")))
def test_an_index_that_lost_and_won_papers_is_the_one_made_at_once(
    held: list[Document], lost: list[Document], won: list[Document]
) -> None:
    before = index_of([*held, *lost], index_of(held))
    grown = index_of([*held, *won], Index.from_bytes(before.to_bytes()))
    at_once = index_of([*held, *won])
    assert grown.to_bytes() == at_once.to_bytes()
    assert pieces_of(grown) == pieces_of(at_once)


def test_an_index_lists_papers_by_their_distance_and_in_the_order_of_javascript() -> None:
    texts = ("b \ufa0e", "", "b", "𐐀 b", "")
    documents = [Document(f"k{n}", text, "", "b", ()) for n, text in enumerate(texts)]
    terms = json.loads(pieces_of(index_of(documents, index_of(documents[:2]))).files[0].content)
    assert terms == [
        ["b", [0, 2, 1], [], [1, 3]],
        ["\U00010428", [3], [], []],
        ["\ufa0e", [0], [], []],
    ]


def test_papers_without_a_word_have_an_index() -> None:
    empty = Document("k", "?", "", "the", ())
    pieces = pieces_of(index_of([empty, empty], index_of([empty])))
    assert [(file.name, file.content) for file in pieces.files] == [
        ("papers-000.json", b'["k","k"]\n')
    ]
    assert (pieces.titles, pieces.terms, pieces.words) == ("00", [], [])


def test_bytes_of_no_index_are_refused() -> None:
    content = index_of([Document("k", "A Title", "", "", ())]).to_bytes()
    for spoilt in (b"", b"x", content[:-1], content + b"x", b"x" + content):
        with pytest.raises(ValueError, match="no index"):
            Index.from_bytes(spoilt)


def test_a_paper_stands_once_under_a_term_in_its_weightiest_field() -> None:
    paper = Document("k", "Graphs", "Ann Graph", "A graph of Ann is multi-modal.", ("#theory",))
    terms = json.loads(pieces_of(index_of([paper])).files[0].content)
    assert terms == [
        ["#theory", [], [], [0]],
        ["ann", [], [0], []],
        ["graph", [0], [], []],
        ["modal", [], [], [0]],
        ["multi", [], [], [0]],
        ["multimodal", [], [], [0]],
    ]


def test_a_hidden_paper_and_a_site_without_search_have_no_pieces(tmp_path: Path) -> None:
    write_digest(tmp_path, "2025-03-11.txt", ("Kept", "It stays."), ("Gone", "It vanishes."))
    (tmp_path / "overrides.yml").write_text("gone: {hide: yes}\n")
    found = b"".join(search_files(tmp_path).values())
    assert b"kept" in found
    assert b"gone" not in found
    assert b"vanish" not in found


# In a browser

SEARCH = """async ([address, queries]) => {
  const { search } = await import(address + "assets/search/ranking.js");
  const none = { topic: "", from: "", to: "", code: false };
  return Promise.all(queries.map(async (query) => {
    const { hits } = await search(query, none);
    const places = hits.slice(0, 5).map(({ period, paper }) => period.locate(paper));
    return (await Promise.all(places)).map(({ key }) => key);
  }));
}"""


@pytest.fixture(scope="module")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that may import the modules of the search, with the index of some papers in three
    periods, in many small pieces, and no other page of them."""
    folder = tmp_path_factory.mktemp("bare")
    write_digest(folder / "digests", "2025-01-07.txt", *PAPERS[0::3])
    write_digest(folder / "digests", "2025-02-07.txt", *PAPERS[1::3])
    write_digest(folder / "digests", "2025-03-07.txt", *PAPERS[2::3])
    write_records(folder / "digests", "2025-03-07-ids.json", IDENTIFIED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.search.periods.FULL", 1)
        patch.setattr("generator.search.pieces.LARGEST", 60)
        patch.setattr("generator.search.pieces.PAPERS", 2)
        files = search_files(folder / "digests")
    for path, content in files.items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_bytes(content)
    (folder / "site" / "assets").symlink_to(ROOT / "docs" / "assets")
    (folder / "site" / "index.html").write_text("<!doctype html><title>A test</title>")
    with hosted(site=folder / "site") as host:
        page = browser.new_page()
        page.goto(f"{host}site/")
        yield page
        page.close()


PAPERS = [
    ("Deep Graph Networks", "We study them on molecules."),
    ("Deep Graph Networks Revisited", "They learn too much of the graph."),
    ("Graph Networks", "A survey of all that is known."),
    ("A Survey of Graph Networks", "All that is known."),
    ("Attention Is All You Need", "A transformer with attention and nothing else."),
    ("All You Need Is Love", "An attention-free model of people."),
    ("The Who", "A band."),
    ("ε-Greedy Naïve Bandits", "They explore at a rate of 1/ε."),
    ("Multi-Modal Pretraining", "Of images and text."),
    ("Multimodal Translation", "Of images and text."),
    ("Learning to See", "Reinforcement learning for robots that look."),
    ("On the Convergence of Adam", "We prove convergence for strongly convex losses."),
    ("Федеративное обучение", "Обучение без обмена данными."),
    ("深度学习中的注意力机制研究", "我们提出了一种新的方法。"),
]

COMMON = "Words as common as these are sought in titles and names alone."

IDENTIFIED: list[dict[str, object]] = [
    {
        "title": "Of Ships",
        "abstract": "They sail.",
        "arxiv_id": "2606.00001",
        "authors": ["Ingrid Quisling", "Bo An"],
    },
    {
        "title": "Of Shoes",
        "abstract": "They walk on sharp stones.",
        "arxiv_id": "2606.00002",
        "authors": ["Bo Lave"],
    },
    {
        "title": "Of Sealing Wax 4",
        "abstract": "It seals by optimization of GPT, in C and a C# of its own.",
        "arxiv_id": "2607.00001",
    },
    {
        "title": "Of Cabbages",
        "abstract": "They grow in $O(n^2)$ steps $x_i$.",
        "arxiv_id": "cs/9912001",
    },
    {
        "title": "Of Kings",
        "abstract": "They reign by GPT-4, and a court that writes C++ and asks A* the way.",
        "arxiv_id": "hep-th/9912001",
        "authors": ["Łukasz Sørensen-Weiß"],
    },
    {
        "title": "Of Candles",
        "abstract": "Their loss $L_{\\mathrm{eff}}$ falls, and that of $p_{\\mathrm{conc}}$.",
        "arxiv_id": "2607.00002",
    },
    {
        "title": "Of Pigs",
        "abstract": "거대언어모델의 학습을 위한 방법을 제안한다.",
        "arxiv_id": "2607.00003",
    },
]
"""Papers whose arXiv ids have parts in common."""


def found(page: Page, *queries: str) -> list[list[str]]:
    answer: list[list[str]] = page.evaluate(SEARCH, [page.url, list(queries)])
    return answer


@pytest.mark.browser
def test_every_paper_is_found_first_by_its_title(bare: Page) -> None:
    titles = [title for title, _ in PAPERS]
    first = [keys[0] for keys in found(bare, *titles)]
    assert first == [keys[0] for keys in found(bare, *(f"  {t.upper()}!? " for t in titles))]
    assert len(set(first)) == len(titles)
    assert first[0] == "deep-graph-networks"
    assert first[6] == "the-who"


@pytest.mark.browser
def test_what_a_search_needs_is_found_in_whichever_piece(bare: Page) -> None:
    keys = found(bare, *(title for title, _ in PAPERS), "grpah", "xonvergence")
    assert all(keys)
    fetched = bare.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    for kind in ("terms", "words", "papers"):
        assert len({url for url in fetched if f"/{kind}-" in url and "/2025-01/" in url}) > 1


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("grpah networks deep", "deep-graph-networks"),  # two letters in the wrong order
        ("atention", "attention-is-all-you-need"),  # one too few
        ("xonvergence", "on-the-convergence-of-adam"),  # the first one wrong
        ("reinforcementt robots", "learning-to-see"),  # one too many, and in the text
        ("pretrain", "multi-modal-pretraining"),  # only begun
        ("multimodal pretraining", "multi-modal-pretraining"),
        ("multi-modal translation", "multimodal-translation"),
        ("epsilon greedy bandit", "epsilon-greedy-naive-bandits"),
        ("survey graph unheardofword", "a-survey-of-graph-networks"),
        ("strongly convex loss", "on-the-convergence-of-adam"),
        ("обучение федеративное", "3381073f"),
        ("注意力", "4df47247"),
        ("新方法 深度学习", "4df47247"),
        ("언어 모델", "of-pigs"),  # where no word begins with either
        ("O(n^2)", "of-cabbages"),  # as TeX has what the text shows as n²
        ("steps x_{i}", "of-cabbages"),
        ("L_eff", "of-candles"),  # which the text shows so, too, as Unicode has no such index
        ("p_conc", "of-candles"),
        ("Lukasz Sorensen-Weiss", "of-kings"),  # Łukasz Sørensen-Weiß
        ("C++", "of-kings"),  # not what has C, nor what its topic's name begins with
        ("c#", "of-sealing-wax-4"),
        ("A* court", "of-kings"),
        ("a-star", "of-kings"),
        ("gpt-4", "of-kings"),  # not what has four in its title, and GPT elsewhere
    ],
)
def test_a_paper_is_found_by_what_is_remembered_of_it(bare: Page, query: str, key: str) -> None:
    [keys] = found(bare, query)
    assert keys[0] == key


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "first", "others"),
    [
        ("what is in all of the graphs", 4, 0),  # no abstract is known to have more than "graph"
        ("who is the all of convergence", 1, 0),
        ("graph OR molecules", 1, 0),
        ("A. of reinforcement", 1, 0),
        ("O. Quisling", 1, 0),  # of an initial nothing is known, and O(n²) has that letter
        ("Quisling, O.", 1, 0),
        ("math.BO convergence", 1, 0),
    ],
)
def test_beside_others_common_words_and_initials_find_no_paper(
    bare: Page, query: str, first: int, others: int
) -> None:
    whole = [hit["whole"] for hit in asked(bare, query)["hits"]]
    assert (whole.count(True), whole.count(False)) == (first, others)
    assert whole == sorted(whole, reverse=True)


@pytest.mark.browser
def test_common_words_decide_between_papers_that_are_worth_the_same(bare: Page) -> None:
    [attention, people, without] = found(bare, "is attention all", "Bo An", "the unheardofword")
    assert attention[:2] == ["attention-is-all-you-need", "all-you-need-is-love"]
    assert people == ["of-ships", "of-shoes"]
    assert without == []


@pytest.mark.browser
def test_a_word_of_two_spellings_is_no_mistake(bare: Page) -> None:
    told = asked(bare, "optimisations")
    assert (len(told["hits"]), told["corrected"]) == (1, {})


@pytest.mark.browser
def test_a_name_that_one_paper_has_is_taken_for_no_other(bare: Page) -> None:
    told = asked(bare, "Lave")  # there is love in a title
    assert (len(told["hits"]), told["corrected"]) == (1, {})


@pytest.mark.browser
def test_papers_of_a_day_that_fit_alike_have_the_order_of_its_digest(bare: Page) -> None:
    keys = bare.evaluate(
        """async (address) => {
          const { search } = await import(address + "assets/search/ranking.js");
          const filters = { topic: "", from: "2025-02-01", to: "2025-03-06", code: false };
          const { hits } = await search("", filters);
          const places = hits.slice(0, 2).map(({ period, paper }) => period.locate(paper));
          return (await Promise.all(places)).map(({ key }) => key);
        }""",
        bare.url,
    )
    assert keys == ["deep-graph-networks-revisited", "attention-is-all-you-need"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("2606.00001", ["of-ships"]),
        ("2606.00001v2", ["of-ships"]),
        ("arXiv:2606.00001v12 [cs.CL]", ["of-ships"]),
        ("https://arxiv.org/abs/2606.00001", ["of-ships"]),
        (" http://www.arxiv.org/pdf/2606.00001v2.pdf?download=1#page=3 ", ["of-ships"]),
        ("arxiv.org/html/2606.00001v1/", ["of-ships"]),
        ("https://doi.org/10.48550/arXiv.2606.00001", ["of-ships"]),
        ("https://huggingface.co/papers/2606.00001", ["of-ships"]),
        ("https://arxiv.org/abs/cs/9912001", ["of-cabbages"]),
        ("oai:arXiv.org:cs.CL/9912001v1", ["of-cabbages"]),
        ("HEP-TH/9912001", ["of-kings"]),
        ("Of Shoes, arXiv:2606.00002", ["of-shoes"]),
        ("https://arxiv.org/abs/2601.99999", []),
    ],
)
def test_an_arxiv_id_is_found_in_any_form(bare: Page, query: str, keys: list[str]) -> None:
    assert found(bare, query) == [keys]


@pytest.mark.browser
def test_an_id_that_no_paper_has_is_named_as_one(bare: Page) -> None:
    assert asked(bare, "https://arxiv.org/abs/2601.99999v3")["unknown"] == ["2601.99999"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "all_but", "left_out"),
    [
        ("-graph networks", "networks", {"deep-graph-networks", "graph-networks"}),
        ("graph -Surveys", "graph", {"graph-networks", "a-survey-of-graph-networks"}),
        ("of images -multi-modal", "of images", {"multi-modal-pretraining"}),
        ("graph -title:survey", "graph", {"graph-networks", "a-survey-of-graph-networks"}),
        ("graph -“survey", "graph", {"graph-networks", "a-survey-of-graph-networks"}),
    ],
)
def test_a_word_behind_a_minus_is_left_out(
    bare: Page, query: str, all_but: str, left_out: set[str]
) -> None:
    [without, whole] = found(bare, query, all_but)
    assert not set(without) & left_out
    assert left_out & set(whole)
    assert asked(bare, query)["unknown"] == []


@pytest.mark.browser
def test_a_minus_alone_lists_all_the_others(bare: Page) -> None:
    told = asked(bare, "-graph")
    assert len(told["hits"]) == len(PAPERS) + len(IDENTIFIED) - 4
    assert all(hit["whole"] and not hit["doubtful"] for hit in told["hits"])
    assert told["without"] == [{"said": "graph", "terms": ["graph"]}]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("attention-free model", "attention free model attentionfree"),
        ("graph - networks", "graph networks"),
        ("title:attention author:need", "attention need"),
        ('"graph networks" survey', "graph networks survey"),
    ],
)
def test_other_signs_change_nothing(bare: Page, query: str, same: str) -> None:
    assert found(bare, query)[0][0] == found(bare, same)[0][0]
    told = asked(bare, query)
    assert (told["without"], told["unknown"]) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "keys", "phrases"),
    [
        ("“learn graphs”", ["deep-graph-networks-revisited"], [["learn", "graph"]]),
        ('need "attention"', ["attention-is-all-you-need", "all-you-need-is-love"], []),
        ('"all that" "images and" graph', [], [["all", "that"], ["image", "and"]]),
        ('"multi-modal text"', ["multi-modal-pretraining"], [["multi", "modal", "text"]]),
        ('"the who"', ["the-who"], [["the", "who"]]),
        ('deep "graph netw', ["deep-graph-networks", "deep-graph-networks-revisited"], []),
    ],
)
def test_what_stands_in_quotes_is_in_every_paper(
    bare: Page, query: str, keys: list[str], phrases: list[list[str]]
) -> None:
    assert found(bare, query)[0][: max(2, len(keys))] == keys
    assert [phrase["terms"] for phrase in asked(bare, query)["phrases"]] == phrases


@pytest.mark.browser
def test_what_stands_in_quotes_is_read_as_no_other_word(bare: Page) -> None:
    assert asked(bare, '"atention"')["unknown"] == ["atention"]
    assert asked(bare, "atention")["unknown"] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('"graph networks"', []),
        ('"the who" graph', [COMMON]),
        ("is it all", [COMMON]),
        ("who is in the graph", []),
        ("Author:people", ["Title, names and abstract are all searched."]),
        ("subtitle:graph", []),
        ("cs.CL", ["Classes of arXiv are not searched; topics are among the filters."]),
        ("graph q-bio.QM", ["Classes of arXiv are not searched; topics are among the filters."]),
        ("css.CL cs.cl", []),
    ],
)
def test_what_is_passed_over_of_a_query_is_said(bare: Page, query: str, said: list[str]) -> None:
    assert asked(bare, query)["passed"] == said


WORDS = """async ([address, texts]) => {
  const { stem, wordsOf } = await import(address + "assets/search/words.js");
  return texts.map((text) => wordsOf(text).map(stem));
}"""


@pytest.mark.browser
def test_a_word_is_the_same_to_the_index_and_to_a_browser(bare: Page) -> None:
    drawn: list[str] = []

    @settings(max_examples=100, database=None)
    # A browser may know of newer characters than Python does.
    @given(st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=60))
    @example(
        "ΣΟΦΙΑΣ Σ ς σ ΐ \u1e9e İ ı ﬁ ſ K Å Ⅳ ½ ² ٣ 中文 한국어 हिन्दी \u2010\u2011 _a_ 𝐀𝒷 𐐀s x\u0301"
        " Łø Đð ıħ Æœ ßÞ isations isation"
        " C++ c++17 G++x C+++ a++ C# F#2 A* A*-like **b** b*c é# ſ* K++"
    )
    def draw(text: str) -> None:
        drawn.append(text)

    draw()
    texts = [
        *drawn,
        *HOSTILE,
        *FORMULAS,
        "s " * 50,
        "x" * 100 + "s",
        *(t for p in PAPERS for t in p),
    ]
    here = [[stem(word) for word in words_of(text)] for text in texts]
    assert here == bare.evaluate(WORDS, [bare.url, texts])


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        '"loss L_eff falls"', '"loss L_{eff}"', '"loss Leff falls"', '"loss L eff falls"',
        '"of p_conc"', '"of p conc"',
    ],
)  # fmt: skip
def test_words_in_quotes_may_stand_in_a_formula(bare: Page, query: str) -> None:
    math = (
        "<math><semantics><mrow><msub><mi>{}</mi><mi>{}</mi></msub></mrow>"
        "<annotation encoding='application/x-tex'>?</annotation></semantics></math>"
    )
    loss, share = math.format("L", "eff"), math.format("p", "conc")
    paper = (
        "<div data-key=of-candles data-topics><h1>Of Candles</h1>"
        f"<p class=bs-abstract>Their loss {loss} falls, and that of {share}."
    )
    bare.route("**/papers/of-candles/", lambda route: route.fulfill(body=paper, status=200))
    shown = bare.evaluate(
        """async ([address, query]) => {
          const { search } = await import(address + "assets/search/ranking.js");
          const { itemsOf } = await import(address + "assets/search/results.js");
          const found = await search(query, { topic: "", from: "", to: "", code: false });
          return (await itemsOf(found.hits, found)).map((item) => item?.dataset.key);
        }""",
        [bare.url, query],
    )
    bare.unroute("**/papers/of-candles/")
    assert shown == ["of-candles"]


@pytest.mark.browser
def test_words_written_without_blanks_are_marked_where_they_stand(bare: Page) -> None:
    title, abstract = PAPERS[-1]
    paper = f"<div data-key=4df47247 data-topics><h1>{title}</h1><p class=bs-abstract>{abstract}"
    bare.route("**/papers/4df47247/", lambda route: route.fulfill(body=paper, status=200))
    marked = bare.evaluate(
        """async (address) => {
          const { search } = await import(address + "assets/search/ranking.js");
          const { itemsOf } = await import(address + "assets/search/results.js");
          const none = { topic: "", from: "", to: "", code: false };
          const found = await search("“注意力” 方法", none);
          const [item] = await itemsOf(found.hits, found);
          return [...item.querySelectorAll("mark")].map((mark) => mark.textContent).join("");
        }""",
        bare.url,
    )
    bare.unroute("**/papers/4df47247/")
    assert marked == "注意力方法"


@pytest.mark.browser
def test_a_letter_with_a_sign_is_a_word_of_its_own_to_who_reads_what_was_found(bare: Page) -> None:
    paper = "<div data-key=of-kings data-topics><h1>Of C, C++, A*</h1><p class=bs-abstract>C++17."
    bare.route("**/papers/of-kings/", lambda route: route.fulfill(body=paper, status=200))
    marked = bare.evaluate(
        """async (address) => {
          const { search } = await import(address + "assets/search/ranking.js");
          const { itemsOf } = await import(address + "assets/search/results.js");
          const found = await search("A* C++", { topic: "", from: "", to: "", code: false });
          const [item] = await itemsOf(found.hits, found);
          return [...item.querySelectorAll("mark")].map((mark) => mark.textContent);
        }""",
        bare.url,
    )
    bare.unroute("**/papers/of-kings/")
    assert marked == ["C++", "A*", "C++"]
    assert [len(keys) for keys in found(bare, "C++", "C#", "F#")] == [1, 1, 0]
    told = asked(bare, "F#")  # which is not taken for "sharp"
    assert (told["unknown"], told["corrected"]) == (["f#"], {})


@pytest.mark.browser
def test_the_words_no_abstract_is_found_by_are_the_same_to_both(bare: Page) -> None:
    of_browser = bare.evaluate(
        "async (address) => [...(await import(address + 'assets/search/words.js')).STOP_WORDS]",
        bare.url,
    )
    assert set(of_browser) == STOP_WORDS
    assert asked(bare, "within which graph")["unknown"] == []


@pytest.mark.browser
def test_a_word_may_stand_in_several_compounds(bare: Page) -> None:
    joined = bare.evaluate(
        """async (address) => {
          const { joinsOf } = await import(address + "assets/search/words.js");
          return joinsOf("graph-based versus agent-based").get("based");
        }""",
        bare.url,
    )
    assert joined == ["graphbased", "agentbased"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "unknown"), [("graph net graph", ["net"]), ("net graph net", [])]
)
def test_only_the_word_typed_last_may_be_but_begun(
    bare: Page, query: str, unknown: list[str]
) -> None:
    assert asked(bare, query)["unknown"] == unknown


def asked(page: Page, query: str) -> dict[str, Any]:
    """What a search tells beside its hits."""
    told: dict[str, Any] = page.evaluate(
        """async ([address, query]) => {
          const { search } = await import(address + "assets/search/ranking.js");
          return await search(query, { topic: "", from: "", to: "", code: false });
        }""",
        [page.url, query],
    )
    return told


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


def titles(page: Page) -> list[str]:
    return page.locator("#search-results .bs-title").all_inner_texts()


@pytest.mark.browser
def test_the_keyboard_alone_leads_from_any_page_to_a_paper(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    wrong = watch(page, address)
    page.goto(f"{address}days/2025-03-12/")
    page.keyboard.press("/")
    page.keyboard.type("grpahs")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=grpahs")
    expect(page.locator("#search-said")).to_contain_text("Read “grpahs” as “graph”")
    expect(page.locator("#search-results mark").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#search-q")).to_be_focused()
    links = page.locator("#search-results .bs-title a")
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("k", 0), ("j", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(links.nth(place)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    expect(page.locator("#search-results > li").first).to_have_attribute("data-kept", "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*/")
    assert wrong == []
    page.close()


@pytest.mark.browser
def test_touch_leads_from_any_page_to_a_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    wrong = watch(page, address)
    page.goto(f"{address}archive/")
    page.locator(".bs-find button").tap()
    page.locator("#search-q").fill("naive reader")
    page.locator(".bs-search .bs-ask button").tap()
    page.locator("#search-results a", has_text="naïve Readers").tap()
    expect(page.locator("h1")).to_contain_text("naïve Readers")
    assert wrong == []
    context.close()


@pytest.mark.browser
def test_an_address_holds_words_and_filters(browser: Browser, address: str) -> None:
    page = browser.new_page()
    wrong = watch(page, address)
    page.goto(f"{address}search/?q=graph&topic=graph-learning&from=2025-03-12&to=2025-03-12")
    expect(page.locator("#search-said")).to_have_text("1 paper.")
    assert titles(page) == ["Graph Attention in the Evening"]
    page.get_by_label("From").fill("")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    page.get_by_label("Has code").check()
    expect(page.locator("#search-said")).to_have_text("1 paper.")
    page.wait_for_url("**/search/?q=graph&topic=graph-learning&to=2025-03-12&code=1")
    page.go_back()
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert not page.get_by_label("Has code").is_checked()
    page.locator("#search-q").fill("")
    page.wait_for_url("**/search/?topic=graph-learning&to=2025-03-12")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert wrong == []
    page.close()


@pytest.mark.browser
def test_all_filters_are_cleared_at_once(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q=graph")
    clear = page.get_by_role("button", name="Clear filters")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert not clear.is_visible()
    page.goto(f"{address}search/?q=graph&topic=graph-learning&from=2030-01-01&to=2030-01-02&code=1")
    expect(page.locator("#search-said")).to_have_text(
        "No paper has these words and passes these filters."
    )
    clear.press("Enter")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert page.url == f"{address}search/?q=graph"
    assert not clear.is_visible()
    assert page.evaluate("document.activeElement.name") == "topic"
    page.go_back()
    expect(clear).to_be_visible()
    page.close()


@pytest.mark.browser
def test_filters_are_folded_on_a_phone_unless_one_is_set(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    filters = page.locator("fieldset")
    page.goto(f"{address}search/?q=graph")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert not filters.is_visible()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Has code").check()
    expect(page.locator("#search-said")).to_have_text("1 paper.")
    page.reload()
    expect(filters).to_be_visible()
    page.set_viewport_size(DESK)
    page.goto(f"{address}search/?q=graph")
    assert filters.is_visible()
    assert not page.get_by_text("Filters", exact=True).is_visible()
    page.close()


@pytest.mark.browser
def test_the_page_says_what_may_be_asked_while_nothing_is(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/")
    hint = page.get_by_text("An arXiv id or an address finds its paper.")
    expect(hint).to_be_visible()
    page.locator("#search-q").fill("graph")
    expect(hint).not_to_be_visible()
    page.goto(f"{address}search/?topic=graph-learning")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert not hint.is_visible()
    page.close()


@pytest.mark.browser
def test_whoever_comes_back_from_a_paper_finds_the_results_as_she_left_them(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 300})

    def one_by_one(route: Route) -> None:
        script = re.sub(r"const (FIRST|NEXT) = \d+", r"const \1 = 1", route.fetch().text())
        script = re.sub(r"BY_ITSELF = \d+", "BY_ITSELF = 0", script)
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/assets/search.js", one_by_one)
    page.goto(f"{address}search/?q=a")
    results = page.locator("#search-results > li")
    for number in (1, 2, 3):
        expect(results).to_have_count(number)
        if number < 3:
            page.get_by_role("button", name="More").click()
    results.last.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 300
    results.last.locator(".bs-title a").click()
    page.wait_for_url("**/papers/*/")
    page.go_back()
    expect(results).to_have_count(3)
    assert abs(page.evaluate("scrollY") - place) < 100
    page.locator("#search-q").fill("graph")
    expect(results).to_have_count(1)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=graph&from=2030-01-01", "No paper has these words and passes these filters."),
        (
            "q=grpah&to=2000-01-01",
            "No paper has these words and passes these filters. Read “grpah”",
        ),
        ("topic=graph-learning&from=2030-01-01", "No paper passes these filters."),
        ("q=%3F%3F%3F", "There is no word in “???”."),
        ("q=qqqq+zzzz", "No paper has these words. “qqqq”, “zzzz” are nowhere."),
        (
            "q=graph&from=2025-03-12&to=2025-03-11",
            "No paper passes these filters: “From” is later than “to”.",
        ),
        (f"q=%22{'x' * 150}%22", f"No paper has these words. “{'x' * 100} …” is nowhere."),
        ("q=graph+-graph", "No paper has these words. Without “graph”."),
    ],
)
def test_where_no_paper_is_found_it_says_why(
    browser: Browser, address: str, query: str, said: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?{query}")
    expect(page.locator("#search-said")).to_contain_text(said)
    assert ("nowhere" in page.locator("#search-said").inner_text()) == ("nowhere" in said)
    page.close()


def expect_found(browser: Browser, address: str, query: str, said: str, number: int) -> None:
    """That a search says this and shows so many papers, which are all."""
    page = browser.new_page()
    page.goto(f"{address}search/?q={quote(query)}")
    expect(page.locator("#search-said")).to_have_text(said)
    assert page.locator("#search-results > li").count() == number
    assert not page.locator("#search-more").is_visible()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "said", "number"),
    [
        ('"graph neural networks"', "2 papers with “graph neural networks”.", 2),
        ('"attention differs" graph', "1 paper with “attention differs”.", 1),
        (
            '"neural graph network"',
            "No paper with “neural graph network”. 2 papers with these words apart.",
            0,
        ),
        ('"attention" "gradient descent"', "No paper has “gradient descent”.", 0),
        ('"step after every batch. We let"', "1 paper with “step after every batch. We let”.", 1),
    ],
)
def test_words_in_quotes_stand_side_by_side(
    browser: Browser, address: str, query: str, said: str, number: int
) -> None:
    expect_found(browser, address, query, said, number)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "said", "number"),
    [
        ('graph neural -"neural graph"', "2 papers. Without “neural graph”.", 2),
        ('graph neural -"attention differs"', "1 paper. Without “attention differs”.", 1),
        ('graph -"have been left out"', "1 paper. Without “have been left out”.", 1),
        ('graph -"neural network"', "No paper has these words. Without “neural network”.", 0),
    ],
)
def test_words_in_quotes_behind_a_minus_are_left_out_where_they_stand_side_by_side(
    browser: Browser, address: str, query: str, said: str, number: int
) -> None:
    expect_found(browser, address, query, said, number)


@pytest.mark.browser
def test_a_result_shows_where_words_in_quotes_stand(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q=graph+neural+network+attention+%22asked+for+the+whole%22")
    text = page.locator("#search-results .bs-opening")
    expect(text).to_contain_text("she has asked for the whole abstract")
    assert "attention" not in text.inner_text()
    assert {"asked", "for", "the", "whole"} <= set(text.locator("mark").all_inner_texts())
    page.close()


@pytest.mark.browser
def test_a_title_that_has_the_words_side_by_side_stands_before_others(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()

    def worst_first(route: Route) -> None:
        script = (
            route.fetch()
            .text()
            .replace("  return {\n    hits,", "  hits.reverse();\n  return {\n    hits,")
        )
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/assets/search/ranking.js", worst_first)
    page.goto(f"{address}search/?q=neural+graphs")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert titles(page)[0] == "Graph Attention in the Evening"
    page.goto(f"{address}search/?q=graph+neural")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    assert titles(page)[1] == "Graph Attention in the Evening"
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("topic=no-such", "No topic is called “no-such”, so none was asked for."),
        ("q=graph&topic=no-such", "2 papers. No topic is called “no-such”, so none was asked for."),
        (
            "q=graph&from=2025-3-1&to=x",
            (
                "2 papers. “2025-3-1” is no day, so none was asked for. "
                "“x” is no day, so none was asked for."
            ),
        ),
    ],
)
def test_what_an_address_asks_for_in_vain_is_said_until_more_is_asked(
    browser: Browser, address: str, query: str, said: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?{query}")
    expect(page.locator("#search-said")).to_have_text(said)
    page.locator("#search-q").fill("attention")
    expect(page.locator("#search-said")).to_have_text("1 paper.")
    page.wait_for_url("**/search/?q=attention")
    page.close()


@pytest.mark.browser
def test_of_many_topics_with_a_word_the_shortest_names_stand_beside_the_results(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/")
    page.evaluate("""() => {
      const names = ["Deep Metric Learning", "Few-Shot Learning", "Transfer Learning of Models"];
      names.push("Metric Learning", "Old Learning", "Federated Learning");
      document.querySelector("optgroup").append(...names.map((name) => new Option(name, name)));
    }""")
    page.locator("#search-q").fill("learning")
    beside = page.locator("#search-ways a")
    expect(beside).to_have_count(6)
    assert "Transfer Learning of Models" not in beside.all_inner_texts()
    assert beside.last.inner_text() == "2 more"
    assert (beside.last.get_attribute("href") or "").endswith("/tags/")
    page.locator("#search-q").fill("l")  # with which all of them begin
    expect(beside).to_have_count(0)
    page.close()


@pytest.mark.browser
def test_papers_are_read_for_words_in_quotes_as_far_as_the_reader_wants(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()

    def patient(route: Route) -> None:
        script = route.fetch().text()
        route.fulfill(
            body=re.sub(r"(READ) = \d+", r"\1 = 1", script), content_type="text/javascript"
        )

    page.route("**/assets/search.js", patient)
    page.goto(f"{address}search/?q=%22graph+neural+network%22")
    said = page.locator("#search-said")
    words = "with “graph neural network”"
    expect(said).to_have_text(
        f"1 paper {words} among the 1 that fit best, of 2 papers with these words."
    )
    page.get_by_role("button", name="More").click()
    expect(said).to_have_text(f"2 papers {words}.")
    expect(page.locator("#search-results > li")).to_have_count(2)
    page.close()


@pytest.mark.browser
def test_where_no_paper_can_be_had_it_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/papers/*/", lambda route: route.abort())
    page.goto(f"{address}search/?q=graph")
    expect(page.locator("#search-said")).to_contain_text("is there no connection?")
    page.goto(f"{address}graph")
    expect(page.locator("#sought [role=status]")).to_contain_text("is there no connection?")
    page.close()


@pytest.mark.browser
def test_a_search_that_takes_long_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(
        "{ const at_once = fetch;"
        " self.fetch = async (asked) => {"
        " await new Promise((go) => setTimeout(go, 1500)); return at_once(asked); } }"
    )
    page.goto(f"{address}search/?q=graph")
    expect(page.locator("#search-said")).to_have_text("Searching …")
    expect(page.locator("#search-said")).to_have_text("2 papers.", timeout=20_000)
    page.close()


@pytest.mark.browser
def test_a_day_after_the_newest_may_be_asked_for(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q=graph&to=2030-01-01")
    expect(page.locator("#search-said")).to_have_text("2 papers.")
    page.evaluate("document.querySelector('.bs-search form').onsubmit = () => (self.sent = true)")
    page.locator(".bs-search .bs-ask button").click()
    assert page.evaluate("self.sent")
    page.close()


@pytest.mark.browser
def test_a_result_is_what_a_list_shows_of_a_paper(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q=convergence+gradient")
    result = page.locator("#search-results > li").first
    expect(result.locator(".bs-title mark").first).to_have_text("Convergence")
    assert result.locator(".bs-opening mark").count() > 0
    assert result.locator("math").count() > 0
    assert result.locator(".bs-chip").count() > 0
    assert "11 Mar 2025" in result.inner_text()
    page.goto(f"{address}search/?q=qqqq")
    expect(page.locator("#search-said")).to_contain_text(
        "No paper has these words. “qqqq” is nowhere."
    )
    page.goto(f"{address}search/?q=subscribe")
    expect(page.locator("#search-ways a")).to_have_text("Subscribe")
    page.close()


@pytest.mark.browser
def test_results_are_marked_as_the_papers_of_any_list(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}about/")
    page.evaluate("""() => {
      const path = "/broadsheet/v1.";
      const store = (name, value) => (localStorage[path + name] = JSON.stringify(value));
      store("terms", [{ kind: "word", text: "graph" }]);
      store("visit", { on: "2025-03-11", since: null, newest: "2025-03-11", seen: [] });
      store("seen-papers", "dimmed");
    }""")
    page.goto(f"{address}search/?q=graph")
    results = page.locator("#search-results > li")
    expect(results.locator(".bs-yours")).to_have_text(["Yours: Graph", "Yours: Graph"])
    assert page.evaluate("CSS.highlights.get('bs-terms').size") > 0
    expect(results.locator(".bs-new")).to_have_count(1)
    expect(page.locator(".bs-dim #search-results > .bs-seen")).to_have_count(1)
    context.close()


@pytest.mark.browser
def test_an_absent_page_searches_for_what_was_asked(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}papers/2025/naive-raeders.html")
    expect(page.locator("#sought a", has_text="naïve Readers")).to_be_visible()
    assert page.locator("#sought h2").inner_text() == "Was it one of these?"
    page.locator("#sought li", has_text="naïve Readers").get_by_role("button", name="Keep").click()
    expect(page.locator(".bs-sections .bs-count")).to_have_text("1")
    page.locator("#sought form button").click()
    page.wait_for_url("**/search/?q=naive+raeders")
    expect(page.locator("#search-results a", has_text="naïve Readers")).to_be_visible()
    page.close()


@pytest.mark.browser
def test_an_absent_page_promises_nothing_where_nothing_is_like_it(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}papers/qqqq/")
    expect(page.locator("#sought [role=status]")).to_have_text("No paper has these words.")
    assert page.locator("#sought h2").inner_text() == "Search"
    page.close()


@pytest.mark.browser
def test_without_script_the_page_says_so_and_leads_on(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}search/?q=graph")
    assert page.get_by_text("this page needs JavaScript").is_visible()
    assert not page.locator("form").first.is_visible()
    page.get_by_role("link", name="by its topics").click()
    page.wait_for_url(f"{address}tags/")
    page.close()


@pytest.mark.browser
def test_a_visit_fetches_nothing_that_only_a_search_needs(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}days/2025-03-12/", wait_until="networkidle")
    assert not [url for url in asked if "search" in url or "javascripts" in url]
    page.close()


def test_there_is_one_search(built: Path) -> None:
    assert not [path for path in built.rglob("*") if path.name.startswith(("search_index", "lunr"))]
    assert not (built / "assets" / "javascripts" / "workers").exists()
