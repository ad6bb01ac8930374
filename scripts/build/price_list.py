"""List the prices of the bundle, one row per line."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scripts.build.bundle import Document, holders

_PRICE, _VALUES = "x-kling-price", "x-kling-unit-values"
_PER = {"call": "for a call", "picture": "for an image", "second": "per second", "5s": "per 5 s"}
_CONTAINS = {"has": "contains", "lacks": "does not contain"}


class PriceRow(NamedTuple):
    """One row of a price, as text."""

    operation: str
    package: str
    cost: str
    """Such as "0.6 per second of duration", or "unknown".

    "open" marks a row that only says, in `when`, what is not known about the operation.
    """
    sources: str
    """The date and the sources, in brackets."""
    when: str
    """The values of the fields for which the row applies, such as "mode pro"."""


def price_lines(whole: Document) -> Iterator[str]:
    """Yield what a unit costs, and every row of every price.

    The columns of a row are operation, package, price, the date and the sources in brackets, and
    when the row applies. After the rows of an operation come sentences about what is not known.
    """
    if units := whole.get(_VALUES):
        for package, value in units["values"].items():
            yield f"{package} package: a unit is {value} {units['currency']}  {_sources(units)}"
        yield from (f"Open: {sentence}" for sentence in units.get("open", ()))
    rows = list(price_rows(whole))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    for row in rows:
        # The last column is not padded.
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, (*widths, 0), strict=True))


def price_rows(whole: Document) -> Iterator[PriceRow]:
    """Yield every row of every price, by operation."""
    for operation in holders(whole["paths"], _PRICE):
        price, name = operation[_PRICE], operation["operationId"]
        # If the operation creates no task, its price names the package.
        package = (operation.get("x-kling-task") or price)["package"]
        for row in price["rows"]:
            # A row may have a date and sources of its own, which replace those of the price.
            yield PriceRow(name, package, _cost(row), _sources({**price, **row}), _when(row))
        for sentence in price.get("open", ()):
            yield PriceRow(name, package, "open", _sources(price), sentence)


def _cost(row: Document) -> str:
    if "open" in row:
        return "unknown"
    range_start = f"{row['least']} to " if "least" in row else ""
    return f"{range_start}{row['units']} {_PER[row['per']]}{_length(row)}"


def _length(row: Document) -> str:
    seconds = "{} to {} s".format(*row["between"]) if "between" in row else ""
    if "up_to" in row:
        lasts = f"{seconds}, but" if seconds else ""
        return f" of the result, which lasts {lasts} at most as long as {row['up_to']}"
    if "length" in row:
        return f" of {row['length']}{f', which lasts {seconds}' if seconds else ''}"
    return f", for a length of {seconds}" if seconds else ""


def _when(row: Document) -> str:
    conditions = row.get("when", {}).items()
    when = ", ".join(f"{name} {_condition(condition)}" for name, condition in conditions)
    if "open" in row:
        return f"{when}: {row['open']}" if when else str(row["open"])
    return when or "always"


def _condition(condition: Any) -> str:
    if isinstance(condition, list):
        return "is " + " or ".join("absent" if value is None else str(value) for value in condition)
    if isinstance(condition, dict):
        [(word, text)] = condition.items()
        return f"{_CONTAINS[word]} {text}"
    return f"is {condition}"


def _sources(entry: Document) -> str:
    return f"[{', '.join([entry['checked'], *entry['sources']])}]"
