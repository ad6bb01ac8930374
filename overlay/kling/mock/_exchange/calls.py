"""HTTP requests and replies as plain data."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

JSON = "application/json"
"""The media type of JSON."""
MEDIA = "/_mock/media/"
"""What the paths of results begin with."""


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
    """After how many bytes of the body the connection breaks; None if it does not break."""
    bytes_per_second: float | None = None
    """How fast the body is sent; None if it is sent at once."""

    @property
    def is_cut(self) -> bool:
        """Whether the connection breaks before the end of the body."""
        return self.cut is not None and self.cut < len(self.body)


@dataclass(frozen=True, slots=True)
class Stall:
    """A reply that is sent after a pause."""

    seconds: float
    reply: Callable[[], Reply]
    """Returns the reply. It is called after the pause, even if the client has disconnected."""


HANG_UP = Reply(0, b"", {})
"""Closes the connection without a reply."""


def json_reply(
    body: Any, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """Return a reply with a JSON body."""
    return Reply(status, json.dumps(body).encode(), {"content-type": JSON, **headers})


class EncodedJson(NamedTuple):
    """A value that is already encoded as JSON."""

    text: str


def json_reply_with_data(
    body: Mapping[str, Any], data: Any, headers: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """Return a reply with a JSON body: the fields of `body`, followed by the field `data`.

    If `data` is an `EncodedJson`, it is not encoded again.
    """
    if not isinstance(data, EncodedJson):
        return json_reply({**body, "data": data}, headers=headers)
    without_closing_brace = json.dumps(body)[:-1]
    text = f'{without_closing_brace}, "data": {data.text}}}'
    return Reply(200, text.encode(), {"content-type": JSON, **headers})


def pieces_of(reply: Reply) -> Iterator[bytes]:
    """Yield the body in pieces, one for each second; stop where the connection breaks."""
    body = reply.body if reply.cut is None else reply.body[: reply.cut]
    rate = reply.bytes_per_second
    if not rate:
        yield body
        return
    seconds = max(1, math.ceil(len(body) / rate))
    for second in range(seconds):
        is_last = second == seconds - 1
        end = len(body) if is_last else int(rate * (second + 1))
        yield body[int(rate * second) : end]
