"""The methods of `AsyncKling` that create tasks."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Unpack, overload

from kling._client.create_options import CreateOptions, RunOptions
from kling._client.steps import AsyncSteps
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._http import CallOptions
from kling._requests import Request, create_call
from kling._tasks import Task
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, check_times


class AsyncCreateMethods(AsyncSteps):
    """The methods that create tasks."""

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
        view = self._with_call_options(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # a traceback may show local variables, and these may hold media
        return await view._carry_out(submission)

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
        view = self._with_call_options(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # a traceback may show local variables, and these may hold media
        run = view._run(submission, timeout, interval, on_created, on_update)
        return await view._carry_out(run)
