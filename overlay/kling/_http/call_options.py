"""What requests are sent with besides their bodies: of a client, or of one call."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

import httpx

QueryValue = str | int | float | bool

# What a header may be called, and hold; httpx would show a wrong one as a whole.
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x20-\x7e\t]*")
# What a body or a connection makes necessary, and what unpacks replies.
_OURS = frozenset(
    {"accept-encoding", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)


class CallOptions(TypedDict, total=False):
    """What every method that asks Kling for something takes besides its own arguments.

    Headers and query parameters go to Kling's API, and never to the hosts of results.
    """

    extra_headers: Mapping[str, str]
    """Headers on top of the client's `default_headers`, and in place of those of the same name."""
    extra_query: Mapping[str, QueryValue]
    """Query parameters on top of `default_query`; those that a query has by itself stay."""
    request_timeout: float | httpx.Timeout
    """Seconds that each HTTP request may stay without progress, in place of `timeout` of Kling."""


@dataclass(frozen=True, slots=True)
class Options:
    """What requests are sent with, and how often a query is sent again."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, QueryValue] = field(default_factory=dict, repr=False)
    timeout: httpx.Timeout | None = None
    """None for that of the client."""
    max_retries: int = 0
    heard: Callable[[httpx.Response], None] | None = field(default=None, repr=False)
    """Is given each reply of Kling's."""

    def plus(
        self,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, QueryValue] | None = None,
        timeout: object = None,
        max_retries: int | None = None,
        names: tuple[str, str, str] = ("default_headers", "default_query", "timeout"),
    ) -> "Options":
        """Return these options with others on top.

        Args:
            headers: go in place of those of the same name, in whatever letters.
            query: go in place of those of the same name.
            timeout: seconds, or a timeout of httpx.
            max_retries: how often a query is sent again.
            names: what the caller calls the first three.

        Raises:
            TypeError, ValueError: one of them cannot be sent, or makes no sense.
        """
        added, parameters = _checked_headers(names[0], headers), _checked_query(names[1], query)
        if max_retries is not None and (type(max_retries) is not int or max_retries < 0):
            raise ValueError(f"max_retries is a whole number, 0 at least, not {max_retries!r}")
        return replace(
            self,
            headers={**self.headers, **added},
            query={**self.query, **parameters},
            timeout=self.timeout if timeout is None else checked_timeout(names[2], timeout),
            max_retries=self.max_retries if max_retries is None else max_retries,
        )

    def applied(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return arguments for httpx with these options; what a query asks for goes before them."""
        if not (self.headers or self.query or self.timeout):
            return arguments
        whole = dict(arguments)
        if self.headers:
            whole["headers"] = {**dict(arguments.get("headers") or {}), **self.headers}
        if self.query:
            whole["params"] = {**self.query, **dict(arguments.get("params") or {})}
        if self.timeout:
            whole["timeout"] = self.timeout
        return whole

    @property
    def sent(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, QueryValue]]]:
        """What Kling gets of them: calls that differ in it do not share a query."""
        return frozenset(self.headers.items()), frozenset(self.query.items())


def checked_timeout(name: str, timeout: object) -> httpx.Timeout:
    """Return the timeout of httpx that is meant.

    Args:
        name: what the caller calls it.
        timeout: seconds, or a timeout of httpx.

    Raises:
        TypeError: it is neither.
        ValueError: it is not more than 0, or more than a socket takes.
    """
    whole = timeout if isinstance(timeout, httpx.Timeout) else None
    parts = whole.as_dict().values() if whole else [timeout]
    for seconds in parts:
        if whole and seconds is None:
            continue
        if not isinstance(seconds, int | float):
            raise TypeError(
                f"{name} is a number of seconds, or an httpx.Timeout, not {type(seconds).__name__}"
            )
        if not 0 < seconds <= threading.TIMEOUT_MAX:
            raise ValueError(f"{name} is a number of seconds, more than 0, not {seconds:g}")
    return whole or httpx.Timeout(timeout)  # type: ignore[arg-type]  # the loop has seen it


def _checked_headers(given_as: str, headers: object) -> dict[str, str]:
    """Return headers by their names in small letters; a value is shown in no message."""
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise TypeError(f"{given_as} is a mapping of names to texts, not {type(headers).__name__}")
    checked = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ValueError(f"{given_as} has a name that no header can have")
        if name.lower() == "authorization":
            raise ValueError(
                f"{given_as} cannot have Authorization, which is made of api_key, or of "
                "access_key and secret_key"
            )
        if name.lower() in _OURS:
            raise ValueError(f"{given_as} cannot have {name}, which the client itself says")
        if not isinstance(value, str):
            raise TypeError(f"{given_as}: {name} is a text, not {type(value).__name__}")
        if not _VALUE.fullmatch(value):
            raise ValueError(f"{given_as}: {name} has a character that no header can carry")
        checked[name.lower()] = value
    return checked


def _checked_query(given_as: str, query: object) -> dict[str, QueryValue]:
    if query is None:
        return {}
    if not isinstance(query, Mapping):
        raise TypeError(f"{given_as} is a mapping of names to values, not {type(query).__name__}")
    for name, value in query.items():
        if not isinstance(name, str):
            raise TypeError(f"{given_as} has a name that is no text")
        if not isinstance(value, QueryValue):
            raise TypeError(f"{given_as}: {name} is a text or a number, not {type(value).__name__}")
    return dict(query)
