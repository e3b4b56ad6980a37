"""What stops a run, and what is only noted.

    DigestError            a run cannot go on; its text is one sentence with place and remedy
    ├── SettingsError      mkdocs.yml or a file it names cannot be used
    ├── UsageError         the command line asks for something that cannot be done
    ├── InputError         no digest at all can be read
    ├── CollisionError     two things claim one address; the message names all claimants
    ├── PublishError       a file cannot be written or removed; what was there still stands
    ├── BuildError         MkDocs stopped, and has said why
    ├── CollectError       a service gives no day, or nothing can be added to what is held of it
    │   └── RefusedError   the service finds fault with the question, not with itself
    ├── MailError          a digest cannot be mailed, or not be noted as sent
    └── HubError           the hub does not take what it is told: readers see news a little later

Anything that can be read past is a `Problem` in the `Report` instead.
"""

from __future__ import annotations

from .model import Problem


class DigestError(Exception):
    """A run cannot go on."""


class SettingsError(DigestError):
    """The settings, or a file they name, cannot be used."""


class UsageError(DigestError):
    """The command line asks for something that cannot be done."""


class InputError(DigestError):
    """No digest at all can be read."""


class CollisionError(DigestError):
    """Two things claim one address."""


class PublishError(DigestError):
    """A file cannot be written or removed."""


class BuildError(DigestError):
    """MkDocs stopped, and has said why."""


class CollectError(DigestError):
    """A service gives no day, or nothing can be added to what is held of it."""


class RefusedError(CollectError):
    """A service does not take a question: asked again, it gives no other answer."""


class MailError(DigestError):
    """A digest cannot be mailed, or not be noted as sent."""


class HubError(DigestError):
    """The hub does not take what it is told."""


class Report:
    """Collects every problem of a run, so that one run shows them all."""

    def __init__(self) -> None:
        self._problems: set[Problem] = set()
        self._once: set[Problem] = set()

    def note(self, origin: str, line: int | None, message: str, *, once: bool = False) -> None:
        """Keep one problem; saying the same twice counts once.

        One that is noted `once` no other run finds: it is of what has changed since the last one.
        """
        problem = Problem(origin, line or 0, message)
        self._problems.add(problem)
        if once:
            self._once.add(problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, by file, line and message."""
        return tuple(sorted(self._problems))

    @property
    def found_once(self) -> tuple[Problem, ...]:
        """Those of them that no other run finds."""
        return tuple(sorted(self._once))

    def __len__(self) -> int:
        return len(self._problems)


def quote(text: str) -> str:
    """The beginning of a text from a digest, fit for a one-line message.

    >>> quote("On\\nBoarding")
    '“On Boarding”'
    """
    text = " ".join(text[:400].split())
    text = text if len(text) <= 60 else text[:59].rstrip() + "…"
    return "“" + "".join(c if c.isprintable() else "\ufffd" for c in text) + "”"
