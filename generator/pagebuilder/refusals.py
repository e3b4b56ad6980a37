"""What no site can be built with: what MkDocs refuses of a configuration, and what we do.

`build` finds the second before it asks MkDocs, and the first when MkDocs has stopped; `check` finds
both and builds nothing.
"""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from logging import CRITICAL, disable
from logging import NOTSET as EVERYTHING
from pathlib import Path
from typing import TYPE_CHECKING

from ..configfile import Config, in_yaml, read_config
from ..errors import BuildError, SettingsError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

HOOK = "generator/hooks.py"
THEME = "generator/theme"
"""Both from the folder of `mkdocs.yml`."""

_MISSING = "Required configuration not provided."
_WRONG_TYPE = re.compile(r"Expected type: <class '(\w+)'> but received: <class '\w+'>")
_TYPES = {
    "str": "text",
    "bool": "true or false",
    "int": "a whole number",
    "list": "a list of `- value` lines",
    "dict": "a list of `name: value` lines",
}


def refuse_other_frame(config_file: Path) -> None:
    """`SettingsError` where a configuration leaves out what makes our pages, or contradicts it."""
    config = read_config(config_file)
    if faults := [*_faults_of_frame(config, config_file.resolve().parent)]:
        raise SettingsError("; ".join(faults))


@dataclass(frozen=True, slots=True)
class Asked:
    """A configuration as MkDocs reads it."""

    file: Path
    config: MkDocsConfig
    warnings: Sequence[tuple[str, str]]
    """Settings that it warns of, each with what it says."""


def refuse_what_mkdocs_does(config_file: Path) -> Asked:
    """`SettingsError` where MkDocs refuses a configuration, or cannot load what it names."""
    # Not before: to build what has changed takes a fifth of the time that this import does.
    from mkdocs.config.defaults import MkDocsConfig  # noqa: PLC0415

    config, file = read_config(config_file), config_file.resolve()
    asked = MkDocsConfig(config_file_path=str(file))
    disable(CRITICAL)  # plugins say in the log of the build what they have to say
    try:
        with file.open("rb") as content:
            asked.load_file(content)
        errors, warnings = asked.validate()
    except Exception as error:  # noqa: BLE001  a hook or a plugin is a program that may raise all
        said = in_a_line(str(error) or type(error).__name__)
        raise SettingsError(f"{_culprit(error, file)}: {said}; mend it") from None
    finally:
        disable(EVERYTHING)
    if errors:
        said_of = (
            (name, _sentence(name, str(error), config.values.get(name))) for name, error in errors
        )
        raise SettingsError("; ".join(f"{config.place(name)}: {said}" for name, said in said_of))
    if unknown := _unknown_language(asked):
        raise SettingsError(f"{config.place('theme', 'language')}: theme: language is {unknown}")
    return Asked(file, asked, tuple((name, str(warning)) for name, warning in warnings))


def refuse_names(docs: Path, pages: Iterable[str]) -> None:
    """`BuildError` where the name of a page, a path below the docs, could stand in no address."""
    for page in pages:
        if not page.isascii():
            try:
                page.encode()
            except UnicodeEncodeError:
                said = "its name is not UTF-8, so no address leads there; rename it"
                raise BuildError(f"{docs / page}: {said}") from None


def _faults_of_frame(config: Config, root: Path) -> Iterator[str]:
    hooks = config.values.get("hooks")
    named = hooks if isinstance(hooks, list) else []
    if not any(is_at(name, HOOK, root) for name in named):
        yield (
            f"{config.place('hooks')}: hooks lacks {HOOK}, without which MkDocs makes nothing of "
            f"the digests; add the line `  - {HOOK}` below `hooks:`"
        )
    if config.values.get("use_directory_urls") is False:
        yield (
            f"{config.place('use_directory_urls')}: use_directory_urls is false, and every address "
            "in feeds and data ends in a slash; set it to true"
        )
    theme = config.values.get("theme")
    if isinstance(theme, Mapping) and theme.get("name") != "material":
        folder = theme.get("custom_dir")
        if is_at(folder, THEME, root):
            yield (
                f"{config.place('theme', 'name')}: theme: name is {in_yaml(theme.get('name'))}, "
                f"and the templates in {folder} are made for material; set it to material, or "
                "remove custom_dir and static_templates"
            )
    extra = config.values.get("extra")
    social = extra.get("social") if isinstance(extra, Mapping) else None
    if social and not _are_addresses(social):
        yield (
            f"{config.place('extra', 'social')}: extra: social is {in_yaml(social)}; it must be a "
            "list of whole addresses, each a line `- link: https://…`, with a `name:` or without"
        )


def _are_addresses(social: object) -> bool:
    """Whether a value is a list of objects whose `link` is an address of any kind."""
    if not isinstance(social, list):
        return False
    links = [one.get("link") if isinstance(one, Mapping) else None for one in social]
    return all(isinstance(link, str) and link.partition(":")[2] for link in links)


def _unknown_language(asked: MkDocsConfig) -> str:
    """The language of the theme's own words, where it has none of them, and what to do."""
    language = asked.theme.get("language")
    if asked.theme.name != "material" or language is None:
        return ""
    folders = (Path(folder, "partials", "languages") for folder in asked.theme.dirs)
    known = sorted(file.stem for folder in folders for file in folder.glob("*.html"))
    if not known or language in known:
        return ""
    near = difflib.get_close_matches(str(language), known, n=1)
    hint = f"did you mean {near[0]}?" if near else "set it to one such as en or de"
    return f"{in_yaml(language)}, which material does not know; {hint}"


def is_at(named: object, path: str, root: Path) -> bool:
    """Whether a name in `mkdocs.yml` leads to that path."""
    return isinstance(named, str) and (root / named).resolve() == (root / path).resolve()


def _sentence(name: str, message: str, value: object) -> str:
    if message == _MISSING:
        return f"{name} is missing or empty, and MkDocs needs it; write a line `{name}: …`"
    if wrong := _WRONG_TYPE.fullmatch(message):
        quotes = ": put it in quotes" if wrong[1] == "str" and _is_plain(value) else ""
        return f"{name} is {in_yaml(value)}; it must be {_TYPES.get(wrong[1], wrong[1])}{quotes}"
    return f"{name}: {in_a_line(message)}; mend what stands there, or remove it"


def _is_plain(value: object) -> bool:
    """Whether a value would be text within quotes."""
    return value is not None and not isinstance(value, list | Mapping)


def in_a_line(message: str) -> str:
    """The first and the last line of a message: what is between is how the program came there."""
    lines = [line.strip().rstrip(".;") for line in message.splitlines() if line.strip()]
    return ": ".join(dict.fromkeys([lines[0], lines[-1]])) if lines else "it cannot be loaded"


def below(root: Path, path: str) -> str:
    """A path as seen from a folder, if it lies there."""
    return path.removeprefix(f"{root}/")


def _culprit(error: Exception, file: Path) -> str:
    """The last place of the publisher's own that an error came through."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{below(file.parent, error.filename)}:{error.lineno}"
    installed = "/site-packages/"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(file.parent) and installed not in frame.filename:
            path = below(file.parent, frame.filename)
            if not path.startswith("generator/"):
                return f"{path}:{frame.lineno}"
    return file.name
