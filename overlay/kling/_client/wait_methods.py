"""The methods of `Kling` that wait for tasks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Unpack

from kling._client.steps import SyncSteps
from kling._http import CallOptions
from kling._tasks import Task
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Waiting, wait, wait_all


class WaitMethods(SyncSteps):
    """The methods that wait for tasks."""

    def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Query a task until it has succeeded, and return it.

        A query that fails for a transient reason is retried until the deadline.

        Args:
            task: a task or its ref.
            timeout: seconds until TaskTimeoutError. A query in flight is cut off at this deadline.
                Then a final query may take up to 5 more seconds.
            interval: the first poll interval in seconds; later intervals are longer.
            on_update: called with the task after each query.
            options: see `kling.CallOptions`.

        Raises:
            TaskFailedError: the task has failed.
            TaskTimeoutError: the deadline has passed; the task goes on.
            APIError: a query failed, and a retry would not help.
        """
        view = self._with_call_options(options)
        waiting = view._waiting([task], timeout, interval, on_update, on_every_query=True)
        return view._carry_out(wait(waiting))

    def wait_all(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Task]:
        """Query several tasks until all of them have ended, and return them in the same order.

        A failed task raises no error: look at its `status` and `message`. `retrieve_all` says how
        many requests are needed to query all tasks once.

        Args:
            tasks: tasks, or their refs, for example refs that were stored before a restart.
            timeout: seconds until the deadline of each task; or a mapping from refs to seconds. A
                ref that is not in the mapping has the default. After the last deadline, the final
                queries may together take up to 5 more seconds.
            interval: the first poll interval in seconds; later intervals are longer.
            on_update: called with a task whenever its status has changed.
            options: see `kling.CallOptions`.

        Raises:
            TaskTimeoutError: some tasks did not end before their deadlines. All others have ended.
                The late tasks go on.
            APIError: a query failed, and a retry would not help.
        """
        view = self._with_call_options(options)
        waiting = view._waiting(tasks, timeout, interval, on_update)
        return view._carry_out(wait_all(waiting))

    def as_completed(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Task]:
        """Iterate over tasks in the order in which they end.

        A failed task raises no error: look at its `status` and `message`. `retrieve_all` says how
        many requests are needed to query all tasks once.

        Args:
            tasks: tasks, or their refs, for example refs that were stored before a restart.
            timeout: see `wait_all`. The time starts with this call, not with the first `next`.
            interval: the first poll interval in seconds; later intervals are longer.
            on_update: called with a task whenever its status has changed.
            options: see `kling.CallOptions`.

        Raises:
            TaskTimeoutError, APIError: see `wait_all`; these are raised during the iteration.
        """
        view = self._with_call_options(options)
        return view._iterate_ended(view._waiting(tasks, timeout, interval, on_update))

    def _iterate_ended(self, waiting: Waiting) -> Iterator[Task]:
        with waiting:
            while (task := self._carry_out(waiting.next())) is not None:
                yield task
