"""The kinds of changes that make facts of the description wrong, and functions that make them.

Bounds in replies, and bounds that only give the size of an integer, are not facts about Kling.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from scripts.build.bundle import Document
from scripts.measure.mutant_sites import Site, replaced

Changes = Iterator[tuple[str, Document]]
"""Changes of a mapping, each with a description and the changed mapping."""

_METHODS = {"get": "post", "post": "put", "put": "post", "patch": "post", "delete": "post"}
_FORMATS = ("jpg", "jpeg", "png", "webp", "mp4", "mov", "mp3", "wav", "m4a", "aac")
# The keys of x-kling-task that are changed, and the values that each can have.
_TASKS: dict[str, list[Any]] = {
    "output": ["video", "image", "audio", "voice", "element"],
    "package": ["video", "image", "try-on"],
    "external_id": [True, False],
    "slots": [1, 2],
}
# "call" and "picture" are not changed. They mean the same for one image, and lint refuses other
# changes of them.
_TIMED = {"second": "5s", "5s": "second"}
_LENGTHS = ("minLength", "maxLength", "minItems", "maxItems")
# A bound of this size or more only gives the size of an integer.
_INTEGERS = 2**31 - 1

KINDS: dict[str, Callable[[Site], Changes]] = {}
"""For each kind, a function that yields the changes of a mapping."""


def _kind(changes: Callable[[Site], Changes]) -> Callable[[Site], Changes]:
    """Add a function to KINDS, with its own name as the name of the kind."""
    KINDS[changes.__name__.strip("_").replace("_", "-")] = changes
    return changes


def _with(node: Document, key: str, new: Any) -> tuple[str, Document]:
    """Return a change in words, and a copy with a new value of a key; [] removes the key."""
    change = f"{key} {node.get(key)} -> {new}"
    if new == []:
        return change, {name: value for name, value in node.items() if name != key}
    return change, {**node, key: new}


def _renamed(node: Document, old: str, new: str) -> Document:
    return {new if key == old else key: value for key, value in node.items()}


def _without(values: list[Any], gone: Any) -> list[Any]:
    return [value for value in values if value != gone]


def _similar(value: Any, known: Iterable[Any] = ()) -> list[Any]:
    """Return other values of the same kind."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1]
    if isinstance(value, dict):
        return [{**value, key: other} for key in value for other in _similar(value[key])]
    return _without([*known], value) or [f"{value}x"]


def _days(day: str) -> list[str]:
    return [str(date.fromisoformat(day) + timedelta(days)) for days in (-1, 1)]


def _misspelt(path: str) -> str:
    # Change the last character of the path, or of the part before its last parameter.
    found = re.fullmatch(r"(.*/[^/{]*)([^/{])((?:/\{.*)?)", path)
    before, last, after = found.groups() if found else (path, "", "")
    return f"{before}{'x' if last != 'x' else 'y'}{after}"


@_kind
def _path(site: Site) -> Changes:
    if site.place == ("paths",):
        for path in site.node:
            other = _misspelt(path)
            yield f"{path} -> {other}", _renamed(site.node, path, other)
    aliases = site.node.get("x-kling-aliases", ())
    for number, alias in enumerate(aliases):
        other = replaced(aliases, (number, "path"), _misspelt(alias["path"]))
        yield _with(site.node, "x-kling-aliases", other)


@_kind
def _method(site: Site) -> Changes:
    if site.place[:1] == ("paths",) and len(site.place) == 2:
        for method, other in _METHODS.items():
            if method in site.node and other not in site.node:
                yield f"{method} -> {other}", _renamed(site.node, method, other)


@_kind
def _default(site: Site) -> Changes:
    if (key := "x-kling-default") in site.node:
        known = site.lists.get(site.field, ())
        yield from (_with(site.node, key, other) for other in _similar(site.node[key], known))


@_kind
def _task(site: Site) -> Changes:
    for key, known in _TASKS.items():
        if key in (task := site.node.get("x-kling-task", {})):
            for other in _without(known, task[key]):
                yield _with(site.node, "x-kling-task", {**task, key: other})


@_kind
def _price(site: Site) -> Changes:
    price = site.node.get("x-kling-price", {})
    for number, row in enumerate(price.get("rows", ())):
        for key in ("units", "least"):
            if key in row:
                other = str(Decimal(row[key]) + Decimal("0.1"))
                changed = replaced(price, ("rows", number, key), other)
                yield f"{key} {row[key]} -> {other}", {**site.node, "x-kling-price": changed}
        if (per := row.get("per")) in _TIMED:
            changed = replaced(price, ("rows", number, "per"), _TIMED[per])
            yield f"per {per} -> {_TIMED[per]}", {**site.node, "x-kling-price": changed}


def _reply_fields(site: Site) -> Iterator[tuple[str, Document, list[str]]]:
    """Yield the name of each field of a reply, all fields, and the names of the required ones."""
    if site.in_reply and not site.in_rule:
        fields = site.node.get("properties", {})
        yield from ((name, fields, site.node.get("required", [])) for name in fields)


@_kind
def _reply_field_dropped(site: Site) -> Changes:
    for name, fields, required in _reply_fields(site):
        rest = {key: fields[key] for key in fields if key != name}
        _, node = _with(site.node, "required", _without(required, name))
        yield f"{name} dropped", {**node, "properties": rest}


@_kind
def _reply_field_renamed(site: Site) -> Changes:
    for name, fields, required in _reply_fields(site):
        new = f"{name}_x"
        _, node = _with(site.node, "required", [new if key == name else key for key in required])
        yield f"{name} -> {new}", {**node, "properties": _renamed(fields, name, new)}


@_kind
def _reply_field_required(site: Site) -> Changes:
    for name, _, required in _reply_fields(site):
        if name not in required:
            yield _with(site.node, "required", [*required, name])


def _request_lists(site: Site) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of values of a field of a request, each after its keyword."""
    for key in ("enum", "x-extensible"):
        values = site.node.get(key)
        if isinstance(values, list) and site.in_request and not site.in_rule:
            yield key, values


@_kind
def _value_added(site: Site) -> Changes:
    for key, values in _request_lists(site):
        yield _with(site.node, key, [*values, _similar(values[-1])[0]])


@_kind
def _value_dropped(site: Site) -> Changes:
    for key, values in _request_lists(site):
        for value in values if len(values) > 1 else ():
            yield _with(site.node, key, _without(values, value))


@_kind
def _limit(site: Site) -> Changes:
    for key in (*_LENGTHS, "minimum", "maximum"):
        value = site.node.get(key)
        # In a rule, minLength 1 only says that the field must be given.
        is_presence = site.in_rule and (key, value) == ("minLength", 1)
        is_limit = isinstance(value, int | float) and abs(value) < _INTEGERS and not is_presence
        if site.in_request and is_limit:
            for other in _similar(value):
                if other >= 0 or key not in _LENGTHS:  # a length cannot be negative
                    yield _with(site.node, key, other)


@_kind
def _required(site: Site) -> Changes:
    if site.in_request and not site.in_rule:
        if site.node.get("in") == "query":
            yield _with(site.node, "required", not site.node.get("required", False))
        for name in site.node.get("properties", ()) if "type" in site.node else ():
            required = site.node.get("required", [])
            new = _without(required, name) if name in required else [*required, name]
            yield _with(site.node, "required", new)


@_kind
def _pattern(site: Site) -> Changes:
    if isinstance(pattern := site.node.get("pattern"), str):
        news = [pattern.removeprefix("^"), pattern.removesuffix("$")]
        # Replace each digit or letter by the next one; 9, z and Z do not have one.
        for found in re.finditer("[0-8a-yA-Y]", pattern):
            start, end = found.span()
            news.append(f"{pattern[:start]}{chr(ord(found[0]) + 1)}{pattern[end:]}")
        yield from (_with(site.node, "pattern", new) for new in _without(news, pattern))


@_kind
def _media(site: Site) -> Changes:
    for key, value in (media := site.node.get("x-kling-media", {})).items():
        news: list[Any] = []
        if key == "formats":
            news = [_without(value, listed) for listed in value]
            news += [[*value, other] for other in _FORMATS if other not in value]
        elif isinstance(value, list):
            # A pair: at least and at most.
            news = [replaced(value, (end,), new) for end in (0, 1) for new in _similar(value[end])]
        elif isinstance(value, int):
            news = _similar(value)
        for new in news:
            change, changed = _with(media, key, new)
            yield change, {**site.node, "x-kling-media": changed}


@_kind
def _retired(site: Site) -> Changes:
    for value, day in (dates := site.node.get("x-kling-retired", {})).items():
        for other in _days(day):
            yield (
                f"{value} {day} -> {other}",
                {**site.node, "x-kling-retired": {**dates, value: other}},
            )


@_kind
def _closed(site: Site) -> Changes:
    if day := site.node.get("x-kling-closed"):
        yield from (_with(site.node, "x-kling-closed", other) for other in _days(day))


def _rows(site: Site) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield the values that a rule or advice lists for a field, and the field's other values."""
    if site.in_rule and isinstance(values := site.node.get("enum"), list):
        known = site.lists.get(site.field, ())
        yield values, [value for value in known if value not in values]


@_kind
def _row_added(site: Site) -> Changes:
    for values, others in _rows(site):
        yield from (_with(site.node, "enum", [*values, other]) for other in others)


@_kind
def _row_dropped(site: Site) -> Changes:
    for values, _ in _rows(site):
        for value in values if len(values) > 1 else ():
            yield _with(site.node, "enum", _without(values, value))


@_kind
def _row_exchanged(site: Site) -> Changes:
    for values, others in _rows(site):
        for other in others:
            for number in range(len(values)):
                yield _with(site.node, "enum", replaced(values, (number,), other))
    if site.in_rule and isinstance(value := site.node.get("const"), str):
        for other in _without(site.lists.get(site.field, []), value):
            yield _with(site.node, "const", other)


@_kind
def _rule_removed(site: Site) -> Changes:
    for key in ("allOf", "x-kling-advice"):
        for rule in site.node.get(key, ()):
            # The id of a rule is in its x-kling-rule; advice has its id itself.
            if name := rule.get("x-kling-rule", rule).get("id"):
                yield f"{name} removed", _with(site.node, key, _without(site.node[key], rule))[1]


@_kind
def _evidence(site: Site) -> Changes:
    if evidence := (rule := site.node.get("x-kling-rule", {})).get("evidence"):
        other = "documented" if evidence == "live" else "live"
        change = f"{rule['id']} {evidence} -> {other}"
        yield change, {**site.node, "x-kling-rule": {**rule, "evidence": other}}
