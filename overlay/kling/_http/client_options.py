"""What a client is made with: the arguments of Kling, and what the environment says."""

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.request import getproxies

import httpx

from kling._http.bounds import Limits
from kling._http.call_options import Options, QueryValue, checked_timeout
from kling._http.called_key import AsyncKeyFunction
from kling._http.chosen_credentials import choose
from kling._http.clock import clock_of
from kling._http.given_clients import headers_of, through
from kling._http.regions import url_of
from kling._requests import private_host
from kling.description import load

DEFAULT_REQUEST_TIMEOUT, DEFAULT_TOTAL_TIMEOUT = 60.0, 300.0
DEFAULT_MAX_RETRIES = 5
DEFAULT_MAX_REPLY_BYTES = 16 * 1024 * 1024
_LAST_PORT = 65535


def connection_options(
    *,
    api_key: str | AsyncKeyFunction | None,
    access_key: str | None,
    secret_key: str | None,
    base_url: str | None,
    region: str | None,
    timeout: float | httpx.Timeout,
    total_timeout: float,
    max_retries: int,
    max_reply_bytes: int,
    allow_private_media: bool,
    default_headers: Mapping[str, str] | None,
    default_query: Mapping[str, QueryValue] | None,
    transport: Any,
    http_client: Any,
) -> dict[str, Any]:
    """Return the arguments for either client, from those of Kling and from the environment.

    What is wrong is refused here, for within a create it would look as if the task may exist.
    """
    checked = checked_timeout("timeout", timeout)
    _check_seconds("total_timeout", total_timeout)
    defaults = Options()
    if http_client is not None:
        transport, client = through(http_client, transport)
        # Not told apart from what httpx takes for a header, and not shown if it is none.
        defaults = Options(headers=headers_of(client), query=dict(client.params))
    defaults = defaults.plus(headers=default_headers, query=default_query, max_retries=max_retries)
    if not isinstance(max_reply_bytes, int) or max_reply_bytes < 1:
        raise ValueError(f"max_reply_bytes is a whole number, 1 at least, not {max_reply_bytes}")
    clock = clock_of(transport if http_client is None else http_client._transport)
    if base_url is not None and region is not None:
        raise ValueError("base_url and region both say where the API is; give one of them")
    base_url = (
        base_url
        or (None if region is None else url_of(region))
        or os.environ.get("KLING_BASE_URL", "").strip()
        or load().document["servers"][0]["url"]
    )
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise ValueError(f"the base url is not one: {error}") from error
    if url.userinfo:
        raise ValueError("the base url must have no user name or password: they are not sent")
    if "?" in base_url or "#" in base_url:
        raise ValueError("the base url must have no ? and no #, for paths are put behind it")
    if url.port is not None and not 0 < url.port <= _LAST_PORT:
        raise ValueError(f"the base url must have a port from 1 to {_LAST_PORT}, not {url.port}")
    if url.path.rstrip("/").endswith("/v1"):
        raise ValueError(f"the base url is what stands before /v1; leave /v1 out of {base_url}")
    if url.scheme not in ("http", "https") or not url.host:
        said = "" if "@" in base_url else f", not be {base_url}"
        raise ValueError(f"the base url must begin with http:// or https://{said}")
    return {
        "clock": clock,
        "credentials": choose(
            os.environ,
            api_key=api_key,
            access_key=access_key,
            secret_key=secret_key,
            clock=clock,
        ),
        "limits": Limits(
            total_timeout,
            max_reply_bytes,
            # A mock can reach what Kling cannot, and has its files where it is itself.
            allow_private_media or bool(private_host(str(url))),
        ),
        "base_url": url,
        "defaults": defaults,
        "headers": {"User-Agent": _user_agent()},
        "timeout": checked,
        "transport": transport,
    }


@contextmanager
def proxies_read() -> Iterator[None]:
    """Name the proxy of the environment that httpx cannot read, without its password.

    Raises:
        ValueError: there is one, or hosts without a proxy that cannot be read.
    """
    try:
        yield
    except (httpx.InvalidURL, ValueError):
        pass
    else:
        return
    raise ValueError(_unreadable_proxy())


def _unreadable_proxy() -> str:
    for scheme, url in getproxies().items():
        try:
            if scheme != "no":
                httpx.Proxy(url if "://" in url else f"http://{url}")
        except (httpx.InvalidURL, ValueError):
            return (
                f"{scheme.upper()}_PROXY of the environment is no URL of a proxy, "
                "such as http://proxy.example.org:3128"
            )
    return "NO_PROXY of the environment is no list of hosts, such as localhost,example.org"


def _user_agent() -> str:
    """Return what a server is told of who asks, such as kling-openapi/2026.11.0 (python 3.13)."""
    major_minor = ".".join(map(str, sys.version_info[:2]))
    of_httpx = ".".join(httpx.__version__.split(".")[:2])
    version = load().document["info"]["version"]
    return f"kling-openapi/{version} (python {major_minor}; httpx {of_httpx})"


def _check_seconds(name: str, seconds: object) -> None:
    if not isinstance(seconds, int | float):
        raise TypeError(f"{name} is a number of seconds, not {type(seconds).__name__}")
    # More is more than a socket takes.
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise ValueError(f"{name} is a number of seconds, more than 0, not {seconds:g}")
