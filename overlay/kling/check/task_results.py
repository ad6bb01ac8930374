"""How tasks end: in time, and with results that can be downloaded."""

from collections.abc import Iterator, Mapping
from typing import Any

from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.task_lists import FAILED, CreatedTask, TaskEndpoints, TaskView
from kling.description import Operation

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
# Results that have an id instead of a file.
_WITHOUT_FILES = ("element", "voice")


def follow_to_the_end(inquiry: Inquiry, tasks: list[tuple[TaskEndpoints, CreatedTask]]) -> None:
    """Wait until tasks have ended, and judge their results."""
    for (endpoints, made), task in _ended(inquiry, tasks):
        if task is None or not task.has_ended:
            reason = why_unfinished(inquiry, task)
            inquiry.skip(f"the results of {endpoints.create.id}", reason)
        else:
            _judge(inquiry, endpoints, made, task)


def wait_for(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> TaskView | None:
    """Return a task once it has ended, or as it was shown last; None if it was not found."""
    return next(task for _, task in _ended(inquiry, [(endpoints, made)]))


def why_unfinished(inquiry: Inquiry, task: TaskView | None) -> str:
    """Say why the end of a task was not seen."""
    if task is None:
        return "The query of its task did not find it."
    if not task.status:
        return "The query of its task shows no status, so it is not known when the task ends."
    return f"Its task had not ended after {inquiry.patience:g} s; see --patience."


def _ended(
    inquiry: Inquiry, tasks: list[tuple[TaskEndpoints, CreatedTask]]
) -> Iterator[tuple[tuple[TaskEndpoints, CreatedTask], TaskView | None]]:
    """Yield tasks as they end, then those that did not end in time.

    Yield at once the tasks without a status, which would be polled in vain, and None for those that
    were not found.
    """
    began, pause = inquiry.server.clock.monotonic(), _FIRST_PAUSE
    left = tasks
    while left:
        shown = list(inquiry.in_parallel(lambda pair: _query(inquiry, *pair), left))
        pairs = list(zip(left, shown, strict=True))
        waiting = [
            (one, task) for one, task in pairs if task and task.status and not task.has_ended
        ]
        yield from (pair for pair in pairs if pair not in waiting)
        if inquiry.server.clock.monotonic() - began > inquiry.patience:
            yield from waiting
            return
        left = [one for one, _ in waiting]
        if left:
            inquiry.server.clock.sleep(pause)
            pause = min(1.5 * pause, _LONGEST_PAUSE)


def _query(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> TaskView | None:
    found = endpoints.tasks(inquiry.send(endpoints.by_id(made.id)))
    return found[0] if found and found[0].id == made.id else None


def _judge(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask, task: TaskView) -> None:
    if task.status == FAILED:
        reason = f"Its task failed: {task.message[:120] or 'no reason is given'}"
        inquiry.skip(f"the results of {endpoints.create.id}", reason)
        return
    judge_outputs(inquiry, endpoints.by_id(made.id), endpoints.create, task)


def judge_outputs(inquiry: Inquiry, request: Request, create: Operation, task: TaskView) -> None:
    """Add a finding if a successful task lacks results, or if they cannot be downloaded."""
    kind = str((create.task or {}).get("output", "audio"))
    place = f"{create.id}: the results of a task"
    if not task.outputs:
        inquiry.add_finding(Kind.OUTPUT, request, f"at least one {kind}", "no results", place)
        return
    for output in task.outputs:
        urls = list(_urls(output))
        if not urls and kind not in _WITHOUT_FILES:
            inquiry.add_finding(
                Kind.OUTPUT, request, f"the url of each {kind}", "a result without a url", place
            )
        for name, url in urls:
            file = inquiry.server.fetch(url)
            if file.lost or file.status not in (200, 206) or not file.content:
                got = f"{file.status or file.lost}{'' if file.content else ', and an empty body'}"
                what = f"{place}: {name}"
                inquiry.add_finding(Kind.OUTPUT, request, f"a file behind {name}", got, what)


def _urls(output: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in output.items():
        is_link = isinstance(value, str) and value.startswith(("http://", "https://"))
        if is_link and "url" in name:
            yield name, value
