"""Methods that create tasks. `async_create_methods` is the same with await."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Unpack, overload

from kling._client.create_options import CreateOptions, RunOptions
from kling._client.steps import SyncSteps
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._http import CallOptions
from kling._requests import Request, create_call
from kling._tasks import Task
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, check_times


class CreateMethods(SyncSteps):
    """The methods that create tasks."""

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

        A request without an external_task_id gets a random id, if the endpoint takes one. While too
        many tasks run (see `concurrency`), the create waits. It is retried, with the same id, only
        after Kling said that it is too busy (1302, 1303). If a create fails and may have made a
        task, the client looks for a task with its id; so use each id of your own for one task only.
        If an earlier create used the id, Kling refuses this create: the error has `may_exist`, and
        `error.task` is the earlier task, if it was found within half a minute.

        If your program may be killed and started again, pass your own id and `reuse=True`. Then it
        gets the task that it has already paid for.

        A KlingWarning says what Kling would ignore, or that a model is retired.

        Args:
            request: an instance of a class of `kling.models`, such as TextToVideoRequest; or an
                `Unlisted`, whose content is not checked. If you pass a body, this is a name, as on
                the command line: createTextToVideoTask, TextToVideoRequest or text_to_video; or a
                path, for an `Unlisted`.
            body: the JSON of the request, if `request` is a name. The same rules apply.
            extra: fields that the description does not know yet, or other values for fields that it
                knows. With `extra`, problems of the request only cause warnings.
            external_task_id: your own id of the task, which is put into the field that the standard
                has for it.
            reuse: return the task of an earlier create with this id and class of requests, if there
                is one, even if that task has failed (see its `status`). You also get it if your
                request has changed since, because Kling keeps no bodies to compare. To try again
                after a failure, use a new id: `kling.next_try`. If Kling refuses the create, for
                any reason, the client looks for the earlier task once.
            allow: ids of rules that must not refuse this request, but only warn, such as
                {"unknown-field"}: for when you know that a rule is wrong. `Problem.rule` has the
                id, and `Problem.evidence` says how well the rule is founded.
            create_timeout: for how many seconds the create is retried while Kling is too busy. The
                time starts when there is room for the task, and starts again when another create
                for the same model succeeds. At its end, an attempt in flight is cut off, but not
                before it has had the client's `timeout`; then a task may exist.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: the request breaks rules; nothing was sent.
            TypeError: `request` is neither a request nor a name with a body. Nothing was sent.
            ValueError: `allow` has an id that no rule has; no create has this name; the endpoint
                takes no external_task_id; the request already has a different id; or `reuse` is
                true without an id. Nothing was sent.
            APIError: with `not_created`, this create made no task, for certain. With `may_exist`, a
                task may exist: pass the error to `recover`, which looks for the task.
        """
        view = self._with_call_options(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # a traceback may show local variables, and these may hold media
        return view._carry_out(submission)

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
            timeout: see `wait`; it starts when the task is created.
            interval: see `wait`.
            on_created: called with the task once it is created, before the first query for it. This
                is the place to store its ref.
            on_update: see `wait`.
            options: see `kling.CallOptions`.
        """
        check_times(timeout, interval)
        view = self._with_call_options(options)
        submission = view._submission(
            create_call(request, body),
            extra,
            create_timeout,
            allow,
            external_task_id=external_task_id,
            reuse=reuse,
        )
        del body, extra  # a traceback may show local variables, and these may hold media
        run = view._run(submission, timeout, interval, on_created, on_update)
        return view._carry_out(run)
