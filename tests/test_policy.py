"""The content security policy: what it says, and what a publisher may add to it.

That pages of every kind need no more, and that it holds, `test_hostile.py` sees in a browser.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from generator.config import load_settings
from generator.errors import SettingsError
from generator.policy import MOST_HOSTS, of_file, of_generated, of_hand_written

SETTINGS = "site_url: https://x.org/\nextra: {{broadsheet: {{other_hosts: {}}}}}\n"
GOLDEN = Path(__file__).parent / "golden" / "docs" / "take"


def directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split(" ") for part in policy.split("; "))
    return {name: sources for name, *sources in parts}


def hosts_in(folder: Path, given: str) -> str:
    config = folder / "mkdocs.yml"
    config.write_text(SETTINGS.format(json.dumps(given)), encoding="utf-8")
    return load_settings(config).other_hosts


def test_other_hosts_serve_scripts_styles_pictures_fonts_and_data_and_no_more() -> None:
    plain = directives(of_generated())
    added = directives(of_generated("https://a.example https://b.example"))
    differ = {name for name in plain if plain[name] != added[name]}
    assert differ == {"script-src", "style-src", "img-src", "font-src", "connect-src"}
    assert all(added[n] == [*plain[n], "https://a.example", "https://b.example"] for n in differ)


def test_nothing_inline_runs_but_what_mkdocs_adds_while_it_serves() -> None:
    for policy in (of_generated, of_hand_written):
        assert directives(policy())["script-src"] == ["'self'"]
        assert directives(policy(serving=True))["script-src"] == ["'self'", "'unsafe-inline'"]
    assert "unsafe" not in of_generated()


def test_a_page_names_its_encoding_where_browsers_look_for_it_whatever_hosts_there_are() -> None:
    longest = of_hand_written("h" * MOST_HOSTS, serving=True)
    head = '<!doctype html>\n<html lang="en" class="no-js">\n<head>\n'
    meta = f'<meta http-equiv="content-security-policy" content="{longest}">\n'
    assert len(f'{head}{meta}<meta charset="utf-8">') <= 1024


def test_the_style_of_a_day_to_take_along_is_the_one_its_policy_names() -> None:
    for path in GOLDEN.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in page
        assert of_file(style) in page


def test_hosts_are_read_with_any_white_space_between(tmp_path: Path) -> None:
    assert hosts_in(tmp_path, " https://a.example\n https://*.b.example:8443 ") == (
        "https://a.example https://*.b.example:8443"
    )
    assert hosts_in(tmp_path, "") == ""


@pytest.mark.parametrize(
    "given",
    ["*", "https:", "http://a.example", "a.example", "'unsafe-inline'", "https://a.example;x",
     "https://a.example/x", "https://*", "data:", "https://a.example,https://b.example",
     "https://" + "a" * MOST_HOSTS],
)  # fmt: skip
def test_what_is_no_host_or_is_too_long_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingsError, match="other_hosts"):
        hosts_in(tmp_path, given)
