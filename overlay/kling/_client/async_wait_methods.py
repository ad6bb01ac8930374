"""The methods of `AsyncKling` that wait for tasks."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Unpack

from kling._client.steps import AsyncSteps
from kling._http import CallOptions
from kling._tasks import Task
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Waiting, wait, wait_all


class AsyncWaitMethods(AsyncSteps):
    """The methods that wait for tasks."""

    async def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Query a task until it has succeeded, and return it; see `Kling.wait`."""
        view = self._with_call_options(options)
        waiting = view._waiting([task], timeout, interval, on_update, on_every_query=True)
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
        """Query several tasks until all of them have ended; see `Kling.wait_all`."""
        view = self._with_call_options(options)
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
        view = self._with_call_options(options)
        return view._iterate_ended(view._waiting(tasks, timeout, interval, on_update))

    async def _iterate_ended(self, waiting: Waiting) -> AsyncIterator[Task]:
        with waiting:
            while (task := await self._carry_out(waiting.next())) is not None:
                yield task
