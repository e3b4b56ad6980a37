"""What several tests need: the repository, the shared material, a small site built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CASES = ROOT / "tests" / "cases"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material; tests that need it are skipped by name where it is absent."""
    if not (SHARED / "captures").is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """A real browser; tests that need it are skipped by name where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no chromium is installed")
    return found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample digests, built as a publisher builds it; its `site` folder."""
    from .sites import run, workspace  # noqa: PLC0415  it needs ROOT from here

    folder = workspace(tmp_path_factory.mktemp("samples") / "repository", ROOT / "digests")
    done = run(folder, "-m", "generator", "build")
    assert done.returncode == 0, done.stderr
    return folder / "site"
