"""URLs of a request that lead to where Kling cannot get."""

import ipaddress
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from kling._requests.media_limits import MediaFields
from kling.description import Operation, Problem, Spec, field_name

# Names that the internet does not have.
_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid")
_POINTER = "{$request.body#/"
_LONGEST_SHOWN = 60


def private_host(url: str) -> str:
    """Return the host of a URL that only this machine or its network can reach; else nothing.

    That is localhost and every other name without a point, a name that only local networks have,
    such as printer.local, and an address that is not of the internet, such as 192.168.0.7 or ::1.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host if "." not in host or host.endswith(_SUFFIXES) else ""
    return "" if address.is_global else host


def unreachable(
    operation: Operation, body: Any, media: MediaFields, spec: Spec
) -> Iterator[Problem]:
    """Yield the fields of a body whose URLs lead to where only this machine or its network gets.

    Args:
        operation: what the body is for.
        body: what would be sent.
        media: the media fields of the body; Kling fetches what is in them.
        spec: the description that has the operation.
    """
    urls = [(field, value) for field, value, _ in media.media(body)]
    urls += [(field_name(path), _value(body, path)) for path in _callbacks(operation.id, spec)]
    for field, url in urls:
        if isinstance(url, str) and url[:8].lower().startswith(("http://", "https://")):
            host = private_host(url)
            shown = host if host.isprintable() and len(host) <= _LONGEST_SHOWN else "a host"
            if host:
                yield Problem(
                    "unreachable-host",
                    field,
                    f"{field} leads to {shown}, which only this machine or its network can "
                    "reach; Kling needs a URL of the internet.",
                )


@cache
def _callbacks(operation: str, spec: Spec) -> list[list[str]]:
    """Return the path of each field that holds the URL of a callback."""
    callbacks = spec.operations[operation].node.get("callbacks", {}).values()
    return [
        expression.removeprefix(_POINTER).rstrip("}").split("/")
        for callback in callbacks
        for expression in spec.resolve(callback)
        if expression.startswith(_POINTER)
    ]


def _value(body: Any, path: list[str]) -> Any:
    for step in path:
        body = body.get(step) if isinstance(body, Mapping) else None
    return body
