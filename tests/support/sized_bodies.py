"""Make request bodies in which the size of a field is exactly at a limit, or just beyond it.

The size is the length of a text, the number of entries of a list, or the value of a number.
"""

import re
from collections.abc import Iterable
from typing import Any

from described_facts import Field
from flat_bodies import value_at, with_value

_KIND = re.compile(r"(?P<list>.+)\[(?P<key>\w+)=(?P<kind>\w+)\]$")


class Samples:
    """Sample values of the fields of a request, from enums, examples and minimums."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = list(fields)
        self._nodes = {name: node for name, node, _ in self._fields}

    def __contains__(self, name: str) -> bool:
        return name in self._nodes

    def sized(self, body: Any, name: str, limit: str, size: Any) -> Any:
        """Return a body in which a field has this size; the limit says what kind of size.

        If the limit is for one kind of list entry, entries of other kinds do not change.
        """
        if not limit.endswith("_items"):
            return with_value(body, name, "x" * size if limit.endswith("_length") else size)
        found = _KIND.match(name)
        holder = found["list"] if found else name
        there = value_at(body, holder) or []
        mine = [one for one in there if not found or one[found["key"]] == found["kind"]]
        others = [one for one in there if one not in mine]
        entry = mine[0] if mine else self._entry(name if found else f"{name}[]")
        more = (_numbered(entry, n) for n in range(len(mine), size))
        return with_value(body, holder, [*others, *mine[:size], *more])

    def with_field(self, body: Any, name: str) -> Any:
        """Return a body that has a field, and the list entry around it if it is in a list."""
        return with_value(self.with_holder(body, name), name, self._sample(name))

    def with_choice(self, body: Any, name: str, value: Any) -> Any:
        """Return a body in which a field has a value.

        If the field is the kind of a list entry, add an entry of this kind.
        """
        holder, _, key = name.rpartition("[].")
        kind = f"{holder}[{key}={value}]"
        if not any(one.startswith(f"{kind}.") for one in self._nodes):
            return with_value(self.with_holder(body, name), name, value)
        return with_value(body, holder, [*(value_at(body, holder) or []), self._entry(kind)])

    def with_holder(self, body: Any, name: str) -> Any:
        """Return a body that has the list entry around a field, if the field is in a list."""
        holder = name.rpartition(".")[0]
        found = _KIND.match(holder)
        there = value_at(body, found["list"] if found else holder.removesuffix("[]")) or []
        if found and not any(one[found["key"]] == found["kind"] for one in there):
            return with_value(body, found["list"], [*there, self._entry(holder)])
        if holder.endswith("[]") and holder.count("[") == 1 and not there:
            return with_value(body, holder.removesuffix("[]"), [self._entry(holder)])
        return body

    def _entry(self, holder: str) -> Any:
        """Return an object or a list entry with only its required fields."""
        if holder in self._nodes:
            return self._sample(holder)
        found = _KIND.match(holder)
        entry = {found["key"]: found["kind"]} if found else {}
        for name, _, needed in self._fields:
            inner = name.removeprefix(f"{holder}.")
            if needed and inner != name and re.fullmatch(r"\w+", inner):
                entry[inner] = self._sample(name)
        return entry

    def _sample(self, name: str) -> Any:
        node = self._nodes[name]
        if node.get("type") == "object":
            return self._entry(name)
        if node.get("type") == "array":
            return [self._entry(f"{name}[]")] * node.get("minItems", 1)
        return [*node.get("enum", ()), *node.get("examples", ()), node.get("minimum", True)][0]


def _numbered(entry: Any, number: int) -> Any:
    """Return an entry with a unique id, if entries have ids."""
    return (
        {**entry, "id": f"entry_{number}"} if isinstance(entry, dict) and "id" in entry else entry
    )
