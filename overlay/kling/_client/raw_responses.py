"""Calls that also return the status and the headers of Kling's reply."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Unpack, overload

from kling._client.create_options import CreateOptions
from kling._http import CallOptions, Response, json_object, request_id_of
from kling._requests import Request
from kling._tasks import Task
from kling.errors import APIError

if TYPE_CHECKING:
    from kling._client.async_client import AsyncKling
    from kling._client.client import Kling

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[T]):
    """The result of a call, and the last of Kling's replies that the call received."""

    status_code: int
    """The HTTP status."""
    headers: dict[str, str]
    """The headers of the reply, by lowercase name."""
    request_id: str | None
    """Kling's id of the request, to quote to its support; None if the reply has no id."""
    parsed: T
    """What the call returns without `with_raw_response`."""


class RawResponses:
    """Calls of a `Kling` that also return Kling's reply: each returns a `RawResponse`.

    The methods that wait for tasks are missing here. Several waits may share a query, so its reply
    would not belong to a single call.
    """

    def __init__(self, client: "Kling") -> None:
        self._client = client

    @overload
    def create(self, request: Request, **options: Unpack[CreateOptions]) -> RawResponse[Task]: ...

    @overload
    def create(
        self, request: str, body: Mapping[str, Any], **options: Unpack[CreateOptions]
    ) -> RawResponse[Task]: ...

    def create(self, *args: Any, **options: Any) -> RawResponse[Task]:
        """Create a task; see `Kling.create`.

        If the outcome of the create was unknown, and a look-up found its task, you get the reply to
        the look-up.
        """
        return self._call("create", *args, **options)

    def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> RawResponse[Task]:
        """Query the status of a task; see `Kling.retrieve`."""
        return self._call("retrieve", task, **options)

    def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> RawResponse[list[Task]]:
        """Query the status of several tasks; see `Kling.retrieve_all`. Returns the last reply."""
        return self._call("retrieve_all", tasks, **options)

    @overload
    def recover(
        self, error_or_ref: APIError | str, /, **options: Unpack[CallOptions]
    ) -> RawResponse[Task]: ...

    @overload
    def recover(
        self,
        request: type[Request] | str,
        external_task_id: str | APIError,
        **options: Unpack[CallOptions],
    ) -> RawResponse[Task]: ...

    def recover(self, *args: Any, **options: Any) -> RawResponse[Task]:
        """Find the task of a create in doubt; see `Kling.recover`."""
        return self._call("recover", *args, **options)

    def _call(self, name: str, *args: Any, **options: Any) -> RawResponse[Any]:
        replies = deque[Response](maxlen=1)  # keeps only the last reply
        client = self._client._view(replace(self._client._options, on_reply=replies.append))
        return _response(replies, getattr(client, name)(*args, **options))


class AsyncRawResponses:
    """Calls of an `AsyncKling` that also return Kling's reply: each returns a `RawResponse`."""

    def __init__(self, client: "AsyncKling") -> None:
        self._client = client

    @overload
    async def create(
        self, request: Request, **options: Unpack[CreateOptions]
    ) -> RawResponse[Task]: ...

    @overload
    async def create(
        self, request: str, body: Mapping[str, Any], **options: Unpack[CreateOptions]
    ) -> RawResponse[Task]: ...

    async def create(self, *args: Any, **options: Any) -> RawResponse[Task]:
        """Create a task; see `Kling.create`.

        If the outcome of the create was unknown, and a look-up found its task, you get the reply to
        the look-up.
        """
        return await self._call("create", *args, **options)

    async def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> RawResponse[Task]:
        """Query the status of a task; see `Kling.retrieve`."""
        return await self._call("retrieve", task, **options)

    async def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> RawResponse[list[Task]]:
        """Query the status of several tasks; see `Kling.retrieve_all`. Returns the last reply."""
        return await self._call("retrieve_all", tasks, **options)

    @overload
    async def recover(
        self, error_or_ref: APIError | str, /, **options: Unpack[CallOptions]
    ) -> RawResponse[Task]: ...

    @overload
    async def recover(
        self,
        request: type[Request] | str,
        external_task_id: str | APIError,
        **options: Unpack[CallOptions],
    ) -> RawResponse[Task]: ...

    async def recover(self, *args: Any, **options: Any) -> RawResponse[Task]:
        """Find the task of a create in doubt; see `Kling.recover`."""
        return await self._call("recover", *args, **options)

    async def _call(self, name: str, *args: Any, **options: Any) -> RawResponse[Any]:
        replies = deque[Response](maxlen=1)  # keeps only the last reply
        client = self._client._view(replace(self._client._options, on_reply=replies.append))
        return _response(replies, await getattr(client, name)(*args, **options))


def _response(replies: deque[Response], parsed: T) -> RawResponse[T]:
    if not replies:
        raise ValueError("there is no reply to return, because the list of tasks is empty")
    [reply] = replies
    body = json_object(reply)
    return RawResponse(reply.status_code, dict(reply.headers), request_id_of(body), parsed)
