"""The methods of `Kling` that query Kling and change nothing."""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack, overload

from kling._client.steps import SyncSteps, T, recovery
from kling._http import CallOptions, send_query
from kling._requests import Request
from kling._tasks import Account, Task, Walk, ref_of, refs_of, walk
from kling.errors import APIError

if TYPE_CHECKING:
    from kling_api import models

    from kling._tasks import Deduction


class QueryMethods(SyncSteps):
    """The methods that query Kling and change nothing."""

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
        """Find the task of a create in doubt: a create that failed, but may have made a task.

            client.recover(error)                                   # the error that create raised
            client.recover("text_to_video/job-17")                  # a ref; it may have your own id
            client.recover(models.TextToVideoRequest, "job-17")     # a class, and your own id

        The client looks for the task for half a minute, because a task can appear late. A task may
        exist even if the client does not find it.

        Args:
            request: the error that `create` raised, or a ref. If you pass `external_task_id`, this
                is the class of the request, an operationId, or the path of an `Unlisted`.
            external_task_id: your own id of the task, or the error that `create` raised.
            options: see `kling.CallOptions`.

        Raises:
            TypeError: requests of this class create no task.
            ValueError: the error has no external_task_id; the id has characters that a query cannot
                have; or the ref or the path is not valid.
            NotFoundError: no such task was found.
            APIError: no reply arrived, the reply is an error, or it contains only other tasks.
        """
        return self._with_call_options(options)._carry_out(recovery(request, external_task_id))

    def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> Task:
        """Query the status of a task.

        Args:
            task: a task, or its ref such as "text_to_video/752604318974529536"; a ref may have your
                own external_task_id in place of Kling's id.
            options: see `kling.CallOptions`.

        Raises:
            NotFoundError: the task is not at this host, or not in this account.
            APIError: no reply arrived, or the reply is an error.
        """
        view = self._with_call_options(options)
        # For a /v1 task, only the query of its own family finds out whether the family is right.
        retrieval = view._retrieval([ref_of(task)], together=False)
        return view._carry_out(retrieval)[0]

    def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> builtins.list[Task]:
        """Query the status of several tasks, and return them in the same order.

        With an API key, one request reads up to 20 tasks. No request reads tasks of /solutions
        together with other tasks. If a request reads several tasks, their `raw` has the form of the
        current standard, and nothing checks whether the family in a ref is right.

        With an access key pair, each task takes one request. For more than 4 tasks of a family, the
        client first reads pages of the list of this family.

        Args:
            tasks: tasks, or their refs.
            options: see `kling.CallOptions`.

        Raises:
            NotFoundError: one of the tasks is not at this host, or not in this account.
            APIError: no reply arrived, or the reply is an error.
        """
        view = self._with_call_options(options)
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
            request: one of these:

                - The class of the requests that created the tasks, such as
                  `models.TextToVideoRequest`. The current standard has one list for all classes. So
                  a class of this standard gives you all tasks for the same kind of product, and a
                  class of /solutions gives you all tasks of /solutions.
                - The name of a family, such as "text_to_video", or of one of its operations.
                - A search by time and status: `models.ListTasksRequest`, which also filters by
                  product type, or `models.ListSolutionTasksRequest`.
            body: the JSON of a search, if `request` is the name of a search, such as "listTasks".
            page_size: how many tasks each HTTP request fetches, 1 to 500. A search ignores it, and
                has its own field `limit`.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: the search breaks rules.
            TypeError: requests of this class create no tasks, or Kling does not list these tasks.
            ValueError: page_size is out of range, or no family or operation has this name.
            APIError: fetching a page failed. This is raised during the iteration; the other errors
                are raised by the call itself.
        """
        return self._with_call_options(options)._iterate(walk(request, page_size, body))

    def deductions(
        self,
        request: "models.ListBalanceDeductionsRequest | models.ListPackageDeductionsRequest",
        **options: Unpack[CallOptions],
    ) -> Iterator["Deduction"]:
        """Iterate over the charges for tasks: money from the balance, or units from packages.

        Args:
            request: the period, such as
                `models.ListPackageDeductionsRequest(start_time=..., end_time=...)`.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: the request breaks rules.
            TypeError: the request is of another class.
            APIError: fetching a part of the list failed. This is raised during the iteration; the
                other errors are raised by the call itself.
        """
        # Imported on first use, because most programs never need it.
        from kling._tasks import Ledger

        return self._with_call_options(options)._iterate(Ledger(request))

    def account(self, *, since: datetime | None = None, **options: Unpack[CallOptions]) -> Account:
        """Query the resource packages of the account: how many units are left, and for how long.

        The query is free. Kling allows one query per second. If you call this again too early, it
        returns the last answer; `Account.read_at` says when it was queried. The number of units may
        be as old as `Account.lag`. Running tasks are not deducted from it yet.

        Args:
            since: the beginning of the period to query, by default a year ago. The period ends now.
                Kling does not document which date of a package must be in this period.
            options: see `kling.CallOptions`.

        Raises:
            APIError: no reply arrived, or the reply is an error.
        """
        return self._with_call_options(options)._carry_out(self._account.read(since))

    def _iterate(self, pages: Walk[T]) -> Iterator[T]:
        while (call := pages.next()) is not None:
            yield from pages.read(self._carry_out(send_query(call)))
