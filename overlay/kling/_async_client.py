"""The async client: `_client` with await, statement by statement."""

import builtins
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx
from kling_api import models

from kling._batches import Batches
from kling._calls import Call, Request, checked, create_call, create_of
from kling._connected import Connected
from kling._downloads import async_download
from kling._errors import APIError, APIStatusError
from kling._http import AsyncHTTPClient, options
from kling._pages import walk
from kling._submission import (
    DEFAULT_CREATE_TIMEOUT,
    Recovery,
    Submission,
    with_external_id,
)
from kling._tasks import Task, ref_of, refs_of
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Wait, WaitAll

if TYPE_CHECKING:
    from kling._billing import Deduction


class AsyncKling(Connected):
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

    _http: AsyncHTTPClient

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
        connection = options(
            api_key=api_key,
            access_key=access_key,
            secret_key=secret_key,
            base_url=base_url,
            timeout=timeout,
            transport=transport,
        )
        super().__init__(AsyncHTTPClient(**connection), borrows_transport=transport is not None)

    async def create(
        self,
        request: Request,
        *,
        extra: Mapping[str, Any] | None = None,
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
    ) -> Task:
        """Check a request, send it once, and return the task that it made; see `Kling.create`."""
        return await self._create(create_call(request), extra, create_timeout)

    async def recover(self, request: type[Request], external_task_id: str) -> Task:
        """Find a task whose create left it open whether it was made; see `Kling.recover`."""
        recovery = Recovery(create_of(request), external_task_id)
        while (step := recovery.next()) is not None:
            if step.pause:
                await self._clock.asleep(step.pause)
            try:
                recovery.replied(await self._http.request(**step.call.arguments))
            except APIError as error:
                recovery.failed(error)
        return recovery.task

    async def retrieve(self, task: Task | str) -> Task:
        """Ask how far a task is; see `Kling.retrieve`."""
        return (await self._retrieve([ref_of(task)], together=False))[0]

    async def retrieve_all(self, tasks: Sequence[Task | str]) -> builtins.list[Task]:
        """Ask how far several tasks are; see `Kling.retrieve_all`."""
        return await self._retrieve(refs_of(tasks), together=self._has_api_key)

    async def list(
        self, request: "type[Request] | models.ListTasksRequest", *, page_size: int = 100
    ) -> AsyncIterator[Task]:
        """Iterate over tasks with `async for`; see `Kling.list`."""
        pages = walk(request, page_size)
        while (call := pages.next()) is not None:
            for task in pages.read(await self._http.request(**call.arguments)):
                yield task

    async def deductions(
        self, request: "models.ListBalanceDeductionsRequest | models.ListPackageDeductionsRequest"
    ) -> AsyncIterator["Deduction"]:
        """Iterate over what was charged for tasks with `async for`; see `Kling.deductions`."""
        # Only here, for most programs never ask.
        from kling._billing import Ledger

        ledger = Ledger(request)
        while (call := ledger.next()) is not None:
            for deduction in ledger.read(await self._http.request(**call.arguments)):
                yield deduction

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

    async def wait_all(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> builtins.list[Task]:
        """Ask again and again until all of these tasks have ended; see `Kling.wait_all`."""
        clock = self._clock
        wait = WaitAll(
            tasks,
            timeout=timeout,
            interval=interval,
            on_update=on_update,
            now=clock.monotonic(),
        )
        while (pause := wait.pause(clock.monotonic())) is not None:
            await clock.asleep(pause)
            try:
                wait.saw(await self.retrieve_all(wait.refs))
            except APIError as error:
                wait.missed(error)
        return wait.tasks

    async def run(
        self,
        request: Request,
        *,
        extra: Mapping[str, Any] | None = None,
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Create a task and wait until it has succeeded; see `create` and `wait`."""
        task = await self.create(request, extra=extra, create_timeout=create_timeout)
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

    async def _retrieve(self, refs: Sequence[str], *, together: bool) -> builtins.list[Task]:
        batches = Batches(refs, together=together)
        for batch in batches:
            try:
                batches.read(batch, await self._http.request(**batch.call.arguments))
            except APIStatusError as error:
                batches.refused(batch, error)
        return batches.tasks

    async def _create(
        self, call: Call, extra: Mapping[str, Any] | None, create_timeout: float
    ) -> Task:
        clock = self._clock
        today = datetime.fromtimestamp(clock.time(), UTC).date()
        sent = checked(call, extra, today)
        sent.arguments["json"] = with_external_id(sent.operation, sent.arguments["json"])
        submission = Submission(sent, timeout=create_timeout, now=clock.monotonic())
        while (step := submission.next()) is not None:
            if step.pause:
                await clock.asleep(step.pause)
            try:
                submission.replied(await self._http.request(**step.call.arguments))
            except APIError as error:
                submission.failed(error, clock.monotonic())
        return submission.task
