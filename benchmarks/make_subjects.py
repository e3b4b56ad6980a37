"""Writes `generator/data/subjects.txt`: the senses about which papers gather.

    python benchmarks/make_subjects.py [FOLDER]

FOLDER is as for `benchmarks/make_terms.py`, whose table has to be there already; labelled papers
are left out here, too. The subjects are the centres of Lloyd's k-means over the senses of papers,
all in whole numbers, so that the same papers give the same file on any machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.make_terms import LARGEST, SHARED, corpus  # noqa: E402  after the path
from generator.model import PaperText  # noqa: E402  likewise
from generator.relate import read_papers  # noqa: E402  likewise
from generator.relate.likely import SUBJECTS  # noqa: E402  likewise
from generator.relate.reading import UNIT, unit  # noqa: E402  likewise
from generator.relate.terms import ZERO  # noqa: E402  likewise

NUMBER = 128
"""Subjects. Fewer miss more of the nearest papers at the same cost; with more, each is compared
with too few papers at once to be worth the call."""
ROUNDS = 10
"""Of k-means; further ones change little."""


def centres(senses: NDArray[np.int8]) -> NDArray[np.int8]:
    """A row a subject, of length `UNIT`."""
    papers = senses.astype(np.float32)
    found = senses[np.arange(NUMBER) * len(senses) // NUMBER]
    for _ in range(ROUNDS):
        homes = (papers @ found.T.astype(np.float32)).argmax(axis=1)
        sums = np.zeros(found.shape)
        np.add.at(sums, homes, papers)
        # A subject that no paper calls home stays what it was.
        found = np.where(sums.any(axis=1, keepdims=True), unit(sums), found)
    return found


def main() -> None:
    """Write the table of subjects."""
    papers = corpus(Path(sys.argv[1]) if sys.argv[1:] else SHARED / "corpus")
    texts = {str(number): PaperText(*paper) for number, paper in enumerate(papers)}
    found = centres(read_papers(texts).senses)
    # Hardly a component of a unit vector is larger than half of it.
    scaled = np.clip(np.rint(found * (LARGEST / (UNIT / 2))), -LARGEST, LARGEST).astype(np.int64)
    lines = ["".join(map(chr, row)) for row in (scaled + ZERO).tolist()]
    SUBJECTS.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(lines)} subjects of {len(papers):,} papers")


if __name__ == "__main__":
    main()
