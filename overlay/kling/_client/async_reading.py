"""What asks and changes nothing, the same with await; see `_reading`."""

import builtins
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack, overload

from kling._client.base import Connected, T, recovery
from kling._http import AsyncHTTPClient, CallOptions, Steps, send_query
from kling._requests import Request
from kling._tasks import Account, Task, Walk, ref_of, refs_of, walk
from kling.errors import APIError

if TYPE_CHECKING:
    from kling_api import models

    from kling._tasks import Deduction


class AsyncReading(Connected):
    """The part of a client that asks for what there is."""

    _http: AsyncHTTPClient

    async def _carry_out(self, steps: Steps[T]) -> T:
        return await self._http.carry_out(steps, self._options)

    @overload
    async def recover(self, request: APIError | str, /) -> Task: ...

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
        """Find a task whose create left it open whether it was made; see `Kling.recover`."""
        return await self._for(options)._carry_out(recovery(request, external_task_id))

    async def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> Task:
        """Ask how far a task is; see `Kling.retrieve`."""
        view = self._for(options)
        retrieval = view._retrieval([ref_of(task)], together=False)
        return (await view._carry_out(retrieval))[0]

    async def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> builtins.list[Task]:
        """Ask how far several tasks are; see `Kling.retrieve_all`."""
        view = self._for(options)
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
        return self._for(options)._walked(walk(request, page_size, body))

    def deductions(
        self,
        request: "models.ListBalanceDeductionsRequest | models.ListPackageDeductionsRequest",
        **options: Unpack[CallOptions],
    ) -> AsyncIterator["Deduction"]:
        """Iterate over what was charged for tasks with `async for`; see `Kling.deductions`."""
        # Only here, for most programs never ask.
        from kling._tasks import Ledger

        return self._for(options)._walked(Ledger(request))

    async def account(
        self, *, since: datetime | None = None, **options: Unpack[CallOptions]
    ) -> Account:
        """Ask for the resource packages of the account; see `Kling.account`."""
        return await self._for(options)._carry_out(self._account.read(since))

    async def _walked(self, walk: Walk[T]) -> AsyncIterator[T]:
        while (call := walk.next()) is not None:
            for one in walk.read(await self._carry_out(send_query(call))):
                yield one
