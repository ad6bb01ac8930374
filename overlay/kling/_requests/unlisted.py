"""Requests for what Kling sells and this description lacks."""

import copy
import re
import sys
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, NoReturn

from kling._tracebacks import strip_traceback
from kling.description import field_name, not_json

_PATH = re.compile("(?:/[A-Za-z0-9._~-]+)+")
# Far deeper than any request.
_DEEPEST = 32
_EXAMPLE = "such as /text-to-video/kling-4.0"


class Unlisted:
    """A request for something that Kling sells and `kling.models` lacks.

        request = kling.Unlisted("/text-to-video/kling-4.0", body)  # the path is a placeholder

    `create`, `run` and `kling.validate` take it like any other request. Nothing of it is checked,
    and one KlingWarning says so: Kling may refuse a wrong body, or make something else of it and
    charge for that. It is sent once, with an external_task_id if the body has none: in the body
    itself below /v1/, else in its options. Below /v1/ the ref of the task names the path, as in
    "v1/videos/new-thing/752604318974529536"; elsewhere it is "tasks/..." or "solutions/...".

    It cannot be changed, and holds a copy of the body.

    Args:
        path: where Kling takes the request, without host and query string.
        body: the JSON body. Media are URLs, or base64 as `kling.media` makes it.

    Raises:
        TypeError: the body is no mapping, or holds what JSON has not, such as bytes.
        ValueError: the path is none, or the body holds what JSON over HTTP cannot carry.
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
            del body  # it may hold media, and a traceback the locals of this frame

    @property
    def path(self) -> str:
        """Where Kling takes the request."""
        return self._path

    @property
    def body(self) -> dict[str, Any]:
        """A copy of the JSON body."""
        return copy.deepcopy(self._body)

    def to_dict(self) -> dict[str, Any]:
        """Return a copy of the JSON body."""
        return self.body

    def __setattr__(self, name: str, _: object) -> NoReturn:
        raise AttributeError(f"{name} of an Unlisted cannot be changed; make another one")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Unlisted):
            return NotImplemented
        return (self._path, self._body) == (other._path, other._body)

    def __hash__(self) -> int:
        return hash(self._path)

    def __repr__(self) -> str:
        # The body holds prompts and media.
        return f"Unlisted({self._path!r}, ...)"

    def __reduce__(self) -> tuple[Any, ...]:
        return Unlisted, (self._path, self._body)


def checked_path(path: str) -> str:
    """Return a path that may be sent to Kling.

    Raises:
        TypeError: it is no text.
        ValueError: it is something else, such as a URL.
    """
    if not isinstance(path, str):
        raise TypeError(f"a path is a text, {_EXAMPLE}, not a {type(path).__name__}")
    if "://" in path or "@" in path:
        # Not shown, for a URL may hold a password.
        raise ValueError(f"a URL is no path; base_url has the host, and a path is {_EXAMPLE}")
    if not path.startswith("/"):
        raise ValueError(f"{path!r} is no path; it begins with a slash, {_EXAMPLE}")
    if "?" in path or "#" in path:
        raise ValueError(f"{path!r} has a query string, which no create takes; use the body")
    if _has_dots(path):
        raise ValueError(f"{path!r} leads to another path by its dots; give that one")
    if not is_sendable(path):
        raise ValueError(
            f"{path!r} is no path of Kling's; those are words between single slashes, {_EXAMPLE}"
        )
    return path


def is_sendable(path: str) -> bool:
    """Whether a path leads to where it says, and nowhere else."""
    return bool(_PATH.fullmatch(path)) and not _has_dots(path)


def _has_dots(path: str) -> bool:
    return not {".", ".."}.isdisjoint(path.split("/"))


def _json_copy(body: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(body, Mapping):
        raise TypeError(
            f"the body is a mapping of names of fields to values, not a {type(body).__name__}"
        )
    copied: dict[str, Any] = _plain(body, ())
    for _, text in not_json(copied):
        raise ValueError(text)
    return copied


def _plain(value: Any, path: tuple[str | int, ...]) -> Any:
    """Return what JSON has, in dicts and lists of its own."""
    if len(path) > _DEEPEST:
        raise ValueError(f"{path[0]} is nested too deeply")
    if isinstance(value, Mapping):
        for name in value:
            if not isinstance(name, str):
                raise TypeError(f"names of fields are texts, and {name!r} is none")
        return {name: _plain(inner, (*path, name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, (*path, index)) for index, inner in enumerate(value)]
    if value is None or isinstance(value, str | int | float):
        return value
    field = field_name(path)
    if isinstance(value, bytes | bytearray | memoryview | PurePath):
        raise TypeError(
            f"{field} is a {type(value).__name__}; media are texts: a URL, or base64, "
            "which kling.media.image and kling.media.audio make of a file"
        )
    raise TypeError(f"{field} is a {type(value).__name__}, which JSON has not")
