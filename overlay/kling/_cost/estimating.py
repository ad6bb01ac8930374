"""Work out what a create will cost, before anything is sent."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kling._cost.estimate import Estimate
from kling._cost.total import Total
from kling._requests import (
    Call,
    Request,
    body_call,
    call_of,
    facts_of,
    is_unlisted,
    operation_named,
)
from kling._tasks import Amount
from kling.description import Rules, Spec, currency, load, prices_of, unit_value


def estimate(request: Request) -> Estimate:
    """Return what a request will cost, by Kling's public price list. Nothing is sent.

    The length of a sound or video that the request holds is read from its bytes; of one behind a
    URL the limits are known. Nothing is checked: a request that Kling refuses costs nothing, and
    `kling.validate` finds out.

    Args:
        request: any request of `kling.models` that makes something, or an `Unlisted`.

    Raises:
        TypeError: it is not a request, or holds something else where a model belongs.
        ValueError: it makes nothing, such as a list.
    """
    return estimate_call(call_of(request))


def estimate_body(operation: str, body: dict[str, Any]) -> Estimate:
    """Return what a JSON body will cost, as `estimate` does of a request.

    Args:
        operation: what the body is for: an operationId such as createTextToVideoTask, a request
            such as TextToVideoRequest, or a family such as text_to_video, for its create.
        body: what would be sent.

    Raises:
        TypeError: the body is no dict.
        ValueError: there is no such operation, it makes nothing, or the name may mean several.
    """
    spec = load()
    found = operation_named(
        operation, spec, lambda one: prices_of(spec, one.id), "makes nothing, and costs nothing"
    )
    if not isinstance(body, dict):
        raise TypeError("the body is a dict; for a request of kling.models use kling.estimate")
    return estimate_call(body_call(found, body))


def estimate_all(requests: Iterable[Request | Estimate]) -> Total:
    """Return what many requests will cost together, for each kind of package by itself.

    Args:
        requests: requests as for `estimate`, or what is estimated already.

    Raises:
        TypeError: one is not a request.
        ValueError: one makes nothing, such as a list.
    """
    return Total(tuple(one if isinstance(one, Estimate) else estimate(one) for one in requests))


def estimate_call(call: Call) -> Estimate:
    """Return what a call will cost.

    Raises:
        ValueError: it makes nothing.
    """
    operation = call.operation
    if is_unlisted(operation):
        reason = "Nobody has described this path, or what it costs."
        return Estimate(operation.path, "", None, None, "", None, None, "", (), reason)
    spec = load()
    prices = prices_of(spec, operation.id)
    if prices is None:
        raise ValueError(f"{operation.id} makes nothing, and costs nothing")
    body, _ = _rules_of(str(operation.request), spec).canonical(call.arguments["json"])
    cost = prices.cost(body, _length)
    value = unit_value(spec, cost.package)
    return Estimate(
        operation=operation.id,
        package=cost.package,
        minimum=cost.least,
        maximum=cost.most,
        per=cost.per,
        seconds=cost.seconds,
        unit_value=None if value is None else Amount(value, currency(spec)),
        as_of=cost.checked,
        sources=cost.sources,
        reason=cost.reason,
    )


@cache
def _rules_of(request: str, spec: Spec) -> Rules:
    return Rules(spec, {"$ref": f"#/components/schemas/{request}"})


def _length(file: Any) -> tuple[float, float] | None:
    """Return between which seconds the length of a file is that a request holds, or a path names.

    None where that cannot be known.
    """
    is_held = isinstance(file, Path) or (isinstance(file, str) and "://" not in file[:16])
    try:
        facts = facts_of(file) if is_held else None
    except (OSError, ValueError):
        return None  # it is no base64, or no file, which `validate` says
    if facts is None or facts.seconds is None or facts.is_estimated:
        return None
    return facts.seconds - facts.padding, facts.seconds
