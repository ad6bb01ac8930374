"""The methods of `Kling` that create tasks."""

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

        If the request has no external_task_id, and the endpoint takes one, the client adds a random
        id. The create waits while too many tasks run (see `concurrency`). The client sends the
        create again, with the same id, only if Kling is too busy (1302, 1303).

        If the create fails and may have made a task, the client looks for a task with this id. So
        use each of your own ids for only one task. If an earlier create used the id, Kling refuses
        this create. Then `error.may_exist` is true, and `error.task` is the earlier task, or None
        if the client did not find it within half a minute.

        If your program may be killed and started again, pass your own id and `reuse=True`. Then it
        gets the task that it has already paid for.

        A KlingWarning says which part of the request Kling would ignore, or that a model is
        retired.

        Args:
            request: an instance of a class of `kling.models`, such as TextToVideoRequest; or an
                `Unlisted`, whose content is not checked. If you also pass `body`, `request` is the
                name of an operation, as on the command line: createTextToVideoTask,
                TextToVideoRequest or text_to_video. It may also be a path. Then the body is sent as
                an `Unlisted`.
            body: the JSON of the request, if `request` is a name or a path. The same rules apply.
            extra: fields that the description does not know yet, or other values for fields that it
                knows. With `extra`, problems of the request only cause warnings.
            external_task_id: your own id of the task. The client puts it into the right field of
                the request.
            reuse: return the task of an earlier create of the same class with this id, if there is
                one. You get this task even if it has failed (see its `status`), and even if your
                request has changed, because Kling keeps no bodies to compare. To try again after a
                failure, use a new id: `kling.next_try` makes one. If Kling refuses the create for
                any reason, the client looks for the earlier task once.
            allow: ids of rules that only warn about this request instead of refusing it, such as
                {"unknown-field"}. Use this if you know that a rule is wrong. `Problem.rule` is the
                id of a rule, and `Problem.evidence` says why the rule refuses requests.
            create_timeout: for how many seconds the create is retried while Kling is too busy. The
                time starts when there is room for the task. It starts again when another create for
                the same model succeeds. When the time is over, a request in flight is cut off, but
                only after it has had at least as much time as the client's `timeout`. If it is cut
                off, a task may exist.
            options: see `kling.CallOptions`.

        Raises:
            InvalidRequestError: the request breaks rules; nothing was sent.
            TypeError: `request` is neither a request nor a name with a body. Nothing was sent.
            ValueError: no create has this name; `allow` has an unknown rule; `external_task_id` is
                blank, or different from the id in the request; the endpoint takes no such id;
                `reuse` is true without an id; or `create_timeout` is negative. Nothing was sent.
            APIError: the create failed. If the error has `not_created`, no task was made. If it has
                `may_exist`, a task may exist: pass the error to `recover` to look for the task.
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
            timeout: see `wait`. The time starts when the task is created.
            interval: see `wait`.
            on_created: called with the task as soon as it is created, before the first query. Use
                it to store the ref of the task.
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
