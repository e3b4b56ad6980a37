"""Edits of everything but the digests: settings, vocabulary, templates, program, pages by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

import yaml

from ..conftest import ROOT
from .inputs import SMALL, Edit, Inputs, as_yaml, place

OF_THE_REST: list[Edit] = []
"""Every edit below."""


def kind(edit: Edit) -> Edit:
    """Add one to the list."""
    OF_THE_REST.append(edit)
    return edit


SETTINGS: Mapping[str, tuple[str, ...]] = {
    "authority": ("example.net", "me.example"),
    "feed_days": ("1", "3"),
    "feed_items": ("1", "9"),
    "feed_hour": ("0", "23"),
    "feed_archives": ("papers", "none"),
    "websub_hub": ("https://hub.example.org/",),
    "paper_pages_from": ("2026",),
    "author_pages": ("0", "1", "3"),
    "author_feeds": ("true",),
    "ai_summaries": ("true",),
    "citations": ("false",),
    "take_days": ("0", "2"),
    "markdown": ("true",),
    "offline": ("true",),
    "data": ("false",),
    "search": ("false",),
    "fast_pages": ("false",),
    "stale_after": ("3",),
}


@kind
def set_a_setting(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(list(SETTINGS))
    inputs.settings[name] = chance.choice(SETTINGS[name])
    return f"{name}: {inputs.settings[name]}"


@kind
def take_a_setting_back(inputs: Inputs, chance: Random) -> str:
    names = [name for name in inputs.settings if name != "vocabulary"]
    if not names:
        return ""
    name = chance.choice(names)
    del inputs.settings[name]
    return name


@kind
def choose_or_change_a_vocabulary(inputs: Inputs, chance: Random) -> str:
    data = yaml.safe_load(inputs.text("generator/data/tags.yml"))
    chance.shuffle(data["tags"])
    for tag in data["tags"][:3]:
        tag["name"] = f"{tag['name']} {chance.randrange(9)}"
    data["tags"][3]["synonyms"] = ["bound", "works"]
    data["tags"] = data["tags"][: -chance.randrange(1, 20)]
    inputs.files["topics.yml"] = as_yaml(data)
    inputs.settings["vocabulary"] = "topics.yml"
    return f"{len(data['tags'])} tags"


@kind
def leave_the_vocabulary(inputs: Inputs, chance: Random) -> str:
    return inputs.settings.pop("vocabulary", "")


@kind
def change_a_template(inputs: Inputs, chance: Random) -> str:
    """Of pages, of what is taken along or of the theme: another class on some element."""
    folders = (ROOT / "generator" / "templates", ROOT / "generator" / "theme")
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    path = chance.choice(files).relative_to(ROOT).as_posix()
    text = inputs.text(path)
    places = [found.end() for found in re.finditer(r' class="', text)]
    if not places:
        return ""
    place = chance.choice(places)
    mark = f"e{chance.randrange(1000)} "
    inputs.files[path] = (text[:place] + mark + text[place:]).encode()
    return f"{path}: {mark} at {place}"


def _add(inputs: Inputs, chance: Random, files: str, more: str) -> str:
    """Add to the end of one of the repository's files; its path."""
    path = chance.choice(sorted(ROOT.glob(files))).relative_to(ROOT).as_posix()
    inputs.files[path] = (inputs.text(path) + more.format(chance.randrange(1000))).encode()
    return path


@kind
def add_to_a_template(inputs: Inputs, chance: Random) -> str:
    return _add(inputs, chance, "generator/templates/*.md.j2", "\n<p>Added {}</p>\n")


@kind
def change_a_word_of_the_program(inputs: Inputs, chance: Random) -> str:
    path, old = chance.choice(
        [
            ("generator/outputs/words.py", '"Wednesday"'),
            ("generator/outputs/words.py", '"Tuesday"'),
            ("generator/routes.py", '"feeds/newest.js"'),
            ("generator/outputs/views.py", "OPENING = 320"),
            ("generator/data/terms.tsv", "\t17\t"),
            ("generator/data/weights.tsv", "# Which words"),
            ("generator/data/tags.yml", "Tasks"),
            ("generator/pagebuilder/squeeze.py", '"""'),
            ("generator/dates.py", '"""'),
        ]
    )
    new = old.replace("320", "120").replace("17", "18").replace("s", "z").replace('"""', '"""A')
    text = inputs.text(path)
    if old not in text:
        return ""
    inputs.files[path] = text.replace(old, new, 1).encode()
    return f"{path}: {old} to {new}"


@kind
def change_an_asset(inputs: Inputs, chance: Random) -> str:
    return _add(inputs, chance, "docs/assets/*.[jcs][sv]*", "/* {} */\n")


@kind
def add_an_asset(inputs: Inputs, chance: Random) -> str:
    path = f"docs/assets/mine-{chance.randrange(3)}.css"
    inputs.files[path] = f"p {{ margin: {chance.randrange(9)}px }}\n".encode()
    return path


@kind
def write_a_page(inputs: Inputs, chance: Random) -> str:
    path = f"docs/{chance.choice(['notes', 'notes/more', 'notes/index', 'zz'])}.md"
    text = f"# Notes {chance.randrange(100)}\n\nOf [ours](/about.md), *{chance.random()}*.\n"
    inputs.files[path] = text.encode()
    return path


@kind
def change_about(inputs: Inputs, chance: Random) -> str:
    text = f"{inputs.text('docs/about.md')}\n## More {chance.randrange(99)}\n\nAnd more.\n"
    inputs.files["docs/about.md"] = text.encode()
    return "about.md"


@kind
def put_a_file_back_as_it_was(inputs: Inputs, chance: Random) -> str:
    """Or take it away, where the repository has none."""
    small = {place(limit)[0] for limit in SMALL}
    kept = small | ({"topics.yml"} if "vocabulary" in inputs.settings else set())
    paths = [path for path in inputs.files if path not in kept]
    if not paths:
        return ""
    path = chance.choice(paths)
    del inputs.files[path]
    return path


@kind
def change_the_configuration(inputs: Inputs, chance: Random) -> str:
    """Of MkDocs and the theme: a number makes each line another one."""
    number = chance.randrange(100)
    text = inputs.text("mkdocs.yml")
    pattern, new = chance.choice(
        [
            (r"(?m)^site_name: .*$", f"site_name: Paper {number}"),
            (r"(?m)^site_description: .*$", f"site_description: Of {number} & more."),
            (r"(?m)^  - Topics: tags.md$", "  - Subjects: tags.md"),
            (r"(?m)^  - Trends: trends.md\n", ""),
            (r"(?m)^    - content.code.copy$", "    - content.code.copy\n    - toc.integrate"),
            (r"permalink: true", "permalink: false"),
            (r"(?m)^  - admonition\n", ""),
            (r"(?m)^  font: false$", f"  font: false\n  language: {chance.choice(['en', 'de'])}"),
            (r"(?m)^extra_css:$", f"extra_css:\n  - assets/mine-{number}.css"),
            (r"(?m)^  generator: false$", f"  generator: false\n  homepage: https://h{number}.org"),
        ]
    )
    changed, found = re.subn(pattern, new, text, count=1)
    inputs.files["mkdocs.yml"] = changed.encode()
    return new or pattern if found else ""


@kind
def change_the_environment(inputs: Inputs, chance: Random) -> str:
    name = chance.choice(["SITE_URL", "REPOSITORY_URL", "WEBSUB_HUB"])
    if name in inputs.environment:
        del inputs.environment[name]
        return f"no {name}"
    inputs.environment[name] = (
        f"https://{chance.choice('abc')}.example{chance.choice(['', '/', '/x/'])}"
    )
    return f"{name}={inputs.environment[name]}"


@kind
def make_a_mistake(inputs: Inputs, chance: Random) -> str:
    """What stops a build, until the next edit of this kind mends it."""
    mistakes: dict[str, bytes] = {
        "digests/keys.yml": b"some-key: other-key\n",
        "generator/templates/trends.md.j2": b"{% if %}\n",
        "generator/theme/partials/masthead.html": b"{% endfor %}\n",
        "mkdocs.yml": b"site_name: [\n",
    }
    made = [path for path, content in mistakes.items() if inputs.files.get(path) == content]
    for path in made:
        del inputs.files[path]
    if made:
        return f"mended {made}"
    path = chance.choice(list(mistakes))
    inputs.files[path] = mistakes[path]
    return path
