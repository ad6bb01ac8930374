"""The tasks that the mock stores: how they develop, what they cost, and what they occupy."""

from kling.mock._tasks.charges import Charge, package_of, plain, seconds_of
from kling.mock._tasks.quotas import Quotas
from kling.mock._tasks.task_life import (
    ENDS,
    FAILED,
    SUCCEED,
    Life,
    MockTask,
    external_id_of,
    new_life,
    result_of,
    slots_of,
)
from kling.mock._tasks.task_store import Tasks
from kling.mock._tasks.wallet import Balance, Package, Wallet

__all__ = [
    "Balance",
    "Charge",
    "ENDS",
    "FAILED",
    "Life",
    "MockTask",
    "Package",
    "Quotas",
    "SUCCEED",
    "Tasks",
    "Wallet",
    "external_id_of",
    "new_life",
    "package_of",
    "plain",
    "result_of",
    "seconds_of",
    "slots_of",
]
