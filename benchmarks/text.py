r"""Measures how prose reads mathematics and TeX in real abstracts; prints figures and errors.

    python benchmarks/text.py [--shared ../shared] [--part tune|held|read|june|late|fresh|all]
                              [--errors 20]

Every abstract of `corpus/*.jsonl` counts once (by id). The days of 2025 were looked at while rules
were made, three papers of four (`tune`); the fourth (`held`) only late. Of June 2026 one half by id
was read once, late (`read`); the other (`june`) once, after the last figure of it was taken blind.
So also the abstracts of `gold/modern.jsonl` that are not among those: `late` was read last, `fresh`
never, and only its totals are printed.

An abstract with dollars is damaged by `gold/damage.py`, restored, and compared with what was
there: as TeX after the first step of the damage, or as the reader sees it (`texmath.plain`), spaces
ignored. Damage that leaves no trace (`$n$`, `$\hat{y}$`) counts in the second recall only. An
abstract as it is, TeX intact, counts as unread if a reader still sees a backslash, a dollar that
is no price, or a brace that is none of a formula.

In abstracts without dollars authors type mathematics as text (`rho = 0.94`, `L_{joint}`): what is
found there counts as typed if it holds a sign or a script that English has not. What is found in
abstracts that hold no such thing may be wrong, and is listed first.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from generator import mathtext  # noqa: E402 (the path comes first)
from generator.mathtext import MathSpan, restore  # noqa: E402
from generator.prose import parse_prose  # noqa: E402
from generator.prose import to_plain as prose_to_plain  # noqa: E402
from generator.texmath import to_plain  # noqa: E402

DOLLARS = re.compile(r"\$(.*?)\$", re.DOTALL)
TRACE = re.compile(r"\\[A-Za-z]|[_^{}]")
BLIND = frozenset(("fresh",))
"""Parts of which totals alone are printed."""
TYPED = re.compile(
    r"[_^{}\\=<>≤≥±×≈∈→∼√∑\u0391-\u03c9\U0001d400-\U0001d7ff]"
    r"|\b(?:epsilon|theta|psi)\b"
    r"|\b(?:alpha|beta|gamma|delta|Delta|epsilon|lambda|mu|rho|sigma|tau|kappa|Omega|Theta|log"
    r"|sqrt|times|O)\s?[(*/+]|\bin [\[{(]\d"
)
"""Mathematics typed without dollars: signs, scripts, commands, a name as a function or a factor."""
SPACE = re.compile(r"\s+")
SAME = str.maketrans(
    {
        "‖": "|",
        "∥": "|",
        "ϵ": "ε",
        "−": "-",
        "∣": "|",
        "ϕ": "φ",
        "∗": "*",
        "⋅": "·",
        "{": "",
        "}": "",
        "′": "'",
        "~": "",
    }
)


@dataclass
class Score:
    """Counts of one part of the corpus."""

    papers: int = 0
    traced: int = 0
    traced_right: int = 0
    spans: int = 0
    spans_right: int = 0
    found: int = 0
    found_right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Gold:
    """One formula of the original, at its place in the damaged text."""

    start: int
    end: int
    tex: str
    """After the first step of the damage."""
    original: str | None


def find_math(text: str) -> list[MathSpan]:
    """The formulas of a text, as prose reads it."""
    found, at = [], 0
    for span in parse_prose(text).spans:
        if span.tex:
            found.append(MathSpan(at, at + len(span.source), span.tex, span.because))
        at += len(span.source)
    return found


def papers(shared: Path) -> Iterator[dict[str, str]]:
    """Each paper of the corpus once, with the part it belongs to."""
    seen: set[str] = set()
    days = sorted((shared / "corpus").glob("*.jsonl"))
    for path in [*days, shared / "gold" / "modern.jsonl"]:
        for line in path.read_text("utf-8").splitlines():
            paper = json.loads(line)
            if paper["id"] in seen:
                continue
            seen.add(paper["id"])
            digest = int(hashlib.sha256(paper["id"].encode()).hexdigest(), 16)
            if path.stem == "modern":
                part = "fresh" if digest % 2 else "late"
            elif path.stem >= "2026-06":
                part = "june" if digest % 2 else "read"
            else:
                part = "tune" if digest % 4 else "held"
            yield {
                "id": paper["id"],
                "part": part,
                "text": paper.get("summary") or paper.get("abstract", ""),
                "title": paper["title"],
            }


def load_damage(shared: Path) -> tuple[Callable[[str], str], re.Pattern[str]]:
    """The damage as code, from the reference files."""
    spec = importlib.util.spec_from_file_location("damage", shared / "gold" / "damage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.damage, module.R1


def gold_spans(text: str, first_step: re.Pattern[str]) -> tuple[str, list[Gold]]:
    """The damaged text and where its formulas are."""
    stepped = first_step.sub(lambda m: m.group(1), text)
    originals: list[str | None] = [m.group(1) for m in DOLLARS.finditer(text)]
    matches = list(DOLLARS.finditer(stepped))
    if len(originals) != len(matches):
        originals = [None] * len(matches)
    parts, spans, at, size = [], [], 0, 0
    for match, original in zip(matches, originals, strict=True):
        before, inside = stepped[at : match.start()], match.group(1).replace("\\", "")
        parts += [before, inside]
        start = size + len(before)
        size = start + len(inside)
        spans.append(Gold(start, size, match.group(1), original))
        at = match.end()
    return "".join([*parts, stepped[at:]]), spans


def squeeze(text: str) -> str:
    """What must agree: signs, without spaces."""
    return SPACE.sub("", text).translate(SAME).replace("\\%", "%")


def readings(
    text: str, start: int, end: int, inner: list[tuple[int, int, tuple[str, ...]]]
) -> set[str]:
    """A stretch as readers see it, for each way of reading its formulas."""
    ways = max((len(way) for _, _, way in inner), default=1)
    found = set()
    for k in range(ways):
        parts, at = [], start
        for first, last, way in inner:
            parts += [text[at:first], way[min(k, len(way) - 1)]]
            at = last
        found.add(squeeze("".join([*parts, text[at:end]])))
    return found


def agree_but_wrappers(ours: set[str], theirs: set[str]) -> bool:
    r"""Equal after step one but for a tilde or root that we inferred, and that the original had.

    `\tilde{\mathcal{O}}(\sqrt{T})` is `\mathcal{O}(T)` after step one; from the brace that still
    stands we know the tilde, but not the root.
    """
    had = {char for text in theirs for char in unicodedata.normalize("NFC", text)}
    for text in ours:
        inferred = {
            char for char in unicodedata.normalize("NFC", text) if char == "√" or accented(char)
        }
        if inferred and inferred <= had and bare(text) in {bare(other) for other in theirs}:
            return True
    return False


def accented(char: str) -> bool:
    """True for a letter with a mark over it."""
    return len(unicodedata.normalize("NFD", char)) > 1


def bare(text: str) -> str:
    """Without marks, roots and the brackets a root needs."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "√()")


def clusters(
    gold: list[Gold], found: list[MathSpan]
) -> Iterator[tuple[list[Gold], list[MathSpan]]]:
    """Formulas of both sides that overlap, together."""
    marks = [(g.start, g.end, 0, i) for i, g in enumerate(gold)]
    marks += [(f.start, f.end, 1, i) for i, f in enumerate(found)]
    group: tuple[list[Gold], list[MathSpan]] = ([], [])
    reach = -1
    for start, end, side, i in sorted(marks):
        if start >= reach and (group[0] or group[1]):
            yield group
            group = ([], [])
        reach = max(reach, end)
        group[side].append(gold[i] if side == 0 else found[i])  # type: ignore[arg-type]
    if group[0] or group[1]:
        yield group


def judge(text: str, first_step: re.Pattern[str], score: Score, name: str) -> None:
    """Damages one abstract, restores it, and counts."""
    damaged, gold = gold_spans(text, first_step)
    # A backslash that still stands was outside dollars: TeX of the authors, not damage.
    found = [
        span
        for span in find_math(damaged)
        if not span.because.startswith("between $") and "\\" not in damaged[span.start : span.end]
    ]
    for golds, founds in clusters(gold, found):
        start = min([g.start for g in golds] + [f.start for f in founds])
        end = max([g.end for g in golds] + [f.end for f in founds])
        ours = readings(damaged, start, end, [(f.start, f.end, (to_plain(f.tex),)) for f in founds])
        ways = [
            (g.start, g.end, tuple(to_plain(t) for t in (g.tex, g.original) if t is not None))
            for g in golds
        ]
        theirs = readings(damaged, start, end, ways)
        right = bool(ours & theirs) or agree_but_wrappers(ours, theirs)
        for g in golds:
            same = right or any(
                squeeze(f.tex) == squeeze(g.tex) and f.start <= g.start and g.end <= f.end
                for f in founds
            )
            traced = TRACE.search(g.tex) is not None
            score.spans += 1
            score.spans_right += same
            score.traced += traced
            score.traced_right += same and traced
            if traced and not same:
                score.missed.append(
                    f"{name}  ${g.tex}$  …{damaged[max(0, g.start - 25) : g.end + 25]!r}"
                )
        for f in founds:
            hit = right or any(squeeze(f.tex) == squeeze(g.tex) for g in golds)
            score.found += 1
            score.found_right += hit
            if not hit:
                score.wrong.append(
                    f"{name}  {damaged[f.start : f.end]!r} as {to_plain(f.tex)} ({f.because}); "
                    f"{[g.tex for g in golds]}"
                )


def corpus(shared: Path, part: str, errors: int) -> None:
    """Damage and repair; what is found without dollars; cost."""
    damage, first_step = load_damage(shared)
    scores: dict[str, Score] = {}
    undollared: dict[str, Counter[str]] = {}
    found: dict[str, list[str]] = {}
    texts = [paper for paper in papers(shared) if part in ("all", paper["part"])]
    for paper in texts:
        score = scores.setdefault(paper["part"], Score())
        score.papers += 1
        text = paper["text"]
        if "$" in text:
            assert gold_spans(text, first_step)[0] == damage(text)
            judge(text, first_step, score, paper["id"])
        elif "\\(" not in text:
            spans = [span for span in find_math(text) if "\\" not in text[span.start : span.end]]
            typed = [span for span in spans if TYPED.search(text[span.start : span.end])]
            counts = undollared.setdefault(paper["part"], Counter())
            counts["abstracts"] += 1
            counts["typed"] += len(typed)
            counts["beside typed"] += (len(spans) - len(typed)) if typed else 0
            counts["alone"] += 0 if typed else len(spans)
            for span in spans:
                kind = "typed" if span in typed else "beside typed" if typed else "ALONE"
                found.setdefault(paper["part"], []).append(
                    f"{kind}: {paper['id']}  {text[max(0, span.start - 20) : span.end + 20]!r}"
                    f" as {to_plain(span.tex)} ({span.because})"
                )
    for name, score in scores.items():
        print(f"== {name}: {score.papers} abstracts")
        print(f"recall, traced     {ratio(score.traced_right, score.traced)}")
        print(f"recall, all        {ratio(score.spans_right, score.spans)}")
        print(f"precision          {ratio(score.found_right, score.found)}")
        counts = undollared.get(name, Counter())
        print(
            f"abstracts without dollars: {counts['abstracts']}; in them {counts['typed']} formulas"
            f" typed without dollars, {counts['beside typed']} more in the same abstracts,"
            f" and where none is typed (each to be read): {counts['alone']}"
        )
        for title, lines in (
            ("missed", score.missed),
            ("wrong", score.wrong),
            ("found without dollars", sorted(found.get(name, []))),
        ):
            if errors and lines and name not in BLIND:
                print(f"-- {title}: {len(lines)}")
                print("\n".join(lines[:errors]).replace("\n", "\n"))
    cost([paper["text"] for paper in texts], damage)


def ratio(right: int, all_: int) -> str:
    """A share with its counts."""
    return f"{right / max(all_, 1):.3f}  ({right} of {all_})"


def milliseconds(texts: list[str], read: Callable[[str], object]) -> float:
    """Processor time an abstract, without what was kept from before."""
    mathtext.find_math.cache_clear()
    start = time.process_time()
    for text in texts:
        read(text)
    return (time.process_time() - start) * 1000 / max(len(texts), 1)


def cost(texts: list[str], damage: Callable[[str], str]) -> None:
    """Milliseconds an abstract, as stored and damaged, and whether long rows stay linear."""
    for name, some in (("intact", texts), ("damaged", [damage(text) for text in texts])):
        for text in some[:50]:
            find_math(text)
        for what, read in (("mathematics", mathtext.find_math), ("all of prose", parse_prose)):
            took = min(milliseconds(some, read) for _ in range(3))
            print(f"cost, {name}, {what}: {took:.3f} ms an abstract")
    for unit in (
        "{",
        "$",
        "left(",
        "\\left(",
        "_",
        "x_1",
        "a{",
        "^",
        "alpha ",
        "(",
        "x_(",
        "$x ",
        "mathcal{",
        "1{",
        "1 times ",
    ):
        times = []
        for size in (5_000, 20_000):
            start = time.process_time()
            find_math(unit * size)
            times.append(time.process_time() - start)
        print(
            f"  20000 x {unit!r}: {times[1]:.3f} s,"
            f" {times[1] / max(times[0], 1e-9):.1f} times that of a quarter"
        )


def captures(shared: Path) -> None:
    """The reference repairs a reader sees, by kind, and the traps."""
    repairs = json.loads((shared / "gold" / "repair.json").read_text("utf-8"))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    lines = capture_texts(shared)
    for item in repairs:
        if item["severity"] != "visible":
            continue
        total[item["kind"]] += 1
        at = lines.index(item["title"])
        following = (line for line in lines[at + 1 :] if line.strip())
        raw = item["title"] if item["field"] == "title" else next(following)
        start = raw.index(item["damaged"])
        # In place: behind the signs that stand before it.
        plain = squeeze(prose_to_plain(parse_prose(raw, item["title"])))
        before = squeeze(prose_to_plain(parse_prose(raw[:start], item["title"])))[-3:]
        wanted = [item["reader"], item.get("reader_min"), *(item.get("also_right") or [])]
        if any(before + squeeze(want) in plain for want in wanted if want):
            right[item["kind"]] += 1
        else:
            print(f"   {item['damaged']!r}, not {item['reader']!r}")
    for kind, count in sorted(total.items()):
        print(f"reference repairs, {kind}: {ratio(right[kind], count)}")
    print(f"reference repairs, all: {ratio(right.total(), total.total())}")
    traps = json.loads((shared / "gold" / "traps.json").read_text("utf-8"))
    changed = 0
    for trap in traps:
        context = next((t for t in lines if trap["text"] in t), trap["text"])
        for text in (context, trap["text"]):
            if trap["text"] not in prose_to_plain(parse_prose(text)):
                changed += 1
                print(f"   trap {trap['text']!r} became {prose_to_plain(parse_prose(text))!r}")
    print(f"traps changed: {changed} of {len(traps)}")


UNREAD = {
    "a command": re.compile(r"\\"),
    "a dollar": re.compile(r"\$(?!\s?\d)"),
    "a brace": re.compile(r"[{}]"),
}


def unread(shared: Path) -> None:
    """Abstracts as they are whose TeX a reader still sees, by class."""
    count = 0
    classes: dict[str, Counter[str]] = {}
    shown = Counter[str]()
    for paper in papers(shared):
        count += 1
        prose = parse_prose(paper["text"], paper["title"])
        texts = "\ufffc".join(span.text for span in prose.spans if span.kind != "math")
        formulas = "".join(span.text for span in prose.spans if span.kind == "math")
        found = {name: rule.search(texts) for name, rule in UNREAD.items()}
        found["a command in a formula"] = re.search(r"\\|\$(?!\s?\d)", formulas)
        named = {name: match for name, match in found.items() if match}
        shown[paper["part"]] += bool(named)
        for name, match in named.items():
            classes.setdefault(name, Counter())[paper["part"]] += 1
            if paper["part"] not in BLIND:
                at = match.start()
                print(f"   {paper['id']}  {name}: …{texts[max(0, at - 30) : at + 30]!r}")
    for name, parts in sorted(classes.items()):
        print(f"abstracts that show {name}: {dict(sorted(parts.items()))}")
    print(f"abstracts that show TeX: {shown.total()} of {count}, {dict(sorted(shown.items()))}")


def capture_texts(shared: Path) -> list[str]:
    """The lines of the captures: each is a title or an abstract."""
    if not _LINES:
        for path in sorted((shared / "captures").glob("*.txt")):
            _LINES.extend(path.read_text("utf-8").splitlines())
    return _LINES


_LINES: list[str] = []


def idempotent(shared: Path) -> None:
    """Restoring twice equals restoring once, on every abstract, intact and damaged."""
    damage, _ = load_damage(shared)
    bad = 0
    for paper in papers(shared):
        if paper["part"] in BLIND:
            continue
        for text in {paper["text"], damage(paper["text"])}:
            once = restore(text)
            if restore(once) != once:
                bad += 1
                print("   not idempotent:", paper["id"])
    print("not idempotent:", bad)


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument(
        "--part", default="all", choices=["tune", "held", "read", "june", "late", "fresh", "all"]
    )
    parser.add_argument("--errors", type=int, default=10)
    options = parser.parse_args()
    captures(options.shared)
    corpus(options.shared, options.part, options.errors)
    unread(options.shared)
    idempotent(options.shared)


if __name__ == "__main__":
    main()
