"""Find the changes between two bundles that oasdiff overlooks, and rate how serious each one is.

oasdiff counts rules without comparing them. It ignores callbacks, extensions, the order of servers
and some limits.
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
# The keys that are compared wherever they occur, as are extensions.
_COMPARED = {"jsonSchemaDialect", "servers", "security"}
_EXTENSIONS = ("x-kling-", "x-extensible")
# Rules and advice are compared separately, by their ids. Changes of texts and sources do not affect
# programs.
_NOT_COMPARED = {
    "x-kling-rule",
    "x-kling-advice",
    "x-kling-source",
    "x-kling-messages",
    "description",
    "summary",
}
# Texts for people: a change does not break a program.
_FOR_PEOPLE = {"x-kling-console", "meaning", "remedy"}
# Lists and mappings in which a new entry does not break a program.
_MAY_GROW = {"servers", "x-extensible", "callbacks"}
# Keys that do not appear in the name of a place.
_CONTAINERS = {"components", "schemas", "parameters", "properties"}

_Difference = tuple[tuple[str, ...], tuple[str, ...], Any, Any]
"""The place, the key, the old value and the new value."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one place."""

    level: int
    """How serious it is: NEW, MAY_BREAK or BREAKS."""
    said: str
    """What changed, in words."""
    place: str = ""
    """An operation, or a field of a schema; '' means the whole API."""


def overlooked(old: Document, new: Document) -> Iterator[Change]:
    """Yield the changes between two bundles that oasdiff does not report."""
    yield from _family_changes(old, new)
    yield from _rule_changes(old, new)
    found = [*_differences(old, new, _COMPARED), *_callback_differences(old, new)]
    for place, key, before, after in found:
        yield _change(_level(key, before), place, key, before, after)
    first, other = new["servers"][0]["url"], old["servers"][0]["url"]
    if first != other:
        yield Change(MAY_BREAK, f"generated clients now use {first} by default instead of {other}")
    yield from _limit_changes(portable(old), portable(new))


def _family_changes(old: Document, new: Document) -> Iterator[Change]:
    current_names, former_names = {*families(new).values()}, former_families(new)
    # The old names that no family has now.
    for name in sorted({*families(old).values(), *former_families(old)} - current_names):
        if name not in former_names:
            yield Change(BREAKS, f"family `{name}` was removed, so refs that begin with it fail")
        elif name not in former_families(old):
            yield Change(
                MAY_BREAK,
                f"family `{name}` is now `{former_names[name]}`; "
                "stored refs work, but imports change",
            )


def _rule_changes(old: Document, new: Document) -> Iterator[Change]:
    before, after = _rules(old), _rules(new)
    # oasdiff reports the other operations.
    kept_operations = _operations(old).keys() & _operations(new).keys()
    for key in sorted(before.keys() | after.keys()):
        name, field, operation = key
        was, now = before.get(key), after.get(key)
        if operation not in kept_operations or was == now:
            continue
        rule = now or was or {}  # one of the two is there
        kind = "advice" if rule["kind"] == "advice" else "rule"
        level = NEW
        if now is None:
            verb = "was removed"
        elif was and was["demand"] == now["demand"]:
            verb = "has a new message"
        else:
            verb = "has a new condition" if was else "is new"
            level = NEW if kind == "advice" else MAY_BREAK
        place = f"{operation} `{field}`" if field else operation
        yield Change(level, f"{kind} {name} {verb}: {rule['message']}", place)


def _rules(whole: Document) -> dict[tuple[str, str, str], Document]:
    """Return the condition and message of each rule, by id, field and operation."""
    # Without jsonSchemaDialect, because a change of it is reported once, not for every rule.
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
        yield from _differences(
            before[name], after[name], wanted=(), place=(name,), key=("callbacks",)
        )


def _callbacks(whole: Document) -> dict[str, Any]:
    """Return the callbacks of every operation, with all references resolved except to schemas."""

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
        # In replies, it is the other way round: a program may not expect what a wider limit allows.
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
    """Whether the new limit excludes values that the old limit allowed."""
    if name == "multipleOf":
        return after is not None and (before is None or before % after != 0)
    return _allowance(name, after) < _allowance(name, before)


def _allowance(name: str, limit: Any) -> float:
    """Return a number for a limit, which is higher if the limit allows more values."""
    if isinstance(limit, bool):
        forbids = limit if name == "uniqueItems" else not limit
        return 0 if forbids else math.inf
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
    """Yield each difference in the values of extensions and of the `wanted` keys.

    `place` is the place of the two nodes, such as a field. If the nodes are in an extension or a
    wanted key, `key` is the path below this place. Otherwise it is empty.
    """
    if key:
        old, new = _table(old), _table(new)
    elif isinstance(old, dict) and "responses" in old and "operationId" in old:
        place = (old["operationId"],)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            before, after = old.get(name), new.get(name)
            is_field = isinstance(before or after, dict)  # a field can have the name of a keyword
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
    """Return a list of rows or texts as a mapping, so that a new entry does not move the others.

    The keys are the first value of each row, such as an error code, or the texts themselves.
    """
    if isinstance(value, list):
        if all(isinstance(row, dict) and len(row) > 1 for row in value):
            return {str(next(iter(row.values()))): row for row in value}
        if all(isinstance(row, str) for row in value):
            return {row: row for row in value}
    return value


def _level(key: tuple[str, ...], before: Any) -> int:
    """Return how serious a change of a key is. There is no old value (`before`) for a new entry."""
    if key[-1] in _FOR_PEOPLE or (before is None and key[0] in _MAY_GROW):
        return NEW
    return BREAKS if key[0] == "callbacks" else MAY_BREAK


def _change(
    level: int, place: tuple[str, ...], key: tuple[str, ...], before: Any, after: Any
) -> Change:
    said = f"`{'.'.join(key)}` changed from {_short(before)} to {_short(after)}"
    return Change(level, said, ".".join(place))


def _short(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return textwrap.shorten(text, 60, placeholder=" ...")
