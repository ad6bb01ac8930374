"""What a create operation costs, by the price list in the description."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any, NamedTuple

from kling.description.operations import Document, Operation
from kling.description.spec import Defaults, Spec

Measure = Callable[[Any], tuple[float, float] | None]
"""Takes the value of a field with a file, and returns the minimum and the maximum length of the
file in seconds; None if the length is not known."""
Span = tuple[Decimal, Decimal]
"""A minimum and a maximum."""

_BLOCK_SECONDS = 5  # of a price per `5s`
# The parts of the path of a field, such as settings.duration and contents[type=video].url: _STEPS
# finds all parts, and _STEP reads one part.
_STEP = re.compile(r"(\w+)(?:\[(\w+)=([\w-]+)\])?")
_STEPS = re.compile(r"(?:[^.\[]|\[[^]]*\])+")
# A number of seconds in the value of a field.
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a create costs. `least` equals `most` if the cost is known exactly."""

    package: str
    """The kind of resource package from which Kling takes the units: video, image or try-on."""
    least: Decimal | None
    """The minimum, in units of that kind; None if no source states a price."""
    most: Decimal | None
    """The maximum, in units of that kind; None if no source states a price."""
    price: Decimal | None = None
    """The price in units; the highest one if the sources state several."""
    per: str = ""
    """What `price` is for: `second`, `5s` (five seconds), `picture`, or `call` (one request)."""
    seconds: Span | None = None
    """The seconds to pay for, at least and at most; None if the price does not depend on time."""
    reason: str = ""
    """Why the cost is not known; empty if it is known."""
    checked: str = ""
    """The date on which the sources were read, or the year of old sources."""
    sources: tuple[str, ...] = ()
    """Ids of the sources in `openapi/sources.yaml`."""


class _FieldPath(NamedTuple):
    """The path of a field in a body."""

    steps: tuple[tuple[str, str, str, Any], ...]
    """Each step has the name of a field. If the field is a list, the step also has the key and the
    value that select an entry, and the default of the key."""
    node: Document
    """The schema of the field."""

    def value(self, body: Any) -> Any:
        """Return the value of the field; None if it is absent."""
        for name, key, wanted, default in self.steps:
            body = body.get(name) if isinstance(body, Mapping) else None
            if key:
                entries = body if isinstance(body, list | tuple) else ()
                objects = (entry for entry in entries if isinstance(entry, Mapping))
                matching = (entry for entry in objects if entry.get(key, default) == wanted)
                body = next(matching, None)
        return body


class Prices:
    """The part of the price list for one create operation.

    Args:
        spec: the description.
        operation: the create.
    """

    def __init__(self, spec: Spec, operation: Operation) -> None:
        node = operation.node["x-kling-price"]
        self._spec = spec
        self._operation = operation
        self._schema: Document = spec.schemas[str(operation.request)]
        self._defaults: Defaults = spec.defaults(self._schema)
        self._node: Document = node
        self._rows = [_Row(spec, self._schema, row) for row in node["rows"]]
        self._paths = {name: path for row in self._rows for name, path in row.paths.items()}
        self.package: str = (operation.task or node)["package"]

    def cost(self, body: Mapping[str, Any], measured: Measure = lambda _: None) -> Cost:
        """Return what a body costs.

        Args:
            body: the body, in the types of the description (see `Rules.canonical`).
            measured: returns the length of a file, from the value of its field.
        """
        completed = self._defaults.completed(body)
        values = {name: path.value(completed) for name, path in self._paths.items()}
        row = next((row for row in self._rows if row.applies(values)), None)
        if row is None:
            return self._unknown_cost(self._no_row_message(values))
        # A row may have its own date and sources.
        node = {**self._node, **row.node}
        checked, sources = node["checked"], tuple(node["sources"])
        if row.units is None:
            return self._unknown_cost(node["open"], checked, sources)
        seconds = row.seconds(completed, measured) if row.is_timed else None
        if row.is_timed and seconds is None:
            reason = (
                f"The price is per second, and {row.length} does not say how long the result is."
            )
            return self._unknown_cost(reason, checked, sources)
        least, most = self._quantities(row, completed, seconds)
        # If the sources state several prices, `row.least` is the lowest one.
        low, high = (row.least or row.units) * least, row.units * most
        return Cost(self.package, low, high, row.units, row.per, seconds, "", checked, sources)

    def _unknown_cost(self, reason: str, checked: str = "", sources: tuple[str, ...] = ()) -> Cost:
        return Cost(self.package, None, None, reason=reason, checked=checked, sources=sources)

    def _quantities(self, row: "_Row", body: Document, seconds: Span | None) -> Span:
        """Return how many times the price of a row must be paid, at least and at most."""
        if seconds and row.per == "second":
            return seconds
        if seconds:
            # Kling may charge the last five seconds in full, even if the result ends earlier.
            blocks = (seconds[1] / _BLOCK_SECONDS).to_integral_value(ROUND_CEILING)
            return seconds[0] / _BLOCK_SECONDS, blocks
        if row.per == "picture":
            return self._image_count(body)
        return Decimal(1), Decimal(1)

    def _image_count(self, body: Document) -> Span:
        # A task takes one slot for each image.
        if count := self._spec.slots(self._operation, body):
            return Decimal(count), Decimal(count)
        # Kling chooses the number of images in a series.
        node = self._schema["properties"]["series_amount"]
        # The other variant is the value with which Kling chooses the number.
        [bounds] = [variant for variant in node["anyOf"] if "minimum" in variant]
        return Decimal(bounds["minimum"]), Decimal(bounds["maximum"])

    def _no_row_message(self, values: Mapping[str, Any]) -> str:
        # The message quotes only values of an enum, because others may be private.
        shown = {}
        for row in self._rows:
            for name in row.enum_fields:
                if values[name] in self._paths[name].node["enum"]:
                    shown[name] = f"{name} {values[name]}"
        return f"The price list has no row for {', '.join(shown.values()) or 'this request'}."


class _Row:
    """A row of the price list of a create; `openapi/README.md` explains its keys."""

    def __init__(self, spec: Spec, schema: Document, node: Document) -> None:
        self.node = node
        self.per: str = node.get("per", "")
        self.units = Decimal(node["units"]) if "units" in node else None
        self.least = Decimal(node["least"]) if "least" in node else None
        self.length: str = node.get("length", node.get("up_to", ""))
        self.is_timed = self.per in ("second", "5s")
        when = node.get("when", {})
        self.paths = {name: _field_path(spec, schema, name) for name in when}
        # The condition for a field with an enum is a list of its values.
        self.enum_fields = [name for name, wanted in when.items() if isinstance(wanted, list)]
        self._conditions = list(when.items())
        self._length_path = _field_path(spec, schema, self.length) if self.length else None
        length_node = self._length_path.node if self._length_path else {}
        between = node.get("between", length_node.get("x-kling-media", {}).get("seconds"))
        # The limits of the length. They are used if the request does not show the length.
        self._length_limits = (
            (_whole_seconds(between[0]), _whole_seconds(between[1], ROUND_CEILING))
            if between
            else None
        )

    def applies(self, values: Mapping[str, Any]) -> bool:
        """Whether the row is for a body with these values, which include Kling's defaults."""
        for name, wanted in self._conditions:  # noqa: SIM110 (a generator takes twice as long)
            if not _is_met(wanted, values[name]):
                return False
        return True

    def seconds(self, body: Document, measured: Measure) -> Span | None:
        """Return the seconds to pay for, at least and at most; None if they are not known."""
        path = self._length_path
        value = path.value(body) if path else None
        is_file = path is not None and "x-kling-media" in path.node
        if path and not is_file:
            is_number = not isinstance(value, bool) and _SECONDS.fullmatch(str(value))
            return (Decimal(str(value)), Decimal(str(value))) if is_number else self._length_limits
        length = measured(value) if is_file and value else None
        if length is None:
            return self._length_limits
        # Kling counted 5.04 s as 5 s. No source says whether it also rounds up.
        low, high = _whole_seconds(length[0]), _whole_seconds(length[1], ROUND_CEILING)
        if "up_to" in self.node and self._length_limits:
            # The result may be shorter than the file.
            least, most = self._length_limits
            return least, max(least, min(high, most))
        return low, high


@cache
def prices_of(spec: Spec, operation: str) -> Prices | None:
    """Return the prices of an operation; None if the description has no prices for it."""
    found = spec.operations[operation]
    return Prices(spec, found) if "x-kling-price" in found.node else None


def unit_value(spec: Spec, package: str) -> Decimal | None:
    """Return the list price of one unit of a kind of resource package; None if it is not known."""
    value = spec.document.get("x-kling-unit-values", {}).get("values", {}).get(package)
    return Decimal(value) if value else None


def currency(spec: Spec) -> str:
    """Return the currency of `unit_value`; empty if the description has no unit values."""
    return str(spec.document.get("x-kling-unit-values", {}).get("currency", ""))


def _is_met(condition: Any, value: Any) -> bool:
    """Whether a value satisfies a condition of a price row."""
    if isinstance(condition, list):
        return value in condition
    if isinstance(condition, Mapping):
        [(word, text)] = condition.items()
        is_contained = isinstance(value, str) and text in value
        return is_contained if word == "has" else not is_contained
    # The condition is "absent" or "given".
    is_absent = value in (None, "", [], {})
    return is_absent if condition == "absent" else not is_absent


def _field_path(spec: Spec, schema: Document, name: str) -> _FieldPath:
    """Return the path for a name such as settings.duration."""
    steps, node = [], schema
    for step in _STEPS.findall(name):
        match = _STEP.fullmatch(step)
        assert match is not None  # lint refuses other names
        field, key, wanted = match.groups(default="")
        node = spec.resolve(node["properties"][field])
        default = None
        if key:
            entry = spec.resolve(node["items"])
            node = spec.branches(entry)[1].get(wanted, entry)
            default = node["properties"][key].get("x-kling-default")
        steps.append((field, key, wanted, default))
    return _FieldPath(tuple(steps), node)


def _whole_seconds(seconds: float, rounding: str = ROUND_FLOOR) -> Decimal:
    # A file of 5 s often says 4.9999999 s.
    return Decimal(str(round(seconds, 3))).to_integral_value(rounding)
