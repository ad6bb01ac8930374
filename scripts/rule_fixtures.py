"""Read the fixtures of `tests/openapi/rules/`, whose form `text-to-video.yaml` explains there."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import bundle

_FOLDER = Path(__file__).parents[1] / "tests" / "openapi" / "rules"
FILES = {path.stem: bundle.load(path) for path in sorted(_FOLDER.glob("*.yaml"))}


class Case(NamedTuple):
    """A body, and what is expected of it."""

    schema: str
    body: Any
    rules: set[str]
    fields: list[str]
    advice: set[str] | None
    """None where it does not matter, for the body is refused."""


def bodies(node: Any) -> list[Any]:
    """Write out what `$repeat` and `$each` stand for."""
    match node:
        case {"$repeat": [part, count]}:
            return [part * count if isinstance(part, str) else [part] * count]
        case {"$each": values}:
            return [body for value in values for body in bodies(value)]
        case dict():
            return [
                dict(zip(node, row, strict=True)) for row in product(*map(bodies, node.values()))
            ]
        case list():
            return [list(row) for row in product(*map(bodies, node))]
    return [node]


def cases() -> Iterator[tuple[str, Case]]:
    """Yield each body with what is expected of it, and a name for it."""
    for slug, file in FILES.items():
        for verdict in ("accepted", "refused"):
            for entry in file[verdict]:
                rules, fields = set(entry.get("rules", ())), sorted(entry.get("fields", ()))
                advice = None if rules else set(entry.get("advice", ()))
                schema = entry.get("schema", file["schema"])
                for number, body in enumerate(bodies(entry["body"]), 1):
                    name = f"{slug}: {entry['name']} ({number})"
                    yield name, Case(schema, body, rules, fields, advice)
