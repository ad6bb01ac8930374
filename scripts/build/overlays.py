"""Apply the OpenAPI Overlays of `openapi/overlays/`, and turn each into a JSON merge patch.

The package applies only the merge patches, so it does not need a library for JSONPath.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonpath import JSONPathEnvironment, JSONPathError, JSONPathMatch

from scripts.build.bundle import OVERLAYS, BundleError, Document, copied, holders, load, references

_PATHS = JSONPathEnvironment(strict=True)  # RFC 9535 without extensions, as in other tools
# The type of each key that an overlay, and an action of it, may have.
_TOP = {"overlay": str, "info": dict, "extends": str, "actions": list}
_ACTION = {"target": str, "description": str, "update": object, "remove": bool}
_EXTENSION = "x-"


def read(root: Path) -> dict[str, Document]:
    """Return the overlays below `root` by name.

    Raises:
        BundleError: an overlay does not follow version 1.0 of the Overlay specification.
    """
    overlays = {}
    for path in sorted(root.glob(OVERLAYS)):
        overlays[path.stem] = load(path)
        if wrong := next(_problems(overlays[path.stem]), ""):
            raise BundleError(f"{path}: {wrong}")
    return overlays


def applied(name: str, overlay: Document, document: Document) -> Document:
    """Apply an overlay to a copy of a description, and return the copy.

    Raises:
        BundleError: an action selects nothing, cannot be applied, or leaves a dead reference.
    """
    result: Document = copied(document)
    for action in overlay["actions"]:
        target = action["target"]
        try:
            matches = list(_PATHS.finditer(target, result))
        except JSONPathError as error:
            raise BundleError(f"{name}: {target} is not a JSONPath: {error}") from error
        if not matches:
            raise BundleError(f"{name}: {target} selects nothing")
        # From the last match to the first, because removing an entry of a list moves later ones.
        for match in reversed(matches):
            try:
                _apply(match, action)
            except TypeError as error:
                raise BundleError(f"{name}: {target}: {error}") from error
    if dead := next(_dead_references(result), ""):
        raise BundleError(f"{name}: {dead}")
    return result


def merge_patch(old: Document, new: Document) -> Document:
    """Return the JSON Merge Patch (RFC 7396) that turns one description into another.

    Raises:
        BundleError: a value becomes null; in a merge patch null removes the value.
    """
    patch: Document = {}
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            if change := merge_patch(old[name], value):
                patch[name] = change
        # In Python, 1 equals True and 1.0, so compare the types too.
        elif name not in old or old[name] != value or type(old[name]) is not type(value):
            if _has_null(value):
                raise BundleError(f"{name} becomes null, which a merge patch cannot express")
            patch[name] = value
    return {**patch, **{name: None for name in old if name not in new}}


def patched(node: Any, patch: Any) -> Any:
    """Return a copy of a node, changed by a JSON Merge Patch."""
    if not isinstance(patch, dict):
        return patch
    result = {**node} if isinstance(node, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), value)
    return result


def _problems(overlay: Any) -> Iterator[str]:
    if not isinstance(overlay, dict) or not {"overlay", "info", "actions"} <= overlay.keys():
        yield "an overlay must be a mapping with overlay, info and actions"
        return
    yield from _key_problems(overlay, _TOP, "overlay")
    if not re.fullmatch(r"1\.0\.\d+", overlay["overlay"]):
        yield f"{overlay['overlay']} is not version 1.0 of the specification"
    if not {"title", "version"} <= overlay["info"].keys():
        yield "info must have title and version"
    if not overlay["actions"]:
        yield "actions is empty"
    for action in overlay["actions"]:
        if not isinstance(action, dict) or "target" not in action:
            yield "an action must be a mapping with a target"
            return
        yield from _key_problems(action, _ACTION, action["target"])
        # Both or neither of the two.
        if ("update" in action) == (action.get("remove") is True):
            yield f"{action['target']}: an action must have either update or remove: true"


def _key_problems(node: Document, known: Mapping[str, type], place: str) -> Iterator[str]:
    for name, value in node.items():
        if name not in known and not name.startswith(_EXTENSION):
            yield f"{place}: {name} is unknown"
        elif not isinstance(value, known.get(name, object)):
            yield f"{place}: {name} is not of type {known[name].__name__}"


def _apply(match: JSONPathMatch, action: Document) -> None:
    value: Any = match.obj
    if action.get("remove"):
        if match.parent is None:
            raise TypeError("the whole description cannot be removed")
        holder: Any = match.parent.obj
        del holder[match.parts[-1]]
    elif isinstance(value, list):
        value.append(copied(action["update"]))
    elif isinstance(value, dict) and isinstance(action["update"], dict):
        _merge(value, action["update"])
    else:
        raise TypeError("the target must be a list, or the target and update must both be objects")


def _merge(node: Document, update: Document) -> None:
    for name, value in update.items():
        if isinstance(value, dict) and isinstance(node.get(name), dict):
            _merge(node[name], value)
        elif isinstance(value, list) and isinstance(node.get(name), list):
            node[name] += copied(value)
        else:
            node[name] = copied(value)


def _dead_references(document: Document) -> Iterator[str]:
    """Yield a message for each dead reference or link, and for unused or undeclared tags."""
    components = document["components"]
    for reference in references(document):
        _, _, section, name = reference.split("/")
        if name not in components.get(section, {}):
            yield f"$ref {reference} is dead"
    with_responses = holders(document["paths"], "responses")
    operations = [node for node in with_responses if "operationId" in node]
    names = {operation["operationId"] for operation in operations}
    for holder in holders(document["paths"], "links"):
        for link in holder["links"].values():
            if link["operationId"] not in names:
                yield f"a link leads to {link['operationId']}, which does not exist"
    used = {tag for operation in operations for tag in operation.get("tags", ())}
    # The tags that are only used, or only declared.
    if differ := used ^ {tag["name"] for tag in document["tags"]}:
        yield f"these tags are unused or not declared: {', '.join(sorted(differ))}"


def _has_null(value: Any) -> bool:
    # A null inside a list is no problem, because a merge patch replaces the whole list.
    return value is None or (isinstance(value, dict) and any(map(_has_null, value.values())))
