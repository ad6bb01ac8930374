"""YAML as people mean it: with the words and numbers of version 1.2. Needs the extra `cli`."""

import itertools
import json
import math
import re
from typing import IO, Any

import yaml

# Characters of a file. A body has at most some pictures in base64, and json reads them in a second;
# yaml takes many seconds for each million of characters.
_MOST, _MOST_OF_YAML = 256 * 1024 * 1024, 256 * 1024

# Values that aliases may repeat; no request has nearly as many.
_MOST_REPEATED = 10_000


class _Loader(yaml.SafeLoader):
    """Takes `on` and `16:9` for texts, and 1e3 for a number."""

    def get_single_node(self) -> yaml.Node | None:
        """Return the document, before its aliases are followed."""
        root: yaml.Node | None = super().get_single_node()
        if root is not None:
            sizes: dict[int, float] = {}
            if _size(root, sizes) > len(sizes) + _MOST_REPEATED:
                raise ValueError("its aliases repeat too much, or themselves")
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


def _size(node: yaml.Node, known: dict[int, float]) -> float:
    """Return how many values a node stands for once its aliases are followed."""
    if id(node) not in known:
        known[id(node)] = math.inf  # for what is inside of itself
        inner = node.value if isinstance(node, yaml.CollectionNode) else ()
        nodes = itertools.chain(*inner) if isinstance(node, yaml.MappingNode) else inner
        known[id(node)] = 1 + sum(_size(one, known) for one in nodes)
    return known[id(node)]


def read(file: IO[str], name: str) -> Any:
    """Return what a file says, JSON or YAML.

    Args:
        file: the file, opened.
        name: what it is called; an object in a file whose name ends in .json is meant as JSON.

    Raises:
        ValueError: it cannot be read as either; why not, in one line.
    """
    try:
        text = file.read(_MOST + 1)
        if len(text) > _MOST:
            raise ValueError(f"it is larger than {_MOST >> 20} MiB")
        try:
            return json.loads(text)
        except ValueError:
            is_large = len(text) > _MOST_OF_YAML
            if (name.endswith(".json") or is_large) and text.lstrip().startswith("{"):
                raise
            if is_large:
                raise ValueError(
                    f"it is no JSON, and YAML may have {_MOST_OF_YAML >> 10} KiB; write JSON"
                ) from None
            # Not the other way round: JSON may be indented with tabs, which YAML does not allow.
            return yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(" ".join(str(error).split())[:200]) from error
