"""Paths that are not described: what sends a create there, and what reads its task."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kling.description import Operation, load


class _Standard(NamedTuple):
    """How the creates below a path name their tasks, and what reads these."""

    below: str
    holder: str
    """The field of the body that has the caller's own id of the task; empty for the body itself."""
    query: str
    """Id of the operation that reads the tasks; empty where the path of the create does."""


# The first one that a path is below counts.
_STANDARDS = (
    _Standard("/v1/", "", ""),
    _Standard("/solutions/", "options", "getSolutionTasks"),
    _Standard("/", "options", "getTasks"),
)


def unlisted_create(path: str) -> Operation:
    """Return the operation that creates tasks at a path, as if the path were described."""
    query = _standard_of(path).query
    links = {"query": {"operationId": query}} if query else {}
    return Operation(
        id=f"POST {path}",
        method="POST",
        path=path,
        family=path.removeprefix("/"),
        request=None,
        node={
            # How much it occupies, and of what, nobody knows.
            "x-kling-task": {"external_id": True, "slots": 1, "package": ""},
            "responses": {"200": {"links": links}},
        },
        needs_api_key=False,
        standard="current" if query else "v1",
    )


def is_unlisted(create: Operation) -> bool:
    """Whether a create belongs to a path that is not described, so that nothing is checked."""
    return create.request is None


def unlisted_query(family: str) -> Operation:
    """Return the operation that reads a task at its own path, by the family of its ref."""
    return Operation(
        id=f"GET /{family}/{{id}}",
        method="GET",
        path=f"/{family}/{{id}}",
        family=family,
        request=None,
        node={"responses": {"200": {}}},
        needs_api_key=False,
        standard="v1",
    )


def is_path(family: str) -> bool:
    """Whether the family of a ref is the path of a create, whose tasks are read there."""
    return not _standard_of(f"/{family}").query


def holder_of(path: str) -> str:
    """Return the field of a body that has the caller's own id; empty for the body itself."""
    return _standard_of(path).holder


def model_of(path: str, body: Mapping[str, Any]) -> str:
    """Return the model that a body or else a path names, as far as can be told."""
    model = body.get("model_name")
    return model if isinstance(model, str) else path.rpartition("/")[2]


def unchecked_remark(path: str) -> str:
    """Return what to say of a request of which nothing is checked."""
    risk = "Kling may refuse a wrong body, or make something else of it and charge for that"
    creates = [one for one in load().operations.values() if one.method == "POST"]
    described = next((one for one in creates if path in (one.path, *one.aliases)), None)
    if described is None:
        return f"POST {path} is not described, so nothing of the request is checked: {risk}"
    return (
        f"POST {path} is described: models.{described.request} is checked before it is sent. Of an "
        f"Unlisted nothing is checked: {risk}"
    )


def _standard_of(path: str) -> _Standard:
    return next(one for one in _STANDARDS if path.startswith(one.below))
