"""What a task is, and how to query one task, several tasks, or a list of tasks."""

from kling._tasks.account import Account, AccountReader, ResourcePackage
from kling._tasks.amounts import Amount
from kling._tasks.deductions import Deduction, Ledger
from kling._tasks.file_names import FileNamer, named_files
from kling._tasks.listing import Walk, search_operation, walk
from kling._tasks.lookup import (
    POLLING,
    RETRYING,
    TASKS_QUERY,
    Group,
    Outcomes,
    group_of,
    is_of_ref,
    look_up,
    max_bulk_size,
    should_query_in_bulk,
    with_family_of,
)
from kling._tasks.outputs import Output
from kling._tasks.raw_tasks import UNREADABLE
from kling._tasks.refs import bulk_query, has_id_in_path, query_by_external_id, query_of_ref
from kling._tasks.task import Task, ref_of, refs_of, still_running_note
from kling._tasks.task_replies import read_task, task_from_reply, tasks_from_any_reply, unknown_task

__all__ = [
    "Account",
    "AccountReader",
    "Amount",
    "Deduction",
    "FileNamer",
    "Group",
    "Ledger",
    "Outcomes",
    "Output",
    "POLLING",
    "RETRYING",
    "ResourcePackage",
    "TASKS_QUERY",
    "Task",
    "UNREADABLE",
    "Walk",
    "bulk_query",
    "group_of",
    "has_id_in_path",
    "is_of_ref",
    "look_up",
    "max_bulk_size",
    "named_files",
    "query_by_external_id",
    "query_of_ref",
    "read_task",
    "ref_of",
    "refs_of",
    "search_operation",
    "should_query_in_bulk",
    "still_running_note",
    "task_from_reply",
    "tasks_from_any_reply",
    "unknown_task",
    "walk",
    "with_family_of",
]
