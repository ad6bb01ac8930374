"""Checks a request that is to become a job, and makes the data that the state stores for it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kling._cost import Estimate, estimate_call
from kling._requests import (
    Call,
    Request,
    Unlisted,
    create_call,
    is_unlisted,
    model_of,
    validate,
)
from kling._server_text import visible
from kling.batch.media import as_sent, stored, without_paths
from kling.description import Problem, load, not_json

Body = tuple[str, Mapping[str, Any]]
"""A request as a pair: the name of an operation, and the JSON body.

A `pathlib.Path` in the body is a file to send.
"""

_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to add to a batch. The fields are columns of the table of jobs."""

    operation: str
    """The operationId of the create. For an `Unlisted`, the path of its endpoint."""
    package: str
    """The kind of resource package that pays; empty if it is not known."""
    model: str
    body: dict[str, Any]
    """The body, in which a path and a checksum replace each file; see `media.stored`."""
    digest: str
    """A checksum of the request. Two requests are the same if their digests are equal."""
    price: dict[str, Any]
    """The estimated price, in a form that the state can store."""


def new_job(request: Request | Body) -> tuple[NewJob | None, list[Problem]]:
    """Return (the job, no problems) if a request is valid; otherwise (None, its problems).

    Raises:
        TypeError: the request is neither a model of `kling.models`, nor an `Unlisted`, nor a pair
            of a name and a body.
        ValueError: no operation that creates a task has this name, or several have it; or Kling
            returns the result at once, so there is no task to wait for.
    """
    call = create_call(*request) if isinstance(request, tuple) else create_call(request)
    name = call.operation.path if is_unlisted(call.operation) else call.operation.id
    if call.operation.task is None:
        raise ValueError(f"{name} is answered at once, so it cannot be a job; use Kling.run")
    try:
        # The state stores the paths of files, but the rules check the content that is to be sent.
        stored_body = stored(call.arguments["json"])
        sent_body = as_sent(stored_body)
    except (OSError, ValueError) as error:
        return None, [Problem("x-kling-media", "", visible(_reason(error)))]
    if wrong := [*not_json(sent_body)]:
        return None, [Problem("type", "", text) for _, text in wrong]
    call.arguments["json"] = sent_body
    if problems := _problems(name, call):
        return None, problems
    # The digest leaves out the paths of files, because a file may be moved before the same job is
    # added again.
    text = json.dumps([name, without_paths(stored_body)], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    package, model = _package_and_model(call)
    price = _price(estimate_call(call))
    return NewJob(name, package, model, stored_body, digest, price), []


def id_problem(job_id: object) -> str:
    """Return what is wrong with the id of a job; an empty text if the id is valid.

    Raises:
        TypeError: the id is not a text.
    """
    if not isinstance(job_id, str):
        raise TypeError(f"the id of a job must be a text, not {type(job_id).__name__}")
    if not job_id.strip() or len(job_id) > _LONGEST_ID or visible(job_id) != job_id:
        return f"an id must have 1 to {_LONGEST_ID} characters, and no control characters"
    return ""


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror or error}"
    return str(error)


def _problems(name: str, call: Call) -> list[Problem]:
    if is_unlisted(call.operation):
        return validate(Unlisted(name, call.arguments["json"]))
    return validate(name, call.arguments["json"])


def _package_and_model(call: Call) -> tuple[str, str]:
    """Return the kind of package that pays for a job, and the model that the job uses.

    The limit of concurrency counts the jobs with the same package and the same model.
    """
    operation, body = call.operation, call.arguments["json"]
    if is_unlisted(operation):
        return "", model_of(operation.path, body)
    package = str((operation.task or {})["package"])
    # The jobs of an operation without a choice of models count as jobs of one model.
    return package, load().model(operation, body) or operation.family


def _price(estimate: Estimate) -> dict[str, Any]:
    value = estimate.unit_value
    return {
        "package": estimate.package,
        "units": None if estimate.units is None else str(estimate.units),
        "unit_value": [str(value.value), value.unit] if value else None,
        "text": str(estimate),
    }
