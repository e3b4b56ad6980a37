"""Edits of the digests folder: captures, corrections, keys."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from .inputs import FIRST, Edit, Inputs, add_digest, any_key, any_paper, new_paper, written

OF_DIGESTS: list[Edit] = []
"""Every edit below."""


def kind(edit: Edit) -> Edit:
    """Add one to the list."""
    OF_DIGESTS.append(edit)
    return edit


@kind
def add_the_newest_day(inputs: Inputs, chance: Random) -> str:
    newest = max(inputs.days(), default=FIRST)
    return add_digest(inputs, chance, newest + timedelta(chance.choice([1, 2, 9, 40])))


@kind
def add_the_oldest_day(inputs: Inputs, chance: Random) -> str:
    oldest = min(inputs.days(), default=FIRST)
    return add_digest(inputs, chance, oldest - timedelta(chance.choice([1, 9, 40, 400])))


@kind
def add_a_day_in_a_gap(inputs: Inputs, chance: Random) -> str:
    days = sorted(inputs.days())
    gaps = [a + timedelta(1) for a, b in pairwise(days) if (b - a).days > 1]
    return add_digest(inputs, chance, chance.choice(gaps)) if gaps else ""


@kind
def add_a_second_capture_of_a_day(inputs: Inputs, chance: Random) -> str:
    name = add_digest(inputs, chance, chance.choice(list(inputs.days())), "-evening")
    twice = inputs.digests[chance.choice(inputs.days()[date.fromisoformat(name[:10])])]
    inputs.digests[name] += [dict(paper) for paper in twice[:1]]
    return name


@kind
def add_a_digest_that_its_folder_dates(inputs: Inputs, chance: Random) -> str:
    name = f"2026/jan-{chance.randrange(1, 29):02}.txt"
    inputs.digests[name] = [new_paper(inputs, chance)]
    return name


@kind
def remove_a_day(inputs: Inputs, chance: Random) -> str:
    days = inputs.days()
    if len(days) < 4:
        return ""
    day = chance.choice(list(days))
    for name in days[day]:
        del inputs.digests[name]
    return str(day)


@kind
def remove_a_month(inputs: Inputs, chance: Random) -> str:
    days = inputs.days()
    month = str(chance.choice(list(days)))[:7]
    if all(str(day).startswith(month) for day in days):
        return ""
    for name in [name for name in inputs.digests if name.startswith(month)]:
        del inputs.digests[name]
    return month


@kind
def change_a_title(inputs: Inputs, chance: Random) -> str:
    paper = any_paper(inputs, chance)
    paper["title"] = f"{paper['title']} anew {chance.randrange(10)}"
    return str(paper["title"])


@kind
def change_an_abstract(inputs: Inputs, chance: Random) -> str:
    paper = any_paper(inputs, chance)
    paper["abstract"] = chance.choice([new_paper(inputs, chance)["abstract"], "Short.", ""])
    return str(paper["title"])


@kind
def change_no_more_than_a_letter(inputs: Inputs, chance: Random) -> str:
    paper = any_paper(inputs, chance)
    paper["abstract"] = str(paper["abstract"]).swapcase()
    return str(paper["title"])


@kind
def change_the_order_of_a_day(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(list(inputs.digests))
    chance.shuffle(inputs.digests[name])
    return name


@kind
def drop_a_paper(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(list(inputs.digests))
    held = inputs.digests[name]
    if len(held) < 2:
        return ""
    return f"{held.pop(chance.randrange(len(held)))['title']} of {name}"


@kind
def add_a_paper(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(list(inputs.digests))
    inputs.digests[name].append(new_paper(inputs, chance))
    return name


@kind
def list_a_paper_again(inputs: Inputs, chance: Random) -> str:
    paper, name = dict(any_paper(inputs, chance)), chance.choice(list(inputs.digests))
    inputs.digests[name].append(paper)
    return f"{paper['title']} in {name}"


@kind
def list_a_paper_again_with_more(inputs: Inputs, chance: Random) -> str:
    paper, name = dict(any_paper(inputs, chance)), chance.choice(list(inputs.digests))
    paper["abstract"] = f"{paper['abstract']} At length: {new_paper(inputs, chance)['abstract']}"
    paper["keywords"] = ["graph neural networks", "fairness"]
    paper["upvotes"] = chance.randrange(99, 999)
    inputs.digests[name].append(paper)
    return f"{paper['title']} in {name}"


@kind
def list_an_id_under_another_title(inputs: Inputs, chance: Random) -> str:
    known = [paper for paper in inputs.records() if "id" in paper]
    names = [name for name in inputs.digests if name.endswith(".jsonl")]
    if not known or not names:
        return ""
    paper, name = chance.choice(known), chance.choice(names)
    inputs.digests[name].append({**new_paper(inputs, chance), "id": paper["id"]})
    return f"{paper['id']} in {name}"


@kind
def list_a_title_under_another_id(inputs: Inputs, chance: Random) -> str:
    names = [name for name in inputs.digests if name.endswith(".jsonl")]
    if not names:
        return ""
    paper, name = any_paper(inputs, chance), chance.choice(names)
    number = f"2510.{chance.randrange(100_000):05}"
    inputs.digests[name].append(
        {**new_paper(inputs, chance), "title": paper["title"], "id": number}
    )
    return f"{paper['title']} as {number} in {name}"


@kind
def complete_papers_without_a_date(inputs: Inputs, chance: Random) -> str:
    chosen = {n: any_paper(inputs, chance) for n in range(3)}
    inputs.digests["known.jsonl"] = [
        {
            "title": paper["title"],
            "abstract": f"Complete: {paper['abstract']}",
            "id": paper.get("id", f"2509.{chance.randrange(100_000):05}"),
            "authors": ["Ann1 Lee", "Cy Olds"],
        }
        for paper in chosen.values()
    ]
    return ", ".join(str(paper["title"]) for paper in chosen.values())


@kind
def break_a_digest(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(list(inputs.days().values()))[0]
    content = written(name, inputs.digests[name])
    cut = chance.randrange(len(content))
    inputs.files[f"digests/broken-{name}"] = chance.choice(
        [content[:cut], content[cut:], b"", b"\xff\xfe\x00" + content, b"{", content[::-1]]
    )
    return name


@kind
def remove_broken_digests(inputs: Inputs, chance: Random) -> str:
    broken = [path for path in inputs.files if path.startswith("digests/broken-")]
    for path in broken:
        del inputs.files[path]
    return ", ".join(broken)


@kind
def rename_a_digest(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(list(inputs.days().values()))[0]
    new = f"{name[:10]}-{chance.choice('abc')}{Path(name).suffix}"
    inputs.digests[new] = inputs.digests.pop(name)
    return f"{name} to {new}"


@kind
def write_what_is_passed_over(inputs: Inputs, chance: Random) -> str:
    path = chance.choice(["digests/README.md", "digests/.hidden.txt"])
    inputs.files[path] = f"Nothing {chance.random()}\n".encode()
    return path


@kind
def correct_a_paper(inputs: Inputs, chance: Random) -> str:
    key, other = any_key(inputs, chance), any_key(inputs, chance)
    tags = [tag.slug for tag in chance.sample(inputs.topics, 2)]
    entry = inputs.overrides.setdefault(key, {})
    entry |= chance.choice(
        [
            {"title": f"A Corrected Title {chance.randrange(100)}"},
            {"abstract": f"What the digest lost {chance.randrange(100)}."},
            {"authors": ["Ada Byron", "Ann1 Lee"]},
            {"arxiv_id": f"2508.{chance.randrange(100_000):05}"},
            {"tags": {"add": tags[:1], "remove": tags[1:]}},
            {"links": {"add": [f"https://github.com/c/d{chance.randrange(9)}"]}},
            {"date": date(2025, 11, 1 + chance.randrange(28))},
            {"hide": True},
            {"merge": other},
        ]
    )
    return f"{key}: {entry}"


@kind
def take_a_correction_back(inputs: Inputs, chance: Random) -> str:
    if not inputs.overrides:
        return ""
    key = chance.choice(list(inputs.overrides))
    del inputs.overrides[key]
    return key


@kind
def take_all_corrections_back(inputs: Inputs, chance: Random) -> str:
    held = ", ".join(inputs.overrides)
    inputs.overrides.clear()
    return held


@kind
def say_which_key_stands(inputs: Inputs, chance: Random) -> str:
    keys = sorted({any_key(inputs, chance) for _ in range(2)})
    known = {*inputs.ledger, *(key for held in inputs.ledger.values() for key in held)}
    if len(keys) < 2 or known & set(keys):
        return ""
    inputs.ledger[keys[0]] = keys[1:]
    return str(keys)


@kind
def forget_which_key_stands(inputs: Inputs, chance: Random) -> str:
    held = str(inputs.ledger or "")
    inputs.ledger.clear()
    return held
