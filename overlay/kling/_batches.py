"""Asking for many tasks with few requests: what to ask, decided without doing it."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import httpx

from kling._calls import Call
from kling._errors import APIStatusError, BadRequestError, NotFoundError
from kling._refs import get_call, is_task_id, query_of_many, split_ref
from kling._replies import task_of, tasks_of, unknown_task
from kling._spec import load
from kling._tasks import Task

# The operation that reads tasks of both standards, several at a time.
QUERY = "getTasks"


class Batch(NamedTuple):
    """One query, and the refs that it asks for."""

    call: Call
    refs: Sequence[str]


class Batches:
    """Queries for many tasks, and what came of them.

    Whoever asks does as it says, with or without await:

        for batch in batches:
            try:
                batches.read(batch, request(batch.call))
            except APIStatusError as error:
                batches.refused(batch, error)
        return batches.tasks

    Args:
        refs: refs of the tasks.
        together: ask for tasks of the /v1 standard together too, which access tokens may not.

    Raises:
        ValueError: one of the refs is none.
    """

    def __init__(self, refs: Sequence[str], *, together: bool) -> None:
        self._refs = refs
        self._query = load().operations[QUERY]
        self._found: dict[str, Task] = {}
        self._pending: deque[Batch] = deque()
        by_id: dict[str, list[str]] = {}
        by_own_id: dict[str, list[str]] = {}
        for ref in dict.fromkeys(refs):
            family, task_id = split_ref(ref)
            # Between commas stand several ids, so one with a comma cannot be asked for there.
            if family == self._query.family and "," in task_id:
                raise ValueError(f"{ref} cannot be asked for: its id has a comma")
            if family == self._query.family or (together and "," not in task_id):
                (by_id if is_task_id(task_id) else by_own_id).setdefault(task_id, []).append(ref)
            else:
                self._pending.append(Batch(get_call(ref), [ref]))
        size = load().parameters(self._query)["task_ids"]["schema"]["maxItems"]
        for named in (by_id, by_own_id):
            ids = list(named)
            for begin in range(0, len(ids), size):
                part = ids[begin : begin + size]
                asked = [ref for task_id in part for ref in named[task_id]]
                self._pending.append(Batch(query_of_many(self._query, part), asked))

    def __iter__(self) -> Iterator[Batch]:
        while self._pending:
            yield self._pending.popleft()

    def read(self, batch: Batch, response: httpx.Response) -> None:
        """Take note of a reply."""
        if batch.call.operation != self._query:
            self._found[batch.refs[0]] = task_of(batch.call, response)
            return
        tasks = tasks_of(batch.call, response)
        named = {name: one for one in tasks for name in (one.id, one.external_task_id) if name}
        for ref in batch.refs:
            family, task_id = split_ref(ref)
            if task_id in named:
                self._found[ref] = replace(named[task_id], family=family)

    def refused(self, batch: Batch, error: APIStatusError) -> None:
        """Take note of a refusal; raise what it means, unless there is another way."""
        if batch.call.operation != self._query:
            raise (
                unknown_task(batch.refs[0], error) if isinstance(error, BadRequestError) else error
            )
        own = [ref for ref in batch.refs if split_ref(ref)[0] != self._query.family]
        if not isinstance(error, NotFoundError) or len(own) < len(batch.refs):
            raise error
        # A host without the current standard still has the paths of the other one.
        self._pending += [Batch(get_call(ref), [ref]) for ref in own]

    @property
    def tasks(self) -> list[Task]:
        """The tasks, in the order of their refs.

        Raises:
            NotFoundError: one of them is not known.
        """
        for ref in self._refs:
            if ref not in self._found:
                raise unknown_task(ref)
        return [self._found[ref] for ref in self._refs]
