"""Check that tasks end in time, and that their results can be downloaded."""

from collections.abc import Iterator, Mapping
from typing import Any

from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.task_lists import FAILED, CreatedTask, TaskEndpoints, TaskView
from kling.description import Operation

# Seconds between two queries: at first, and at most.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
# Results that have an id instead of a file.
_WITHOUT_FILES = ("element", "voice")
_Created = tuple[TaskEndpoints, CreatedTask]
"""The operations that read a task, and the task."""


def follow_to_the_end(inquiry: Inquiry, tasks: list[_Created]) -> None:
    """Wait until tasks have ended, and check their results."""
    for (endpoints, made), task in _wait_for_all(inquiry, tasks):
        if task is None or not task.has_ended:
            reason = why_unfinished(inquiry, task)
            inquiry.skip(f"the results of {endpoints.create.id}", reason)
        else:
            _check_result(inquiry, endpoints, made, task)


def wait_for(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> TaskView | None:
    """Wait until a task has ended, and return it.

    If it did not end in time, return the task as the last query showed it. If the query did not
    find it, return None.
    """
    return next(task for _, task in _wait_for_all(inquiry, [(endpoints, made)]))


def why_unfinished(inquiry: Inquiry, task: TaskView | None) -> str:
    """Say why the end of a task was not seen."""
    if task is None:
        return "The query did not find its task."
    if not task.status:
        return "The query of its task shows no status, so it is not known when the task ends."
    waited = f"{inquiry.patience:g} s"
    return f"Its task had not ended after {waited}; to wait longer, increase patience (--patience)."


def _wait_for_all(
    inquiry: Inquiry, tasks: list[_Created]
) -> Iterator[tuple[_Created, TaskView | None]]:
    """Query tasks until each has ended; yield each task with its state in the last query.

    A task that was not found, or that has no status, is yielded at once, because further queries
    would not show its end. The tasks that do not end in time come last.
    """
    began, pause = inquiry.server.clock.monotonic(), _FIRST_PAUSE
    left = tasks
    while left:
        shown = list(inquiry.in_parallel(lambda created: _query(inquiry, *created), left))
        running = []
        for created, task in zip(left, shown, strict=True):
            if task and task.status and not task.has_ended:
                running.append((created, task))
            else:
                yield created, task
        if inquiry.server.clock.monotonic() - began > inquiry.patience:
            yield from running
            return
        left = [created for created, _ in running]
        if left:
            inquiry.server.clock.sleep(pause)
            pause = min(1.5 * pause, _LONGEST_PAUSE)


def _query(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> TaskView | None:
    """Return a task as its query shows it; None if the query does not find it."""
    found = endpoints.tasks(inquiry.send(endpoints.by_id(made.id)))
    return found[0] if found and found[0].id == made.id else None


def _check_result(
    inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask, task: TaskView
) -> None:
    if task.status == FAILED:
        reason = f"Its task failed: {task.message[:120] or 'no reason is given'}"
        inquiry.skip(f"the results of {endpoints.create.id}", reason)
        return
    judge_outputs(inquiry, endpoints.by_id(made.id), endpoints.create, task)


def judge_outputs(inquiry: Inquiry, request: Request, create: Operation, task: TaskView) -> None:
    """Add a finding if a successful task has no results, or if they cannot be downloaded."""
    # Text to speech replies with results, but makes no task that could state their kind: audio.
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
                note = "" if file.content else ", and an empty body"
                got = file.lost or f"{file.status}{note}"
                what = f"{place}: {name}"
                inquiry.add_finding(Kind.OUTPUT, request, f"a file at {name}", got, what)


def _urls(output: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name and the URL of each file of a result."""
    for name, value in output.items():
        is_link = isinstance(value, str) and value.startswith(("http://", "https://"))
        if is_link and "url" in name:
            yield name, value
