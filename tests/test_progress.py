"""Who waits in a terminal sees a bar; elsewhere there are plain lines."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from generator.progress import SILENT, Shown

from .conftest import ROOT
from .sites import write_digest


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    write_digest(folder, "2025-03-12.txt", *((f"Paper {n}", "It is.") for n in range(3)))
    return folder


def said(*arguments: str | Path) -> str:
    """What a verb says in a terminal, on the standard error."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "generator", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=its) as process:
        os.close(its)
        parts = []
        while part := _read(ours):
            parts.append(part)
    os.close(ours)
    assert process.returncode == 0
    return b"".join(parts).decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # so Linux says that nobody writes there any more
        return b""


def test_in_a_terminal_a_bar_runs_while_papers_are_restored(digests: Path) -> None:
    words = said("check", "--digests", digests)
    assert "reading digests" in words
    assert "restoring 3 papers" in words
    assert "3/3" in words
    assert "rendering pages" in words


def test_elsewhere_nothing_is_drawn(digests: Path) -> None:
    command = [sys.executable, "-m", "generator", "check", "--digests", str(digests)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""


def test_without_bars_each_step_is_a_line() -> None:
    lines: list[str] = []
    shown = Shown(lines.append, bars=False)
    shown.say("one")
    assert list(shown.each("two", iter("ab"))) == ["a", "b"]
    assert lines == ["one", "two"]


def test_nobody_has_to_watch(capfd: pytest.CaptureFixture[str]) -> None:
    SILENT.say("one")
    assert list(SILENT.each("two", "ab")) == ["a", "b"]
    assert capfd.readouterr() == ("", "")
