"""What the workflows may do and what they run: the rules of all of them, the steps of collecting
against the played services, and the locks they install from."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import ROOT
from .services import Listed, playing
from .sites import workspace

WORKFLOWS = ROOT / ".github" / "workflows"
FILES = sorted(WORKFLOWS.glob("*.yml"))
PINNED = re.compile(r"uses: ([\w-]+/[\w/-]+@[0-9a-f]{40}) # (v\d+\.\d+\.\d+)")
LOCKED = re.compile(
    r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; [^\\]+)? \\\n((?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE
)
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


PUSH = "Commit and push what was filed"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A publisher's repository as a job checks it out, without its history; another one beside it
    to push to."""
    (tmp_path / "digests").mkdir()
    begun = workspace(tmp_path / "begun", tmp_path / "digests")
    (begun / ".gitignore").write_text("__pycache__/\n/.cache/\n")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(begun, "init", "--quiet", "--initial-branch=main")
    git(begun, "remote", "add", "origin", str(tmp_path / "origin.git"))
    for message in ("Begin", "Go on"):
        git(begun, "add", ".gitignore", "generator", "mkdocs.yml")
        commit(begun, message)
        with (begun / "mkdocs.yml").open("a") as settings:
            settings.write("# on\n")
    git(begun, "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--depth=1", (tmp_path / "origin.git").as_uri(), "checkout")
    (tmp_path / "checkout" / "docs").mkdir()
    return tmp_path / "checkout"


def commit(folder: Path, message: str) -> None:
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(folder, *person, "commit", "--quiet", "--allow-empty", "-m", message)


def step(checkout: Path, name: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A step of collecting, as GitHub runs it; what it puts out is in `output` beside it."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps()[name]],
        cwd=checkout,
        env={
            **environment(),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(checkout.parent / "output"),
            "GITHUB_REF": "refs/heads/main",
            "PYTHONDONTWRITEBYTECODE": "1",
            **more,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_steps_collect_commit_push_and_notice_that_nothing_comes(checkout: Path) -> None:
    output = checkout.parent / "output"
    with playing() as played:
        played.daily = {date(2025, 3, 12): [Listed("2503.10001", "Nets for All")]}
        config = (checkout / "mkdocs.yml").read_text().replace("digests: digests", "digests: days")
        (checkout / "mkdocs.yml").write_text(config + ADDRESSES.format(played.address))
        git(checkout, "add", "mkdocs.yml")
        commit(checkout, "Set")
        assert step(checkout, "Collect").returncode == 0
        assert played.statuses == [200, 200]
    assert step(checkout, PUSH, TOKEN="x").returncode == 0
    origin = checkout.parent / "origin.git"
    assert output.read_text() == f"commit={git(origin, 'rev-parse', 'main')}\n"
    changed = git(origin, "show", "--name-only", "--format=%s", "main").split("\n")
    assert changed[0].startswith("Collect the digests of ")
    assert changed[2:] == ["days/2025/2025-03-12-daily-papers.jsonl"]
    # A quiet day is a success, and publishes nothing.
    assert step(checkout, PUSH, TOKEN="x").returncode == 0
    assert output.read_text().count("commit=") == 1
    # Whatever today is, it is more than a week later.
    stale = step(checkout, "Fail where nothing has come for long", STALE_AFTER="7")
    assert stale.returncode == 1


def push_from_elsewhere(checkout: Path, path: str, text: str) -> None:
    """What somebody else pushes after the job has checked out, twice."""
    elsewhere = checkout.parent / "begun"
    for number in (1, 2):
        (elsewhere / path).parent.mkdir(exist_ok=True)
        (elsewhere / path).write_text(text * number)
        git(elsewhere, "add", path)
        commit(elsewhere, "Add another")
    git(elsewhere, "push", "--quiet", "origin", "main")


def test_what_is_pushed_while_a_job_collects_stays_and_the_day_goes_on_top(checkout: Path) -> None:
    push_from_elsewhere(checkout, "digests/2025-03-11.txt", "Another digest.\n")
    (checkout / "digests").mkdir()
    (checkout / "digests" / "2025-03-12.txt").write_text("A digest.\n")
    done = step(checkout, PUSH, TOKEN="x")
    assert done.returncode == 0, done.stderr
    origin = checkout.parent / "origin.git"
    assert git(origin, "ls-tree", "--name-only", "main", "digests/").split() == [
        "digests/2025-03-11.txt",
        "digests/2025-03-12.txt",
    ]
    subjects = git(origin, "log", "--format=%s", "main").split("\n")
    assert subjects[1:] == ["Add another", "Add another", "Go on", "Begin"]
    pushed = f"commit={git(origin, 'rev-parse', 'main')}\n"
    assert (checkout.parent / "output").read_text() == pushed


def test_a_day_that_contradicts_what_was_pushed_meanwhile_is_left_for_the_next_run(
    checkout: Path,
) -> None:
    push_from_elsewhere(checkout, "digests/keys.yml", "one: [two]\n")
    (checkout / "digests").mkdir()
    (checkout / "digests" / "keys.yml").write_text("three: [four]\n")
    origin = checkout.parent / "origin.git"
    before = git(origin, "rev-parse", "main")
    done = step(checkout, PUSH, TOKEN="x")
    assert done.returncode == 1
    assert "Somebody else changed the same lines of the digests: run" in done.stdout
    assert git(origin, "rev-parse", "main") == before
    assert not (checkout.parent / "output").exists()


def test_a_push_that_is_refused_for_another_reason_ends(checkout: Path) -> None:
    hook = checkout.parent / "origin.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'the branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    (checkout / "digests").mkdir()
    (checkout / "digests" / "2025-03-12.txt").write_text("A digest.\n")
    done = step(checkout, PUSH, TOKEN="x")
    assert done.returncode == 1
    assert "the branch is protected" in done.stderr
    assert "The push was refused for the reason above" in done.stdout
    assert not (checkout.parent / "output").exists()


def test_a_service_that_takes_too_long_leaves_time_to_push_what_came() -> None:
    job = yaml.safe_load((WORKFLOWS / "collect.yml").read_text(encoding="utf-8"))["jobs"]["collect"]
    limits = {step["name"]: step.get("timeout-minutes") for step in job["steps"]}
    assert limits["Collect"] + 5 <= job["timeout-minutes"]
    (push,) = (step for step in job["steps"] if step.get("id") == "push")
    assert push["if"] == "${{ !cancelled() }}"


def test_what_is_published_is_what_the_branch_holds_then_and_the_same_in_every_job() -> None:
    # Of two runs the later one may have begun with the older commit.
    jobs = jobs_of(WORKFLOWS / "publish.yml")
    whole = yaml.safe_load((WORKFLOWS / "publish.yml").read_text(encoding="utf-8"))
    assert whole["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert jobs["build"]["outputs"]["commit"] == "${{ steps.checked-out.outputs.commit }}"
    for name, job in jobs.items():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                own, told = "${{ github.ref }}", "${{ needs.build.outputs.commit }}"
                assert step["with"]["ref"] == (own if name == "build" else told)
                assert name == "build" or "build" in job["needs"]


def test_collecting_hands_publishing_all_secrets_and_permissions_it_asks_for() -> None:
    called = yaml.safe_load((WORKFLOWS / "publish.yml").read_text(encoding="utf-8"))
    publish = jobs_of(WORKFLOWS / "collect.yml")["publish"]
    asked = called[True]["workflow_call"]  # YAML 1.1 reads `on` as true
    assert publish["secrets"].keys() == asked["secrets"].keys()
    for job in called["jobs"].values():
        assert job["permissions"].items() <= publish["permissions"].items() | {("pages", "read")}


# --- the rules of all workflows ------------------------------------------------------------------


def jobs_of(path: Path) -> dict[str, Any]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    assert isinstance(jobs, dict)
    return jobs


def steps_of(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs_of(path).values():
        yield from job.get("steps", ())


def test_every_action_is_pinned_to_a_commit_and_says_which_release_it_is() -> None:
    pinned: dict[str, set[tuple[str, str]]] = {}
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses: " in line and "uses: ./" not in line:
                found = PINNED.fullmatch(line.strip())
                assert found, (path.name, line)
                pinned.setdefault(found[1].partition("@")[0], set()).add((found[1], found[2]))
    # One release of each, so that a comment cannot say of one commit what is true of another.
    assert {action: len(releases) for action, releases in pinned.items()} == dict.fromkeys(
        pinned, 1
    )
    assert "actions/checkout" in pinned


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_workflow_may_nothing_and_each_job_what_it_says(path: Path) -> None:
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert whole["permissions"] == {}
    for name, job in whole["jobs"].items():
        assert isinstance(job["permissions"], dict), name
        assert "uses" in job or job["timeout-minutes"] <= 20, name
    for step in steps_of(path):
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
    writing = re.compile(r"^ +[a-z-]+: write$", re.MULTILINE)
    assert not writing.search(path.read_text(encoding="utf-8")), "says not what it writes for"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_command_is_made_of_text_from_outside(path: Path) -> None:
    # What `${{ }}` stands for is put into a command before a shell reads it: a title could act.
    commands = [step["run"] for step in steps_of(path) if "run" in step]
    assert [command for command in commands if "${{" in command] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_secret_is_in_reach_of_a_pull_request(path: Path) -> None:
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    events = set(whole[True])  # YAML 1.1 reads `on` as true
    assert not events & {"pull_request_target", "workflow_run", "issue_comment", "issues"}
    if "pull_request" in events:
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "github.token" not in text
        assert {
            scope for job in whole["jobs"].values() for scope in job["permissions"].items()
        } == {("contents", "read")}


# --- the locks -----------------------------------------------------------------------------------


def locked(name: str) -> dict[str, tuple[str, str]]:
    """Version and hashes of each package of a lock, which has nothing else."""
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = {found[1]: (found[2], found[3]) for found in LOCKED.finditer(text)}
    rest = re.sub(r"^ *#.*\n", "", LOCKED.sub("", text), flags=re.MULTILINE)
    assert rest == ""
    return packages


def test_every_package_is_locked_with_its_hashes_and_the_tests_run_on_what_is_published() -> None:
    site, tests, build = map(
        locked, ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
    )
    assert site.items() <= tests.items()
    assert build
    for version, hashes in (*tests.values(), *build.values()):
        assert re.fullmatch(r"[0-9][\w.+!]*", version)
        assert re.fullmatch(r"(?:\s*--hash=sha256:[0-9a-f]{64} ?\\?\n)+", hashes)


def test_nothing_is_installed_but_from_the_locks() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "export PIP_BUILD_CONSTRAINT := requirements-build.txt" in makefile
    for command in re.findall(r"\$\(PIP\) .*", makefile):
        assert command.startswith("$(PIP) install --require-hashes -r")
    for step in (step for path in FILES for step in steps_of(path)):
        if "pip " in step.get("run", ""):
            assert step["run"] == "pip install --require-hashes -r requirements.txt"
            assert step["env"] == {"PIP_BUILD_CONSTRAINT": "requirements-build.txt"}


@pytest.mark.parametrize("target", ["site", "serve", "check"])
def test_make_hands_on_what_a_verb_is_to_be_told(target: str) -> None:
    # Within another make, as these tests run by `make test`, it would say which folder it leaves.
    flags = ["--dry-run", "--always-make", "--no-print-directory"]
    command = ["make", *flags, target, "ARGS=--address 127.0.0.1:8001"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith(" --address 127.0.0.1:8001")


def test_what_cannot_be_installed_is_asked_for_again_and_says_what_may_be_missing(
    tmp_path: Path,
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").touch()
    python.write_text("#!/bin/sh\necho 'ERROR: no matching distribution' >&2; exit 1\n")
    python.chmod(0o755)
    for _ in range(2):
        done = subprocess.run(
            ["make", "site"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        said = done.stderr.splitlines()
        assert said[0] == "ERROR: no matching distribution"
        assert said[1].startswith("Not installed, for the reason above: see that this machine")


def test_the_list_of_what_a_site_is_built_with_has_all_of_it_and_is_the_same_each_time(
    tmp_path: Path,
) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = re.search(
        r"\$\(BIN\)/cyclonedx-py (.*) --output-file sbom\.cdx\.json (\S+)$", makefile, re.MULTILINE
    )
    assert command
    lists = []
    for seed in ("1", "2"):
        done = subprocess.run(
            # `make sbom` also holds the list to its schema, which takes six seconds.
            [
                sys.executable,
                "-m",
                "cyclonedx_py",
                *command[1].split(),
                "--no-validate",
                ROOT / command[2],
            ],
            cwd=tmp_path,
            env={**environment(), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        lists.append(done.stdout)
    assert lists[0] == lists[1]
    parts = json.loads(lists[0])["components"]
    assert {part["name"]: part["version"] for part in parts} == {
        name: version for name, (version, _) in locked("requirements.txt").items()
    }
    assert all(part["externalReferences"][0]["hashes"] for part in parts)
