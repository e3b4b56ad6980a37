"""What the fuzzer has found holds from then on: each file is input that once broke a law.

`benchmarks/fuzz.py` says how such a file comes about; its name says what is odd about it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CASES
from .laws import LAWS

FOUND = sorted(path for law in LAWS for path in (CASES / "found" / law).glob("*"))


def name_of(path: Path) -> str:
    return path.relative_to(CASES / "found").as_posix()


@pytest.mark.parametrize("path", FOUND, ids=name_of)
def test_a_found_case_breaks_no_law_any_more(path: Path) -> None:
    LAWS[path.parent.name](path.read_bytes())
