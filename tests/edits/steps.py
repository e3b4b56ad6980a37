"""One edit after the other, some of them with damage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from .damage import Damage
from .inputs import Edit, Inputs, mix


def steps(
    edits: Sequence[Edit],
    damages: Sequence[Damage],
    often: float,
    inputs: Inputs,
    folder: Path,
    chance: Random,
) -> Iterator[tuple[Edit, str]]:
    """Edit without end, and that `often` damage what was made; each edit, and what was done."""
    next_edits, next_damages = mix(edits, chance), mix(damages, chance)
    for edit in next_edits:
        did = [(edit.__name__, edit(inputs, chance))]
        if chance.random() < often:
            damage = next(next_damages)
            did.append((damage.__name__, damage(folder, chance)))
        said = "; ".join(f"{name.replace('_', ' ')}: {what}" for name, what in did if what)
        if said:
            yield edit, said
