"""What a run remembers for the next one, in `.cache/collected.json`.

That is: how to ask for the newest papers only if they have changed, and which papers arXiv was
asked about in vain. All of it may be lost: then a question is asked once more than needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from ..sources import untrusted as ask
from ..writing import plain_errors, write_whole
from .client import Answer

PATH = Path(".cache", "collected.json")
"""Relative to the folder of `mkdocs.yml`."""

IN_VAIN = timedelta(days=30)
"""How long a paper that arXiv does not know is not asked about again."""


class Memory:
    """Reads the file at once, writes it on `keep`; one that cannot be read is as good as none."""

    def __init__(self, path: Path, digests: Path) -> None:
        self._path = path
        self._digests = digests
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            found = None
        self._answers = dict(ask.mapping(ask.mapping(found).get("answers")))
        self._vain = dict(ask.mapping(ask.mapping(found).get("in_vain")))
        self._before = self._content()

    def validators(self, url: str) -> Mapping[str, str]:
        """What asks for an address only if it has changed."""
        headers = ask.mapping(self._last(url).get("headers"))
        return {
            name: value
            for name, value in headers.items()
            if isinstance(value, str) and value.isprintable() and value.isascii()
        }

    def newest(self, url: str) -> date | None:
        """The newest day that an address listed last."""
        return ask.day(self._last(url).get("newest"))

    def _last(self, url: str) -> Mapping[str, object]:
        """An address's last answer; nothing where a file that was made of it is gone."""
        last = ask.mapping(self._answers.get(url))
        there = all((self._digests / name).is_file() for name in ask.texts(last.get("files")))
        return last if there else {}

    def note_answer(self, url: str, answer: Answer, newest: date | None, files: list[str]) -> None:
        """An answer of which all that was new is filed."""
        self._answers[url] = {
            "headers": dict(answer.validators),
            "newest": newest.isoformat() if newest else None,
            "files": files,
        }

    def was_in_vain(self, key: str, today: date) -> bool:
        """Whether a paper was asked about not long ago."""
        asked = ask.day(self._vain.get(key))
        return asked is not None and today - asked < IN_VAIN

    def note_in_vain(self, key: str, today: date) -> None:
        self._vain[key] = today.isoformat()

    def keep(self, today: date) -> None:
        """Write the file, if anything has changed."""
        self._vain = {key: day for key, day in self._vain.items() if self.was_in_vain(key, today)}
        if (content := self._content()) != self._before:
            with plain_errors(self._path):
                write_whole(self._path, content)
            self._before = content

    def _content(self) -> bytes:
        known = {"answers": self._answers, "in_vain": self._vain}
        return (json.dumps(known, indent=1, sort_keys=True) + "\n").encode()
