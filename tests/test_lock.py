"""One run at a time writes; a lock ends with the processes that hold it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.errors import PublishError
from generator.lock import HELD, alone

from .conftest import ROOT

HOLD = "from pathlib import Path; from generator.lock import alone; import subprocess, sys\n"


@contextmanager
def holder(lock: Path, first: str = "") -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a lock until its input ends."""
    script = (
        f"{HOLD}with alone(Path({str(lock)!r})):\n"
        f" {first}\n print('held', flush=True)\n sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def taken(lock: Path) -> threading.Thread:
    """A run that takes the lock and leaves it as soon as it can."""

    def take() -> None:
        with alone(lock):
            pass

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    return thread


def test_the_second_run_waits_and_says_for_whom(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lock = tmp_path / "new" / "lock"
    with holder(lock) as process:
        second = taken(lock)
        second.join(0.2)
        assert second.is_alive()
    second.join()
    assert [record.getMessage() for record in caplog.records] == [
        f"waiting for process {process.pid}, which is writing in {lock.parent}"
    ]


def test_a_lock_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    with holder(tmp_path / "lock") as process:
        process.kill()
        process.wait()
        with alone(tmp_path / "lock"):
            assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_a_lock_lasts_until_the_programs_of_a_killed_run_have_ended(tmp_path: Path) -> None:
    child = "subprocess.Popen(['cat'], close_fds=False, stdout=subprocess.DEVNULL)"
    with holder(tmp_path / "lock", child) as process:
        process.kill()
        process.wait()
        second = taken(tmp_path / "lock")
        second.join(0.2)
        assert second.is_alive()
    second.join()


def test_a_program_started_by_the_holder_does_not_wait_for_it(tmp_path: Path) -> None:
    program = f"{HOLD}with alone(Path(sys.argv[1])): pass"
    call = ["-c", program, str(tmp_path / "lock")]
    with holder(tmp_path / "lock", f"subprocess.run([sys.executable, *{call}], check=True)"):
        pass  # it holds the lock still, and its program has ended


def test_a_lock_is_free_after_an_error_and_leaves_nothing_in_the_environment(
    tmp_path: Path,
) -> None:
    with contextlib.suppress(ZeroDivisionError), alone(tmp_path / "lock"), alone(tmp_path / "lock"):
        assert os.environ[HELD] == str(tmp_path / "lock")
        raise ZeroDivisionError
    assert not os.environ.get(HELD)
    taken(tmp_path / "lock").join()


def test_a_lock_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(PublishError, match="what was there still stands"),
        alone(tmp_path / "file" / "lock"),
    ):
        pass
