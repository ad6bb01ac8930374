"""The async client: `_client` with await, statement by statement."""

import sys
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kling._client.async_reading import AsyncReading
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._files import DEFAULT_AT_ONCE, AsyncDownloads, OnProgress
from kling._http import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_TOTAL_TIMEOUT,
    AsyncHTTPClient,
    AsyncTransport,
    options,
)
from kling._requests import Request, create_call
from kling._tasks import Task
from kling._tracebacks import bare
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Waiting, check_times, wait, wait_all

if TYPE_CHECKING:
    from kling._cost import Budget


class AsyncKling(AsyncReading):
    """A client of Kling AI's HTTP API for asyncio and trio.

    Every method does what that of `Kling` does, and takes and raises the same.
    Use it as an async context manager, or call `close`.

    Args:
        api_key: see `Kling`, also for the other arguments and the environment.
        access_key: with `secret_key` the older kind of credentials.
        secret_key: see `access_key`.
        base_url: where the API is, with any path before /v1.
        concurrency: how many tasks may run at a time for one model.
        budget: how much may be spent; see `Budget`. Several clients may share one.
        timeout: seconds that one HTTP request may stay without progress.
        total_timeout: seconds that one HTTP request may take altogether.
        max_reply_bytes: bytes that a JSON reply may have, unpacked.
        allow_private_media: whether results may be on this machine or in its network.
        transport: an httpx transport to send through. It is not closed with the client.

    Raises:
        CredentialsError: there are no credentials, or half of a pair.
    """

    _http: AsyncHTTPClient

    def __init__(
        self,
        *,
        api_key: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
        base_url: str | None = None,
        concurrency: int | Mapping[str, int] | None = None,
        budget: "Budget | None" = None,
        timeout: float = 60.0,
        total_timeout: float = DEFAULT_TOTAL_TIMEOUT,
        max_reply_bytes: int = DEFAULT_MAX_REPLY_BYTES,
        allow_private_media: bool = False,
        transport: AsyncTransport | None = None,
    ) -> None:
        handled = sys.exception()
        try:
            connection = options(
                api_key=api_key,
                access_key=access_key,
                secret_key=secret_key,
                base_url=base_url,
                timeout=timeout,
                total_timeout=total_timeout,
                max_reply_bytes=max_reply_bytes,
                allow_private_media=allow_private_media,
                transport=transport,
            )
        except Exception as error:
            raise bare(error, handled)  # noqa: B904 (it is the same error)
        finally:
            # A traceback may show the locals of this frame.
            del api_key, access_key, secret_key
        super().__init__(
            AsyncHTTPClient(**connection),
            concurrency=concurrency,
            budget=budget,
            borrows_transport=transport is not None,
        )
        self._downloads = AsyncDownloads(self._http)

    async def create(
        self,
        request: Request,
        *,
        extra: Mapping[str, Any] | None = None,
        external_task_id: str | None = None,
        reuse: bool = False,
        allow: Collection[str] = (),
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
    ) -> Task:
        """Check a request, send it once, and return the task that it made; see `Kling.create`."""
        submission = self._submission(
            create_call(request),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del extra  # it may hold media, and a traceback the locals of this frame
        return await self._http.carry_out(submission)

    async def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Ask again and again until a task has succeeded, and return it; see `Kling.wait`."""
        waiting = self._waiting([task], timeout, interval, on_update, on_every_look=True)
        return await self._http.carry_out(wait(waiting))

    async def wait_all(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> list[Task]:
        """Ask again and again until all of these tasks have ended; see `Kling.wait_all`."""
        waiting = self._waiting(tasks, timeout, interval, on_update)
        return await self._http.carry_out(wait_all(waiting))

    def as_completed(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> AsyncIterator[Task]:
        """Iterate over tasks as they end, with `async for`; see `Kling.as_completed`."""
        return self._ended(self._waiting(tasks, timeout, interval, on_update))

    async def _ended(self, waiting: Waiting) -> AsyncIterator[Task]:
        with waiting:
            while (task := await self._http.carry_out(waiting.next())) is not None:
                yield task

    async def run(
        self,
        request: Request,
        *,
        extra: Mapping[str, Any] | None = None,
        external_task_id: str | None = None,
        reuse: bool = False,
        allow: Collection[str] = (),
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Create a task and wait until it has succeeded; see `create` and `wait`."""
        check_times(timeout, interval)
        submission = self._submission(
            create_call(request),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del extra
        task = await self._http.carry_out(submission)
        return await self.wait(task, timeout=timeout, interval=interval, on_update=on_update)

    async def download(
        self,
        task: Task | str,
        folder: Path | str,
        *,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
    ) -> list[Path]:
        """Download what a task made, and return the files; see `Kling.download`."""
        return await self.download_all([task], folder, max_bytes=max_bytes, on_progress=on_progress)

    async def download_all(
        self,
        tasks: Sequence[Task | str],
        folder: Path | str,
        *,
        at_once: int = DEFAULT_AT_ONCE,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
    ) -> list[Path]:
        """Download what several tasks made, and return all files; see `Kling.download_all`."""
        seen = await self._http.carry_out(self._seen(tasks))
        plan = self._plan(
            seen, Path(folder), at_once=at_once, max_bytes=max_bytes, on_progress=on_progress
        )
        await self._downloads.fetch(plan)
        return await self._http.carry_out(plan.settled())

    async def close(self) -> None:
        """Close the connections. A transport that was given stays open."""
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
