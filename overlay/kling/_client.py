"""The client that people type."""

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from kling_api import AuthenticatedClient

from kling._auth import credentials
from kling._calls import (
    Request,
    create_call,
    get_call,
    refuse_problems,
    rules_of,
    schema_of,
    task_of,
    unknown_task,
)
from kling._clock import clock_of
from kling._downloads import download
from kling._errors import APIError, BadRequestError, KlingWarning
from kling._http import HTTPClient
from kling._spec import Operation, load
from kling._tasks import Task
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Wait, passes


class Kling:
    """A client of Kling AI's HTTP API.

    Safe to share between threads. Use it as a context manager, or call `close`.

    Args:
        api_key: a key from Kling's console; `KLING_API_KEY` if not given.
        access_key: with `secret_key` the older kind of credentials, of which short-lived tokens
            are signed; `KLING_ACCESS_KEY` and `KLING_SECRET_KEY` if not given.
            Arguments go before the environment, then an API key before a pair.
        secret_key: see `access_key`.
        base_url: where the API is, with any path before /v1; `KLING_BASE_URL` if not given, else
            the first server of the description. Task ids belong to the host that made them.
        timeout: seconds that one HTTP request may stay without progress.
        transport: an httpx transport to send through, such as that of the mock. It is not closed
            with the client.

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
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._clock = clock_of(transport)
        self._borrows_transport = transport is not None
        server = load().document["servers"][0]["url"]
        self._http = HTTPClient(
            auth=credentials(
                os.environ,
                api_key=api_key,
                access_key=access_key,
                secret_key=secret_key,
                clock=self._clock,
            ),
            base_url=base_url or os.environ.get("KLING_BASE_URL") or server,
            timeout=timeout,
            transport=transport,
        )
        self._raw = AuthenticatedClient(base_url=str(self._http.base_url), token="")
        self._raw.set_httpx_client(self._http)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, for the functions of `kling_api.api`.

        It has the same credentials and errors, but no rules and no waiting.
        """
        return self._raw

    def create(self, request: Request) -> Task:
        """Check a request, send it once, and return the task that it made.

        Args:
            request: one of `kling.models`, such as TextToVideoRequest.

        Raises:
            InvalidRequestError: it breaks rules; nothing was sent.
            APIConnectionError: no reply came; the task may exist.
            APIStatusError: Kling refused it, or failed.
        """
        refuse_problems(request)
        for advice in rules_of(schema_of(request)).advice(request.to_dict()):
            warnings.warn(str(advice), KlingWarning, stacklevel=2)
        operation, arguments = create_call(request)
        return task_of(operation, self._http.request(**arguments))

    def retrieve(self, task: Task | str) -> Task:
        """Ask how far a task is.

        Args:
            task: a task, or its ref such as "text_to_video/752604318974529536"; the caller's own
                external_task_id may stand for the id.

        Raises:
            NotFoundError: this host and account know no such task.
            APIError: there was no reply, or an error.
        """
        ref = task.ref if isinstance(task, Task) else task
        operation, arguments = get_call(ref)
        try:
            return self._task(operation, arguments)
        except BadRequestError as error:
            raise unknown_task(ref, error) from error

    def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Ask again and again until a task has succeeded, and return it.

        The pauses grow. A query that fails on the way is repeated within the deadline.

        Args:
            task: a task or its ref.
            timeout: seconds until TaskTimeoutError.
            interval: seconds before the second query; later pauses are longer.
            on_update: called with the task after each query.

        Raises:
            TaskFailedError: the task has failed.
            TaskTimeoutError: the deadline has passed; the task goes on.
            APIError: a query failed in a way that does not pass.
        """
        wait = Wait(timeout, interval, began=self._clock.monotonic())
        seen = task if isinstance(task, Task) else self.retrieve(task)
        while True:
            if on_update:
                on_update(seen)
            pause = wait.pause(seen, self._clock.monotonic())
            if pause is None:
                return seen
            self._clock.sleep(pause)
            try:
                seen = self.retrieve(seen)
            except APIError as error:
                if not passes(error):
                    error.add_note(f"The task goes on: {seen.ref}")
                    raise

    def run(
        self,
        request: Request,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        on_update: Callable[[Task], None] | None = None,
    ) -> Task:
        """Create a task and wait until it has succeeded; see `create` and `wait`."""
        return self.wait(self.create(request), timeout=timeout, on_update=on_update)

    def download(self, task: Task | str, folder: Path | str) -> list[Path]:
        """Download what a task made, and return the files.

        Each file is written under a temporary name and renamed when it is complete. Names are made
        of the family and the task id, never of what the server proposes. No credential is sent.

        Args:
            task: a task that has succeeded, or its ref.
            folder: where to put the files; made if it is missing.

        Raises:
            TaskError: the task has made nothing yet.
            APIError: a file could not be had; after 30 days it is gone.
            OSError: a file could not be written.
        """
        seen = task if isinstance(task, Task) else self.retrieve(task)
        return download(self._http, seen, Path(folder))

    def close(self) -> None:
        """Close the connections. A transport that was given stays open."""
        if not self._borrows_transport:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Kling {self._http.base_url}>"

    def _task(self, operation: Operation, arguments: dict[str, Any]) -> Task:
        return task_of(operation, self._http.request(**arguments))
