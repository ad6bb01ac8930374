"""What `Kling` and `AsyncKling` have in common: the connection, the options and the views.

A view is a client with different options that shares the connections of another client.
"""

import copy
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, cast
from weakref import WeakValueDictionary

from kling._creating import Slots
from kling._http import (
    ApiKey,
    AsyncHTTPClient,
    CallOptions,
    HTTPClient,
    Options,
    QueryValue,
    SystemClock,
    Timeout,
    raw_client,
    region_of,
)
from kling._requests import private_host
from kling._tasks import AccountReader, Task
from kling._tracebacks import strip_traceback
from kling._waiting import Watch

if TYPE_CHECKING:
    from kling_api import AuthenticatedClient

    from kling._cost import Budget

# The host of the mock that the pytest fixture kling_mock returns. Only the mock's own
# transport reaches it.
_MOCK_HOST = "kling-mock.invalid"

_WATCHES_LOCK = threading.Lock()

Region = Literal["global", "china"]
"""Kling's regions, for type checkers; a test compares them with the description."""


class BaseClient:
    """The base class of `Kling` and `AsyncKling`.

    All views of a client share its connections, its slots (rights to run a task), its watches
    (which poll tasks), and its budget.
    """

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
        if not borrows_transport and http.base_url.host == _MOCK_HOST:
            raise ValueError(
                f"{_MOCK_HOST} is the host of a mock in this process, and is not on the network: "
                "pass transport=kling_mock.transport"
            )
        self._http = http
        self._clock = http.clock
        # Whether the server can download media from a private network. Kling cannot. A server in
        # such a network can, and so can a mock, which has a clock of its own.
        self._reaches_private_hosts = bool(
            private_host(str(http.base_url)) or not isinstance(http.clock, SystemClock)
        )
        self._has_api_key = isinstance(http.credentials, ApiKey)
        self._slots = Slots(http.clock, concurrency)
        self._watch = Watch(http.clock, together=self._has_api_key, on_seen=self._on_seen)
        self._account = AccountReader(http.clock.time)
        self._options = http.defaults
        # The key of a watch is what its queries send: headers and query parameters; see `_view`.
        self._watches: WeakValueDictionary[Any, Watch] = WeakValueDictionary()
        self._watches[self._options.sent_parts] = self._watch
        self._raw: AuthenticatedClient | None = None
        self._budget = budget

    @property
    def raw(self) -> "AuthenticatedClient":
        """The generated client, for the functions of `kling_api.api`.

        It has the same credentials and raises the same errors. But it checks no rules, and does not
        wait for tasks. Each module of `kling_api.api` has sync functions, for `Kling`, and asyncio
        functions, for `AsyncKling`.
        """
        if self._raw is None:
            self._raw = raw_client(self._http, self._options)
        return self._raw

    @property
    def budget(self) -> "Budget | None":
        """The budget of this client; None if it does not have one."""
        return self._budget

    @property
    def region(self) -> str | None:
        """The region of the client's host, global or china; None for any other host."""
        return region_of(self._http.base_url.host)

    def with_options(
        self,
        *,
        timeout: float | Timeout | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, QueryValue] | None = None,
    ) -> Self:
        """Return a view: a client with different options that shares this client's connections.

        The view and this client also share their slots (see `concurrency`). If both send the
        same headers and query parameters, they also share the queries for tasks that they wait for.
        If you close one of them, the other one is closed too.

        Args:
            timeout: the longest pause within one HTTP request, in seconds, or an `httpx.Timeout`.
            max_retries: how often a query is retried after a transient failure.
            default_headers: headers to add to those of this client.
            default_query: query parameters to add to those of this client.

        Raises:
            TypeError: an argument has the wrong type.
            ValueError: an argument is out of range, or a header cannot be sent.
        """
        handled = sys.exception()  # the error that the caller is handling, if any
        try:
            options = self._options.plus(
                headers=default_headers,
                query=default_query,
                timeout=timeout,
                max_retries=max_retries,
            )
        except (TypeError, ValueError) as error:
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        finally:
            # Headers may contain keys, and some tools log the local variables in a traceback.
            del default_headers, default_query
        return self._view(options)

    def _with_call_options(self, call_options: CallOptions) -> Self:
        """Return a view with the options of one call, and empty the dict of these options."""
        if not call_options:
            return self
        handled = sys.exception()  # the error that the caller is handling, if any
        given = dict[str, Any](call_options)
        # The public method still has this dict as a local variable. Its headers may contain keys,
        # and some tools log the local variables in a traceback.
        cast("dict[str, Any]", call_options).clear()
        try:
            if unknown := given.keys() - CallOptions.__annotations__.keys():
                known = ", ".join(CallOptions.__annotations__)
                raise TypeError(
                    f"{min(unknown)} is not an argument of this call; every call takes {known}"
                )
            return self._view(
                self._options.plus(
                    headers=given.get("extra_headers"),
                    query=given.get("extra_query"),
                    timeout=given.get("request_timeout"),
                    names=("extra_headers", "extra_query", "request_timeout"),
                )
            )
        except (TypeError, ValueError) as error:
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        finally:
            del given

    def _view(self, options: Options) -> Self:
        view = copy.copy(self)
        view._options, view._raw = options, None
        # The waits of one watch share their queries, so each set of headers and query parameters
        # needs its own watch.
        with _WATCHES_LOCK:
            watch = self._watches.get(options.sent_parts) or Watch(
                self._clock, together=self._has_api_key, on_seen=self._on_seen
            )
            view._watch = self._watches[options.sent_parts] = watch
        return view

    def token(self) -> str:
        """Return the token that follows "Bearer" in a request, for use with other HTTP clients.

        With an access key pair, it is a signed token that expires within half an hour.
        """
        handled = sys.exception()
        try:
            return self._http.credentials.token()
        except Exception as error:
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)

    def _on_seen(self, task: Task) -> None:
        """If a task has ended, free its slots, and count its charge in the budget.

        Until then, the budget counts the amount that was reserved for the task.
        """
        self._slots.on_seen(task)
        if self._budget:
            self._budget.saw(task)

    def __repr__(self) -> str:
        name = type(self).__name__
        if not hasattr(self, "_http"):  # a debugger may show a client whose __init__ has failed
            return f"<{name}>"
        region = f" {self.region}" if self.region else ""
        return f"<{name}{region} {self._http.base_url}>"
