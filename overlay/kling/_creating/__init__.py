"""Send a create, which is a request that makes a task, so that it is paid for only once.

A create waits until there is room for its task, because Kling limits how many tasks may run.
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
