"""The texts that are shipped: the description, its dialects, and the view for generators."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def source(dialect: str = "", *, portable: bool = False) -> str:
    """Return the text of the bundle or a dialect of it, or of its view for simpler generators.

    Raises:
        ValueError: there is no such dialect.
    """
    view = ".portable.json" if portable else ".json"
    text = (_shipped() / f"openapi{view}").read_text(encoding="utf-8")
    if not dialect:
        return text
    if dialect not in dialects():
        raise ValueError(f"there is no dialect {dialect}; those are {', '.join(dialects())}")
    document = _patched(json.loads(text), _patch(f"{dialect}{view}"))
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def dialects() -> list[str]:
    """Return the names of the dialects."""
    names = (file.name for file in (_shipped() / "dialects").iterdir())
    return sorted(name.removesuffix(".json") for name in names if name.count(".") == 1)


def servers_of_dialects() -> list[str]:
    """Return the addresses of the servers that the dialects have in place of the usual ones."""
    patches = (_patch(f"{dialect}.json") for dialect in dialects())
    return [str(server["url"]) for patch in patches for server in patch.get("servers", ())]


def _patch(name: str) -> Any:
    return json.loads((_shipped() / "dialects" / name).read_text(encoding="utf-8"))


def _shipped() -> "Traversable":
    # Only here, for the import takes a while and many programs need none of it.
    from importlib.resources import files

    return files("kling_api")


def _patched(node: Any, patch: Any) -> Any:
    """Apply a JSON Merge Patch (RFC 7396)."""
    if not isinstance(patch, Mapping):
        return patch
    whole = node if isinstance(node, Mapping) else {}
    changed = {
        name: _patched(whole.get(name), part) for name, part in patch.items() if part is not None
    }
    return {
        name: value
        for name, value in {**whole, **changed}.items()
        if patch.get(name, 0) is not None
    }
