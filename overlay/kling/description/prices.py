"""What a create costs, by the price rows of the description."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any, NamedTuple

from kling.description.spec import Defaults, Document, Operation, Spec

# Of a file that a field holds: between which seconds its length is; None where nobody knows.
Measure = Callable[[Any], tuple[float, float] | None]
Span = tuple[Decimal, Decimal]

_BLOCK = 5
_STEP = re.compile(r"(\w+)(?:\[(\w+)=([\w-]+)\])?")
_STEPS = re.compile(r"(?:[^.\[]|\[[^]]*\])+")
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a create costs, between least and most; the same twice where it is known exactly."""

    package: str
    """The kind of resource package that pays: video, image or try-on."""
    least: Decimal | None
    """In units of that kind; None where no source states a price."""
    most: Decimal | None
    price: Decimal | None = None
    """Units per second, 5s, picture or call; the highest where sources leave that open."""
    per: str = ""
    """What the price is for: second, 5s, picture or call."""
    seconds: Span | None = None
    """How many seconds are counted, least and most; None where the price is not one of time."""
    reason: str = ""
    """Why no price is known; empty where one is."""
    checked: str = ""
    """The day on which the sources were read, or the year of old ones."""
    sources: tuple[str, ...] = ()
    """Ids of `openapi/sources.yaml`."""


class _Place(NamedTuple):
    """Where a field is in a body."""

    steps: tuple[tuple[str, str, str, Any], ...]
    """Of each object on the way: a name, and of a list the key, the value of the entry meant, and
    the value of an entry without the key."""
    node: Document
    """The schema of the field."""

    def value(self, body: Any) -> Any:
        """Return what is there; None if nothing is."""
        for name, key, wanted, default in self.steps:
            body = body.get(name) if isinstance(body, Mapping) else None
            if key:
                entries = body if isinstance(body, list | tuple) else ()
                objects = (one for one in entries if isinstance(one, Mapping))
                body = next((one for one in objects if one.get(key, default) == wanted), None)
        return body


class Prices:
    """The price rows of one create.

    Args:
        spec: the description.
        operation: the create.
    """

    def __init__(self, spec: Spec, operation: Operation) -> None:
        said = operation.node["x-kling-price"]
        self._spec = spec
        self._operation = operation
        self._schema: Document = spec.schemas[str(operation.request)]
        self._defaults: Defaults = spec.defaults(self._schema)
        self._said: Document = said
        self._rows = [_Row(spec, self._schema, row) for row in said["rows"]]
        self.package: str = (operation.task or said)["package"]

    def cost(self, body: Mapping[str, Any], measured: Measure = lambda _: None) -> Cost:
        """Return what a body costs.

        Args:
            body: the body, in the types of the description (`Rules.canonical`).
            measured: between which seconds a file lasts, by the value of its field.
        """
        whole = self._defaults.completed(body)
        row = next((one for one in self._rows if one.applies(whole)), None)
        if row is None:
            return self._unknown(self._no_row(whole))
        said = {**self._said, **row.said}
        checked, sources = said["checked"], tuple(said["sources"])
        if row.units is None:
            return self._unknown(said["open"], checked, sources)
        seconds = row.seconds(whole, measured) if row.is_timed else None
        if row.is_timed and seconds is None:
            reason = f"Its price is per second, and {row.length} does not say how many."
            return self._unknown(reason, checked, sources)
        least, most = self._counted(row, whole, seconds)
        low, high = (row.least or row.units) * least, row.units * most
        return Cost(self.package, low, high, row.units, row.per, seconds, "", checked, sources)

    def _unknown(self, reason: str, checked: str = "", sources: tuple[str, ...] = ()) -> Cost:
        return Cost(self.package, None, None, reason=reason, checked=checked, sources=sources)

    def _counted(self, row: "_Row", body: Document, seconds: Span | None) -> Span:
        """Return how often the price of a row is paid, least and most."""
        if seconds and row.per == "second":
            return seconds
        if seconds:  # a block that is begun may count in full
            return seconds[0] / _BLOCK, (seconds[1] / _BLOCK).to_integral_value(ROUND_CEILING)
        if row.per == "picture":
            return self._pictures(body)
        return Decimal(1), Decimal(1)

    def _pictures(self, body: Document) -> Span:
        if count := self._spec.slots(self._operation, body):
            return Decimal(count), Decimal(count)
        # The service chooses how many there are in a series.
        node = self._schema["properties"]["series_amount"]
        [bounds] = [one for one in node["anyOf"] if "minimum" in one]
        return Decimal(bounds["minimum"]), Decimal(bounds["maximum"])

    def _no_row(self, body: Document) -> str:
        places = {name: place for row in self._rows for name, place in row.lists.items()}
        chosen = {name: place.value(body) for name, place in places.items()}
        # Only values of lists are shown: anything else may be private.
        known = {name: one for name, one in chosen.items() if one in places[name].node["enum"]}
        shown = ", ".join(f"{name} {value}" for name, value in known.items())
        return f"The price list has no row for {shown or 'this request'}."


class _Row:
    """A row of a price."""

    def __init__(self, spec: Spec, schema: Document, said: Document) -> None:
        self.said = said
        self.per: str = said.get("per", "")
        self.units = Decimal(said["units"]) if "units" in said else None
        self.least = Decimal(said["least"]) if "least" in said else None
        self.length: str = said.get("length", said.get("up_to", ""))
        self.is_timed = self.per in ("second", "5s")
        when = said.get("when", {})
        places = {name: _place(spec, schema, name) for name in when}
        self.lists = {name: places[name] for name, one in when.items() if isinstance(one, list)}
        self._conditions = [(places[name], one) for name, one in when.items()]
        self._place = _place(spec, schema, self.length) if self.length else None
        node = self._place.node if self._place else {}
        between = said.get("between", node.get("x-kling-media", {}).get("seconds"))
        self._between = (_whole(between[0]), _whole(between[1], ROUND_CEILING)) if between else None

    def applies(self, body: Document) -> bool:
        """Whether the row is about a body, whose defaults are in it."""
        for place, wanted in self._conditions:  # noqa: SIM110 (a generator takes twice as long)
            if not _holds(wanted, place.value(body)):
                return False
        return True

    def seconds(self, body: Document, measured: Measure) -> Span | None:
        """Return how many seconds count, least and most; None where the body does not say it."""
        value = self._place.value(body) if self._place else None
        is_file = self._place is not None and "x-kling-media" in self._place.node
        if self._place and not is_file:
            is_number = not isinstance(value, bool) and _SECONDS.fullmatch(str(value))
            return (Decimal(str(value)), Decimal(str(value))) if is_number else self._between
        lasts = measured(value) if is_file and value else None
        if lasts is None:
            return self._between
        # 5.04 s were counted as 5 s, and nobody says how Kling rounds in general.
        low, high = _whole(lasts[0]), _whole(lasts[1], ROUND_CEILING)
        if "up_to" in self.said and self._between:
            least, most = self._between
            return least, max(least, min(high, most))
        return low, high


@cache
def prices_of(spec: Spec, operation: str) -> Prices | None:
    """Return the prices of a create; None of an operation that has none."""
    found = spec.operations[operation]
    return Prices(spec, found) if "x-kling-price" in found.node else None


def unit_value(spec: Spec, package: str) -> Decimal | None:
    """Return the list price of one unit of a kind of package; None where no source states it."""
    value = spec.document.get("x-kling-unit-values", {}).get("values", {}).get(package)
    return Decimal(value) if value else None


def currency(spec: Spec) -> str:
    """Return the currency of `unit_value`; empty without any."""
    return str(spec.document.get("x-kling-unit-values", {}).get("currency", ""))


def _holds(condition: Any, value: Any) -> bool:
    if isinstance(condition, list):
        return value in condition
    if isinstance(condition, Mapping):
        [(word, text)] = condition.items()
        has = isinstance(value, str) and text in value
        return has if word == "has" else not has
    is_absent = value in (None, "", [], {})
    return is_absent if condition == "absent" else not is_absent


def _place(spec: Spec, schema: Document, name: str) -> _Place:
    steps, node = [], schema
    for step in _STEPS.findall(name):
        match = _STEP.fullmatch(step)
        assert match is not None  # lint has seen it
        field, key, wanted = match.groups(default="")
        node = spec.resolve(node["properties"][field])
        default = None
        if key:
            entry = spec.resolve(node["items"])
            node = spec.branches(entry)[1].get(wanted, entry)
            default = node["properties"][key].get("x-kling-default")
        steps.append((field, key, wanted, default))
    return _Place(tuple(steps), node)


def _whole(number: float, rounding: str = ROUND_FLOOR) -> Decimal:
    # What is called 5 s is often 4.9999999 in a file.
    return Decimal(str(round(number, 3))).to_integral_value(rounding)
