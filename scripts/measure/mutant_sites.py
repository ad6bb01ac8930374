"""The mappings in the description's files that a mutant can change, and the context of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.build.bundle import Document, references

Place = tuple[str | int, ...]

# The values of these keys are not changed, because they are not facts about Kling.
_NO_FACTS = ("example", "examples", "links", "x-kling-messages", "x-kling-error")


@dataclass(frozen=True)
class Site:
    """A mapping in a file, and its context."""

    file: Path
    place: Place
    node: Document
    in_request: bool
    """Whether requests refer to it."""
    in_reply: bool
    """Whether replies refer to it."""
    in_rule: bool
    """Whether it belongs to a rule or to advice."""
    lists: Mapping[str, list[Any]]
    """The values in the enum of each field, by the name of the field."""

    @property
    def field(self) -> str:
        """The name of the field that it is about, or ''."""
        return _field(self.place)


def sites_of(documents: Mapping[Path, Document], bundled: Document) -> list[Site]:
    """Return the mappings of the documents; `bundled` is the bundle of these documents."""
    operations = [operation for path in bundled["paths"].values() for operation in path.values()]
    request_keys = ("requestBody", "parameters")
    sent = [operation.get(key) for operation in operations for key in request_keys]
    in_requests = _reached(bundled, sent)
    in_replies = _reached(bundled, [operation.get("responses") for operation in operations])
    mappings = [
        (file, *mapping) for file, document in documents.items() for mapping in _mappings(document)
    ]
    everywhere: dict[str, list[Any]] = {}
    lists: dict[Path, dict[str, list[Any]]] = {file: {} for file in documents}
    for file, place, node, in_rule in mappings:
        name = str(node.get("$ref", "")).rpartition("/")[2]
        values = bundled["components"]["schemas"].get(name, node).get("enum", ())
        # A rule lists only some values of a field.
        for known in (lists[file], everywhere) if values and not in_rule else ():
            before = known.get(_field(place), ())
            known[_field(place)] = [*dict.fromkeys([*before, *values])]
    return [
        Site(
            file,
            place,
            node,
            # In the place of a component, its section and name follow "components".
            in_request=place[1:3] in in_requests
            or not {"requestBody", "parameters"}.isdisjoint(place),
            in_reply=place[1:3] in in_replies or "responses" in place,
            in_rule=in_rule,
            # The lists of the file count more than those of other files.
            lists=everywhere | lists[file],
        )
        for file, place, node, in_rule in mappings
    ]


def replaced(node: Any, place: Place, new: Any) -> Any:
    """Return a copy of a node with a new value at a place."""
    if not place:
        return new
    copy: Any = {**node} if isinstance(node, dict) else [*node]
    copy[place[0]] = replaced(node[place[0]], place[1:], new)
    return copy


def _field(place: Place) -> str:
    names = [name for before, name in pairwise(place) if before == "properties"]
    return str(names[-1]) if names else ""


def _reached(bundled: Document, nodes: list[Any]) -> set[Place]:
    """Return the section and name of each component that the nodes refer to."""
    found: set[Place] = set()
    while nodes:
        for reference in references(nodes.pop()):
            section, name = reference.split("/")[2:]
            if (section, name) not in found:
                found.add((section, name))
                nodes.append(bundled["components"][section][name])
    return found


def _mappings(
    node: Any, place: Place = (), in_rule: bool = False
) -> Iterator[tuple[Place, Any, bool]]:
    if isinstance(node, dict):
        yield place, node, in_rule
        for key, value in node.items():
            if key not in _NO_FACTS:
                inner = in_rule or key == "x-kling-advice" or "x-kling-rule" in node
                yield from _mappings(value, (*place, key), inner)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _mappings(value, (*place, number), in_rule)
