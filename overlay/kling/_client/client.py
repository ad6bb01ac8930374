"""The client `Kling`. The module `async_client` has the same client with await."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kling._client.base import Region
from kling._client.create_methods import CreateMethods
from kling._client.download_methods import DownloadMethods
from kling._client.query_methods import QueryMethods
from kling._client.raw_responses import RawResponses
from kling._client.wait_methods import WaitMethods
from kling._files import Downloads
from kling._http import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_REQUEST_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    Client,
    HTTPClient,
    KeyFunction,
    QueryValue,
    Timeout,
    Transport,
    connection_options,
)
from kling._tracebacks import strip_traceback

if TYPE_CHECKING:
    from kling._cost import Budget


class Kling(CreateMethods, WaitMethods, DownloadMethods, QueryMethods):
    """A client of Kling AI's HTTP API.

    Threads can share it. Use it as a context manager, or call `close`.

    Args:
        api_key: a key from Kling's console, or a function that returns a key. By default,
            `KLING_API_KEY` from the environment. The function is called before each request. If
            Kling refuses the key (1000 to 1004), the function is called once more. If it now
            returns a different key, the request is sent once more.
        access_key: with `secret_key`, the older kind of credentials, which signs short-lived
            tokens. By default, `KLING_ACCESS_KEY` and `KLING_SECRET_KEY` from the environment. If
            you pass any key, no key is read from the environment. If there are both an API key and
            a pair of keys, the API key is used. If there is no key at all, `KLINGAI_API_KEY` is
            read from the environment.
        secret_key: see `access_key`.
        base_url: the URL of the API without /v1, for example the URL of a gateway. By default,
            `KLING_BASE_URL` from the environment; without that, Kling's global server. A task id is
            valid only at the host that made it.
        region: the region of the account, "global" (the default) or "china", instead of a base_url.
        concurrency: how many tasks of one model may run at the same time. Your resource packages
            determine this number. Pass one number for each kind of package, such as
            {"video": 5, "image": 9, "try-on": 1}, or one number for all kinds. `create` waits until
            there is room. By default, the client learns the limit from Kling's refusals (1303). An
            `Unlisted` is a request to a path that the description does not have. Its task takes one
            slot of the model that its body names. If the body names no model, the last part of the
            path counts as the model. One number for all kinds also limits these tasks; numbers for
            each kind do not.
        budget: the limit for spending; see `Budget`. Several clients can share one.
        timeout: the longest pause within one HTTP request, in seconds; or an `httpx.Timeout`, with
            separate limits for connecting, sending, receiving and waiting for a connection.
        total_timeout: the longest duration of one HTTP request, in seconds, from connecting to the
            last byte of the reply. If `timeout` is longer, `timeout` is the limit. For a download,
            only the time until the first byte is limited.
        max_retries: how often a query, such as those of `retrieve` and `list`, is retried after a
            transient failure. After such a failure, a create is never retried, and a wait retries
            its queries until its deadline.
        max_reply_bytes: the largest size of a JSON reply, in bytes after decompression. Everything
            before the body, such as the headers, is limited to 256 KiB.
        allow_private_media: whether results may be downloaded from this machine or its network
            (127/8, 10/8, 172.16/12, 192.168/16, 169.254/16, ::1, fc00::/7 and fe80::/10), also
            after a redirect. If the API itself has such an address, this is always allowed. The
            client checks the address of a host name when it connects. With a proxy, or a transport
            that you pass, it can check only an address in the URL itself.
        default_headers: headers for every request to the API, such as those that a gateway needs;
            the hosts of results do not get them. A User-Agent replaces the default one. You cannot
            set Authorization, or headers that depend on the body or the connection.
        default_query: query parameters for every request to the API.
        transport: an httpx transport to use, such as that of the mock. `close` does not close it.
            The client cannot enforce its limits inside this transport. A deadline, for example,
            takes effect only between two chunks of a body.
        http_client: an httpx.Client to use; for AsyncKling, an httpx.AsyncClient. Its transports,
            proxies, hooks, headers and query parameters apply. Its auth, cookies, base_url, timeout
            and redirects do not apply. `close` does not close it. As with `transport`, the client
            cannot enforce its limits inside it.

    Raises:
        CredentialsError: there are no credentials, one half of a pair is missing, or a key is
            malformed.
        TypeError: an argument has the wrong type.
        ValueError: an argument is out of range, or a header cannot be sent.
    """

    _http: HTTPClient

    def __init__(
        self,
        *,
        api_key: str | KeyFunction | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
        base_url: str | None = None,
        region: Region | None = None,
        concurrency: int | Mapping[str, int] | None = None,
        budget: "Budget | None" = None,
        timeout: float | Timeout = DEFAULT_REQUEST_TIMEOUT,
        total_timeout: float = DEFAULT_TOTAL_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        max_reply_bytes: int = DEFAULT_MAX_REPLY_BYTES,
        allow_private_media: bool = False,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, QueryValue] | None = None,
        transport: Transport | None = None,
        http_client: Client | None = None,
    ) -> None:
        handled = sys.exception()  # the error that the caller is handling, if any
        try:
            connection = connection_options(
                api_key=api_key,
                access_key=access_key,
                secret_key=secret_key,
                base_url=base_url,
                region=region,
                timeout=timeout,
                total_timeout=total_timeout,
                max_retries=max_retries,
                max_reply_bytes=max_reply_bytes,
                allow_private_media=allow_private_media,
                default_headers=default_headers,
                default_query=default_query,
                transport=transport,
                http_client=http_client,
            )
        except Exception as error:
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        finally:
            # A traceback may show the local variables of this frame.
            del api_key, access_key, secret_key, default_headers, default_query
        super().__init__(
            HTTPClient(**connection),
            concurrency=concurrency,
            budget=budget,
            borrows_transport=transport is not None or http_client is not None,
        )
        self._downloads = Downloads(self._http)

    @property
    def with_raw_response(self) -> RawResponses:
        """Calls that also return Kling's reply: each returns a `kling.RawResponse`."""
        return RawResponses(self)

    def close(self) -> None:
        """Close the connections. A transport or an http_client that you gave stays open."""
        if not self._borrows_transport:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
