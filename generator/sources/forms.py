"""A file as the sources read it: as it stands, or what is shown of a page, or in a mail.

Not a source itself. What has been unpacked knows the lines that it was, so papers and messages name
those of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..errors import Report
from ..model import Capture
from . import mails
from .files import SourceFile
from .pasted import as_written, has_head
from .shown import is_page, shown


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a file."""

    raw: SourceFile
    """For sources that read what programs write."""
    text: SourceFile
    """For those that read what people write or copy."""
    marked: SourceFile
    """For that which reads Markdown."""
    raw_lines: Sequence[int] = ()
    """The line of the file for each line of `raw`; none where they are the same."""
    lines: Sequence[int] = ()
    """Likewise for each line of the other two."""
    is_page: bool = False
    """Whether this is HTML, which any page on the web is."""

    def placed(
        self, captures: Sequence[Capture], found: Report, report: Report, *, raw: bool
    ) -> list[Capture]:
        """Captures, and the problems found in them, with the lines of the file."""
        lines = self.raw_lines if raw else self.lines

        def line(number: int) -> int:
            return lines[min(number, len(lines)) - 1] if lines and number else number

        for problem in found.problems:
            report.note(problem.origin, line(problem.line), problem.message)
        if not lines:
            return list(captures)
        return [
            replace(
                capture,
                label_line=line(capture.label_line or 0) or None,
                items=tuple(replace(item, line=line(item.line)) for item in capture.items),
            )
            for capture in captures
        ]


def forms_of(file: SourceFile) -> Iterator[list[Form]]:
    """The ways to read a file, or each mail in it; of several the one that finds most counts."""
    if is_page(file.text):
        yield [_page(file)]
    elif found := mails.read_mails(file.text):
        for texts in found:
            yield [(_page if text.is_page else _mail)(_part(file, text), text) for text in texts]
    else:
        text = as_written(file)
        yield [Form(file, text, text)]


def is_mail(file: SourceFile) -> bool:
    """Whether a file is a mail, or begins with the head of one, or is what a chat exports: it names
    people, and addresses of theirs, that are no part of a digest."""
    from .dialects import is_chat  # noqa: PLC0415  nothing but `add` asks

    return bool(mails.read_mails(file.text)) or has_head(file.text) or is_chat(file.text)


def _part(file: SourceFile, text: mails.Text) -> SourceFile:
    return replace(file, text=text.text)


def _mail(file: SourceFile, text: mails.Text) -> Form:
    """A plain text, with the head that `pasted` knows: it takes the day from that, and from the end
    a signature."""
    day, line = text.head
    whole = as_written(replace(file, text=f"From: mail\nDate: {day}\n\n{file.text}"))
    return Form(file, whole, whole, text.lines, (1, line, line, *text.lines))


def _page(file: SourceFile, part: mails.Text | None = None) -> Form:
    """What is shown of a page, below the day of the mail that it came in."""
    seen = shown(file.text)
    day, line = part.head if part else ("", 0)
    above = f"{day}\n\n" if day else ""
    lines = [part.lines[n - 1] for n in seen.lines] if part else seen.lines
    return Form(
        file,
        replace(file, text=above + seen.plain),
        replace(file, text=above + seen.marked),
        part.lines if part else (),
        [line, line, *lines] if day else lines,
        is_page=True,
    )
