"""Sending a create so that it is paid for once: what to do next, decided without doing it."""

import random
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

from kling._batches import Batch, Batches
from kling._calls import Call
from kling._errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    InternalServerError,
    NotFoundError,
    RateLimitError,
)
from kling._replies import task_of
from kling._spec import Operation, load
from kling._tasks import Task

DEFAULT_CREATE_TIMEOUT = 600.0
# Seconds between attempts while Kling says that it is too busy.
_FIRST_PAUSE, _GROWTH, _LONGEST_PAUSE, _JITTER = 2.0, 1.5, 30.0, 0.2
# Seconds before each look for a task that may have been made: it can appear late.
_LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
# What fails before anything of a request is sent.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Codes below are refusals: no task was made.
_FIRST_DOUBTFUL_CODE = 5000


class Step(NamedTuple):
    """What to do next: wait some seconds, then send."""

    pause: float
    call: Call


class Recovery:
    """Looks for a task by the id that its creator gave it; used as Submission is.

    Raises:
        ValueError: the id cannot be asked for.
    """

    def __init__(self, create: Operation, external_id: str) -> None:
        ref = f"{load().task_family(create)}/{external_id}"
        self._batches = Batches([ref], together=False)
        [self._batch] = self._batches
        self._pauses = iter(_LOOKS)
        self._pause = next(self._pauses)
        self._task: Task | None = None

    @property
    def task(self) -> Task:
        """The task that was found."""
        assert self._task is not None  # there is one as soon as there is no step
        return self._task

    def next(self) -> Step | None:
        """Return what to do; None once the task is found."""
        return None if self._task else Step(self._pause, self._batch.call)

    def replied(self, response: httpx.Response) -> None:
        """Take note of a reply.

        Raises:
            APIError: the task is not in it, or it cannot be read.
        """
        self._batches.read(self._batch, response)
        [self._task] = self._batches.tasks

    def failed(self, error: APIError) -> None:
        """Take note of a failure; raise what it means, unless it is worth another look."""
        error = _meant(self._batches, self._batch, error)
        passes = NotFoundError | APIConnectionError | InternalServerError | RateLimitError
        pause = next(self._pauses, None) if isinstance(error, passes) else None
        if pause is None:
            raise error
        self._pause = pause


class Submission:
    """One create, and what becomes of it.

    It is sent once; again, with the same id of the caller's, only after Kling said that it refused
    it for the moment. Where it stays open whether there is a task, the task is looked for.

    Whoever sends does as it says, with or without await:

        while (step := submission.next()) is not None:
            sleep(step.pause)
            try:
                submission.replied(request(step.call))
            except APIError as error:
                submission.failed(error, now())
        return submission.task

    Args:
        call: the create, checked.
        timeout: seconds for which it is sent again while Kling is too busy.
        now: seconds on a clock that only goes forward.
    """

    def __init__(self, call: Call, *, timeout: float, now: float) -> None:
        self._call = call
        self._external_id = external_id_of(call)
        self._deadline = now + timeout
        self._pause = 0.0
        self._next_pause = _FIRST_PAUSE
        self._doubt: APIError | None = None
        self._recovery: Recovery | None = None
        self._task: Task | None = None

    @property
    def task(self) -> Task:
        """The task that was made."""
        assert self._task is not None  # there is one as soon as there is no step
        return self._task

    def next(self) -> Step | None:
        """Return what to do; None once there is a task."""
        if self._task is not None:
            return None
        return self._recovery.next() if self._recovery else Step(self._pause, self._call)

    def replied(self, response: httpx.Response) -> None:
        """Take note of a reply.

        Raises:
            APIError: it cannot be read, or the task that is looked for is not there.
        """
        if self._recovery:
            self._recovery.replied(response)
            self._task = self._recovery.task
        else:
            self._task = task_of(self._call, response)

    def failed(self, error: APIError, now: float) -> None:
        """Take note of a failure; raise it, or the one that left the doubt, if that is the end."""
        if self._recovery and self._doubt:
            try:
                self._recovery.failed(error)
            except APIError as last:
                # Only who answered is surely done with it, and only who was asked knows.
                answered = isinstance(self._doubt, APIStatusError)
                done = answered and isinstance(last, NotFoundError)
                raise self._told(self._doubt, not_created=done) from last
        elif is_refusal(error):
            self._wait_or_raise(error, now)
        elif isinstance(error.__cause__, _NEVER_SENT):
            raise self._told(error, not_created=True)
        elif not self._external_id:
            raise self._told(error, not_created=False)
        else:
            self._doubt = error
            self._recovery = Recovery(self._call.operation, self._external_id)

    def _wait_or_raise(self, error: APIError, now: float) -> None:
        row = load().errors.get(getattr(error, "code", None) or 0)
        left = self._deadline - now
        if row is None or row.retry != "later" or left <= 0:
            raise self._told(error, not_created=True)
        jitter = random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)
        self._pause = min(self._next_pause * jitter, left)
        self._next_pause = min(self._next_pause * _GROWTH, _LONGEST_PAUSE)

    def _told(self, error: APIError, *, not_created: bool) -> APIError:
        error.not_created, error.may_exist = not_created, not not_created
        error.external_task_id = self._external_id or None
        if error.may_exist and self._external_id:
            error.add_note(
                "The task may exist, and be paid for; look for it again with "
                f"client.recover(models.{self._call.operation.request}, {self._external_id!r})"
            )
        return error


def is_refusal(error: APIError) -> bool:
    """Whether Kling, or a gateway, has surely not carried out what was asked."""
    if not isinstance(error, APIStatusError):
        return False
    if error.code is not None:
        return 0 < error.code < _FIRST_DOUBTFUL_CODE
    return httpx.codes.is_client_error(error.status_code)


def with_external_id(operation: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create with an id of the caller's, if the endpoint takes one.

    An id that is there stays. A new one is unlike Kling's, which are numbers.
    """
    if operation.task is None or not operation.task["external_id"]:
        return dict(body)
    holder = "options" if "options" in load().schemas[str(operation.request)]["properties"] else ""
    inner = body.get(holder, {}) if holder else body
    if not isinstance(inner, Mapping) or inner.get("external_task_id"):
        return dict(body)
    named = {**inner, "external_task_id": f"kling-{uuid.uuid4().hex}"}
    return {**body, holder: named} if holder else named


def external_id_of(call: Call) -> str:
    """Return the id of the caller's in a create; empty without one."""
    body = call.arguments["json"]
    options = body.get("options", body)
    found = options.get("external_task_id", "") if isinstance(options, Mapping) else ""
    takes_one = call.operation.task is not None and call.operation.task["external_id"]
    return found if takes_one and isinstance(found, str) else ""


def _meant(batches: Batches, batch: Batch, error: APIError) -> APIError:
    """Return what a failed query means."""
    if isinstance(error, APIStatusError):
        try:
            batches.refused(batch, error)
        except APIError as meant:
            return meant
    return error
