"""The documents in the package: the description, its dialects, and their portable views.

A dialect is a variant of the description, for example for a gateway. A portable view of a document
is a simpler form of it, for code generators.
"""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def source(dialect: str = "", *, portable: bool = False) -> str:
    """Return the JSON text of the description.

    Args:
        dialect: the dialect; empty for the description itself.
        portable: whether to return the portable view.

    Raises:
        ValueError: there is no dialect with this name.
    """
    view = ".portable.json" if portable else ".json"
    text = _read_text(f"openapi{view}")
    if not dialect:
        return text
    if dialect not in dialects():
        raise ValueError(f"there is no dialect {dialect}; the dialects are {', '.join(dialects())}")
    document = _patched(json.loads(text), _load_patch(f"{dialect}{view}"))
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def dialects() -> list[str]:
    """Return the names of the dialects."""
    # A name with two points, such as china.portable.json, is the portable view of a dialect.
    names = (file.name for file in (_folder() / "dialects").iterdir())
    return sorted(name.removesuffix(".json") for name in names if name.count(".") == 1)


def servers_of_dialects() -> list[str]:
    """Return the URLs of the servers that dialects have instead of Kling's servers."""
    patches = (_load_patch(f"{dialect}.json") for dialect in dialects())
    return [str(server["url"]) for patch in patches for server in patch.get("servers", ())]


def _load_patch(name: str) -> Any:
    return json.loads(_read_text(f"dialects/{name}"))


def _read_text(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


def _folder() -> Path:
    """Return the folder of the generated client. Importing the client for this would be slow."""
    found = find_spec("kling_api")
    assert found is not None  # kling and kling_api are in the same distribution
    return Path(str(found.origin)).parent


def _patched(node: Any, patch: Any) -> Any:
    """Return a copy of a node to which a JSON Merge Patch (RFC 7396) was applied."""
    if not isinstance(patch, Mapping):
        return patch
    patched = dict(node) if isinstance(node, Mapping) else {}
    for name, part in patch.items():
        if part is None:
            patched.pop(name, None)
        else:
            patched[name] = _patched(patched.get(name), part)
    return patched
