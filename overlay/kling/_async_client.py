"""The async client: `_client` with await, statement by statement."""

import builtins
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from kling_api import AuthenticatedClient

from kling._calls import (
    Call,
    Request,
    checked,
    create_call,
    get_call,
)
from kling._downloads import async_download
from kling._errors import APIError, BadRequestError
from kling._http import AsyncHTTPClient, options, raw_client
from kling._pages import Pages
from kling._replies import task_of, tasks_of, unknown_task
from kling._tasks import Task, ref_of
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Wait


class AsyncKling:
    """A client of Kling AI's HTTP API for asyncio and trio.

    Every method does what that of `Kling` does, and takes and raises the same.
    Use it as an async context manager, or call `close`.

    Args:
        api_key: see `Kling`, also for the other arguments and the environment.
        access_key: with `secret_key` the older kind of credentials.
        secret_key: see `access_key`.
        base_url: where the API is, with any path before /v1.
        timeout: seconds that one HTTP request may stay without progress.
        transport: an httpx transport to send through. It is not closed with the client.

    Raises:
        CredentialsError: there are no credentials, or half of a pair.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 60.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._borrows_transport = transport is not None
        self._http = AsyncHTTPClient(
            **options(
                api_key=api_key,
                access_key=access_key,
                secret_key=secret_key,
                base_url=base_url,
                timeout=timeout,
                transport=transport,
            )
        )
        self._clock = self._http.clock
        self._credentials = self._http.credentials
        self._raw = raw_client(self._http)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, for the async functions of `kling_api.api`; see `Kling.raw`."""
        return self._raw

    def token(self) -> str:
        """Return what stands behind "Bearer" in a request; see `Kling.token`."""
        return self._credentials.token()

    async def create(self, request: Request, *, extra: Mapping[str, Any] | None = None) -> Task:
        """Check a request, send it once, and return the task that it made; see `Kling.create`."""
        return await self._create(create_call(request), extra)

    async def retrieve(self, task: Task | str) -> Task:
        """Ask how far a task is; see `Kling.retrieve`."""
        ref = ref_of(task)
        call = get_call(ref)
        try:
            return task_of(call, await self._http.request(**call.arguments))
        except BadRequestError as error:
            raise unknown_task(ref, error) from error

    async def list(self, request: type[Request], *, page_size: int = 100) -> AsyncIterator[Task]:
        """Iterate over the tasks of a family with `async for`; see `Kling.list`."""
        pages = Pages(request, page_size)
        while (call := pages.next()) is not None:
            for task in pages.news(tasks_of(call, await self._http.request(**call.arguments))):
                yield task

    async def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Ask again and again until a task has succeeded, and return it; see `Kling.wait`."""
        clock = self._clock
        wait = Wait(
            task,
            timeout=timeout,
            interval=interval,
            on_update=on_update,
            now=clock.monotonic(),
        )
        while (pause := wait.pause(clock.monotonic())) is not None:
            await clock.asleep(pause)
            try:
                wait.saw(await self.retrieve(wait.ref))
            except APIError as error:
                wait.missed(error)
        return wait.task

    async def run(
        self,
        request: Request,
        *,
        extra: Mapping[str, Any] | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Create a task and wait until it has succeeded; see `create` and `wait`."""
        task = await self.create(request, extra=extra)
        return await self.wait(task, timeout=timeout, interval=interval, on_update=on_update)

    async def download(self, task: Task | str, folder: Path | str) -> builtins.list[Path]:
        """Download what a task made, and return the files; see `Kling.download`."""
        seen = task if isinstance(task, Task) else await self.retrieve(task)
        return await async_download(self._http, seen, Path(folder))

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

    def __repr__(self) -> str:
        return f"<AsyncKling {self._http.base_url}>"

    async def _create(self, call: Call, extra: Mapping[str, Any] | None) -> Task:
        today = datetime.fromtimestamp(self._clock.time(), UTC).date()
        arguments = checked(call, extra, today).arguments
        return task_of(call, await self._http.request(**arguments))
