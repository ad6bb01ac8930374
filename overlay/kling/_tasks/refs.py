"""Refs of tasks, and the queries for them."""

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import quote

from kling._requests import (
    Call,
    is_path,
    is_sendable,
    is_unlisted,
    query_call,
    unlisted_query,
)
from kling._server_text import is_unicode, visible
from kling.description import Operation, load


@cache
def shared_query(family: str) -> Operation | None:
    """Return the operation that reads several tasks of a family at once; None if none does."""
    query = load().query_in(family)
    return query if query and takes_many(query) else None


def takes_many(query: Operation) -> bool:
    """Whether a query reads several tasks at once: by Kling's ids, or by the callers' own."""
    return "external_task_ids" in load().parameters(query)


def get_call(ref: str) -> Call:
    """Return the query for a ref of a family whose tasks are read one by one.

    Raises:
        ValueError: it is no ref.
    """
    family, task_id = split_ref(ref)
    if is_path(family):
        return _call_at_path(family, task_id)
    operation = load().query_in(family)
    assert operation is not None  # split_ref has seen it
    return query_call(operation, task_id)


def _call_at_path(family: str, task_id: str) -> Call:
    """Return the query for a task of a path that is not described."""
    url = f"/{family}/{quote(task_id, safe='')}"
    return Call(unlisted_query(family), {"method": "get", "url": url})


def split_ref(ref: str) -> tuple[str, str]:
    """Return the family and the id of a ref.

    The ref may spell the family as its slug, or as it was once spelled. The family may be the path
    of a create that is not described.

    Raises:
        ValueError: it is no ref.
    """
    spelling, task_id = spelled(ref)
    if not is_unicode(task_id):
        raise ValueError(f"{visible(ref)} cannot be asked for: its id is no Unicode text")
    if is_path(spelling):
        if not is_sendable(f"/{spelling}") or not task_id.strip("."):
            raise ValueError(_why_not(spelling, ""))
        return spelling, task_id
    spelling = spelling.replace("-", "_")
    family = load().former_families.get(spelling, spelling)
    if not task_id or family not in _families():
        raise ValueError(_why_not(family, task_id))
    return family, task_id


def spelled(ref: str) -> tuple[str, str]:
    """Return the two parts of a ref, as they are spelled there."""
    family, _, task_id = ref.rpartition("/") if is_path(ref) else ref.partition("/")
    return family, task_id


def query_of_many(operation: Operation, ids: Sequence[str]) -> Call:
    """Return the query for several tasks at once: by Kling's ids, or by the caller's own.

    Which they are the first one tells, for Kling's are numbers.
    """
    kind = "task_ids" if is_task_id(ids[0]) else "external_task_ids"
    return query_call(operation, parameters={kind: list(ids)})


def query_by_own_id(create: Operation, own_id: str) -> Call:
    """Return the query for the task that a create made, by the id that its caller gave it.

    Raises:
        ValueError: it has none, or one that cannot be asked for.
    """
    query = load().query_of(create)
    if query is None and is_unlisted(create):
        query = unlisted_query(create.family)
    if query is None:
        raise ValueError(f"{create.request} answers at once, and leaves no task to look for")
    # Between commas stand several ids, and dots lead to another path.
    is_shared = takes_many(query)
    if not own_id.strip(".") or (is_shared and "," in own_id) or not is_unicode(own_id):
        raise ValueError(f"an external_task_id {own_id!r} cannot be asked for")
    if is_path(query.family):
        return _call_at_path(query.family, own_id)
    if is_shared:
        return query_call(query, parameters={"external_task_ids": [own_id]})
    return query_call(query, own_id)


def query_of_ref(ref: str) -> Call:
    """Return the query for a single task.

    Raises:
        ValueError: it is no ref, or cannot be asked for.
    """
    family, task_id = split_ref(ref)
    if query := shared_query(family):
        if "," in task_id:
            raise ValueError(f"{visible(ref)} cannot be asked for: its id has a comma")
        return query_of_many(query, [task_id])
    return get_call(ref)


def answers_for_id(query: Call) -> bool:
    """Whether the path of a query asked for an id, so that the reply is about that or nothing.

    What filters may ignore the filter.
    """
    return "{" in query.operation.path


def list_call(family: str, page: int, size: int) -> Call:
    """Return the query for a page of the tasks of a family of the /v1 standard."""
    operation = load().list_in(family)
    assert operation is not None  # families without a list are asked for singly
    return query_call(operation, parameters={"pageNum": page, "pageSize": size})


def is_task_id(text: str) -> bool:
    """Whether this looks like an id of Kling's, which callers are advised not to imitate."""
    return re.search(_form_of_ids(), text) is not None


@cache
def _families() -> frozenset[str]:
    """Return the families whose tasks can be asked for."""
    spec = load()
    return frozenset(spec.task_family(one) for one in spec.operations.values() if one.task)


def _why_not(family: str, task_id: str) -> str:
    create = load().create_in(family)
    if task_id and create:
        if load().query_of(create) is None:
            return f"{family} answers at once, and has no task to ask for"
        begin = load().task_family(create)
        return f"tasks of {family} have refs that begin with {begin}/, not with {family}/"
    return (
        "a ref is a family and an id, as in text_to_video/752604318974529536, or the path of an "
        "Unlisted and an id, as in v1/videos/new-thing/752604318974529536; "
        f"the families are {', '.join(sorted(_families()))}"
    )


@cache
def _form_of_ids() -> str:
    advice = load().schemas["ExternalTaskId"]["x-kling-advice"]
    [schema] = (one["schema"] for one in advice if one["id"].endswith("looks-like-a-task-id"))
    return str(schema["not"]["pattern"])
