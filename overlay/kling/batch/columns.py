"""The columns of a file of jobs: which field each is, and what type its cells have."""

import re
from collections.abc import Mapping
from typing import Any

from kling.batch.cells import typed
from kling.description import Document, Operation, Spec, nearest

MEDIA = ("image", "audio", "video")
"""Columns that stand for the only field for media of their kind, where no field has the name."""

_NAME = re.compile(r"[^.\[\]]+(\[[0-9]{1,3}\]|\.[^.\[\]]+)*")
_STEP = re.compile(r"[^.\[\]]+")

Step = str | int


class Columns:
    """The columns that the jobs of one operation may have.

    A column is named as its field is: duration, settings.duration, image_list[0].image; a part of
    contents by its type, as in contents.first_frame.url.

    Args:
        operation: the create.
        spec: the description that has it.
    """

    def __init__(self, operation: Operation, spec: Spec) -> None:
        self._spec = spec
        self._operation = operation
        self._schema = spec.schemas.get(str(operation.request))
        self._known: dict[str, tuple[tuple[Step, ...], Document] | str] = {}

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the body by name; none of a path that is not described."""
        return {} if self._schema is None else self._schema["properties"]

    def wrong(self, name: str) -> str:
        """Say why a column has no place in the body; nothing if it has one."""
        found = self._place(name)
        return found if isinstance(found, str) else ""

    def body(self, cells: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
        """Return the body that cells make, whose columns all have a place.

        Args:
            cells: texts, which get the types of their fields; or values, which have one.
            problems: gets what is wrong.
        """
        tree: dict[Step, Any] = {}
        for name, value in cells.items():
            steps, node = self._place(name)
            try:
                read = typed(value, node, name, self._spec) if isinstance(value, str) else value
                _put(tree, steps, read)
            except ValueError as error:
                problems.append(str(error))
        whole: dict[str, Any] = _built(tree, self._schema or {}, self._spec)
        return whole

    def _place(self, name: str) -> Any:
        """Return the steps to a field and its schema; or what is wrong."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> tuple[tuple[Step, ...], Document] | str:
        if not _NAME.fullmatch(name):
            form = "duration, settings.duration or image_list[0].image"
            return f"{_shown(name)} is no name of a field, such as {form}"
        first, *others = _STEP.findall(name)
        steps = (first, *(int(one) if one.isdecimal() else one for one in others))
        if self._schema is None:
            return steps, {}
        node: Document = self._schema
        for number, step in enumerate(steps):
            inner = self._inner(node, step)
            if isinstance(inner, list):
                given = steps[:number]
                return self._unknown(_written((*given, step)), _written(given), str(step), inner)
            node = inner
        return steps, node

    def _inner(self, node: Document, step: Step) -> Document | list[str]:
        """Return what is under a name or a number; or the names that there are."""
        _, branches = self._spec.branches(node)
        if branches:  # an entry that was named by its number: of any type
            known = {k: v for one in branches.values() for k, v in one["properties"].items()}
            return self._spec.resolve(known[step]) if step in known else [*known]
        if "items" in node:
            entry = self._spec.resolve(node["items"])
            if isinstance(step, int):
                return entry
            _, parts = self._spec.branches(entry)
            return parts.get(step, [*parts] or ["0"])
        known = node.get("properties", {})
        return self._spec.resolve(known[str(step)]) if step in known else [*known]

    def _unknown(self, name: str, holder: str, step: str, known: list[str]) -> str:
        if known == ["0"]:
            return (
                f"{_shown(name)} is not a field; {holder} is a list, whose entries are {holder}[0]"
            )
        if not known:
            return f"{_shown(name)} is not a field; {holder} has no fields"
        near = nearest(step, known)
        dot = "." if holder else ""
        hint = f"did you mean {holder}{dot}{near}?" if near else f"there are {', '.join(known)}"
        return f"{_shown(name)} is not a field of {self._operation.id}; {hint}"


def _put(tree: dict[Step, Any], steps: tuple[Step, ...], value: Any) -> None:
    """Put a value under its steps.

    Raises:
        ValueError: something else is there.
    """
    *path, last = steps
    holder: Any = tree
    for number, step in enumerate(path, start=1):
        holder = holder.setdefault(step, _Branch())
        if not isinstance(holder, _Branch):
            name = _written(steps[:number])
            raise ValueError(f"{name} and {_written(steps)} exclude each other; leave one out")
    if last in holder:
        raise ValueError(f"{_written(steps)} is given twice, whole and in parts; leave one out")
    holder[last] = value


def first_step(name: str) -> str:
    """Return the field of the body in which the field of a column is."""
    return re.split(r"[.\[]", name, maxsplit=1)[0]


class _Branch(dict[Step, Any]):
    """What is made of several columns, in contrast to an object of JSON."""


def _built(tree: Mapping[Step, Any], node: Document, spec: Spec) -> Any:
    """Return the object or list that branches stand for."""
    if "items" not in node and not all(isinstance(step, int) for step in tree):
        return {
            name: _grown(inner, _inside(node, str(name), spec), spec)
            for name, inner in tree.items()
        }
    if "items" not in node and not tree:
        return {}
    # A row leaves entries out where others have some: 0 and 2 are the first and the second.
    entry = spec.resolve(node.get("items", {}))
    kind, parts = spec.branches(entry)
    numbered = sorted((step, inner) for step, inner in tree.items() if isinstance(step, int))
    named = [(step, inner) for step, inner in tree.items() if isinstance(step, str)]
    found = [_grown(inner, entry, spec) for _, inner in numbered]
    return found + [{kind: step, **_grown(inner, parts[step], spec)} for step, inner in named]


def _grown(value: Any, node: Document, spec: Spec) -> Any:
    return _built(value, node, spec) if isinstance(value, _Branch) else value


def _inside(node: Document, name: Step, spec: Spec) -> Document:
    inner = node.get("properties", {}).get(str(name))
    return {} if inner is None else spec.resolve(inner)


def _written(steps: tuple[Step, ...]) -> str:
    text = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps)
    return text.removeprefix(".")


def _shown(name: str) -> str:
    """Show a name that may be anything."""
    return name if len(name) <= 60 else f"{name[:60]}..."
