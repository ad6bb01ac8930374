"""What the methods of `Kling` and `AsyncKling` do, written once for both clients.

Steps are a generator that yields requests and pauses, and awaits nothing. `SyncSteps` and
`AsyncSteps` carry the steps out.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from kling._client.base import BaseClient
from kling._creating import check_reusable, recover, recover_ref, set_external_id, submit
from kling._files import DownloadPlan, OnProgress, read_results
from kling._http import AsyncHTTPClient, HTTPClient, Steps, add_task_note
from kling._requests import Call, Request, checked_create, create_of
from kling._tasks import RETRYING, FileNamer, Task, look_up, refs_of, still_running_note
from kling._waiting import OnUpdate, Waiting, wait
from kling.errors import APIError

T = TypeVar("T")


def recovery(
    create: type[Request] | str | APIError, external_task_id: str | APIError | None
) -> Steps[Task]:
    """Look for a task by the arguments of `recover`: an error, a ref, or a create and an id."""
    if external_task_id is None and isinstance(create, str):
        return recover_ref(create.strip())
    # An error is either the only argument, or comes after the class of the request.
    error = create if external_task_id is None else external_task_id
    if isinstance(error, APIError):
        known_create = error.operation if create is error else create
        if not error.external_task_id or not known_create:
            raise ValueError(
                "this error has no external_task_id to look for: "
                "it does not come from a create, or the endpoint takes no such id"
            )
        create, external_task_id = known_create, error.external_task_id
    # Wrong arguments, such as an error with an id, or a class without an id.
    if isinstance(create, APIError) or not isinstance(external_task_id, str):
        raise TypeError(
            "recover takes the error of a create; or a ref; or a class of requests, and an "
            "external_task_id"
        )
    return recover(create_of(create), external_task_id)


class ClientSteps(BaseClient):
    """The steps of the methods that both clients have."""

    def _submission(
        self,
        call: Call,
        extra: Mapping[str, Any] | None,
        create_timeout: float,
        allow: Collection[str] = (),
        *,
        external_task_id: str | None = None,
        reuse: bool = False,
    ) -> Steps[Task]:
        """Check a request and create its task; see `Kling.create`."""
        if not create_timeout >= 0:
            raise ValueError(f"create_timeout must be 0 or more seconds, not {create_timeout}")
        if external_task_id is not None:
            extra = set_external_id(call, extra, external_task_id)
        today = datetime.fromtimestamp(self._clock.time(), UTC).date()
        create = checked_create(
            call, extra, today, allow, reaches_private_hosts=self._reaches_private_hosts
        )
        del extra  # a traceback may show local variables, and this one may hold media
        if reuse:
            check_reusable(create)
        request_timeout = self._options.timeout or self._http.timeout
        return (
            yield from submit(
                create,
                reuse=reuse,
                timeout=create_timeout,
                # If pauses are not limited, only the whole request is.
                min_request_time=request_timeout.read or self._http.limits.seconds,
                clock=self._clock,
                slots=self._slots,
                watch=self._watch,
                budget=self._budget,
            )
        )

    def _run(
        self,
        submission: Steps[Task],
        timeout: float,
        interval: float,
        on_created: OnUpdate | None,
        on_update: OnUpdate | None,
    ) -> Steps[Task]:
        """Create a task and wait until it has succeeded."""
        task = yield from submission
        try:
            if on_created:
                on_created(task)
            waiting = self._waiting([task], timeout, interval, on_update, on_every_query=True)
            return (yield from wait(waiting))
        except BaseException as error:
            # If this error came before the first step of `wait`, only this note tells the user the
            # ref of the task.
            add_task_note(error, still_running_note(task.ref))
            raise

    def _waiting(
        self,
        tasks: Sequence[Task | str],
        timeout: float | Mapping[str, float],
        interval: float,
        on_update: OnUpdate | None,
        *,
        on_every_query: bool = False,
    ) -> Waiting:
        """Return a wait for tasks, with the watch and the clock of this client.

        `on_update` is called whenever the status of a task has changed; with `on_every_query`,
        after each query.
        """
        return Waiting(
            tasks,
            watch=self._watch,
            clock=self._clock,
            timeout=timeout,
            interval=interval,
            on_update=on_update,
            on_every_query=on_every_query,
        )

    def _retrieval(self, refs: Sequence[str], *, together: bool) -> Steps[list[Task]]:
        """Query tasks by their refs, and return them in the same order.

        With `together`, one request may read several tasks of /v1. This needs an API key.
        """
        found = yield from look_up(refs, RETRYING, together=together)
        tasks: list[Task] = []
        for ref in refs:
            task = found[ref]
            assert isinstance(task, Task)  # RETRYING raises each error instead of returning it
            self._on_seen(task)
            tasks.append(task)
        return tasks

    def _up_to_date(self, tasks: Sequence[Task | str]) -> Steps[list[Task]]:
        """Return the tasks. Refs, and tasks that had not ended, are retrieved first."""
        refs = refs_of(tasks)
        # A task that has ended does not change any more.
        known = {task.ref: task for task in tasks if isinstance(task, Task) and task.ended}
        missing = [ref for ref in dict.fromkeys(refs) if ref not in known]
        found = yield from self._retrieval(missing, together=self._has_api_key)
        known |= zip(missing, found, strict=True)
        return [known[ref] for ref in refs]

    def _download_plan(
        self,
        tasks: Sequence[Task],
        folder: Path,
        *,
        at_once: int,
        max_bytes: int | None,
        on_progress: OnProgress | None,
        name: str | FileNamer | None,
    ) -> DownloadPlan:
        return DownloadPlan(
            tasks,
            folder,
            at_once=at_once,
            max_bytes=max_bytes,
            on_progress=on_progress,
            clock=self._clock,
            sent_with=self._options,
            name=name,
        )

    def _contents(
        self, task: Task | str, max_bytes: int, only: int | None = None
    ) -> Steps[list[bytes]]:
        """Return the content of each result; with `only`, of the result with this number."""
        [current] = yield from self._up_to_date([task])
        return (yield from read_results(current, max_bytes, only))


class SyncSteps(ClientSteps):
    """A client that carries the steps out."""

    _http: HTTPClient

    def _carry_out(self, steps: Steps[T]) -> T:
        return self._http.carry_out(steps, self._options)


class AsyncSteps(ClientSteps):
    """A client that carries the steps out with `await`."""

    _http: AsyncHTTPClient

    async def _carry_out(self, steps: Steps[T]) -> T:
        return await self._http.carry_out(steps, self._options)
