"""Change request bodies by flat names, such as settings.duration or contents[type=prompt].text.

A flat name is the path to a field. [type=prompt] means the list entry whose type is prompt.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

Step = re.Match[str]

_STEP = re.compile(r"\.?(?P<field>[^.\[\]]+)|\[(?:(?P<key>\w+)=(?P<kind>\w+))?\]")
_NUMBER = re.compile(r"\[\d+\]")


def laid_over(body: Any, more: Mapping[str, Any]) -> Any:
    """Return a body with more fields. Objects are merged, and all other values are replaced."""
    whole = copy.deepcopy(body)
    for name, value in more.items():
        whole = with_value(whole, name, value)
    return whole


def with_value(body: Any, name: str, value: Any) -> Any:
    """Return a body in which a field has a value; missing objects around it are created."""
    return _put(body, list(_STEP.finditer(name)), value)


def without(body: Any, name: str) -> Any:
    """Return a body without a field. A body that does not have the field stays the same."""
    return _dropped(body, list(_STEP.finditer(name)))


def value_at(body: Any, name: str) -> Any:
    """Return the value of a field that is not in a list; None if it is absent."""
    for step in name.split("."):
        body = body.get(step) if isinstance(body, Mapping) else None
    return body


def names_in(value: Any, holder: str = "") -> Iterator[str]:
    """Yield the flat name of every field, object and list; [] means any entry of a list."""
    if holder:
        yield holder
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from names_in(inner, f"{holder}.{name}" if holder else name)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner, f"{holder}[]")


def unnumbered(field: str) -> str:
    """Return the name of a field without numbers of entries: shots[].index for shots[0].index."""
    return _NUMBER.sub("[]", field)


def _put(holder: Any, steps: list[Step], value: Any) -> Any:
    if not steps:
        are_objects = isinstance(holder, Mapping) and isinstance(value, Mapping)
        return laid_over(holder, value) if are_objects else value
    step, *rest = steps
    field, key, kind = step["field"], step["key"], step["kind"]
    if field:
        whole = holder or {}
        return {**whole, field: _put(whole.get(field), rest, value)}
    entries = list(holder or ())
    for index, entry in enumerate(entries):
        if kind is None or entry.get(key) == kind:
            entries[index] = _put(entry, rest, value)
            return entries
    return [*entries, _put({key: kind} if kind else {}, rest, value)]


def _dropped(holder: Any, steps: list[Step]) -> Any:
    step, *rest = steps
    field, key, kind = step["field"], step["key"], step["kind"]
    if isinstance(holder, Mapping) and field in holder:
        others = {name: value for name, value in holder.items() if name != field}
        return {**others, field: _dropped(holder[field], rest)} if rest else others
    if isinstance(holder, list) and rest:
        return [_dropped(one, rest) if kind is None or one[key] == kind else one for one in holder]
    return holder
