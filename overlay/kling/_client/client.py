"""The client that people type. `_async_client` is the same with await."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self, Unpack, overload

from kling._client.base import Region
from kling._client.create_options import CreateOptions, RunOptions
from kling._client.raw_responses import RawResponses
from kling._client.reading import Reading
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._files import DEFAULT_AT_ONCE, DEFAULT_MAX_READ, Downloads, OnProgress
from kling._http import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_REQUEST_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    CallOptions,
    Client,
    HTTPClient,
    KeyFunction,
    QueryValue,
    Timeout,
    Transport,
    connection_options,
)
from kling._requests import Request, create_call
from kling._tasks import FileNamer, Task
from kling._tracebacks import bare
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Waiting, check_times, wait, wait_all

if TYPE_CHECKING:
    from kling._cost import Budget


class Kling(Reading):
    """A client of Kling AI's HTTP API.

    Safe to share between threads. Use it as a context manager, or call `close`.

    Args:
        api_key: a key from Kling's console; `KLING_API_KEY` if not given. Or a function that
            returns it: it is called before each request, and once more after Kling refused the key
            (1000 to 1004); with another key the same request is then sent again, once.
        access_key: with `secret_key` the older kind of credentials, of which short-lived tokens
            are signed; `KLING_ACCESS_KEY` and `KLING_SECRET_KEY` if not given.
            Arguments go before the environment, then an API key before a pair; `KLINGAI_API_KEY`
            is read last.
        secret_key: see `access_key`.
        base_url: where the API is, with any path before /v1; `KLING_BASE_URL` if not given, else
            the first server of the description. Task ids belong to the host that made them.
        region: where the account is, in place of a base_url: "global", the default, or "china".
        concurrency: how many tasks may run at a time for one model, as the concurrency of the
            account's resource packages has it: by kind of package, {"video": 5, "image": 9,
            "try-on": 1}, or one number for all. `create` waits for room. Without it Kling's
            refusals (1303) teach how many there may be. What an `Unlisted` occupies is not known:
            it counts as one task of the model that its body or the end of its path names; one
            number for all holds it back too, a number by kind does not.
        budget: how much may be spent; see `Budget`. Several clients may share one.
        timeout: seconds that one HTTP request may stay without progress; or an `httpx.Timeout`,
            which tells connecting, sending, reading and waiting for a connection apart.
        total_timeout: seconds that one HTTP request may take altogether, from connecting to the
            last byte of the reply; never less than `timeout`. Of a download this is the time until
            its first byte.
        max_retries: how often a query, such as those of `retrieve` and `list`, is sent again after
            what may pass. A create is never sent again for it, and a wait goes on to its deadline.
        max_reply_bytes: bytes that a JSON reply may have, unpacked. What is sent before it, the
            headers included, may have 256 KiB.
        allow_private_media: whether results, and what they redirect to, may be on this machine or
            in its network (127/8, 10/8, 172.16/12, 192.168/16, 169.254/16, ::1, fc00::/7 and
            fe80::/10), where they may be anyway if the API itself is there. The address that a name
            stands for is looked at when it is connected to; behind a proxy, or a transport that you
            give, only an address that the URL itself names can be refused.
        default_headers: headers of each request to the API, such as those that a gateway wants;
            the hosts of results do not get them. A User-Agent takes the place of ours;
            Authorization, and what a body or a connection needs, cannot be among them.
        default_query: query parameters of each request to the API.
        transport: an httpx transport to send through, such as that of the mock. It is not closed
            with the client. What it reads before it returns a reply knows no limit but its own:
            the client stops it at no deadline, and gives up between two chunks of a body.
        http_client: an httpx.Client to send through, or for AsyncKling an httpx.AsyncClient. Its
            transports, proxies, hooks, headers and query parameters count, and its auth, cookies,
            base_url, timeout and redirects do not. It is not closed with the client, and knows no
            more limits than a transport that is given.

    Raises:
        CredentialsError: there are no credentials, or half of a pair, or what cannot be a key.
        TypeError: an argument is of another type than it should be.
        ValueError: an argument makes no sense, or a header cannot be sent.
    """

    _http: HTTPClient

    def __init__(
        self,
        *,
        api_key: str | KeyFunction | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
        base_url: str | None = None,
        region: Region | None = None,
        concurrency: int | Mapping[str, int] | None = None,
        budget: "Budget | None" = None,
        timeout: float | Timeout = DEFAULT_REQUEST_TIMEOUT,
        total_timeout: float = DEFAULT_TOTAL_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        max_reply_bytes: int = DEFAULT_MAX_REPLY_BYTES,
        allow_private_media: bool = False,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, QueryValue] | None = None,
        transport: Transport | None = None,
        http_client: Client | None = None,
    ) -> None:
        handled = sys.exception()
        try:
            connection = connection_options(
                api_key=api_key,
                access_key=access_key,
                secret_key=secret_key,
                base_url=base_url,
                region=region,
                timeout=timeout,
                total_timeout=total_timeout,
                max_retries=max_retries,
                max_reply_bytes=max_reply_bytes,
                allow_private_media=allow_private_media,
                default_headers=default_headers,
                default_query=default_query,
                transport=transport,
                http_client=http_client,
            )
        except Exception as error:
            raise bare(error, handled)  # noqa: B904 (it is the same error)
        finally:
            # A traceback may show the locals of this frame.
            del api_key, access_key, secret_key, default_headers, default_query
        super().__init__(
            HTTPClient(**connection),
            concurrency=concurrency,
            budget=budget,
            borrows_transport=transport is not None or http_client is not None,
        )
        self._downloads = Downloads(self._http)

    @property
    def with_raw_response(self) -> RawResponses:
        """The calls that end with one reply, each of which returns a `kling.RawResponse` here."""
        return RawResponses(self)

    @overload
    def create(self, request: Request, **options: Unpack[CreateOptions]) -> Task: ...

    @overload
    def create(
        self, request: str, body: Mapping[str, Any], **options: Unpack[CreateOptions]
    ) -> Task: ...

    def create(
        self,
        request: Request | str,
        body: Mapping[str, Any] | None = None,
        *,
        extra: Mapping[str, Any] | None = None,
        external_task_id: str | None = None,
        reuse: bool = False,
        allow: Collection[str] = (),
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Check a request, send it once, and return the task that it made.

        It gets an external_task_id where the endpoint takes one and it has none. It waits until
        fewer tasks run than may (see `concurrency`). It is sent again, with the same id, only after
        Kling said that it is too busy (1302, 1303). Where a failure leaves it open whether there is
        a task, the task is looked for by that id; so an id of your own is to be used once. One that
        an earlier create used is refused with `may_exist`, and `error.task` is the task of that one
        if it is found within half a minute. A program that may have been killed at any point, and
        runs again, gives its own id and `reuse=True`, and gets the task that it has paid for.
        What Kling would ignore, and models that are retired, give a KlingWarning.

        Args:
            request: one of `kling.models`, such as TextToVideoRequest; or an `Unlisted`, of which
                nothing is checked. Or, with a body, the name of an operation as the command line
                takes it: createTextToVideoTask, TextToVideoRequest, text_to_video; or a path, for
                an `Unlisted`.
            body: the JSON of the request, if an operation is named. The same rules hold.
            extra: fields that the description does not know yet, or other values for those that
                it knows. With them problems only warn.
            external_task_id: your own id of the task, put where the standard wants it.
            reuse: return the task of an earlier create with this id and class of requests, if there
                is one; even if it has failed, as its `status` says. Kling keeps no bodies to
                compare, so a request that has changed meanwhile still gets the old task. To try
                again after a failure takes a new id: `kling.next_try`. Where Kling refuses the
                create, for whatever reason, the earlier task is looked for once.
            allow: ids of rules that only warn, such as {"unknown-field"}, where you know better
                than this package; `Problem.rule` has the id, and `Problem.evidence` says how
                well it is founded.
            create_timeout: seconds for which it is sent again while Kling is too busy, and no other
                create like it gets through. What is on its way then is cut off, unless it has had
                less than `timeout` seconds, and it stays open whether there is a task.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: it breaks rules; nothing was sent.
            TypeError: it is neither a request nor the name of an operation with a body. Nothing
                was sent.
            ValueError: `allow` names no rule; no create has this name; the endpoint takes no
                external_task_id, the request has another one, or there is none to reuse. Nothing
                was sent.
            APIError: `not_created` says that this create surely made no task, `may_exist` that
                there may be one; then `recover`, given the error, looks for it.
        """
        view = self._for(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # they may hold media, and a traceback the locals of this frame
        return view._carry_out(submission)

    def wait(
        self,
        task: Task | str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Ask again and again until a task has succeeded, and return it.

        The pauses grow. A query that fails on the way is repeated within the deadline.

        Args:
            task: a task or its ref.
            timeout: seconds until TaskTimeoutError. A query that is on its way then is cut off; one
                last look may take up to 5 seconds.
            interval: seconds before the second query; later pauses are longer.
            on_update: called with the task after each query.
            options: see `kling.CallOptions`.

        Raises:
            TaskFailedError: the task has failed.
            TaskTimeoutError: the deadline has passed; the task goes on.
            APIError: a query failed in a way that does not pass.
        """
        view = self._for(options)
        waiting = view._waiting([task], timeout, interval, on_update, on_every_look=True)
        return view._carry_out(wait(waiting))

    def wait_all(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Task]:
        """Ask again and again until all of these tasks have ended, and return them in order.

        A task that has failed is no error here: look at its `status` and `message`.
        What a round costs is said at `retrieve_all`.

        Args:
            tasks: tasks, or their refs, such as were stored before a restart.
            timeout: seconds for each task; or seconds by ref, where it is not the default. The last
                looks, after the last deadline, may together take up to 5 seconds.
            interval: seconds before the second query of a task; later pauses are longer.
            on_update: called with a task when its status has changed.
            options: see `kling.CallOptions`.

        Raises:
            TaskTimeoutError: all other tasks have ended, and the time of those that are left has
                passed; they go on.
            APIError: a query failed in a way that does not pass.
        """
        view = self._for(options)
        waiting = view._waiting(tasks, timeout, interval, on_update)
        return view._carry_out(wait_all(waiting))

    def as_completed(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float | Mapping[str, float] = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Task]:
        """Iterate over tasks as they end, whichever is first.

        A task that has failed is no error here: look at its `status` and `message`.
        What a round costs is said at `retrieve_all`.

        Args:
            tasks: tasks, or their refs, such as were stored before a restart.
            timeout: see `wait_all`, also for what is raised; it begins with this call, and not
                with the first `next`.
            interval: seconds before the second query of a task; later pauses are longer.
            on_update: called with a task when its status has changed.
            options: see `kling.CallOptions`.
        """
        view = self._for(options)
        return view._ended(view._waiting(tasks, timeout, interval, on_update))

    def _ended(self, waiting: Waiting) -> Iterator[Task]:
        with waiting:
            while (task := self._carry_out(waiting.next())) is not None:
                yield task

    @overload
    def run(self, request: Request, **options: Unpack[RunOptions]) -> Task: ...

    @overload
    def run(self, request: str, body: Mapping[str, Any], **options: Unpack[RunOptions]) -> Task: ...

    def run(
        self,
        request: Request | str,
        body: Mapping[str, Any] | None = None,
        *,
        extra: Mapping[str, Any] | None = None,
        external_task_id: str | None = None,
        reuse: bool = False,
        allow: Collection[str] = (),
        create_timeout: float = DEFAULT_CREATE_TIMEOUT,
        timeout: float = DEFAULT_TIMEOUT,
        interval: float = DEFAULT_INTERVAL,
        on_created: Callable[[Task], None] | None = None,
        on_update: Callable[[Task], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> Task:
        """Create a task and wait until it has succeeded; see `create` and `wait`.

        Args:
            request: see `create`.
            body: see `create`.
            extra: see `create`.
            external_task_id: see `create`.
            reuse: see `create`.
            allow: see `create`.
            create_timeout: see `create`.
            timeout: see `wait`; it begins when the task is created.
            interval: see `wait`.
            on_created: called with the task once it is created, before the first query for it: the
                place to store its ref.
            on_update: see `wait`.
            options: see `kling.CallOptions`.
        """
        check_times(timeout, interval)
        view = self._for(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # they may hold media, and a traceback the locals of this frame
        run = view._run(submission, timeout, interval, on_created, on_update)
        return view._carry_out(run)

    def download(
        self,
        task: Task | str,
        folder: Path | str,
        *,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download what a task made, and return the files.

        Each file is written under a temporary name, which ends in .part, and renamed when it is
        complete. One that breaks off is taken up where it ended, also by a later call, and one of
        the same size that is there already stays. What an earlier attempt left is compared with
        what the host has, by its strong ETag or else at its beginning, at its end and in between.
        That is no protection from people who can write to the folder; links in the place of a
        temporary file are not written through. Names are made of the family and the task id, never
        of what the server proposes. No credential is sent.

        Args:
            task: a task, or its ref; looked up if it had not ended when it was last seen.
            folder: where to put the files; made if it is missing.
            max_bytes: see `download_all`.
            on_progress: see `download_all`.
            name: see `download_all`.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has made nothing yet.
            APIError: a file could not be had, or is too large; after 30 days it is gone.
            OSError: a file could not be written, or has no room on the disk.
        """
        return self._for(options).download_all(
            [task], folder, max_bytes=max_bytes, on_progress=on_progress, name=name
        )

    def download_all(
        self,
        tasks: Sequence[Task | str],
        folder: Path | str,
        *,
        at_once: int = DEFAULT_AT_ONCE,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download what several tasks made, some files at a time, and return all files in order.

        A file that fails, or a task that has made nothing, does not stop the others. Once they are
        done the first failure is raised, with a note for each other one; call it again for what is
        missing. A file may take as long as bytes of it keep coming.

        Args:
            tasks: tasks, or their refs; those that had not ended are looked up together.
            folder: where to put the files; made if it is missing.
            at_once: files that this call fetches at a time; all calls of a client together fetch
                up to 8.
            max_bytes: bytes that each file may have. Without it a file may have as many as its host
                says in advance, or any number if it does not say.
            on_progress: called with a `Progress` at most ten times a second for each file, and when
                it is complete; one call at a time, possibly in another thread.
            name: what a file is called, if not by its family, id and number: a template of
                {family}, {id}, {n} and {ext}, such as "{id}-{n}{ext}", or a function of the task,
                the `Output` and its number, from 1. Give the same one again, and a file that is
                complete stays.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: a task has made nothing yet.
            NotFoundError: this host and account do not know one of them.
            APIError: a file could not be had, or is too large; after 30 days it is gone.
            OSError: a file could not be written, or has no room on the disk.
            ValueError: a name cannot be that of a file, or two files would have the same.
        """
        view = self._for(options)
        seen = view._carry_out(view._seen(tasks))
        plan = view._plan(
            seen,
            Path(folder),
            at_once=at_once,
            max_bytes=max_bytes,
            on_progress=on_progress,
            name=name,
        )
        self._downloads.fetch(plan)
        return view._carry_out(plan.settled())

    def read(
        self,
        task: Task | str,
        *,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> list[bytes]:
        """Return what a task made, file by file, as bytes: for results that are small.

        Args:
            task: a task, or its ref; looked up if it had not ended when it was last seen.
            max_bytes: bytes that each file may have; all of them are in memory at once.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has made nothing yet.
            APIError: a file could not be had, or is too large; after 30 days it is gone.
        """
        view = self._for(options)
        return view._carry_out(view._contents(task, max_bytes))

    def read_into(
        self,
        task: Task | str,
        file: IO[bytes],
        *,
        number: int = 1,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> int:
        """Write one file that a task made into an open one, once it is complete; return its size.

        Args:
            task: a task, or its ref; looked up if it had not ended when it was last seen.
            file: open for bytes.
            number: which of its files, from 1.
            max_bytes: bytes that it may have; they are in memory before they are written.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has made nothing yet.
            APIError: the file could not be had, or is too large; after 30 days it is gone.
            ValueError: the task has no file of this number.
        """
        view = self._for(options)
        [content] = view._carry_out(view._contents(task, max_bytes, number))
        file.write(content)
        return len(content)

    def close(self) -> None:
        """Close the connections. A transport or an http_client that was given stays open."""
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
