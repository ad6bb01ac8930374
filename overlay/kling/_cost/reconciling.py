"""Compare what was charged with the price list, for each task in a list of deductions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any

from kling._tasks import Amount, Deduction
from kling.description import Cost, Operation, Spec, load, prices_of, unit_value

# In seconds. Videos are a little longer than requested, such as 5.041 s for 5 s.
_TOLERANCE = Decimal("0.1")
# Some prices are for each 5 seconds that have begun.
_BLOCK_SECONDS = 5
# The modes of the /v1 standard, by the resolution that a list of deductions states.
_MODES = {"720p": "std", "1080p": "pro", "4k": "4k"}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A deduction for a task, with what the task costs by the price list."""

    task_id: str
    time: datetime | None
    product: str
    """Kling's name of the product, followed by the model."""
    charged: Amount | None
    """What was deducted; the price before discounts if the deduction states it."""
    minimum: Decimal | None
    """The lowest cost by the price list, in the unit of `charged`; None if either is not known."""
    maximum: Decimal | None
    """The highest cost by the price list, in the unit of `charged`; None if either is not known."""
    reason: str
    """Why `minimum` is None; empty if it has a value, or if only `charged` is missing."""

    @property
    def differs(self) -> bool:
        """Whether the charge is outside the range of the price list, which may have changed."""
        if self.charged is None or self.minimum is None or self.maximum is None:
            return False
        return not self.minimum <= self.charged.value <= self.maximum


def reconciled(deduction: Deduction) -> Reconciled:
    """Return a deduction for a task, with what the task costs by the price list."""
    fields = {name: _field(deduction, name) for name in _FIELDS}
    charged = deduction.list_price or deduction.amount
    product = " ".join(filter(None, map(_text, (fields["product_function"], fields["model_name"]))))
    costs = {
        (cost.package, cost.price, cost.per) for cost in _costs(fields) if cost.price is not None
    }
    least = most = None
    reason = "no price is known for such a task" if not costs else ""
    if len(costs) > 1:
        reason = "several prices fit, and the list of deductions does not say which one applies"
    elif costs and charged is not None:
        [(package, price, per)] = costs  # all creates that fit have the same price
        quantities = _quantities(per, fields["duration"], charged, price, package)
        if quantities is None:
            reason = "the list of deductions does not state the length of the result"
        else:
            unit_price = _unit_price(package, charged)
            least, most = (quantity * price * unit_price for quantity in quantities)
    return Reconciled(deduction.task_id, deduction.time, product, charged, least, most, reason)


_FIELDS = (
    "model_name",
    "product_function",
    "resolution",
    "duration",
    "refer_video_input",
    "video_sound",
    "voice_control",
)


def _field(deduction: Deduction, name: str) -> Any:
    value = getattr(deduction.raw, name, None)
    return value if isinstance(value, str | bool) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _costs(fields: dict[str, Any]) -> Iterator[Cost]:
    """Yield the cost of each create that may have made the task."""
    spec = load()
    model, function = _text(fields["model_name"]), _text(fields["product_function"])
    for create in _creates(spec, model, function):
        prices = prices_of(spec, create.id)
        if prices:
            yield prices.cost(_body(create, fields))


def _creates(spec: Spec, model: str, function: str) -> list[Operation]:
    """Return the creates that may have made a task of this model and product function.

    Args:
        spec: the description.
        model: the model that the deduction names. If it is empty, only creates that take no model
            are returned.
        function: the product function that the deduction names, such as "text to video". It is
            compared with the families. If no family fits, all creates with this model are returned.
    """
    operations = spec.operations.values()
    of_model = [operation for operation in operations if _has_model(spec, operation.id, model)]
    words = function.lower().replace("-", " ")
    of_function = [
        operation
        for operation in of_model
        if words and operation.family.replace("_", " ").endswith(words)
    ]
    if of_function:
        return of_function
    return of_model if model else []


@cache
def _has_model(spec: Spec, operation: str, model: str) -> bool:
    """Whether a create offers this model; if `model` is empty, whether it takes no model."""
    create = spec.operations[operation]
    if "x-kling-price" not in create.node:
        return False
    if create.path_model:
        return create.path_model == model
    properties = spec.schemas[str(create.request)]["properties"]
    if "model_name" not in properties:
        return not model
    return model in spec.resolve(properties["model_name"])["enum"]


def _body(create: Operation, fields: dict[str, Any]) -> dict[str, Any]:
    """Return a body with the fields of a deduction on which the price depends.

    The duration is always 1, because it does not affect the price of one second.
    """
    resolution, sound = fields["resolution"], fields["video_sound"] or "off"
    has_video, has_voice = fields["refer_video_input"], fields["voice_control"]
    # For motion control, the orientation affects the limits of the length, but not the price.
    orientation = "video"
    if create.is_current:
        contents = []
        if has_video:
            contents.append({"type": "feature_video"})
        if has_voice:
            contents.append({"type": "voice"})
        settings = {
            "resolution": resolution,
            "audio": sound,
            "duration": 1,
            "character_orientation": orientation,
        }
        return {"contents": contents, "settings": settings}
    body = {
        "model_name": fields["model_name"],
        "mode": _MODES.get(_text(resolution)),
        "resolution": resolution,
        "sound": "on" if sound == "native" else "off",
        "duration": "1",
        "character_orientation": orientation,
        "video_list": [{"refer_type": "feature"}] if has_video else None,
        "voice_list": [{}] if has_voice else None,
        "prompt": "<<<voice_1>>>" if has_voice else None,
    }
    return {name: value for name, value in body.items() if value is not None}


def _quantities(
    per: str, duration: Any, charged: Amount, price: Decimal, package: str
) -> tuple[Decimal, Decimal] | None:
    """Return the least and the greatest quantity that a price was paid for.

    The quantity is a number of calls, images, seconds or blocks of 5 seconds. The result is None if
    the quantity is not known.
    """
    if per == "call":
        return Decimal(1), Decimal(1)
    if per == "picture":
        # The list of deductions does not state the number of images. So the number is computed from
        # the charge, and a charge for a whole number of images never differs from the price list.
        ratio = charged.value / (price * _unit_price(package, charged))
        images = max(ratio.to_integral_value(ROUND_FLOOR), Decimal(1))
        return images, images
    try:
        seconds = Decimal(_text(duration))
    except ArithmeticError:  # the duration is missing, or not a number
        return None
    least, most = (seconds.to_integral_value(rounding) for rounding in (ROUND_FLOOR, ROUND_CEILING))
    if seconds - least < _TOLERANCE:
        most = least
    if per == "second":
        return least, most
    return least / _BLOCK_SECONDS, (most / _BLOCK_SECONDS).to_integral_value(ROUND_CEILING)


def _unit_price(package: str, charged: Amount) -> Decimal:
    """Return the value of one Kling unit, in the unit of the charge.

    If the charge is in Kling units, or if the list price of a unit is not known, this is 1.
    Otherwise it is the list price of a unit.
    """
    value = unit_value(load(), package)
    return Decimal(1) if charged.unit == "units" or value is None else value
