"""What both clients have in common: a connection with credentials, and what runs over it."""

import copy
import sys
import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, cast
from weakref import WeakValueDictionary

from kling_api import AuthenticatedClient

from kling._creating import (
    Slots,
    recover,
    recover_ref,
    refuse_replay,
    submit,
    with_callers_id,
)
from kling._files import OnProgress, Plan, read_results
from kling._http import (
    ApiKey,
    AsyncHTTPClient,
    CallOptions,
    HTTPClient,
    Options,
    QueryValue,
    Steps,
    SystemClock,
    Timeout,
    raw_client,
    region_of,
    tell,
)
from kling._requests import Call, Request, checked_create, create_of, private_host
from kling._tasks import (
    RETRYING,
    AccountReader,
    FileNamer,
    Task,
    look_up,
    refs_of,
    still_running_note,
)
from kling._tracebacks import bare
from kling._waiting import OnUpdate, Waiting, Watch, wait
from kling.errors import APIError

if TYPE_CHECKING:
    from kling._cost import Budget

# Where the fixture kling_mock leads; nothing of that name is reached by a network.
_IN_PROCESS = "kling-mock.invalid"

_WATCHES = threading.Lock()

Region = Literal["global", "china"]
"""What the description calls its servers, for type checkers; a test holds both together."""

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
        self._account = AccountReader(http.clock.time)
        self._options = http.defaults
        self._watches: WeakValueDictionary[Any, Watch] = WeakValueDictionary()
        self._watches[self._options.sent] = self._watch
        self._raw: AuthenticatedClient | None = None
        self._budget = budget

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, for the functions of `kling_api.api`.

        It has the same credentials and errors, but no rules and no waiting. `Kling` is for their
        sync functions, and `AsyncKling` for the asyncio ones.
        """
        if self._raw is None:
            self._raw = raw_client(self._http, self._options)
        return self._raw

    @property
    def budget(self) -> "Budget | None":
        """What the client may spend, and what is left of it; None without a limit."""
        return self._budget

    @property
    def region(self) -> str | None:
        """The region whose host the client asks, global or china; None for any other host."""
        return region_of(self._http.base_url.host)

    def with_options(
        self,
        *,
        timeout: float | Timeout | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, QueryValue] | None = None,
    ) -> Self:
        """Return a client with other options, over the same connections.

        It shares also what `concurrency` counts. Tasks that are waited for through both share their
        queries if both send the same headers and parameters. Closing one closes both.

        Args:
            timeout: seconds that one HTTP request may stay without progress, or an `httpx.Timeout`.
            max_retries: how often a query is sent again after what may pass.
            default_headers: headers on top of those that there are.
            default_query: query parameters on top of those that there are.

        Raises:
            TypeError: an argument is of another type than it should be.
            ValueError: an argument makes no sense, or a header cannot be sent.
        """
        handled = sys.exception()
        try:
            options = self._options.plus(
                headers=default_headers,
                query=default_query,
                timeout=timeout,
                max_retries=max_retries,
            )
        except (TypeError, ValueError) as error:
            raise bare(error, handled)  # noqa: B904 (it is the same error)
        finally:
            # A traceback may show the locals of this frame.
            del default_headers, default_query
        return self._view(options)

    def _for(self, options: CallOptions) -> Self:
        """Return the client with what one call is to be sent with; the options are used up."""
        if not options:
            return self
        handled, given = sys.exception(), dict[str, Any](options)
        # A traceback may show the locals of the method that was called.
        cast("dict[str, Any]", options).clear()
        try:
            if unknown := given.keys() - CallOptions.__annotations__.keys():
                known = ", ".join(CallOptions.__annotations__)
                raise TypeError(f"there is no argument {min(unknown)}; a call also takes {known}")
            return self._view(
                self._options.plus(
                    headers=given.get("extra_headers"),
                    query=given.get("extra_query"),
                    timeout=given.get("request_timeout"),
                    names=("extra_headers", "extra_query", "request_timeout"),
                )
            )
        except (TypeError, ValueError) as error:
            raise bare(error, handled)  # noqa: B904 (it is the same error)
        finally:
            del given

    def _view(self, options: Options) -> Self:
        view = copy.copy(self)
        view._options, view._raw = options, None
        # A query for tasks of several waits is sent once, so they must want it sent alike.
        with _WATCHES:
            watch = self._watches.get(options.sent) or Watch(
                self._clock, together=self._has_api_key, saw=self._saw
            )
            view._watch = self._watches[options.sent] = watch
        return view

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
        sent = checked_create(call, extra, today, allow, is_near=self._is_near)
        del extra
        if reuse:
            refuse_replay(sent)
        timeout = self._options.timeout or self._http.timeout
        return (
            yield from submit(
                sent,
                reuse=reuse,
                timeout=create_timeout,
                patience=timeout.read or self._http.limits.seconds,
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
            waiting = self._waiting([task], timeout, interval, on_update, on_every_look=True)
            return (yield from wait(waiting))
        except BaseException as error:
            # Also where it stops before the wait, or after it: nobody else knows the ref.
            tell(error, still_running_note(task.ref))
            raise

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
        found = yield from look_up(refs, RETRYING, together=together)
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
        name: str | FileNamer | None,
    ) -> Plan:
        return Plan(
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
        [seen] = yield from self._seen([task])
        return (yield from read_results(seen, max_bytes, only))

    def __repr__(self) -> str:
        # Tools that show locals also meet a client that could not be made.
        made = f" {self._http.base_url}" if hasattr(self, "_http") else ""
        region = f" {found}" if made and (found := self.region) else ""
        return f"<{type(self).__name__}{region}{made}>"
