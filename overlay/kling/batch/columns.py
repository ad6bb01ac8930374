"""The columns of a jobs file: which field a column names, and how a row becomes a body."""

import re
from collections.abc import Mapping
from typing import Any

from kling.batch.cells import typed
from kling.description import Document, Operation, Spec, nearest

MEDIA = ("image", "audio", "video")
"""Columns for media. The column image, for example, names the field that takes an image.

If the request has a field that is called image, the column names this field.
"""

_NAME = re.compile(r"[^.\[\]]+(\[[0-9]{1,3}\]|\.[^.\[\]]+)*")
_STEP = re.compile(r"[^.\[\]]+")

Step = str | int
"""A part of the name of a column: the name of a field, or the number or type of a list entry."""


class Columns:
    """The columns that the jobs of one operation may have.

    A column has the name of its field, such as duration, settings.duration or
    image_list[0].image. An entry of the list contents is named by its type, as in
    contents.first_frame.url.

    Args:
        operation: the operation.
        spec: the description of the operation.
    """

    def __init__(self, operation: Operation, spec: Spec) -> None:
        self._spec = spec
        self._operation = operation
        self._schema = spec.schemas.get(str(operation.request))
        # By name of a column: what `_locate` returns for it.
        self._known: dict[str, tuple[tuple[Step, ...], Document] | str] = {}

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the body by name; empty for a path that the description does not have."""
        return {} if self._schema is None else self._schema["properties"]

    def problem(self, name: str) -> str:
        """Return why a column does not name a field; an empty text if it names one."""
        result = self._locate(name)
        return result if isinstance(result, str) else ""

    def body(self, cells: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
        """Return the body that is made from the cells of a row.

        Args:
            cells: the cells by column. Each column must name a field; see `problem`. Texts are
                converted to the types of their fields.
            problems: gets the problems of the cells.
        """
        tree: dict[Step, Any] = {}
        for name, value in cells.items():
            steps, node = self._locate(name)
            try:
                is_text = isinstance(value, str)
                converted = typed(value, node, name, self._spec) if is_text else value
                _put(tree, steps, converted)
            except ValueError as error:
                problems.append(str(error))
        body: dict[str, Any] = _assembled(tree, self._schema or {}, self._spec)
        return body

    def _locate(self, name: str) -> Any:
        """Return the path to a field and its schema; or a text that says what is wrong."""
        if name not in self._known:
            self._known[name] = self._locate_uncached(name)
        return self._known[name]

    def _locate_uncached(self, name: str) -> tuple[tuple[Step, ...], Document] | str:
        if not _NAME.fullmatch(name):
            form = "duration, settings.duration or image_list[0].image"
            return f"{_shortened(name)} is not the name of a field, such as {form}"
        first, *others = _STEP.findall(name)
        steps = (first, *(int(step) if step.isdecimal() else step for step in others))
        if self._schema is None:
            return steps, {}
        node: Document = self._schema
        for number, step in enumerate(steps):
            inner = self._inner(node, step)
            if isinstance(inner, list):
                holder_steps = steps[:number]
                return self._unknown(
                    _column_name((*holder_steps, step)),
                    _column_name(holder_steps),
                    str(step),
                    inner,
                )
            node = inner
        return steps, node

    def _inner(self, node: Document, step: Step) -> Document | list[str]:
        """Return the schema of a field or an entry. If it is unknown, return the known names.

        Args:
            node: the schema of the object or list that has the field or entry.
            step: the name of the field, the number of the entry, or the type of the entry.
        """
        _, branches = self._spec.branches(node)
        if branches:  # contents[0] may have any type, so all fields of all types are allowed
            known = {}
            for branch in branches.values():
                known.update(branch["properties"])
            return self._spec.resolve(known[step]) if step in known else [*known]
        if "items" in node:
            entry = self._spec.resolve(node["items"])
            if isinstance(step, int):
                return entry
            _, parts = self._spec.branches(entry)
            if step in parts:
                return parts[step]
            return [*parts] or ["0"]  # ["0"] means that entries are named only by their numbers
        known = node.get("properties", {})
        return self._spec.resolve(known[str(step)]) if step in known else [*known]

    def _unknown(self, name: str, holder: str, step: str, known: list[str]) -> str:
        """Return the message about a column that does not name a field.

        Args:
            name: the column up to the unknown step.
            holder: the column up to the object or list in which the step is unknown.
            step: the unknown step.
            known: the names that are known in this object or list.
        """
        if known == ["0"]:
            problem = f"{holder} is a list, with entries such as {holder}[0]"
            return f"{_shortened(name)} is not a field; {problem}"
        if not known:
            return f"{_shortened(name)} is not a field; {holder} does not have fields"
        near = nearest(step, known)
        dot = "." if holder else ""
        hint = (
            f"did you mean {holder}{dot}{near}?" if near else f"the fields are {', '.join(known)}"
        )
        return f"{_shortened(name)} is not a field of {self._operation.id}; {hint}"


def _put(tree: dict[Step, Any], steps: tuple[Step, ...], value: Any) -> None:
    """Put the value of a column into the tree of its row.

    The tree is a mapping by the first steps of the columns. For a column with further steps, the
    value in the mapping is another tree, a `_Branch`.

    Raises:
        ValueError: another column gives the same field as a whole, or a part of it.
    """
    *path, last = steps
    holder: Any = tree
    for number, step in enumerate(path, start=1):
        holder = holder.setdefault(step, _Branch())
        if not isinstance(holder, _Branch):
            name = _column_name(steps[:number])
            raise ValueError(f"{name} and {_column_name(steps)} exclude each other; leave one out")
    if last in holder:
        raise ValueError(f"{_column_name(steps)} is given twice, whole and in parts; leave one out")
    holder[last] = value


def first_step(name: str) -> str:
    """Return the field of the body to which a column belongs."""
    return re.split(r"[.\[]", name, maxsplit=1)[0]


class _Branch(dict[Step, Any]):
    """An object or list that is made from several columns, not given as JSON in one cell."""


def _assembled(tree: Mapping[Step, Any], node: Document, spec: Spec) -> Any:
    """Return the object or list that a tree describes.

    Args:
        tree: the tree of a row, or a `_Branch` of it; see `_put`.
        node: the schema of the object or list.
        spec: the description that has the schema.
    """
    has_only_numbers = bool(tree) and all(isinstance(step, int) for step in tree)
    is_list = "items" in node or has_only_numbers
    if not is_list:
        return {
            name: _assembled_value(inner, _schema_inside(node, str(name), spec), spec)
            for name, inner in tree.items()
        }
    # A row may have empty cells for some entries. If it has values only for the entries 0 and 2,
    # these become the first and the second entry of the list.
    entry = spec.resolve(node.get("items", {}))
    type_field, parts = spec.branches(entry)
    numbered = sorted((step, inner) for step, inner in tree.items() if isinstance(step, int))
    named = [(step, inner) for step, inner in tree.items() if isinstance(step, str)]
    entries = [_assembled_value(inner, entry, spec) for _, inner in numbered]
    return entries + [
        {type_field: step, **_assembled_value(inner, parts[step], spec)} for step, inner in named
    ]


def _assembled_value(value: Any, node: Document, spec: Spec) -> Any:
    return _assembled(value, node, spec) if isinstance(value, _Branch) else value


def _schema_inside(node: Document, name: Step, spec: Spec) -> Document:
    inner = node.get("properties", {}).get(str(name))
    return {} if inner is None else spec.resolve(inner)


def _column_name(steps: tuple[Step, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _shortened(name: str) -> str:
    """Return a name, cut if it is very long."""
    return name if len(name) <= 60 else f"{name[:60]}..."
