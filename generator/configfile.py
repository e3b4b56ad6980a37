"""Reads `mkdocs.yml` and what it inherits from, as MkDocs does; says in which file and line a value
stands.

The files hold `!ENV` and Python tags that a plain safe loader refuses; `!ENV` is resolved as MkDocs
does it, other tags are read as nothing, since no setting of ours uses one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]  # ships no types

from .errors import SettingsError
from .yamltext import SafeLoader, reason_of

_BASE = "INHERIT"
"""Under which a file names the one whose values count where it states none."""


class _Loader(SafeLoader):
    """Safe, and blind to the tags that only MkDocs needs.

    A name that stands twice is refused: YAML takes the last one, so a second `extra:` at the end of
    a file would silently undo all that the first one says.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        first: dict[str, int] = {}
        for name, _ in node.value:
            if not isinstance(name, yaml.ScalarNode) or name.value == "<<":
                continue
            line = name.start_mark.line + 1
            if first.setdefault(name.value, line) != line:
                before = (
                    f"{name.value} stands in line {first[name.value]} already: put both together"
                )
                raise yaml.constructor.ConstructorError(None, None, before, name.start_mark)
        return super().construct_mapping(node, deep)


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


class Config:
    """A configuration, whichever of its files a value stands in."""

    def __init__(self, stated: Mapping[Path, Mapping[str, Any]]) -> None:
        """`stated` is what each file states: `mkdocs.yml` first, then what it inherits from."""
        self._stated = stated
        self.files = list(stated)
        self.values = reduce(_merged, [*stated.values()][::-1])

    def place(self, *names: object) -> str:
        """For a message, file and line of the value that counts of those that these names lead to,
        and the variable that it comes from; if there is none, `mkdocs.yml`."""
        main = self.files[0]
        having = (file for file, values in self._stated.items() if _has(values, names))
        file = next(having, main)
        line, variable = _line_of(file, names)
        place = os.path.relpath(file, main.parent) + (f":{line}" if line else "")
        return f"{place} (the variable {variable})" if variable else place


def read_config(main: Path) -> Config:
    """A configuration; `SettingsError` says which of its files is wrong and how to mend it."""
    values = _read(main, f"{main} is missing; run this in the folder that holds mkdocs.yml")
    stated, file = {main: values}, main
    while _BASE in values:
        base = values.pop(_BASE)
        if not isinstance(base, str) or not base:
            raise SettingsError(
                f"{file}: {_BASE} is {in_yaml(base)}; it must be the path of a file"
            )
        missing = f"{file}: {_BASE} is {base}, and there is no such file; mend the path"
        file = Path(os.path.normpath(file.parent / base))
        if file in stated:
            raise SettingsError(f"{file} inherits from itself in the end; remove an {_BASE}")
        stated[file] = values = _read(file, missing)
    return Config(stated)


def files_of_config(main: Path) -> list[Path]:
    """The files of a configuration; most inherit from none, and are not parsed to know that."""
    return read_config(main).files if _BASE.encode() in main.read_bytes() else [main]


def in_yaml(value: object) -> str:
    """A value in a message, as its file might have it.

    >>> in_yaml(None), in_yaml(True), in_yaml("2025"), in_yaml(["a b", 1]), in_yaml({"a": {}})
    ('empty', 'true', '"2025"', '["a b", 1]', '{"a": {}}')
    """
    if value is None:
        return "empty"
    if isinstance(value, date):
        return value.isoformat()
    # In a line: JSON is YAML, but for what is no number there, and what holds itself by an alias.
    try:
        text = json.dumps(value, ensure_ascii=False, default=str, skipkeys=True)
    except ValueError:
        return "a value that holds itself"
    text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return text if len(text) <= 100 else text[:99] + "…"


def _line_of(file: Path, names: Sequence[object]) -> tuple[int, str]:
    """The line of a file with the last of these names, level by level, or 0 where they lead to
    none; the variable of the environment that its value comes from.

    Only asked for when something is wrong: the file is parsed for it once more.
    """
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return 0, ""
    line = 0
    for name in names:
        if not isinstance(node, yaml.MappingNode):
            return 0, ""
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == str(name):
                line, node = key.start_mark.line + 1, value
                break
        else:
            return 0, ""
    return line, _variable(node) if node and node.tag == "!ENV" else ""


def _variable(node: yaml.Node) -> str:
    """Which of the variables that an `!ENV` names gives it its value: the first that is set."""
    named = node.value[:-1] or node.value if isinstance(node, yaml.SequenceNode) else [node]
    return next((one.value for one in named if one.value in os.environ), "")


def _read(file: Path, missing: str) -> dict[str, Any]:
    """What one file states; `missing` is said where there is none."""
    try:
        values = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a SafeLoader
    except FileNotFoundError:
        raise SettingsError(missing) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise SettingsError(f"{file} cannot be read: {reason_of(error)}") from None
    if values is None:  # a file of comments alone
        return {}
    if not isinstance(values, dict):
        raise SettingsError(f"{file} holds no settings; restore it from the repository")
    return values


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    """What both state, level by level; of what differs and of lists, what is stated `over` it."""
    merged = {**base, **over}
    for name in base.keys() & over.keys():
        if isinstance(base[name], Mapping) and isinstance(over[name], Mapping):
            merged[name] = _merged(base[name], over[name])
    return merged


def _has(values: object, names: Sequence[object]) -> bool:
    """Whether these names, level by level, lead to a value."""
    for name in names:
        if not isinstance(values, Mapping) or name not in values:
            return False
        values = values[name]
    return True
