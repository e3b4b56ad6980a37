"""The steps of the workflow that collects, run against the played services."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from .conftest import ROOT
from .services import Listed, playing
from .sites import workspace

WORKFLOWS = ROOT / ".github" / "workflows"
ADDRESSES = """\
    collect_interval: 0
    daily_papers: {0}
    arxiv_api: {0}
"""


def steps() -> dict[str, str]:
    jobs = yaml.safe_load((WORKFLOWS / "collect.yml").read_text(encoding="utf-8"))["jobs"]
    return {step["name"]: step["run"] for step in jobs["collect"]["steps"] if "run" in step}


def environment() -> dict[str, str]:
    """Ours, without what leads git to our own repository where a hook of it runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository like that of a publisher, with one of its own to push to."""
    (tmp_path / "digests").mkdir()
    folder = workspace(tmp_path / "checkout", tmp_path / "digests")
    (folder / ".gitignore").write_text("__pycache__/\n/.cache/\n")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(folder, "add", "mkdocs.yml", ".gitignore")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Begin")
    git(folder, "push", "--quiet", "origin", "main")
    return folder


def test_the_steps_collect_commit_push_and_notice_that_nothing_comes(checkout: Path) -> None:
    output = checkout.parent / "output"

    def run(name: str, **more: str) -> int:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps()[name]],
            cwd=checkout,
            env={
                **environment(),
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "GITHUB_OUTPUT": str(output),
                "GITHUB_REF_NAME": "main",
                "PYTHONDONTWRITEBYTECODE": "1",
                **more,
            },
            capture_output=True,
            check=False,
        )
        return done.returncode

    with playing() as played:
        played.daily = {date(2025, 3, 12): [Listed("2503.10001", "Nets for All")]}
        with (checkout / "mkdocs.yml").open("a") as settings:
            settings.write(ADDRESSES.format(played.address))
        assert run("Collect") == 0
        assert played.statuses == [200, 200]
    assert run("Commit and push what was filed", TOKEN="x") == 0
    origin = checkout.parent / "origin.git"
    assert output.read_text() == f"commit={git(origin, 'rev-parse', 'main')}\n"
    changed = git(origin, "show", "--name-only", "--format=%s", "main").split("\n")
    assert changed[0].startswith("Collect the digests of ")
    assert changed[2:] == ["digests/2025/2025-03-12-daily-papers.jsonl"]
    # A quiet day is a success, and publishes nothing.
    assert run("Commit and push what was filed", TOKEN="x") == 0
    assert output.read_text().count("commit=") == 1
    # Whatever today is, it is more than a week later.
    assert run("Fail where nothing has come for long", STALE_AFTER="7") == 1


def test_a_service_that_takes_too_long_leaves_time_to_push_what_came() -> None:
    job = yaml.safe_load((WORKFLOWS / "collect.yml").read_text(encoding="utf-8"))["jobs"]["collect"]
    limits = {step["name"]: step.get("timeout-minutes") for step in job["steps"]}
    assert limits["Collect"] + 5 <= job["timeout-minutes"]
    (push,) = (step for step in job["steps"] if step.get("id") == "push")
    assert push["if"] == "${{ !cancelled() }}"


def test_what_is_published_is_what_was_committed_with_all_secrets_it_asks_for() -> None:
    called = yaml.safe_load((WORKFLOWS / "publish.yml").read_text(encoding="utf-8"))
    caller = yaml.safe_load((WORKFLOWS / "collect.yml").read_text(encoding="utf-8"))
    asked = called[True]["workflow_call"]  # YAML 1.1 reads `on` as true
    publish = caller["jobs"]["publish"]
    assert publish["secrets"].keys() == asked["secrets"].keys()
    assert publish["with"].keys() == asked["inputs"].keys()
    for job in called["jobs"].values():
        assert job["permissions"].items() <= publish["permissions"].items() | {("pages", "read")}
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["ref"] == "${{ inputs.commit }}"
