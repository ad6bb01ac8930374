"""The options of a client, from the arguments of Kling and from the environment."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.request import getproxies

import httpx

from kling._http.bounds import Limits
from kling._http.call_options import Options, QueryValue, check_seconds, checked_timeout
from kling._http.chosen_credentials import choose_credentials
from kling._http.clock import clock_of
from kling._http.key_functions import AsyncKeyFunction
from kling._http.regions import url_of
from kling._http.user_clients import headers_of, transport_over
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
    """Return the arguments for an HTTPClient, from the arguments of Kling and the environment.

    Everything is checked here. If an option caused an error later, during a create, it would be
    unclear whether a task exists.
    """
    request_timeout = checked_timeout("timeout", timeout)
    if not isinstance(total_timeout, int | float):
        kind = type(total_timeout).__name__
        raise TypeError(f"total_timeout must be a number of seconds, not {kind}")
    check_seconds("total_timeout", total_timeout)
    defaults = Options()
    if http_client is not None:
        transport, client = transport_over(http_client, transport)
        # Not added with `plus`, because its checks are for the arguments of Kling. httpx has
        # already accepted these values.
        defaults = Options(headers=headers_of(client), query=dict(client.params))
    defaults = defaults.plus(headers=default_headers, query=default_query, max_retries=max_retries)
    if not isinstance(max_reply_bytes, int) or max_reply_bytes < 1:
        raise ValueError(
            f"max_reply_bytes must be a whole number of at least 1, not {max_reply_bytes}"
        )
    # If there is an http_client, the clock of a mock is in the transport of that client.
    clock = clock_of(transport if http_client is None else http_client._transport)
    url = _checked_url(base_url, region)
    return {
        "clock": clock,
        "credentials": choose_credentials(
            os.environ,
            api_key=api_key,
            access_key=access_key,
            secret_key=secret_key,
            clock=clock,
        ),
        "limits": Limits(
            total_timeout,
            max_reply_bytes,
            # If the API has a private address, it is a mock, and its results have private addresses
            # too.
            allow_private_media or bool(private_host(str(url))),
        ),
        "base_url": url,
        "defaults": defaults,
        "headers": {"User-Agent": _user_agent()},
        "timeout": request_timeout,
        "transport": transport,
    }


def _checked_url(base_url: str | None, region: str | None) -> httpx.URL:
    if base_url is not None and region is not None:
        raise ValueError("give base_url or region, not both: each of them selects the host")
    if region is not None:
        base_url = url_of(region)
    base_url = (
        base_url
        or os.environ.get("KLING_BASE_URL", "").strip()
        or load().document["servers"][0]["url"]
    )
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise ValueError(f"the base URL is not valid: {error}") from error
    if url.userinfo:
        raise ValueError(
            "the base URL must not contain a user name or password: the client does not send them"
        )
    if "?" in base_url or "#" in base_url:
        raise ValueError("the base URL must not contain ? or #, because paths are appended to it")
    if url.port is not None and not 0 < url.port <= _LAST_PORT:
        raise ValueError(f"the base URL must have a port from 1 to {_LAST_PORT}, not {url.port}")
    if url.path.rstrip("/").endswith("/v1"):
        raise ValueError(f"the base URL must end before /v1; remove /v1 from {base_url}")
    if url.scheme not in ("http", "https") or not url.host:
        # Text with @ may contain a password, so it is not shown.
        given = "" if "@" in base_url else f", but is {base_url}"
        raise ValueError(f"the base URL must begin with http:// or https:// and a host{given}")
    return url


@contextmanager
def proxies_checked() -> Iterator[None]:
    """Replace an error of httpx about a proxy by an error that names the environment variable.

    Raises:
        ValueError: httpx cannot read a variable such as HTTP_PROXY or NO_PROXY. The message does
            not contain the value, which may have the password of a proxy.
    """
    try:
        yield
    except (httpx.InvalidURL, ValueError):
        pass
    else:
        return
    # Raised outside `except`. Otherwise the error of httpx, which shows the value, would become its
    # context.
    raise ValueError(_proxy_message())


def _proxy_message() -> str:
    """Return which proxy variable cannot be read, and an example of a right value."""
    for scheme, url in getproxies().items():
        try:
            if scheme != "no":  # getproxies has NO_PROXY under this name
                httpx.Proxy(url if "://" in url else f"http://{url}")
        except (httpx.InvalidURL, ValueError):
            return (
                f"{scheme.upper()}_PROXY in the environment is not the URL of a proxy, "
                "such as http://proxy.example.org:3128"
            )
    return "NO_PROXY in the environment is not a list of hosts, such as localhost,example.org"


def _user_agent() -> str:
    """Return a User-Agent such as kling-openapi/2026.11.0 (python 3.13; httpx 0.28)."""
    major_minor = ".".join(map(str, sys.version_info[:2]))
    httpx_version = ".".join(httpx.__version__.split(".")[:2])
    version = load().document["info"]["version"]
    return f"kling-openapi/{version} (python {major_minor}; httpx {httpx_version})"
