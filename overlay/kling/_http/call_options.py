"""Options for sending requests: the options of a client, or of one call."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

import httpx

QueryValue = str | int | float | bool

# Valid names and values of headers. We check them ourselves, because an error of httpx would show
# the value, which may be secret.
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x20-\x7e\t]*")
# Headers that the client sets itself: they describe the body, the connection, or the compressions
# that the client supports.
_SET_BY_CLIENT = frozenset(
    {"accept-encoding", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)


class CallOptions(TypedDict, total=False):
    """Options that every method which sends requests to Kling takes as keywords.

    Headers and query parameters go to Kling's API, and never to the hosts of results.
    """

    extra_headers: Mapping[str, str]
    """Additional headers. They replace headers of `default_headers` with the same name."""
    extra_query: Mapping[str, QueryValue]
    """Additional query parameters. They replace parameters of `default_query` with the same name,
    but not the parameters that the method itself sends."""
    request_timeout: float | httpx.Timeout
    """The longest pause within each HTTP request, in seconds; replaces the `timeout` of Kling."""


@dataclass(frozen=True, slots=True)
class Options:
    """Headers, query parameters and timeout of requests, and the number of retries of a query."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, QueryValue] = field(default_factory=dict, repr=False)
    timeout: httpx.Timeout | None = None
    """None means the timeout of the client."""
    max_retries: int = 0
    on_reply: Callable[[httpx.Response], None] | None = field(default=None, repr=False)
    """Called with each successful reply of Kling."""

    def plus(
        self,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, QueryValue] | None = None,
        timeout: object = None,
        max_retries: int | None = None,
        names: tuple[str, str, str] = ("default_headers", "default_query", "timeout"),
    ) -> "Options":
        """Return a copy of these options with some of them replaced.

        Args:
            headers: replace headers with the same name; upper and lower case are the same.
            query: replace parameters with the same name.
            timeout: seconds, or a timeout of httpx.
            max_retries: how often a failed query is sent again.
            names: how messages name the first three arguments.

        Raises:
            TypeError: an argument has the wrong type.
            ValueError: a header cannot be sent, or a number is out of range.
        """
        added, parameters = _checked_headers(names[0], headers), _checked_query(names[1], query)
        if max_retries is not None and (type(max_retries) is not int or max_retries < 0):
            raise ValueError(
                f"max_retries must be a whole number of at least 0, not {max_retries!r}"
            )
        return replace(
            self,
            headers={**self.headers, **added},
            query={**self.query, **parameters},
            timeout=self.timeout if timeout is None else checked_timeout(names[2], timeout),
            max_retries=self.max_retries if max_retries is None else max_retries,
        )

    def apply_to(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return arguments for httpx with these options added.

        Headers of these options replace headers in the arguments. For query parameters, it is the
        other way round: those that are already in the arguments are kept.
        """
        if not (self.headers or self.query or self.timeout):
            return arguments
        merged = dict(arguments)
        if self.headers:
            merged["headers"] = {**dict(arguments.get("headers") or {}), **self.headers}
        if self.query:
            merged["params"] = {**self.query, **dict(arguments.get("params") or {})}
        if self.timeout:
            merged["timeout"] = self.timeout
        return merged

    @property
    def sent_parts(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, QueryValue]]]:
        """The options that are sent with each request: the headers and the query parameters.

        Several waits for one task share its queries only if these options are equal.
        """
        return frozenset(self.headers.items()), frozenset(self.query.items())


def checked_timeout(name: str, timeout: object) -> httpx.Timeout:
    """Return a timeout of httpx for an argument.

    Args:
        name: the name of the argument, for messages.
        timeout: seconds, or a timeout of httpx.

    Raises:
        TypeError: it is neither a number nor a timeout of httpx.
        ValueError: it is not above 0, or is longer than a socket can wait.
    """
    given = timeout if isinstance(timeout, httpx.Timeout) else None
    parts = given.as_dict().values() if given else [timeout]
    for seconds in parts:
        if given and seconds is None:
            continue  # in an httpx.Timeout, None means no limit
        if not isinstance(seconds, int | float):
            kind = type(seconds).__name__
            raise TypeError(f"{name} must be a number of seconds or an httpx.Timeout, not {kind}")
        check_seconds(name, seconds)
    return given or httpx.Timeout(timeout)  # type: ignore[arg-type]  # the loop has checked it


def check_seconds(name: str, seconds: float) -> None:
    """Refuse a time that a socket cannot wait for.

    Raises:
        ValueError: it is not above 0, or is longer than a socket can wait.
    """
    # Written so that NaN is refused too.
    if not seconds > 0:
        raise ValueError(f"{name} must be more than 0 seconds, not {seconds:g}")
    if seconds > threading.TIMEOUT_MAX:
        most = f"{threading.TIMEOUT_MAX:.0f}"
        raise ValueError(f"{name} must be at most {most} seconds, not {seconds:g}")


def _checked_headers(argument: str, headers: object) -> dict[str, str]:
    """Return the headers with lower-case names. The message of an error never contains a value."""
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise TypeError(f"{argument} must map names to strings, but is {type(headers).__name__}")
    checked = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ValueError(
                f"{argument} contains a name that is not valid for a header; use letters, "
                "digits and hyphens"
            )
        if name.lower() == "authorization":
            raise ValueError(
                f"{argument} must not contain Authorization, because the client makes it from "
                "api_key, or from access_key and secret_key"
            )
        if name.lower() in _SET_BY_CLIENT:
            raise ValueError(
                f"{argument} must not contain {name}, because the client sets it itself"
            )
        if not isinstance(value, str):
            raise TypeError(f"{argument}: {name} must be a string, not {type(value).__name__}")
        if not _VALUE.fullmatch(value):
            raise ValueError(
                f"{argument}: {name} contains a character that is not allowed in a header; use "
                "printable ASCII characters"
            )
        checked[name.lower()] = value
    return checked


def _checked_query(argument: str, query: object) -> dict[str, QueryValue]:
    if query is None:
        return {}
    if not isinstance(query, Mapping):
        raise TypeError(f"{argument} must map names to values, but is {type(query).__name__}")
    for name, value in query.items():
        if not isinstance(name, str):
            raise TypeError(f"{argument}: names must be strings, not {type(name).__name__}")
        if not isinstance(value, QueryValue):
            kind = type(value).__name__
            raise TypeError(f"{argument}: {name} must be a string or a number, not {kind}")
    return dict(query)
