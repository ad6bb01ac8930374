"""The methods of `AsyncKling` that query Kling and change nothing."""

import builtins
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack, overload

from kling._client.steps import AsyncSteps, T, recovery
from kling._http import CallOptions, send_query
from kling._requests import Request
from kling._tasks import Account, Task, Walk, ref_of, refs_of, walk
from kling.errors import APIError

if TYPE_CHECKING:
    from kling_api import models

    from kling._tasks import Deduction


class AsyncQueryMethods(AsyncSteps):
    """The methods that query Kling and change nothing."""

    @overload
    async def recover(self, request: APIError | str, /, **options: Unpack[CallOptions]) -> Task: ...

    @overload
    async def recover(
        self,
        request: type[Request] | str,
        external_task_id: str | APIError,
        **options: Unpack[CallOptions],
    ) -> Task: ...

    async def recover(
        self,
        request: type[Request] | str | APIError,
        external_task_id: str | APIError | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Find the task of a create in doubt; see `Kling.recover`."""
        return await self._with_call_options(options)._carry_out(
            recovery(request, external_task_id)
        )

    async def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> Task:
        """Query the status of a task; see `Kling.retrieve`."""
        view = self._with_call_options(options)
        # For a /v1 task, only the query of its own family finds out whether the family is right.
        retrieval = view._retrieval([ref_of(task)], together=False)
        return (await view._carry_out(retrieval))[0]

    async def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> builtins.list[Task]:
        """Query the status of several tasks; see `Kling.retrieve_all`."""
        view = self._with_call_options(options)
        retrieval = view._retrieval(refs_of(tasks), together=self._has_api_key)
        return await view._carry_out(retrieval)

    def list(
        self,
        request: "type[Request] | models.ListTasksRequest | models.ListSolutionTasksRequest | str",
        body: Mapping[str, Any] | None = None,
        *,
        page_size: int = 100,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[Task]:
        """Iterate over tasks with `async for`; see `Kling.list`."""
        return self._with_call_options(options)._iterate(walk(request, page_size, body))

    def deductions(
        self,
        request: "models.ListBalanceDeductionsRequest | models.ListPackageDeductionsRequest",
        **options: Unpack[CallOptions],
    ) -> AsyncIterator["Deduction"]:
        """Iterate over the charges for tasks with `async for`; see `Kling.deductions`."""
        # Imported on first use, because most programs never need it.
        from kling._tasks import Ledger

        return self._with_call_options(options)._iterate(Ledger(request))

    async def account(
        self, *, since: datetime | None = None, **options: Unpack[CallOptions]
    ) -> Account:
        """Query the resource packages of the account; see `Kling.account`."""
        return await self._with_call_options(options)._carry_out(self._account.read(since))

    async def _iterate(self, pages: Walk[T]) -> AsyncIterator[T]:
        while (call := pages.next()) is not None:
            for item in pages.read(await self._carry_out(send_query(call))):
                yield item
