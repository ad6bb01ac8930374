"""What a call returns, together with the reply that it was read from."""

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
    """What a call returned, and the reply of Kling's that it was read from, the last one of it."""

    status_code: int
    """The HTTP status."""
    headers: dict[str, str]
    """The headers of the reply, by names in small letters."""
    request_id: str | None
    """Kling's id of the request, for its support; None if the reply has none."""
    parsed: T
    """What the call returns without `with_raw_response`."""


class RawResponses:
    """The calls of a `Kling` that end with one reply; each returns a `RawResponse`.

    Those that wait for tasks are not here, for they share their queries with other waits.
    """

    def __init__(self, client: "Kling") -> None:
        self._client = client

    @overload
    def create(self, request: Request, **options: Unpack[CreateOptions]) -> RawResponse[Task]: ...

    @overload
    def create(
        self, request: str, body: Mapping[str, Any], **options: Unpack[CreateOptions]
    ) -> RawResponse[Task]: ...

    def create(self, *given: Any, **options: Any) -> RawResponse[Task]:
        """Create a task; see `Kling.create`. Of one in doubt the reply is that of the look-up."""
        return self._kept("create", *given, **options)

    def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> RawResponse[Task]:
        """Ask how far a task is; see `Kling.retrieve`."""
        return self._kept("retrieve", task, **options)

    def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> RawResponse[list[Task]]:
        """Ask how far several tasks are; see `Kling.retrieve_all`, also for how many replies."""
        return self._kept("retrieve_all", tasks, **options)

    @overload
    def recover(
        self, request: APIError | str, /, **options: Unpack[CallOptions]
    ) -> RawResponse[Task]: ...

    @overload
    def recover(
        self,
        request: type[Request] | str,
        external_task_id: str | APIError,
        **options: Unpack[CallOptions],
    ) -> RawResponse[Task]: ...

    def recover(self, *given: Any, **options: Any) -> RawResponse[Task]:
        """Find a task whose create left it open whether it was made; see `Kling.recover`."""
        return self._kept("recover", *given, **options)

    def _kept(self, name: str, *given: Any, **options: Any) -> RawResponse[Any]:
        heard = deque[Response](maxlen=1)
        client = self._client._view(replace(self._client._options, on_reply=heard.append))
        return _response(heard, getattr(client, name)(*given, **options))


class AsyncRawResponses:
    """The same for an `AsyncKling`."""

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

    async def create(self, *given: Any, **options: Any) -> RawResponse[Task]:
        """Create a task; see `Kling.create`. Of one in doubt the reply is that of the look-up."""
        return await self._kept("create", *given, **options)

    async def retrieve(self, task: Task | str, **options: Unpack[CallOptions]) -> RawResponse[Task]:
        """Ask how far a task is; see `Kling.retrieve`."""
        return await self._kept("retrieve", task, **options)

    async def retrieve_all(
        self, tasks: Sequence[Task | str], **options: Unpack[CallOptions]
    ) -> RawResponse[list[Task]]:
        """Ask how far several tasks are; see `Kling.retrieve_all`, also for how many replies."""
        return await self._kept("retrieve_all", tasks, **options)

    @overload
    async def recover(
        self, request: APIError | str, /, **options: Unpack[CallOptions]
    ) -> RawResponse[Task]: ...

    @overload
    async def recover(
        self,
        request: type[Request] | str,
        external_task_id: str | APIError,
        **options: Unpack[CallOptions],
    ) -> RawResponse[Task]: ...

    async def recover(self, *given: Any, **options: Any) -> RawResponse[Task]:
        """Find a task whose create left it open whether it was made; see `Kling.recover`."""
        return await self._kept("recover", *given, **options)

    async def _kept(self, name: str, *given: Any, **options: Any) -> RawResponse[Any]:
        heard = deque[Response](maxlen=1)
        client = self._client._view(replace(self._client._options, on_reply=heard.append))
        return _response(heard, await getattr(client, name)(*given, **options))


def _response(heard: deque[Response], parsed: T) -> RawResponse[T]:
    if not heard:
        raise ValueError("nothing was asked for, so there is no reply")
    [reply] = heard
    said = json_object(reply)
    return RawResponse(reply.status_code, dict(reply.headers), request_id_of(said), parsed)
