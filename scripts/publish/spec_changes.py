"""Find the changes between two bundles that oasdiff overlooks, and rate how serious each one is.

oasdiff only counts rules, and ignores callbacks, extensions, the order of servers and some limits.
"""

import json
import math
import textwrap
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from scripts.build.bundle import Document, families, former_families, holders, references
from scripts.build.portable import portable
from scripts.build.rule_list import rule_list

NEW, MAY_BREAK, BREAKS = 1, 2, 3
# The keywords that limit a value; oasdiff finds only some of their changes.
LIMITS = {
    "maxItems",
    "minItems",
    "maxLength",
    "minLength",
    "maximum",
    "minimum",
    "multipleOf",
    "uniqueItems",
    "additionalProperties",
}
_WHOLE = {"jsonSchemaDialect", "servers", "security"}
_EXTENSIONS = ("x-kling-", "x-extensible")
# Rules are compared separately, by id; changes of texts and sources do not affect programs.
_NOT_COMPARED = {
    "x-kling-rule",
    "x-kling-advice",
    "x-kling-source",
    "x-kling-messages",
    "description",
    "summary",
}
_FOR_PEOPLE = {"x-kling-console", "meaning", "remedy"}
_MAY_GROW = {"servers", "x-extensible", "callbacks"}
_CONTAINERS = {"components", "schemas", "parameters", "properties"}

_Difference = tuple[tuple[str, ...], tuple[str, ...], Any, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one place: an operation, or a field of a schema; '' is the whole API."""

    level: int
    said: str
    place: str = ""


def overlooked(old: Document, new: Document) -> Iterator[Change]:
    """Yield the changes between two bundles that oasdiff does not report."""
    yield from _family_changes(old, new)
    yield from _rule_changes(old, new)
    found = [*_differences(old, new, _WHOLE), *_callback_differences(old, new)]
    for place, key, before, after in found:
        yield _change(_level(key, before), place, key, before, after)
    first, other = new["servers"][0]["url"], old["servers"][0]["url"]
    if first != other:
        yield Change(MAY_BREAK, f"generated clients take {first} by default, no longer {other}")
    yield from _limit_changes(portable(old), portable(new))


def _family_changes(old: Document, new: Document) -> Iterator[Change]:
    now, former = {*families(new).values()}, former_families(new)
    for name in sorted({*families(old).values(), *former_families(old)} - now):
        if name not in former:
            yield Change(BREAKS, f"family `{name}` is gone, and stored refs with it")
        elif name not in former_families(old):
            yield Change(
                MAY_BREAK, f"family `{name}` is now `{former[name]}`; old refs work, imports change"
            )


def _rule_changes(old: Document, new: Document) -> Iterator[Change]:
    before, after = _rules(old), _rules(new)
    kept = _operations(old).keys() & _operations(new).keys()
    for key in sorted(before.keys() | after.keys()):
        name, field, operation = key
        was, now = before.get(key), after.get(key)
        if operation not in kept or was == now:
            continue
        rule = now or was or {}
        kind = "advice" if rule["kind"] == "advice" else "rule"
        level = NEW
        if now is None:
            verb = "is gone"
        elif was and was["demand"] == now["demand"]:
            verb = "has a new message"
        else:
            verb = "has a new condition" if was else "is new"
            level = NEW if kind == "advice" else MAY_BREAK
        place = f"{operation} `{field}`" if field else operation
        yield Change(level, f"{kind} {name} {verb}: {rule['message']}", place)


def _rules(whole: Document) -> dict[tuple[str, str, str], Document]:
    """Return the condition and message of each rule, by id, field and operation."""
    # A change of the dialect is reported once, not for every rule.
    rules = rule_list({**whole, "jsonSchemaDialect": ""})
    return {
        (rule["id"], rule["field"], rule["operation"]): {
            "kind": rule["kind"],
            "demand": (rule["kind"], rule.get("schema"), rule.get("check")),
            "message": rule["message"],
        }
        for rule in rules
    }


def _operations(whole: Document) -> dict[str, Document]:
    return {one["operationId"]: one for one in holders(whole["paths"], "responses")}


def _callback_differences(old: Document, new: Document) -> Iterator[_Difference]:
    before, after = _callbacks(old), _callbacks(new)
    for name in sorted(before.keys() & after.keys()):
        yield from _differences(before[name], after[name], (), (name,), ("callbacks",))


def _callbacks(whole: Document) -> dict[str, Any]:
    """Return the callbacks of every operation, with references resolved except to schemas."""

    def resolved(node: Any) -> Any:
        if isinstance(node, list):
            return [resolved(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            _, _, section, name = node["$ref"].split("/")
            return resolved(whole["components"][section][name])
        return {
            key: value.get("$ref") if key == "schema" else resolved(value)
            for key, value in node.items()
            if not key.startswith("x-")
        }

    operations = _operations(whole)
    return {name: resolved(one.get("callbacks", {})) for name, one in operations.items()}


def _limit_changes(old: Document, new: Document) -> Iterator[Change]:
    sent = _sent(new)
    for place, key, before, after in _differences(old, new, LIMITS):
        narrower = _is_narrower(key[0], before, after)
        if sent.isdisjoint(place[:1]):
            level = NEW if narrower else MAY_BREAK
        else:
            level = BREAKS if narrower else NEW
        yield _change(level, place, key, before, after)


def _sent(whole: Document) -> set[str]:
    """Return the names of the components that requests refer to."""
    pending: list[Any] = [
        operation.get(part)
        for operation in _operations(whole).values()
        for part in ("parameters", "requestBody")
    ]
    found: set[str] = set()
    while pending:
        for reference in references(pending.pop()):
            _, _, section, name = reference.split("/")
            if name not in found:
                found.add(name)
                pending.append(whole["components"][section][name])
    return found


def _is_narrower(name: str, before: Any, after: Any) -> bool:
    if name == "multipleOf":
        return after is not None and (before is None or before % after != 0)
    return _allowance(name, after) < _allowance(name, before)


def _allowance(name: str, limit: Any) -> float:
    if isinstance(limit, bool):
        return 0 if limit is (name == "uniqueItems") else math.inf
    if not isinstance(limit, int | float):
        return math.inf
    return -limit if name.startswith("min") else limit


def _differences(
    old: Any,
    new: Any,
    wanted: Container[str],
    place: tuple[str, ...] = (),
    key: tuple[str, ...] = (),
) -> Iterator[_Difference]:
    """Yield place, key, old and new value of each difference below a wanted key or extension."""
    if key:
        old, new = _table(old), _table(new)
    elif isinstance(old, dict) and "responses" in old and "operationId" in old:
        place = (old["operationId"],)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            before, after = old.get(name), new.get(name)
            is_field = isinstance(before or after, dict)  # a field, named like a keyword
            if key or name.startswith(_EXTENSIONS) or (name in wanted and not is_field):
                if name not in _NOT_COMPARED:
                    yield from _differences(before, after, wanted, place, (*key, name))
            elif name in ("anyOf", "oneOf"):
                for pair in zip(before or (), after or (), strict=False):
                    yield from _differences(*pair, wanted, (*place, name))
            elif name in old and name in new:
                step = () if name in _CONTAINERS else (name,)
                yield from _differences(before, after, wanted, (*place, *step))
    elif key and old != new:
        yield place, key, old, new


def _table(value: Any) -> Any:
    """Return a list as a mapping: rows by their first value, such as a code, and texts by text."""
    if isinstance(value, list):
        if all(isinstance(row, dict) and len(row) > 1 for row in value):
            return {str(next(iter(row.values()))): row for row in value}
        if all(isinstance(row, str) for row in value):
            return {row: row for row in value}
    return value


def _level(key: tuple[str, ...], before: Any) -> int:
    if key[-1] in _FOR_PEOPLE or (before is None and key[0] in _MAY_GROW):
        return NEW
    return BREAKS if key[0] == "callbacks" else MAY_BREAK


def _change(
    level: int, place: tuple[str, ...], key: tuple[str, ...], before: Any, after: Any
) -> Change:
    said = f"`{'.'.join(key)}` changed from {_short(before)} to {_short(after)}"
    return Change(level, said, ".".join(place))


def _short(value: Any) -> str:
    said = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return textwrap.shorten(said, 60, placeholder=" ...")
