"""HTTP requests and replies as plain data."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

JSON = "application/json"
MEDIA = "/_mock/media/"


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request."""

    method: str
    path: str
    """The path as it was sent, still percent-encoded."""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names are in lower case."""
    body: bytes = b""
    base_url: str = ""
    """The URL by which the caller reached the server; the URLs of results begin with it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response."""

    status: int
    """The HTTP status; 0 means that the connection closes without a reply."""
    body: bytes
    headers: Mapping[str, str]
    cut: int | None = None
    """Number of bytes of the body after which the connection breaks; None to send all of it."""
    bytes_per_second: float | None = None
    """How slowly the body is sent; None for no limit."""

    @property
    def is_cut(self) -> bool:
        """Whether the connection breaks before the end of the body."""
        return self.cut is not None and self.cut < len(self.body)


@dataclass(frozen=True, slots=True)
class Stall:
    """A pause, and then a reply. `reply` is called even if the client no longer waits for it."""

    seconds: float
    reply: Callable[[], Reply]


HANG_UP = Reply(0, b"", {})


def json_reply(
    body: Any, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """Return a reply with a JSON body."""
    return Reply(status, json.dumps(body).encode(), {"content-type": JSON, **headers})


class EncodedJson(NamedTuple):
    """A value that is already encoded as JSON."""

    text: str


def json_reply_of(
    body: Mapping[str, Any], data: Any, headers: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """Return a reply whose body ends in `data`; an `EncodedJson` is not encoded again."""
    if not isinstance(data, EncodedJson):
        return json_reply({**body, "data": data}, headers=headers)
    text = f'{json.dumps(body)[:-1]}, "data": {data.text}}}'
    return Reply(200, text.encode(), {"content-type": JSON, **headers})


def pieces_of(reply: Reply) -> Iterator[bytes]:
    """Yield the body in pieces, one for each second; stop where the connection breaks."""
    if not reply.bytes_per_second and reply.cut is None:
        yield reply.body
        return
    body = reply.body if reply.cut is None else reply.body[: reply.cut]
    rate = reply.bytes_per_second or len(body) or 1
    whole_seconds = range(1, math.ceil(len(body) / rate))
    for start, end in pairwise([0, *(int(rate * second) for second in whole_seconds), len(body)]):
        yield body[start:end]
