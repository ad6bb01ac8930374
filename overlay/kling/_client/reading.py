"""What asks and changes nothing. `_async_reading` is the same with await."""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack, overload

from kling._client.base import Connected, T, recovery
from kling._http import CallOptions, HTTPClient, Steps, send_query
from kling._requests import Request
from kling._tasks import Account, Task, Walk, ref_of, refs_of, walk
from kling.errors import APIError

if TYPE_CHECKING:
    from kling_api import models

    from kling._tasks import Deduction


class Reading(Connected):
    """The part of a client that asks for what there is."""

    _http: HTTPClient

    def _carry_out(self, steps: Steps[T]) -> T:
        return self._http.carry_out(steps, self._options)

    @overload
    def recover(self, request: APIError | str, /, **options: Unpack[CallOptions]) -> Task: ...

    @overload
    def recover(
        self,
        request: type[Request] | str,
        external_task_id: str | APIError,
        **options: Unpack[CallOptions],
    ) -> Task: ...

    def recover(
        self,
        request: type[Request] | str | APIError,
        external_task_id: str | APIError | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Find a task whose create left it open whether it was made.

            client.recover(error)                                   # what create raised
            client.recover("text_to_video/job-17")                  # a ref, also with your own id
            client.recover(models.TextToVideoRequest, "job-17")     # or "createTextToVideoTask"

        Looks for half a minute, for a task can appear late. That it is not found proves nothing.

        Args:
            request: the error of a create, or a ref. Or, with an `external_task_id`, what makes
                such tasks: the class of the requests, an operationId, or the path of an `Unlisted`.
            external_task_id: the caller's own id of the task, or the error of its create.
            options: see `kling.CallOptions`.

        Raises:
            TypeError: such requests create no task.
            ValueError: the error has no external_task_id, the id cannot be asked for, or the ref or
                the path is none.
            NotFoundError: there is no such task.
            APIError: there was no reply, or an error, or an answer about other tasks.
        """
        return self._for(options)._carry_out(recovery(request, external_task_id))

    def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> Task:
        """Ask how far a task is.

        Args:
            task: a task, or its ref such as "text_to_video/752604318974529536"; the caller's own
                external_task_id may stand for the id.
            options: see `kling.CallOptions`.

        Raises:
            NotFoundError: this host and account know no such task.
            APIError: there was no reply, or an error.
        """
        view = self._for(options)
        retrieval = view._retrieval([ref_of(task)], together=False)
        return view._carry_out(retrieval)[0]

    def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> builtins.list[Task]:
        """Ask how far several tasks are, and return them in the same order.

        With an API key one request asks for 20 tasks, of both standards, and another one for 20 of
        /solutions; then `task.raw` has the form of the current standard, and the family of a ref is
        taken for true. With an access key pair each task takes one request.

        Args:
            tasks: tasks, or their refs.
            options: see `kling.CallOptions`.

        Raises:
            NotFoundError: this host and account do not know one of them.
            APIError: there was no reply, or an error.
        """
        view = self._for(options)
        retrieval = view._retrieval(refs_of(tasks), together=self._has_api_key)
        return view._carry_out(retrieval)

    def list(
        self,
        request: "type[Request] | models.ListTasksRequest | models.ListSolutionTasksRequest | str",
        body: Mapping[str, Any] | None = None,
        *,
        page_size: int = 100,
        **options: Unpack[CallOptions],
    ) -> Iterator[Task]:
        """Iterate over tasks, newest first; pages are fetched as needed.

        Args:
            request: the class of the requests that make them, such as
                `models.TextToVideoRequest`. The current standard has one list for all: a class of
                it gives every task that makes the same kind of product, and one of a product under
                /solutions every task of those. Or a search by time and status:
                `models.ListTasksRequest`, also by product type, or
                `models.ListSolutionTasksRequest`. Or the name of a family or of an operation of it,
                such as "text_to_video".
            body: the JSON of a search, if its operation is named, "listTasks".
            page_size: tasks that one HTTP request fetches, 1 to 500; a search says it itself.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: the search breaks rules.
            TypeError: such requests leave no task to list.
            ValueError: pages cannot have this size, or nothing has this name.
            APIError: a page could not be had. This is raised while iterating; the others are
                raised at once.
        """
        return self._for(options)._walked(walk(request, page_size, body))

    def deductions(
        self,
        request: "models.ListBalanceDeductionsRequest | models.ListPackageDeductionsRequest",
        **options: Unpack[CallOptions],
    ) -> Iterator["Deduction"]:
        """Iterate over what was charged for tasks: money from the balance, or units from packages.

        Args:
            request: the span of time, such as
                `models.ListPackageDeductionsRequest(start_time=..., end_time=...)`.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: the request breaks rules.
            TypeError: it asks for something else.
            APIError: a part of the list could not be had. This is raised while iterating; the
                others are raised at once.
        """
        # Only here, for most programs never ask.
        from kling._tasks import Ledger

        return self._for(options)._walked(Ledger(request))

    def account(self, *, since: datetime | None = None, **options: Unpack[CallOptions]) -> Account:
        """Ask for the resource packages of the account: what is left, and until when.

        It is free. Kling allows one such request a second: called again sooner, this returns what
        Kling said before, as `Account.read_at` tells. What is left lags behind by up to
        `Account.lag`, and a task that runs is not in it yet.

        Args:
            since: the beginning of the span that Kling is asked for, a year ago if not given; it
                ends now. Which days of a package Kling compares with it, no source says.
            options: see `kling.CallOptions`.

        Raises:
            APIError: there was no reply, or an error.
        """
        return self._for(options)._carry_out(self._account.read(since))

    def _walked(self, walk: Walk[T]) -> Iterator[T]:
        while (call := walk.next()) is not None:
            yield from walk.read(self._carry_out(send_query(call)))
