"""Reads a file of plans, JSON or YAML. Needs the extra `cli`."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from kling._spec import load
from kling.mock._plans import Plans


class _Loader(yaml.SafeLoader):
    """Reads the words of YAML 1.2: `on` is a text, and 1e3 a number."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _starts in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("int", "[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("merge", "<<", "<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), list(_starts)
    )


def scenario(path: Path) -> list[Any]:
    """Return the plans of a file.

    Raises:
        ValueError: it holds no plans, with the name of the file and what would be right.
    """
    try:
        plans = _read(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is neither YAML nor JSON: {error}") from error
    except RecursionError as error:
        raise ValueError(f"{path} is nested too deeply") from error
    if not isinstance(plans, list):
        raise ValueError(f"{path} holds no list of plans")
    try:
        Plans(load()).add(plans)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return plans


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        # JSON may be indented with tabs, which YAML does not allow.
        return yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader)
