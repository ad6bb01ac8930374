"""Reads JSON and YAML 1.2. In YAML 1.2, `on` is text and `1e3` is a number.

This module needs the extra `cli`.
"""

import itertools
import json
import math
import re
from typing import IO, Any

import yaml

# In characters. A request with several images in base64 is smaller than this. The module json
# reads a file of this size in a second.
_MAX_SIZE = 256 * 1024 * 1024

# In characters. PyYAML needs many seconds for a million characters.
_MAX_YAML_SIZE = 256 * 1024

# How many values may be repeated by aliases. Requests repeat far fewer. A file that is made to use
# up the memory repeats more.
_MAX_REPEATED = 10_000


class _Loader(yaml.SafeLoader):
    """Reads `on` and `16:9` as text, and 1e3 as a number."""

    def get_single_node(self) -> yaml.Node | None:
        """Return the document; refuse aliases that would expand to too many values."""
        root: yaml.Node | None = super().get_single_node()
        if root is not None:
            # It gets one entry for each value as written, before aliases are expanded.
            sizes: dict[int, float] = {}
            if _expanded_size(root, sizes) > len(sizes) + _MAX_REPEATED:
                raise ValueError("its aliases expand to too many values, or contain themselves")
        return root


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


def _expanded_size(node: yaml.Node, sizes: dict[int, float]) -> float:
    """Return how many values a node has after its aliases are expanded."""
    if id(node) not in sizes:
        sizes[id(node)] = math.inf  # for a node that contains itself
        inner = node.value if isinstance(node, yaml.CollectionNode) else ()
        nodes = itertools.chain(*inner) if isinstance(node, yaml.MappingNode) else inner
        sizes[id(node)] = 1 + sum(_expanded_size(child, sizes) for child in nodes)
    return sizes[id(node)]


def read(file: IO[str], name: str) -> Any:
    """Return the value of a JSON or YAML file.

    Args:
        file: the open file.
        name: its name; if it ends in .json and the content begins with {, YAML is not tried.

    Raises:
        ValueError: the file is neither JSON nor YAML, or it is too large. The message is one line.
    """
    try:
        text = file.read(_MAX_SIZE + 1)
        if len(text) > _MAX_SIZE:
            raise ValueError(f"it is larger than {_MAX_SIZE >> 20} MiB")
        try:
            # Before YAML, because JSON may be indented with tabs, which YAML forbids.
            return json.loads(text)
        except ValueError:
            is_large = len(text) > _MAX_YAML_SIZE
            # The file is meant to be JSON, so the error of `json` is the one that helps.
            if (name.endswith(".json") or is_large) and text.lstrip().startswith("{"):
                raise
            if is_large:
                raise ValueError(
                    f"it is not JSON, and too large for YAML ({_MAX_YAML_SIZE >> 10} KiB at most); "
                    "write JSON"
                ) from None
            return yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise ValueError(f"{error.problem or error.context}{place}"[:200]) from error
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(" ".join(str(error).split())[:200]) from error
