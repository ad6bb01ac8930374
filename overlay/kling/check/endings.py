"""How tasks end: within the time that they are given, with results that can be downloaded."""

from collections.abc import Iterator, Mapping
from typing import Any

from kling.check.exchanges import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.task_lists import FAILED, Made, Shelf, Shown
from kling.description import Operation

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
# What is known by an id of its own, and needs no file.
_THINGS = ("element", "voice")


def follow_to_the_end(inquiry: Inquiry, tasks: list[tuple[Shelf, Made]]) -> None:
    """Wait until tasks have ended, and look at what they have made."""
    for (shelf, made), task in _ended(inquiry, tasks):
        if task is None:
            reason = f"Its task had not ended after {inquiry.patience:g} s; see --patience."
            inquiry.skip(f"the results of {shelf.create.id}", reason)
        else:
            _judge(inquiry, shelf, made, task)


def wait_for(inquiry: Inquiry, shelf: Shelf, made: Made) -> Shown | None:
    """Return a task that has ended; None if it did not, or was lost."""
    return next((task for _, task in _ended(inquiry, [(shelf, made)])), None)


def _ended(
    inquiry: Inquiry, tasks: list[tuple[Shelf, Made]]
) -> Iterator[tuple[tuple[Shelf, Made], Shown | None]]:
    """Yield tasks as they end, and at last those that did not; one that is lost is left out."""
    began, pause = inquiry.server.clock.monotonic(), _FIRST_PAUSE
    left = tasks
    while left:
        shown = list(inquiry.together(lambda one: _look(inquiry, *one), left))
        pairs = list(zip(left, shown, strict=True))
        yield from ((one, task) for one, task in pairs if task and task.has_ended)
        # One without a status tells nobody when it ends.
        left = [one for one, task in pairs if task and task.status and not task.has_ended]
        if inquiry.server.clock.monotonic() - began > inquiry.patience:
            yield from ((one, None) for one in left)
            return
        if left:
            inquiry.server.clock.sleep(pause)
            pause = min(1.5 * pause, _LONGEST_PAUSE)


def _look(inquiry: Inquiry, shelf: Shelf, made: Made) -> Shown | None:
    found = shelf.tasks(inquiry.ask(shelf.by_id(made.id)))
    return found[0] if found and found[0].id == made.id else None


def _judge(inquiry: Inquiry, shelf: Shelf, made: Made, task: Shown) -> None:
    if task.status == FAILED:
        reason = f"Its task failed: {task.message[:120] or 'no reason is given'}"
        inquiry.skip(f"the results of {shelf.create.id}", reason)
        return
    judge_outputs(inquiry, shelf.by_id(made.id), shelf.create, task)


def judge_outputs(inquiry: Inquiry, ask: Ask, create: Operation, task: Shown) -> None:
    """Note it if a task that has succeeded has no result, or one that cannot be downloaded."""
    kind = str((create.task or {}).get("output", "audio"))
    place = f"{create.id}: the results of a task"
    if not task.outputs:
        inquiry.wrong(Kind.OUTPUT, ask, f"at least one {kind}", "no results", place)
        return
    for output in task.outputs:
        urls = list(_urls(output))
        if not urls and kind not in _THINGS:
            inquiry.wrong(Kind.OUTPUT, ask, f"the url of each {kind}", "a result without", place)
        for name, url in urls:
            file = inquiry.server.fetch(url)
            if file.lost or file.status not in (200, 206) or not file.content:
                got = f"{file.status or file.lost}{'' if file.content else ', and nothing in it'}"
                what = f"{place}: {name}"
                inquiry.wrong(Kind.OUTPUT, ask, f"a file behind {name}", got, what)


def _urls(output: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in output.items():
        is_link = isinstance(value, str) and value.startswith(("http://", "https://"))
        if is_link and "url" in name:
            yield name, value
