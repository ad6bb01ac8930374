"""The refs of tasks, and the queries for tasks by ref or external_task_id.

A ref is a string that identifies a task permanently: its family and id. An `Unlisted` has no
family, so its path takes the place of the family.
"""

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
from kling.description import Operation, load, meant


@cache
def bulk_query(family: str) -> Operation | None:
    """Return the operation that reads several tasks of a family at once, if there is one."""
    query = load().query_in(family)
    return query if query and is_bulk_query(query) else None


def is_bulk_query(query: Operation) -> bool:
    """Whether a query takes several ids."""
    return "external_task_ids" in load().parameters(query)


def single_query(ref: str) -> Call:
    """Return the query for a ref whose family has no bulk query.

    Raises:
        ValueError: the string is not a ref.
    """
    family, task_id = split_ref(ref)
    if is_path(family):
        return _query_at_path(family, task_id)
    operation = load().query_in(family)
    assert operation is not None  # split_ref refuses other families
    return query_call(operation, task_id)


def _query_at_path(family: str, task_id: str) -> Call:
    """Return the query for a task of an `Unlisted`, whose family is a path."""
    url = f"/{family}/{quote(task_id, safe='')}"
    return Call(unlisted_query(family), {"method": "get", "url": url})


def split_ref(ref: str) -> tuple[str, str]:
    """Return the family and the id of a ref.

    The ref may spell the family with hyphens, or use its former name. In the ref of an `Unlisted`,
    the path of the create is the family.

    Raises:
        ValueError: the string is not a ref.
    """
    name, task_id = parts_of_ref(ref)
    if not is_unicode(task_id):
        raise ValueError(f"{visible(ref)} cannot be queried: its id is not valid Unicode")
    if is_path(name):
        # An id that has only dots would change the path of the query.
        if not is_sendable(f"/{name}") or not task_id.strip("."):
            raise ValueError(_bad_ref_message(name, ""))
        return name, task_id
    name = name.replace("-", "_")
    family = load().former_families.get(name, name)
    if not task_id or family not in _families():
        raise ValueError(_bad_ref_message(family, task_id))
    return family, task_id


def parts_of_ref(ref: str) -> tuple[str, str]:
    """Return the family and the id as the ref spells them, without checks."""
    family, _, task_id = ref.rpartition("/") if is_path(ref) else ref.partition("/")
    return family, task_id


def bulk_call(operation: Operation, ids: Sequence[str]) -> Call:
    """Return the bulk query for ids. All must be Kling's ids, or all must be external_task_ids.

    The first id shows which kind they are, because Kling's ids are numbers.
    """
    kind = "task_ids" if is_task_id(ids[0]) else "external_task_ids"
    return query_call(operation, parameters={kind: list(ids)})


def query_by_external_id(create: Operation, external_id: str) -> Call:
    """Return the query for the task of a create by its external_task_id.

    Raises:
        ValueError: the create makes no task, or no query can have this id.
    """
    query = load().query_of(create)
    if query is None and is_unlisted(create):
        query = unlisted_query(create.family)
    if query is None:
        raise ValueError(f"{create.request} is answered at once, so there is no task to look for")
    # A bulk query separates its ids by commas. An id that has only dots changes the path. Text that
    # is not valid Unicode cannot be sent.
    is_bulk = is_bulk_query(query)
    if (
        not external_id.strip(".")
        or (is_bulk and "," in external_id)
        or not is_unicode(external_id)
    ):
        raise ValueError(f"no query can look for the external_task_id {external_id!r}")
    if is_path(query.family):
        return _query_at_path(query.family, external_id)
    if is_bulk:
        return query_call(query, parameters={"external_task_ids": [external_id]})
    return query_call(query, external_id)


def query_of_ref(ref: str) -> Call:
    """Return the query for a single task.

    Raises:
        ValueError: the string is not a ref, or no query can have its id.
    """
    family, task_id = split_ref(ref)
    if query := bulk_query(family):
        if "," in task_id:
            raise ValueError(f"{visible(ref)} cannot be queried: its id contains a comma")
        return bulk_call(query, [task_id])
    return single_query(ref)


def has_id_in_path(query: Call) -> bool:
    """Whether a query has its id in the path, so that the reply is about the task with this id.

    A server may ignore an id in the query string, and reply with another task.
    """
    return "{" in query.operation.path


def list_call(family: str, page: int, size: int) -> Call:
    """Return the query for a page of the tasks of a family of the /v1 standard."""
    operation = load().list_in(family)
    assert operation is not None  # callers use single queries for families without a list
    return query_call(operation, parameters={"pageNum": page, "pageSize": size})


def is_task_id(text: str) -> bool:
    """Whether a string looks like one of Kling's ids. An external_task_id should look different."""
    return re.search(_task_id_pattern(), text) is not None


@cache
def _families() -> frozenset[str]:
    """Return the families that have tasks."""
    spec = load()
    creates = (operation for operation in spec.operations.values() if operation.task)
    return frozenset(map(spec.task_family, creates))


def _bad_ref_message(family: str, task_id: str) -> str:
    create = load().create_in(family)
    # The family exists, but its tasks cannot be queried, or their refs begin with another family.
    if task_id and create:
        if load().query_of(create) is None:
            return f"{family} is answered at once, so there are no tasks to query"
        ref_family = load().task_family(create)
        return f"the refs of {family} tasks begin with {ref_family}/, not with {family}/"
    shape = (
        "a ref consists of a family and an id, as in text_to_video/752604318974529536; for a path "
        "that belongs to no family, the ref begins with the path, as in "
        "v1/videos/new-thing/752604318974529536"
    )
    if is_path(family) or family in _families():
        return shape
    where = "kling operations lists all families"
    return f"{shape}; {meant(family, sorted(_families()), where, 'families')}"


@cache
def _task_id_pattern() -> str:
    advice = load().schemas["ExternalTaskId"]["x-kling-advice"]
    [schema] = (rule["schema"] for rule in advice if rule["id"].endswith("looks-like-a-task-id"))
    return str(schema["not"]["pattern"])  # the advice is against an external_task_id that matches
