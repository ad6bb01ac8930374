"""Hold what was charged against the price list, by what a list of deductions says of each task."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any

from kling._tasks import Amount, Deduction
from kling.description import Cost, Operation, Spec, load, prices_of, unit_value

# What results last longer than was asked for: 5.041 s for 5.
_LONGER = Decimal("0.1")
_BLOCK = 5
_MODES = {"720p": "std", "1080p": "pro", "4k": "4k"}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A deduction beside what the price list says of such a task."""

    task_id: str
    time: datetime | None
    product: str
    """What Kling calls the product, with the model."""
    charged: Amount | None
    """What was taken, before discounts where the list tells both."""
    minimum: Decimal | None
    """The least that the price list says, in what was charged; None where it cannot be told."""
    maximum: Decimal | None
    reason: str
    """Why it cannot be told; empty otherwise."""

    @property
    def differs(self) -> bool:
        """Whether the charge is none that the price list knows: it may have changed."""
        if self.charged is None or self.minimum is None or self.maximum is None:
            return False
        return not self.minimum <= self.charged.value <= self.maximum


def reconciled(deduction: Deduction) -> Reconciled:
    """Return a deduction beside what the price list says of a task with its model and length."""
    said = {name: _said(deduction, name) for name in _NAMES}
    charged = deduction.list_price or deduction.amount
    product = " ".join(filter(None, map(_text, (said["product_function"], said["model_name"]))))
    costs = {
        (cost.package, cost.price, cost.per) for cost in _costs(said) if cost.price is not None
    }
    least = most = None
    reason = "no price is known of such a task" if not costs else ""
    if len(costs) > 1:
        reason = "the list does not say which of several prices it had"
    elif costs and charged is not None:
        [(package, price, per)] = costs
        number = _number(per, said["duration"], charged, price, package)
        if number is None:
            reason = "the list does not say how long the result is"
        else:
            worth = _worth(package, charged)
            least, most = (one * price * worth for one in number)
    return Reconciled(deduction.task_id, deduction.time, product, charged, least, most, reason)


_NAMES = (
    *("model_name", "product_function", "resolution", "duration"),
    *("refer_video_input", "video_sound", "voice_control"),
)


def _said(deduction: Deduction, name: str) -> Any:
    value = getattr(deduction.raw, name, None)
    return value if isinstance(value, str | bool) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _costs(said: dict[str, Any]) -> Iterator[Cost]:
    """Yield what creates cost that may have made a task."""
    spec = load()
    for create in _creates(spec, _text(said["model_name"]), _text(said["product_function"])):
        prices = prices_of(spec, create.id)
        if prices:
            yield prices.cost(_body(create, said))


def _creates(spec: Spec, model: str, function: str) -> list[Operation]:
    """Return the creates with a model, or without any, that a product may belong to."""
    of_model = [one for one in spec.operations.values() if _has_model(spec, one.id, model)]
    words = function.lower().replace("-", " ")
    named = [one for one in of_model if words and one.family.replace("_", " ").endswith(words)]
    return named or (of_model if model else [])


@cache
def _has_model(spec: Spec, operation: str, model: str) -> bool:
    """Whether a create has a model; any without models has the empty one."""
    one = spec.operations[operation]
    if "x-kling-price" not in one.node:
        return False
    if one.path_model:
        return one.path_model == model
    properties = spec.schemas[str(one.request)]["properties"]
    if "model_name" not in properties:
        return not model
    return model in spec.resolve(properties["model_name"])["enum"]


def _body(create: Operation, said: dict[str, Any]) -> dict[str, Any]:
    """Return a body that asks for what was made, as far as the price depends on it."""
    resolution, sound = said["resolution"], said["video_sound"] or "off"
    has_video, has_voice = said["refer_video_input"], said["voice_control"]
    if create.is_current:
        kinds = [*(["feature_video"] if has_video else []), *(["voice"] if has_voice else [])]
        settings = {"resolution": resolution, "audio": sound, "duration": 1}
        return {
            "contents": [{"type": kind} for kind in kinds],
            # Of motion control the orientation changes the limits, and not the price.
            "settings": {**settings, "character_orientation": "video"},
        }
    body = {
        "model_name": said["model_name"],
        "mode": _MODES.get(_text(resolution)),
        "resolution": resolution,
        "sound": "on" if sound == "native" else "off",
        "duration": "1",
        "character_orientation": "video",
        "video_list": [{"refer_type": "feature"}] if has_video else None,
        "voice_list": [{}] if has_voice else None,
        "prompt": "<<<voice_1>>>" if has_voice else None,
    }
    return {name: value for name, value in body.items() if value is not None}


def _number(
    per: str, duration: Any, charged: Amount, price: Decimal, package: str
) -> tuple[Decimal, Decimal] | None:
    """Return how often a price was paid, least and most; None where nobody can tell."""
    if per == "call":
        return Decimal(1), Decimal(1)
    if per == "picture":
        # The list does not say how many there are, so that any whole number is right.
        whole = charged.value / (price * _worth(package, charged))
        number = whole.to_integral_value(ROUND_FLOOR)
        return max(number, Decimal(1)), max(number, Decimal(1))
    try:
        seconds = Decimal(_text(duration))
    except ArithmeticError:
        return None
    least, most = (seconds.to_integral_value(way) for way in (ROUND_FLOOR, ROUND_CEILING))
    if seconds - least < _LONGER:
        most = least
    if per == "second":
        return least, most
    return least / _BLOCK, (most / _BLOCK).to_integral_value(ROUND_CEILING)


def _worth(package: str, charged: Amount) -> Decimal:
    """Return what a unit is in what was charged: one unit, or money."""
    value = unit_value(load(), package)
    return Decimal(1) if charged.unit == "units" or value is None else value
