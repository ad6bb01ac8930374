"""The async client: `_client` with await, statement by statement."""

import sys
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self, Unpack, overload

from kling._client.async_reading import AsyncReading
from kling._client.base import Region
from kling._client.create_options import CreateOptions, RunOptions
from kling._client.raw_responses import AsyncRawResponses
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._files import DEFAULT_AT_ONCE, DEFAULT_MAX_READ, AsyncDownloads, OnProgress
from kling._http import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_REQUEST_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    AsyncClient,
    AsyncHTTPClient,
    AsyncKeyFunction,
    AsyncTransport,
    CallOptions,
    QueryValue,
    Timeout,
    connection_options,
)
from kling._requests import Request, create_call
from kling._tasks import FileNamer, Task
from kling._tracebacks import bare
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Waiting, check_times, wait, wait_all

if TYPE_CHECKING:
    from kling._cost import Budget


class AsyncKling(AsyncReading):
    """A client of Kling AI's HTTP API for asyncio and trio.

    Every method does what that of `Kling` does, and takes and raises the same.
    Use it as an async context manager, or call `close`.

    Args:
        api_key: see `Kling`, also for the other arguments and the environment; a function that
            returns it may be async.
        access_key: with `secret_key` the older kind of credentials.
        secret_key: see `access_key`.
        base_url: where the API is, with any path before /v1.
        region: where the account is: "global" or "china".
        concurrency: how many tasks may run at a time for one model.
        budget: how much may be spent; see `Budget`. Several clients may share one.
        timeout: seconds that one HTTP request may stay without progress.
        total_timeout: seconds that one HTTP request may take altogether.
        max_retries: how often a query is sent again after what may pass.
        max_reply_bytes: bytes that a JSON reply may have, unpacked.
        allow_private_media: whether results may be on this machine or in its network.
        default_headers: headers of each request to the API.
        default_query: query parameters of each request to the API.
        transport: an httpx transport to send through. It is not closed with the client.
        http_client: an httpx.AsyncClient to send through. It is not closed with the client.

    Raises:
        CredentialsError: there are no credentials, or half of a pair.
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
        handled = sys.exception()
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
            raise bare(error, handled)  # noqa: B904 (it is the same error)
        finally:
            # A traceback may show the locals of this frame.
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
        """The calls that end with one reply; see `Kling.with_raw_response`."""
        return AsyncRawResponses(self)

    @overload
    async def create(self, request: Request, **options: Unpack[CreateOptions]) -> Task: ...

    @overload
    async def create(
        self, request: str, body: Mapping[str, Any], **options: Unpack[CreateOptions]
    ) -> Task: ...

    async def create(
        self,
        request: Request | str,
        body: Mapping[str, Any] | None = None,
        *,
        extra: Mapping[str, Any] | None = None,
        external_task_id: str | None = None,
        reuse: bool = False,
        allow: Collection[str] = (),
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Check a request, send it once, and return the task that it made; see `Kling.create`."""
        view = self._for(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # they may hold media, and a traceback the locals of this frame
        return await view._carry_out(submission)

    async def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Ask again and again until a task has succeeded, and return it; see `Kling.wait`."""
        view = self._for(options)
        waiting = view._waiting([task], timeout, interval, on_update, on_every_look=True)
        return await view._carry_out(wait(waiting))

    async def wait_all(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Task]:
        """Ask again and again until all of these tasks have ended; see `Kling.wait_all`."""
        view = self._for(options)
        waiting = view._waiting(tasks, timeout, interval, on_update)
        return await view._carry_out(wait_all(waiting))

    def as_completed(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[Task]:
        """Iterate over tasks as they end, with `async for`; see `Kling.as_completed`."""
        view = self._for(options)
        return view._ended(view._waiting(tasks, timeout, interval, on_update))

    async def _ended(self, waiting: Waiting) -> AsyncIterator[Task]:
        with waiting:
            while (task := await self._carry_out(waiting.next())) is not None:
                yield task

    @overload
    async def run(self, request: Request, **options: Unpack[RunOptions]) -> Task: ...

    @overload
    async def run(
        self, request: str, body: Mapping[str, Any], **options: Unpack[RunOptions]
    ) -> Task: ...

    async def run(
        self,
        request: Request | str,
        body: Mapping[str, Any] | None = None,
        *,
        extra: Mapping[str, Any] | None = None,
        external_task_id: str | None = None,
        reuse: bool = False,
        allow: Collection[str] = (),
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_created: Callable[[Task], None] | None = None,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Create a task and wait until it has succeeded; see `Kling.run`."""
        check_times(timeout, interval)
        view = self._for(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra
        run = view._run(submission, timeout, interval, on_created, on_update)
        return await view._carry_out(run)

    async def download(
        self,
        task: Task | str,
        folder: Path | str,
        *,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download what a task made, and return the files; see `Kling.download`."""
        return await self._for(options).download_all(
            [task], folder, max_bytes=max_bytes, on_progress=on_progress, name=name
        )

    async def download_all(
        self,
        tasks: Sequence[Task | str],
        folder: Path | str,
        *,
        at_once: int = DEFAULT_AT_ONCE,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download what several tasks made, and return all files; see `Kling.download_all`."""
        view = self._for(options)
        seen = await view._carry_out(view._seen(tasks))
        plan = view._plan(
            seen,
            Path(folder),
            at_once=at_once,
            max_bytes=max_bytes,
            on_progress=on_progress,
            name=name,
        )
        await self._downloads.fetch(plan)
        return await view._carry_out(plan.settled())

    async def read(
        self,
        task: Task | str,
        *,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> list[bytes]:
        """Return what a task made, file by file, as bytes; see `Kling.read`."""
        view = self._for(options)
        return await view._carry_out(view._contents(task, max_bytes))

    async def read_into(
        self,
        task: Task | str,
        file: IO[bytes],
        *,
        number: int = 1,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> int:
        """Write one file that a task made into an open one; see `Kling.read_into`."""
        view = self._for(options)
        [content] = await view._carry_out(view._contents(task, max_bytes, number))
        file.write(content)
        return len(content)

    async def close(self) -> None:
        """Close the connections. A transport or an http_client that was given stays open."""
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
