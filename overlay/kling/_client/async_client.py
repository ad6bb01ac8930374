"""The client `AsyncKling`: the same as `Kling`, with await."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kling._client.async_create_methods import AsyncCreateMethods
from kling._client.async_download_methods import AsyncDownloadMethods
from kling._client.async_query_methods import AsyncQueryMethods
from kling._client.async_wait_methods import AsyncWaitMethods
from kling._client.base import Region
from kling._client.raw_responses import AsyncRawResponses
from kling._files import AsyncDownloads
from kling._http import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_REQUEST_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    AsyncClient,
    AsyncHTTPClient,
    AsyncKeyFunction,
    AsyncTransport,
    QueryValue,
    Timeout,
    connection_options,
)
from kling._tracebacks import strip_traceback

if TYPE_CHECKING:
    from kling._cost import Budget


class AsyncKling(AsyncCreateMethods, AsyncWaitMethods, AsyncDownloadMethods, AsyncQueryMethods):
    """A client of Kling AI's HTTP API for asyncio and trio.

    Each method does the same as the method of `Kling` with the same name. It has the same arguments
    and errors. Use the client as an async context manager, or call `close`.

    Args:
        api_key: a key, or a function that returns a key and may be async. `Kling` describes this
            and the other arguments, and what is read from the environment.
        access_key: with `secret_key`, the older kind of credentials.
        secret_key: see `access_key`.
        base_url: the URL of the API without /v1.
        region: the region of the account, "global" or "china".
        concurrency: how many tasks may run at the same time for one model.
        budget: the limit for spending; see `Budget`. Several clients can share one.
        timeout: the longest pause within one HTTP request, in seconds.
        total_timeout: the longest duration of one HTTP request, in seconds.
        max_retries: how often a query is retried after a transient failure.
        max_reply_bytes: the largest size of a JSON reply, in bytes after decompression.
        allow_private_media: whether results may be on this machine or its network.
        default_headers: headers for every request to the API.
        default_query: query parameters for every request to the API.
        transport: an httpx transport to use. `close` does not close it.
        http_client: an httpx.AsyncClient to use. `close` does not close it.

    Raises:
        CredentialsError: there are no credentials, or one half of a pair is missing.
    """

    _http: AsyncHTTPClient

    def __init__(
        self,
        *,
        api_key: str | AsyncKeyFunction | None = None,
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
        transport: AsyncTransport | None = None,
        http_client: AsyncClient | None = None,
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
            AsyncHTTPClient(**connection),
            concurrency=concurrency,
            budget=budget,
            borrows_transport=transport is not None or http_client is not None,
        )
        self._downloads = AsyncDownloads(self._http)

    @property
    def with_raw_response(self) -> AsyncRawResponses:
        """Calls that also return Kling's reply; see `Kling.with_raw_response`."""
        return AsyncRawResponses(self)

    async def close(self) -> None:
        """Close the connections. A transport or an http_client that you gave stays open."""
        if not self._borrows_transport:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
