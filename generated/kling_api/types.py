"""Contains some shared types for properties"""

from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from typing import IO, Any, BinaryIO, Generic, Literal, TypeVar

from attrs import define, fields


class Unset:
    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()

# The types that `httpx.Client(files=)` can accept, copied from that library.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """Contains information for file uploads"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return a tuple representation that httpx will accept for multipart/form-data"""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


@define
class Response(Generic[T]):
    """A response from an endpoint"""

    status_code: HTTPStatus
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = ["UNSET", "File", "FileTypes", "RequestFiles", "Response", "Unset"]


_LONGEST_SHOWN = 64


def shown(self: Any) -> str:
    """Represent a model by the fields that it has, without long texts."""
    values = ((field.name, getattr(self, field.name)) for field in fields(type(self)))
    inner = (f"{name}={_short(value)}" for name, value in values if value is not UNSET)
    return f"{type(self).__name__}({', '.join(inner)})"


def _short(value: object) -> str:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        is_url = value.startswith(("http://", "https://"))
        return repr(value) if is_url else f"<{len(value)} characters>"
    if isinstance(value, bytes | bytearray):
        return f"<{len(value)} bytes>"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_short, value))}]"
    if isinstance(value, dict):
        inner = (f"{_short(key)}: {_short(item)}" for key, item in value.items())
        return "{" + ", ".join(inner) + "}"
    return repr(value)


class UnknownFieldError(TypeError):
    """A request, or an object in it, was given a field that it does not have."""


def unknown_field(model: Any, rest: Mapping[str, Any]) -> UnknownFieldError:
    """Return an error that names an unknown field, and the field that is probably meant."""
    from difflib import get_close_matches

    name = str(next(iter(rest)))
    known = [field.name.removesuffix("_") for field in fields(model)]
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(known)}."
    return UnknownFieldError(f"{name} is not a field of {model.__name__}; {hint}")
