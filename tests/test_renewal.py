"""A site is made of the one before, whatever became of the runs between."""

from __future__ import annotations

from pathlib import Path

from generator.holdings import hold
from generator.kept import Kept
from generator.renewal import note_site, renew
from generator.stamps import stamp_of
from generator.writing import write_file

URL = "https://example.org/base/"


def test_a_page_that_a_killed_run_removed_is_in_no_sitemap(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    for folder in (docs, site):
        write_file(f"{folder}/data.json", b"{}")
    write_file(f"{site}/index.html", b"home")
    kept = Kept(tmp_path / "kept", {"program": "1"})
    generated = {"data.json": hold(f"{docs}/data.json", b"", stamp_of(b"{}"))}
    # The page of `gone/` went with an exchange; the run that made it was killed before it noted so.
    pages = {URL: "2025-03-12", f"{URL}gone/": "2025-03-12"}
    note_site(kept, site, b"frame", generated, {}, pages)
    kept.save()
    renew(site, docs, URL, kept, b"frame", generated)
    kept.close()
    listed = (site / "sitemap.xml").read_text()
    assert f"<loc>{URL}</loc>" in listed
    assert "gone" not in listed
