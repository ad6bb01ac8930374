"""Creates and queries at paths that the description does not have."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kling.description import Operation, load


class _Standard(NamedTuple):
    """The conventions for all creates whose paths begin with the same prefix."""

    prefix: str
    id_parent: str
    """The field of the body that contains the external_task_id; empty for the body itself."""
    query: str
    """The id of the operation that reads the tasks.

    It is empty if the tasks are read at the path of the create.
    """


# The first entry whose prefix fits a path is used.
_STANDARDS = (
    _Standard("/v1/", "", ""),
    _Standard("/solutions/", "options", "getSolutionTasks"),
    _Standard("/", "options", "getTasks"),
)


def unlisted_create(path: str) -> Operation:
    """Return an operation that creates tasks at a path that the description does not have."""
    query = _standard_of(path).query
    links = {"query": {"operationId": query}} if query else {}
    return Operation(
        id=f"POST {path}",
        method="POST",
        path=path,
        family=path.removeprefix("/"),
        request=None,
        node={
            # The slots and the package of the task are not known.
            "x-kling-task": {"external_id": True, "slots": 1, "package": ""},
            "responses": {"200": {"links": links}},
        },
        needs_api_key=False,
        standard="current" if query else "v1",
    )


def is_unlisted(create: Operation) -> bool:
    """Return whether a create is missing in the description, so that its body cannot be checked."""
    return create.request is None


def unlisted_query(family: str) -> Operation:
    """Return the operation that queries a task whose ref begins with a path.

    Args:
        family: the first part of the ref, such as v1/videos/new-thing.
    """
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
    """Return whether the first part of a ref is a path, such as v1/videos/new-thing.

    If it is a path, the task is queried below this path.
    """
    return not _standard_of(f"/{family}").query


def id_parent_of(path: str) -> str:
    """Return the field of a body that contains the external_task_id; empty for the body itself."""
    return _standard_of(path).id_parent


def model_of(path: str, body: Mapping[str, Any]) -> str:
    """Return the likely name of the model: `model_name` of the body, or the end of the path."""
    model = body.get("model_name")
    return model if isinstance(model, str) else path.rpartition("/")[2]


def unchecked_remark(path: str) -> str:
    """Return the warning that an `Unlisted` is not checked."""
    risk = "Kling may refuse a wrong body, or make something else from it and charge for that"
    described = None
    for operation in load().operations.values():
        if operation.method == "POST" and path in (operation.path, *operation.aliases):
            described = operation
            break
    if described is None:
        return f"POST {path} is not in the description, so the request is not checked: {risk}"
    return (
        f"POST {path} is in the description: use models.{described.request}, which is checked "
        f"before it is sent. An Unlisted is not checked: {risk}"
    )


def _standard_of(path: str) -> _Standard:
    return next(standard for standard in _STANDARDS if path.startswith(standard.prefix))
