"""Find the URLs in a request whose hosts Kling cannot reach."""

import ipaddress
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from kling._requests.media_limits import MediaFields
from kling.description import Operation, Problem, Spec, field_name

# Suffixes of host names that exist only in local networks.
_LOCAL_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid")
# The description names a callback by the field of the body that has its URL, such as
# {$request.body#/callback_url}.
_POINTER = "{$request.body#/"
# The greatest length of a host that a message quotes.
_MAX_SHOWN = 60


def private_host(url: str) -> str:
    """Return the host of a URL if only this machine or its network can reach it; otherwise "".

    Such hosts are names without a dot, such as localhost; names that only local networks have, such
    as printer.local; and addresses that are not on the internet, such as 192.168.0.7 or ::1.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])  # without the zone of IPv6
    except ValueError:
        return host if "." not in host or host.endswith(_LOCAL_SUFFIXES) else ""
    return "" if address.is_global else host


def unreachable(
    operation: Operation, body: Any, media: MediaFields, spec: Spec
) -> Iterator[Problem]:
    """Yield a problem for each media or callback URL that only this machine or its network reaches.

    Args:
        operation: the operation of the body.
        body: the JSON body.
        media: the media fields of the body.
        spec: the description of the operation.
    """
    urls = [(field, value) for field, value, _ in media.media(body)]
    urls += [(field_name(path), _value_at(path, body)) for path in _callbacks(operation.id, spec)]
    for field, url in urls:
        # Only the beginning is compared, because the value may be megabytes of base64.
        if isinstance(url, str) and url[:8].lower().startswith(("http://", "https://")):
            host = private_host(url)
            shown = host if host.isprintable() and len(host) <= _MAX_SHOWN else "a host"
            if host:
                yield Problem(
                    "unreachable-host",
                    field,
                    f"{field} points to {shown}, which only this machine or its network can "
                    "reach; Kling needs a URL that is public on the internet.",
                )


@cache
def _callbacks(operation: str, spec: Spec) -> list[list[str]]:
    """Return the path of each field that takes the URL for a callback."""
    callbacks = spec.operations[operation].node.get("callbacks", {}).values()
    return [
        expression.removeprefix(_POINTER).rstrip("}").split("/")
        for callback in callbacks
        for expression in spec.resolve(callback)
        if expression.startswith(_POINTER)
    ]


def _value_at(path: list[str], body: Any) -> Any:
    for step in path:
        body = body.get(step) if isinstance(body, Mapping) else None
    return body
