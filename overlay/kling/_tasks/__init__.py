"""What a task is, and how to ask Kling for one, for many, or for a list."""

from kling._tasks.account import Account, AccountReading, ResourcePackage
from kling._tasks.amounts import Amount
from kling._tasks.deductions import Deduction, Ledger
from kling._tasks.file_names import NameOf, named_files
from kling._tasks.listing import Walk, search_of, walk
from kling._tasks.lookup import (
    LATER,
    NOW,
    QUERY,
    Group,
    Outcomes,
    group_of,
    is_of_ref,
    is_one_request,
    look_up,
    size_of,
    spelled_as,
)
from kling._tasks.raw_tasks import UNREADABLE
from kling._tasks.refs import answers_for_id, query_by_own_id, query_of_ref, shared_query
from kling._tasks.task import Output, Task, goes_on, ref_of, refs_of
from kling._tasks.task_replies import read_task, task_of, tasks_in, unknown_task

__all__ = [
    "Account",
    "AccountReading",
    "Amount",
    "Deduction",
    "Group",
    "LATER",
    "Ledger",
    "NOW",
    "NameOf",
    "Outcomes",
    "Output",
    "QUERY",
    "ResourcePackage",
    "Task",
    "UNREADABLE",
    "Walk",
    "answers_for_id",
    "goes_on",
    "group_of",
    "is_of_ref",
    "is_one_request",
    "look_up",
    "named_files",
    "query_by_own_id",
    "query_of_ref",
    "read_task",
    "ref_of",
    "refs_of",
    "search_of",
    "shared_query",
    "size_of",
    "spelled_as",
    "task_of",
    "tasks_in",
    "unknown_task",
    "walk",
]
