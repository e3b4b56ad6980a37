"""TeX that a format took for escapes is TeX again; what a text holds stays what it is."""

from __future__ import annotations

import json
import random
import textwrap
import time
from pathlib import Path

import pytest
import yaml

from generator.escapes import restore_commands
from generator.texmath import NAMES

ESCAPES = {"JSON": "bfnrt", "YAML": "abefnrtvLNP"}


@pytest.mark.parametrize("form", ESCAPES)
def test_every_command_that_a_format_takes_for_an_escape_comes_back(form: str) -> None:
    read = json.loads if form == "JSON" else yaml.safe_load
    names = sorted(name for name in NAMES if name[0] in ESCAPES[form] and len(name) > 1)
    assert len(names) > 100
    for name in names:
        text = rf"A rate of $x_1 \{name} y$ is"
        assert restore_commands(read(f'"{text}"')) == (text, (f"\\{name}",))


@pytest.mark.parametrize(
    "text",
    ["We ask who,\nho and where\tau stands.\nu and e\neq are\next to it.", "two\x0bthree\x0cfour",
     "It costs $1.70 a task,\nless than $5 or $6,\not more.", "the $5\x0crac $6", "\x1b[31mred",
     "$f(x,\nu)$ is wrapped\nhere, before an u", "$a +\ne^{x}$ in a text\nof two lines",
     "BEL \a BS \b FF \f", "the end.\n\x0cFlat pages\x0cbox", "a\rm\tt\ti"],
)  # fmt: skip
def test_a_real_control_stays(text: str) -> None:
    assert restore_commands(text) == (text, ())


@pytest.mark.parametrize(
    ("spoilt", "text"),
    [
        ("the \x08oldsymbol{x}-rule", r"the \boldsymbol{x}-rule"),
        ("$\x08\x08R$ or $\x07\x07$", "$\x08\\bR$ or $\x07\x07$"),
        ("$\theta $ and $ \theta $", r"$\theta $ and $ \theta $"),
        ("$16\times$16, $\nu$\nwrapped", "$16\\times$16, $\\nu$\nwrapped"),
        ("\text{so}, \tau_i, \x0crac12", "\\text{so}, \\tau_i, \x0crac12"),
        ("A\x0barepsilon, \x0corall x", r"A\varepsilon, \forall x"),
        ("Ko\x0b{c}i, \r{A}sa", r"Ko\v{c}i, \r{A}sa"),
        ("$\u2028ambda_\u2029i$", r"$\Lambda_\Pi$"),
    ],
)
def test_what_is_no_text_is_a_command(spoilt: str, text: str) -> None:
    assert restore_commands(spoilt).text == text
    assert restore_commands(text) == (text, ())


@pytest.mark.parametrize(
    "unit", ["$\n", "\theta", "$\theta", "$\nu ", "\x08a{", "\\\n$", "\x0b{a}"]
)
def test_a_text_without_end_costs_no_more_than_its_length(unit: str) -> None:
    before = time.process_time()
    restore_commands(unit * 10**5)
    assert time.process_time() - before < 20  # minutes where the time is quadratic


@pytest.mark.shared
def test_no_wrapped_text_is_changed(shared: Path) -> None:
    chance = random.Random(1)
    lines = (shared / "gold" / "modern.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        record = json.loads(line)
        for text in (record["title"], record.get("abstract") or record["summary"]):
            wrapped = textwrap.wrap(text, chance.randint(20, 90), break_long_words=False)
            for end in "\n\t\r":
                assert restore_commands(end.join(wrapped)).commands == ()
