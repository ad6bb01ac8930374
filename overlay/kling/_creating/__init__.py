"""Create tasks in a way that pays for each task only once.

A create is a request that makes a task. Kling limits how many tasks may run, so a create waits
until there is room for its task.
"""

from kling._creating.external_ids import check_reusable, next_try, set_external_id
from kling._creating.recovery import recover, recover_ref
from kling._creating.slots import Slots
from kling._creating.submission import DEFAULT_CREATE_TIMEOUT, submit

__all__ = [
    "DEFAULT_CREATE_TIMEOUT",
    "Slots",
    "check_reusable",
    "next_try",
    "recover",
    "recover_ref",
    "set_external_id",
    "submit",
]
