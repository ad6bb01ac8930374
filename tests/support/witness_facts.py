"""The facts in `openapi/witness/`, and their differences from the facts in the description.

A witness file has the facts of a family, typed a second time by somebody else.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from described_facts import Facts

from scripts.build import bundle

FOLDER = Path(__file__).parents[2] / "openapi" / "witness"
# The end of a name that means all entries of one kind; rules limit their number.
ENTRY = re.compile(r"\[\w+=\w+\]$")

Witness = dict[str, Any]
"""One operation in a witness file."""

# Attributes that a field with a list of values does not need.
_BOUNDS = ("min", "max", "min_length", "max_length")
_LISTS = ("values", "known", "formats", "aliases")
# A discriminator, whose value is already in the name of the entry.
_KIND = re.compile(r"\[(\w+)=\w+\]\.\1$")
# How much a ratio may differ because of rounding: 1:2.39 may be written as 0.418.
_ROUNDING = 0.005


class Difference(NamedTuple):
    """A fact in which description and witness differ."""

    part: str
    name: str
    """The field; empty for the operation."""
    attribute: str
    """Empty for the field as a whole."""
    ours: Any
    """The value in the description; None if the description does not have the fact."""
    theirs: Any
    """The value in the witness file; None if the file does not have the fact."""

    def __str__(self) -> str:
        fact = ".".join(filter(None, (self.name, self.attribute)))
        if isinstance(self.ours, frozenset) and isinstance(self.theirs, frozenset):
            extra = {"description": self.ours - self.theirs, "witness": self.theirs - self.ours}
            said = (
                f"only the {who} has {_shown(values)}" for who, values in extra.items() if values
            )
            return f"{fact}: {', '.join(said)}"
        if not self.attribute:
            return f"{fact}: only the {'description' if self.theirs is None else 'witness'} has it"
        ours, theirs = _shown(self.ours), _shown(self.theirs)
        return f"{fact}: the description says {ours}, the witness says {theirs}"


def witnesses() -> dict[str, list[Witness]]:
    """Return the operations of each file, by the name of its family."""
    files = {path.stem: bundle.load(path) for path in sorted(FOLDER.glob("*.yaml"))}
    assert all(slug == file["family"] for slug, file in files.items())
    return {slug: file["operations"] for slug, file in files.items()}


def name_of(operation: Witness) -> str:
    """Return the method and path of an operation."""
    return f"{operation['method']} {operation['path']}"


def witnessed(operation: Witness) -> dict[str, Facts]:
    """Return the facts of an operation, by the part of the witness file that has them."""
    said = {key: operation[key] for key in ("aliases", "closed") if key in operation}
    request = operation.get("request", {})
    return {
        "operation": {"": _attributes(said)},
        "makes": {"": operation.get("makes", {})},
        "path_parameters": _fields(operation.get("path_parameters", {}), in_path=True),
        "query": _fields(operation.get("query", {})),
        "request": _fields(request),
        "retired": operation.get("retired", {}),
        "media": {
            # In a list, each entry is a file.
            f"{name}[]" if request[name]["type"] == "array" else name: _attributes(one)
            for name, one in operation.get("media", {}).items()
        },
    }


def disputed(operation: Witness) -> set[str]:
    """Return the facts about an operation on which its sources disagree, such as request.n.max."""
    return {line.partition(":")[0] for line in operation.get("open", ())}


def values_of(name: str, facts: Iterable[str]) -> set[str]:
    """Return the values of a field in a set of facts such as request.mode.values.4k."""
    start = f"request.{name}.values."
    return {one.removeprefix(start) for one in facts if one.startswith(start)}


def differences(
    part: str, description: Facts, witness: Facts, ignoring: set[str]
) -> Iterator[Difference]:
    """Yield each fact of a part in which description and witness differ.

    A fact in `ignoring` does not count if the witness does not have it.
    """
    for name in sorted({*description, *witness}):
        if part != "retired" and (name not in description or name not in witness):
            ignored = name not in witness and f"{part}.{name}" in ignoring
            if not ignored and not _says_nothing(name, description, witness):
                yield Difference(part, name, "", description.get(name), witness.get(name))
            continue
        ours, theirs = description.get(name, {}), witness.get(name, {})
        for attribute in sorted({*ours, *theirs}):
            fact = ".".join(filter(None, (part if part != "operation" else "", name, attribute)))
            # A least length of 1 follows from `required`, so it is ignored if `required` is.
            follows = attribute == "min_length" and f"{part}.{name}.required" in ignoring
            if attribute not in theirs and (fact in ignoring or follows):
                continue
            pair = _undisputed(ours.get(attribute), theirs.get(attribute), fact, ignoring)
            if not _agree(*pair):
                yield Difference(part, name, attribute, *pair)


def _fields(said: dict[str, Any], in_path: bool = False) -> Facts:
    return {
        name: _of_field(one, in_path)
        for name, one in said.items()
        if not _KIND.search(name) and not ENTRY.search(name)
    }


def _of_field(said: dict[str, Any], in_path: bool) -> dict[str, Any]:
    """Return the attributes of a field, in the form of `described_facts`.

    Kling reads an empty text as an absent field. So a required text has at least one character, and
    an optional text has no lower limit. Parameters in a path are always required.
    """
    found = _attributes(said)
    needed = found.get("required") or in_path
    if in_path:
        found.pop("required", None)
    if found.get("type") in (["integer", "string"], ["string", "integer"]):
        # An id or a time may be a number or a string of digits. The canonical form has the number.
        found["type"] = "integer"
    if "values" in found:
        return {key: one for key, one in found.items() if key not in _BOUNDS}
    if found.get("type") == "string":
        least = found.pop("min_length", 1 if needed else 0)
        if least > (0 if needed else 1):
            found["min_length"] = least
    return found


def _attributes(said: dict[str, Any]) -> dict[str, Any]:
    return {key: frozenset(one) if key in _LISTS else one for key, one in said.items()}


def _says_nothing(name: str, description: Facts, witness: Facts) -> bool:
    """Whether a fact says only that the entries of a list are texts.

    A witness need not mention that.
    """
    found = description.get(name, {})
    return name.endswith("[]") and name not in witness and found.keys() <= {"type", "min_length"}


def _undisputed(ours: Any, theirs: Any, fact: str, ignoring: set[str]) -> tuple[Any, Any]:
    if not isinstance(ours, frozenset) or not isinstance(theirs, frozenset):
        return ours, theirs
    return ours - {one for one in ours - theirs if f"{fact}.{one}" in ignoring}, theirs


def _agree(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < _ROUNDING
    # True is 1 in Python.
    return bool(ours == theirs and isinstance(ours, bool) == isinstance(theirs, bool))


def _shown(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    return "nothing" if value is None else str(value)
