"""Read the fixtures of `openapi/fixtures/bodies/`, whose form `text-to-video.yaml` explains there.

Those of a dialect are in `openapi/fixtures/dialects/`, if it takes other bodies than the API does.
"""

from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

from scripts.build import bundle

_FOLDER = Path(__file__).parents[2] / "openapi" / "fixtures"
BODIES = {path.stem: path for path in sorted(_FOLDER.glob("bodies/*.yaml"))}
DIALECTS = {path.stem: path for path in sorted(_FOLDER.glob("dialects/*.yaml"))}


class Case(NamedTuple):
    """A body, and what is expected of it."""

    schema: str
    body: Any
    rules: set[str]
    fields: list[str]
    advice: set[str] | None
    """None where it does not matter, for the body is refused."""


def bodies(node: Any) -> list[Any]:
    """Write out what `$repeat`, `$each` and `$chain` stand for."""
    match node:
        case {"$repeat": [part, count]}:
            return [part * count if isinstance(part, str) else [part] * count]
        case {"$each": values}:
            return [body for value in values for body in bodies(value)]
        case {"$chain": parts}:
            return [[*chain.from_iterable(row)] for row in product(*map(bodies, parts))]
        case dict():
            return [
                dict(zip(node, row, strict=True)) for row in product(*map(bodies, node.values()))
            ]
        case list():
            return [list(row) for row in product(*map(bodies, node))]
    return [node]


def cases(dialect: str = "") -> Iterator[tuple[str, Case]]:
    """Yield each body with what is expected of it, and a name for it."""
    for path in [DIALECTS[dialect]] if dialect in DIALECTS else BODIES.values():
        yield from cases_in(path)


def cases_in(path: Path) -> Iterator[tuple[str, Case]]:
    """Yield those of one file."""
    file = read(path)
    for verdict in ("accepted", "refused"):
        for entry in file[verdict]:
            rules, fields = set(entry.get("rules", ())), sorted(entry.get("fields", ()))
            advice = None if rules else set(entry.get("advice", ()))
            schema = entry.get("schema", file["schema"])
            for number, body in enumerate(bodies(entry["body"]), 1):
                name = f"{path.stem}: {entry['name']} ({number})"
                whole = _on(file["least"], body) if "least" in file else body
                yield name, Case(schema, whole, rules, fields, advice)


@cache
def read(path: Path) -> Any:
    """Return what a file of bodies says."""
    return bundle.load(path)


def _on(least: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**least, **body}.items() if value is not None}
