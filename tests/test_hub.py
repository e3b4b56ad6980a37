"""A hub: every feed names it, and it is told of those with news. Tried on a real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest

from generator import cli
from generator.cli import DONE, UNFINISHED, WRONG_USE, main
from generator.errors import Report
from generator.pipeline import build_site, render

from .sites import settings_for, workspace, write_digest

HUB = "https://hub.example.org/"
GRAPHS = ("Graph Neural Networks", "We propose a graph neural network.")
OTHER = ("A Survey of Diffusion", "We survey diffusion models for images.")


def rendered(digests: Path, hub: str) -> dict[str, bytes]:
    settings = replace(settings_for(digests, digests.parent / "docs"), websub_hub=hub)
    artifacts = render(build_site(settings, Report()), settings)
    return {artifact.path: artifact.content for artifact in artifacts}


def hubs(content: bytes) -> list[str]:
    """The hubs that a feed of any format names."""
    if content.startswith(b"{"):
        told = json.loads(content).get("hubs", [])
        assert all(hub["type"] == "WebSub" for hub in told)
        return [hub["url"] for hub in told]
    links = feedparser.parse(content).feed.links
    assert [link.href for link in links if link.rel == "self"]
    return [link.href for link in links if link.rel == "hub"]


def test_every_feed_names_the_hub_and_no_archive_does(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS)
    site = rendered(tmp_path / "digests", HUB)
    documents = {
        path: content
        for path, content in site.items()
        if path.startswith("feeds/") and path.count("/") > 1 and not path.endswith(".opml")
    }
    assert len(documents) > 10
    for path, content in documents.items():
        assert hubs(content) == ([] if "/archive/" in path else [HUB]), path


def test_without_a_hub_no_feed_names_one(tmp_path: Path) -> None:
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS)
    site = rendered(tmp_path / "digests", "")
    for file in ("rss.xml", "atom.xml", "feed.json"):
        assert hubs(site[f"feeds/all/{file}"]) == []


@dataclass
class Hub:
    """What a hub was told, and what it answers."""

    told: list[dict[str, list[str]]] = field(default_factory=list)
    status: int = 204
    address: str = ""


@contextmanager
def listening() -> Iterator[Hub]:
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            hub.told.append(parse_qs(body.decode()))
            self.send_response(hub.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name upstream
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hub.address = f"http://127.0.0.1:{server.server_address[1]}/"
        yield hub
        server.shutdown()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose newest day has a paper on graphs, and the day before it another."""
    write_digest(tmp_path / "digests", "2025-03-11.txt", OTHER)
    write_digest(tmp_path / "digests", "2025-03-12.txt", GRAPHS)
    folder = workspace(tmp_path / "repository", tmp_path / "digests")
    monkeypatch.setattr(cli, "ROOT", folder)
    monkeypatch.delenv("SITE_URL", raising=False)
    return folder


def test_the_hub_is_told_of_the_feeds_with_news(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening() as hub:
        monkeypatch.setenv("WEBSUB_HUB", hub.address)
        assert main(["ping"]) == DONE
    assert all(told["hub.mode"] == ["publish"] for told in hub.told)
    told = [
        url.removeprefix("https://example.org/broadsheet/feeds/")
        for request in hub.told
        for url in request["hub.url"]
    ]
    assert told[:4] == ["all/rss.xml", "all/atom.xml", "all/feed.json", "days/rss.xml"]
    assert "tags/graph-learning/atom.xml" in told
    assert "tags/diffusion-models/atom.xml" not in told
    assert "again/atom.xml" not in told
    assert len(told) == len(set(told))


def names(hub: Hub) -> set[str]:
    """The feeds that a hub was told of since it was asked last."""
    told = {url.split("/feeds/")[1].rpartition("/")[0] for t in hub.told for url in t["hub.url"]}
    hub.told.clear()
    return told


def test_the_hub_is_told_of_all_that_is_new_since_it_was_told_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests, theory = folder / "digests", ("On Bounds", "We prove a generalization bound.")
    with listening() as hub:
        monkeypatch.setenv("WEBSUB_HUB", hub.address)
        assert main(["ping"]) == DONE
        assert names(hub)
        assert main(["ping"]) == DONE
        assert names(hub) == set()
        # Two days at once, and only the older one has a paper on graphs.
        write_digest(digests, "2025-03-13.txt", ("More Graphs", "A graph neural network."))
        write_digest(digests, "2025-03-14.txt", theory)
        assert main(["ping"]) == DONE
        assert {"all", "days", "tags/graph-learning", "tags/theory"} <= (told := names(hub))
        assert "tags/diffusion-models" not in told
        # A day that came late, and one that grew by a paper listed before.
        write_digest(digests, "2025-03-10.txt", ("Diffusion", "A diffusion model for images."))
        write_digest(digests, "2025-03-11b.txt", theory)
        assert main(["ping"]) == DONE
        assert {"all", "days", "again", "tags/diffusion-models"} <= (told := names(hub))
        assert "tags/theory" not in told


def test_what_a_hub_refuses_it_is_told_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as hub:
        monkeypatch.setenv("WEBSUB_HUB", hub.address)
        hub.status = 503
        assert main(["ping"]) == UNFINISHED
        assert names(hub) == {"all"}
        hub.status = 204
        assert main(["ping"]) == DONE
        assert "tags/diffusion-models" not in (everything := names(hub))
        write_digest(folder / "digests", "2025-03-13.txt", ("More", "A graph neural network."))
        hub.status = 503
        assert main(["ping"]) == UNFINISHED
        hub.told.clear()
        hub.status = 204
        assert main(["ping"]) == DONE
        assert {"all", "tags/graph-learning"} <= names(hub) <= everything


def test_who_follows_a_topic_under_its_former_slug_is_told_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = {"slug": "networks", "name": "N", "facet": "f", "definition": "D.", "former": ["graph"]}
    topic |= {"firm": ["graph neural network"]}
    vocabulary = {"facets": [{"slug": "f", "name": "F"}], "tags": [topic]}
    (folder / "tags.yml").write_text(json.dumps(vocabulary))
    config = (folder / "mkdocs.yml").read_text()
    named = config.replace("  broadsheet:\n", "  broadsheet:\n    vocabulary: tags.yml\n")
    (folder / "mkdocs.yml").write_text(named)
    with listening() as hub:
        monkeypatch.setenv("WEBSUB_HUB", hub.address)
        assert main(["ping"]) == DONE
        assert {"tags/networks", "tags/graph"} <= names(hub)


def test_a_record_that_cannot_be_read_is_as_good_as_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".cache").mkdir(exist_ok=True)
    for content in ("[1]", '{"all": 1}', "{", "[" * 10**5):
        (folder / ".cache" / "told.json").write_text(content)
        with listening() as hub:
            monkeypatch.setenv("WEBSUB_HUB", hub.address)
            assert main(["ping"]) == DONE
            assert "tags/graph-learning" in (told := names(hub))
            assert "tags/diffusion-models" not in told


def test_a_dry_run_tells_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening() as hub:
        monkeypatch.setenv("WEBSUB_HUB", hub.address)
        assert main(["ping", "--dry-run"]) == DONE
    assert hub.told == []
    assert not (folder / ".cache" / "told.json").exists()
    assert "/feeds/all/atom.xml\n" in capsys.readouterr().out


def test_a_hub_that_refuses_is_named_with_its_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening() as hub:
        hub.status = 403
        monkeypatch.setenv("WEBSUB_HUB", hub.address)
        assert main(["ping"]) == UNFINISHED
    assert len(hub.told) == 1
    assert f"{hub.address} refused https://example.org/" in capsys.readouterr().err


def test_a_hub_that_is_gone_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening() as hub:
        pass
    monkeypatch.setenv("WEBSUB_HUB", hub.address)
    assert main(["ping"]) == UNFINISHED
    said = f"{hub.address} does not answer (Connection refused); run again later"
    assert said in capsys.readouterr().err


def test_without_a_hub_ping_says_where_to_set_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WEBSUB_HUB", raising=False)
    assert main(["ping"]) == WRONG_USE
    assert "no hub is set; set `websub_hub`" in capsys.readouterr().err
