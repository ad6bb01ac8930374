"""Requests to endpoints of Kling that the description does not have."""

import copy
import re
import sys
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, NoReturn

from kling._tracebacks import strip_traceback
from kling.description import field_name, not_json

_PATH = re.compile("(?:/[A-Za-z0-9._~-]+)+")
# How deep a body may be nested: far deeper than any request is.
_MAX_DEPTH = 32
_EXAMPLE = "such as /text-to-video/kling-4.0"


class Unlisted:
    """A request to an endpoint of Kling for which `kling.models` has no model.

        request = kling.Unlisted("/text-to-video/kling-4.0", body)  # the path is a placeholder

    `create`, `run` and `kling.validate` take it like any other request. Its body is not checked,
    and a KlingWarning says so: Kling may refuse a wrong body, or make something else from it and
    charge for that.

    The request is sent once, with an external_task_id. If you do not give one, a new one is made.
    If the path begins with /v1/, the external_task_id is a field of the body, and the ref of the
    task begins with the path, as in "v1/videos/new-thing/752604318974529536". For other paths, the
    external_task_id is a field of `options` in the body, and the ref begins with "tasks" or
    "solutions".

    An Unlisted cannot be changed. It contains a copy of the body.

    Args:
        path: the path of the endpoint, without host and query string.
        body: the JSON body. Media are URLs, or base64 as `kling.media` returns it.

    Raises:
        TypeError: the body is not a mapping, or contains a value of a type that JSON does not have,
            such as bytes.
        ValueError: the path cannot be a path of Kling's, or the body contains a value that JSON
            cannot represent, such as NaN.
    """

    __slots__ = ("_body", "_path")
    _path: str
    _body: dict[str, Any]

    def __init__(self, path: str, body: Mapping[str, Any]) -> None:
        handled = sys.exception()
        try:
            object.__setattr__(self, "_path", checked_path(path))
            object.__setattr__(self, "_body", _json_copy(body))
        except (TypeError, ValueError) as error:
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        finally:
            del body  # it may contain media, and tracebacks may show the locals of this frame

    @property
    def path(self) -> str:
        """The path of the endpoint."""
        return self._path

    @property
    def body(self) -> dict[str, Any]:
        """A copy of the JSON body."""
        return copy.deepcopy(self._body)

    def to_dict(self) -> dict[str, Any]:
        """Return a copy of the JSON body."""
        return self.body

    def __setattr__(self, name: str, _: object) -> NoReturn:
        raise AttributeError(f"{name} of an Unlisted cannot be changed; make a new Unlisted")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Unlisted):
            return NotImplemented
        return (self._path, self._body) == (other._path, other._body)

    def __hash__(self) -> int:
        return hash(self._path)

    def __repr__(self) -> str:
        # The body contains prompts and media.
        return f"Unlisted({self._path!r}, ...)"

    def __reduce__(self) -> tuple[Any, ...]:
        return Unlisted, (self._path, self._body)


def checked_path(path: str) -> str:
    """Return a path that may be sent to Kling.

    Raises:
        TypeError: the path is not a string.
        ValueError: the string is a URL, or something else that cannot be a path of Kling's.
    """
    if not isinstance(path, str):
        raise TypeError(f"the path must be a string, {_EXAMPLE}, not {type(path).__name__}")
    if "://" in path or "@" in path:
        # The message does not quote the URL, because it may contain a password.
        raise ValueError(
            f"give a path, {_EXAMPLE}, not a URL; base_url sets the host of all requests"
        )
    if not path.startswith("/"):
        raise ValueError(f"{path!r} is not a path; a path begins with a slash, {_EXAMPLE}")
    if "?" in path or "#" in path:
        raise ValueError(f"{path!r} has a query string or fragment; a create takes only a body")
    if _has_dots(path):
        raise ValueError(f"{path!r} contains . or .. between slashes; give the path without them")
    if not is_sendable(path):
        raise ValueError(
            f"{path!r} cannot be a path of Kling's; it must be words between single slashes, "
            f"{_EXAMPLE}"
        )
    return path


def is_sendable(path: str) -> bool:
    """Return whether a path consists of words after slashes, and no word is "." or ".."."""
    return bool(_PATH.fullmatch(path)) and not _has_dots(path)


def _has_dots(path: str) -> bool:
    steps = path.split("/")
    return "." in steps or ".." in steps


def _json_copy(body: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(body, Mapping):
        raise TypeError(
            f"the body must be a mapping of field names to values, not {type(body).__name__}"
        )
    copied: dict[str, Any] = _plain_json(body, ())
    problem = next(not_json(copied), None)
    if problem is not None:
        _, text = problem
        raise ValueError(text)
    return copied


def _plain_json(value: Any, path: tuple[str | int, ...]) -> Any:
    """Return a copy of a value, with dicts for all mappings, and lists for all tuples."""
    if len(path) > _MAX_DEPTH:
        raise ValueError(f"{path[0]} is nested too deeply; at most {_MAX_DEPTH} levels are allowed")
    if isinstance(value, Mapping):
        for name in value:
            if not isinstance(name, str):
                raise TypeError(f"the name of a field must be a string, not {name!r}")
        return {name: _plain_json(inner, (*path, name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_json(inner, (*path, index)) for index, inner in enumerate(value)]
    if value is None or isinstance(value, str | int | float):
        return value
    field = field_name(path)
    if isinstance(value, bytes | bytearray | memoryview | PurePath):
        raise TypeError(
            f"{field} is of the Python type {type(value).__name__}; give a media file as a string: "
            "its URL, or base64 from kling.media.image or kling.media.audio"
        )
    raise TypeError(
        f"{field} is of the Python type {type(value).__name__}, which JSON does not have"
    )
