"""Estimate what a create will cost, before anything is sent."""

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

    The length of audio or video that the request contains as base64 is read from its bytes. For a
    file behind a URL, the least and the greatest length that its field allows are used. The request
    is not checked; `kling.validate` does that. Kling charges nothing for a request that it refuses.

    Args:
        request: a request of `kling.models` that creates a task or another result, or an
            `Unlisted`.

    Raises:
        TypeError: `request` is not an instance of a model of kling.models, or one of its fields
            needs a model and has another value.
        ValueError: the request creates nothing, such as a request for a list.
    """
    return estimate_call(call_of(request))


def estimate_body(operation: str, body: dict[str, Any]) -> Estimate:
    """Return what a JSON body will cost, as `estimate` does for a request.

    Args:
        operation: the operation of the body: an operationId such as createTextToVideoTask, a
            request such as TextToVideoRequest, or a family such as text_to_video. A family means
            the operation that creates its tasks.
        body: the JSON body.

    Raises:
        TypeError: the body is not a dict.
        ValueError: there is no operation with this name, the operation creates nothing, or the name
            may mean several operations.
    """
    spec = load()
    # Only operations with a price are accepted. The text says why another operation is refused.
    create = operation_named(
        operation, spec, lambda known: prices_of(spec, known.id), "makes nothing, so it is free"
    )
    if not isinstance(body, dict):
        raise TypeError("the body must be a dict; use kling.estimate for a request of kling.models")
    return estimate_call(body_call(create, body))


def estimate_all(requests: Iterable[Request | Estimate]) -> Total:
    """Return what many requests will cost together, with a sum for each kind of package.

    Args:
        requests: requests as for `estimate`, or estimates.

    Raises:
        TypeError: one of them is not a request.
        ValueError: one of them creates nothing, such as a request for a list.
    """
    return Total(
        tuple(
            request if isinstance(request, Estimate) else estimate(request) for request in requests
        )
    )


def estimate_call(call: Call) -> Estimate:
    """Return what a call will cost.

    Raises:
        ValueError: the call creates nothing.
    """
    operation = call.operation
    if is_unlisted(operation):
        return Estimate(
            operation=operation.path,
            package="",
            minimum=None,
            maximum=None,
            per="",
            seconds=None,
            unit_value=None,
            as_of="",
            sources=(),
            reason="This path is not in the description, nor is its price.",
        )
    spec = load()
    prices = prices_of(spec, operation.id)
    if prices is None:
        raise ValueError(f"{operation.id} makes nothing, so it is free")
    # The body as Kling reads it: for example, a length of "5" may count as 5.
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
    """Return the minimum and maximum length of a file in seconds; None if it is not known.

    The file is a path, or text in a request: base64 or a URL. A URL is not read.
    """
    # Only the beginning is searched for ://, because base64 may have millions of characters.
    is_local = isinstance(file, Path) or (isinstance(file, str) and "://" not in file[:16])
    try:
        facts = facts_of(file) if is_local else None
    except (OSError, ValueError):
        return None  # neither base64 nor a file; `validate` reports that
    if facts is None or facts.seconds is None or facts.is_estimated:
        return None
    # Kling may not count the padding that an encoder has added.
    return facts.seconds - facts.padding, facts.seconds
