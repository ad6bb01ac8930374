"""What both clients have in common: a connection with credentials, and what runs over it."""

import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kling_api import AuthenticatedClient

from kling._creating import (
    Slots,
    recover,
    recover_ref,
    refuse_replay,
    submit,
    with_callers_id,
)
from kling._files import OnProgress, Plan
from kling._http import ApiKey, AsyncHTTPClient, HTTPClient, Steps, SystemClock, raw_client
from kling._requests import Call, Request, checked, create_of, private_host
from kling._tasks import NOW, Task, look_up, refs_of
from kling._tracebacks import bare
from kling._waiting import OnUpdate, Waiting, Watch
from kling.errors import APIError

if TYPE_CHECKING:
    from kling._cost import Budget

# Where the fixture kling_mock leads; nothing of that name is reached by a network.
_IN_PROCESS = "kling-mock.invalid"

T = TypeVar("T")


def recovery(
    create: type[Request] | str | APIError, external_task_id: str | APIError | None
) -> Steps[Task]:
    """Look for a task as `Kling.recover` is asked to: by an error, a ref, or a create and an id."""
    if external_task_id is None and isinstance(create, str):
        return recover_ref(create.strip())
    named_by = create if external_task_id is None else external_task_id
    if isinstance(named_by, APIError):
        known = named_by.operation if create is named_by else create
        if not named_by.external_task_id or not known:
            raise ValueError(
                "this error has no external_task_id to look for: "
                "it does not come from a create, or the endpoint takes no such id"
            )
        create, named_by = known, named_by.external_task_id
    if isinstance(create, APIError) or not isinstance(named_by, str):
        raise TypeError(
            "give the error of a create, a ref, or a class of requests and an external_task_id"
        )
    return recover(create_of(create), named_by)


class Connected:
    """An HTTP client of ours, the generated client over it, and the tasks that run."""

    _http: HTTPClient | AsyncHTTPClient

    def __init__(
        self,
        http: HTTPClient | AsyncHTTPClient,
        *,
        concurrency: int | Mapping[str, int] | None,
        borrows_transport: bool,
        budget: "Budget | None" = None,
    ) -> None:
        self._borrows_transport = borrows_transport
        if not borrows_transport and http.base_url.host == _IN_PROCESS:
            raise ValueError(
                "a mock in process has no network: pass transport=kling_mock.transport"
            )
        self._http = http
        self._clock = http.clock
        # A mock can reach what Kling cannot: another program of this machine, or of its network.
        self._is_near = bool(
            private_host(str(http.base_url)) or not isinstance(http.clock, SystemClock)
        )
        self._has_api_key = isinstance(http.credentials, ApiKey)
        self._slots = Slots(http.clock, concurrency)
        self._watch = Watch(http.clock, together=self._has_api_key, saw=self._saw)
        self._budget = budget
        self._raw = raw_client(http)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, for the functions of `kling_api.api`.

        It has the same credentials and errors, but no rules and no waiting. `Kling` is for their
        sync functions, and `AsyncKling` for the asyncio ones.
        """
        return self._raw

    @property
    def budget(self) -> "Budget | None":
        """What the client may spend, and what is left of it; None without a limit."""
        return self._budget

    def token(self) -> str:
        """Return what stands behind "Bearer" in a request, for other HTTP clients.

        Of an access key pair it is a token that expires within half an hour.
        """
        handled = sys.exception()
        try:
            return self._http.credentials.token()
        except Exception as error:
            raise bare(error, handled)  # noqa: B904 (it is the same error)

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
        if not create_timeout >= 0:
            raise ValueError(f"create_timeout is a number of seconds, not {create_timeout}")
        if external_task_id is not None:
            extra = with_callers_id(call, extra, external_task_id)
        today = datetime.fromtimestamp(self._clock.time(), UTC).date()
        sent = checked(call, extra, today, allow, is_near=self._is_near)
        del extra
        if reuse:
            refuse_replay(sent)
        return (
            yield from submit(
                sent,
                reuse=reuse,
                timeout=create_timeout,
                patience=self._http.timeout.read or 0.0,
                clock=self._clock,
                slots=self._slots,
                watch=self._watch,
                budget=self._budget,
            )
        )

    def _saw(self, task: Task) -> None:
        """Take note of how far a task is."""
        self._slots.saw(task)
        if self._budget:
            self._budget.saw(task)

    def _waiting(
        self,
        tasks: Sequence[Task | str],
        timeout: float | Mapping[str, float],
        interval: float,
        on_update: OnUpdate | None,
        *,
        on_every_look: bool = False,
    ) -> Waiting:
        return Waiting(
            tasks,
            watch=self._watch,
            clock=self._clock,
            timeout=timeout,
            interval=interval,
            on_update=on_update,
            on_every_look=on_every_look,
        )

    def _retrieval(self, refs: Sequence[str], *, together: bool) -> Steps[list[Task]]:
        found = yield from look_up(refs, NOW, together=together)
        tasks = [task for ref in refs if isinstance(task := found[ref], Task)]
        for task in tasks:
            self._saw(task)
        return tasks

    def _seen(self, tasks: Sequence[Task | str]) -> Steps[list[Task]]:
        """Return tasks; refs are asked for, and so are tasks that had not ended when last seen."""
        refs = refs_of(tasks)
        seen = {one.ref: one for one in tasks if isinstance(one, Task) and one.ended}
        asked = [ref for ref in dict.fromkeys(refs) if ref not in seen]
        found = yield from self._retrieval(asked, together=self._has_api_key)
        seen |= zip(asked, found, strict=True)
        return [seen[ref] for ref in refs]

    def _plan(
        self,
        tasks: Sequence[Task],
        folder: Path,
        *,
        at_once: int,
        max_bytes: int | None,
        on_progress: OnProgress | None,
    ) -> Plan:
        return Plan(
            tasks,
            folder,
            at_once=at_once,
            max_bytes=max_bytes,
            on_progress=on_progress,
            clock=self._clock,
        )

    def __repr__(self) -> str:
        # Tools that show locals also meet a client that could not be made.
        made = f" {self._http.base_url}" if hasattr(self, "_http") else ""
        return f"<{type(self).__name__}{made}>"
