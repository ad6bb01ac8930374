"""Read the fixtures of `openapi/fixtures/bodies/`; `text-to-video.yaml` there explains the format.

A dialect whose rules differ from those of Kling's API has its fixtures in
`openapi/fixtures/dialects/`.
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
    """A request body, and what the description must say about it."""

    schema: str
    """The name of the request schema."""
    body: Any
    rules: set[str]
    """The ids of the rules that the body breaks, or keywords of JSON Schema."""
    fields: list[str]
    """The field of each problem."""
    advice: set[str] | None
    """The ids of the advice for the body. None: the body is refused, so advice does not matter."""


def bodies(node: Any) -> list[Any]:
    """Expand `$repeat`, `$each` and `$chain` into all bodies that they describe.

    `$repeat` repeats a text, or an entry of a list. `$each` has alternatives. `$chain` joins lists.
    """
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
    """Yield the name of each case, and the case."""
    for path in [DIALECTS[dialect]] if dialect in DIALECTS else BODIES.values():
        yield from cases_in(path)


def cases_in(path: Path) -> Iterator[tuple[str, Case]]:
    """Yield the name of each case of a file, and the case."""
    file = read(path)
    for verdict in ("accepted", "refused"):
        for entry in file[verdict]:
            rules, fields = set(entry.get("rules", ())), sorted(entry.get("fields", ()))
            advice = None if rules else set(entry.get("advice", ()))
            schema = entry.get("schema", file["schema"])
            for number, body in enumerate(bodies(entry["body"]), 1):
                name = f"{path.stem}: {entry['name']} ({number})"
                # `least` has the fields that every body of the file needs.
                full = _completed(file["least"], body) if "least" in file else body
                yield name, Case(schema, full, rules, fields, advice)


@cache
def read(path: Path) -> Any:
    """Return the content of a file of bodies."""
    return bundle.load(path)


def _completed(least: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Add the fields of `least` to a body. A null in the body removes a field."""
    return {name: value for name, value in {**least, **body}.items() if value is not None}
