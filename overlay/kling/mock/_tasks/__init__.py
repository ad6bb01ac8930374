"""The tasks that the mock stores: how they develop, what they cost, and what they occupy."""

from kling.mock._tasks.charges import Charge, charged_seconds, format_amount, package_of
from kling.mock._tasks.quotas import Quotas
from kling.mock._tasks.task_life import (
    FAILED,
    FINAL_STATUSES,
    SUCCEED,
    Life,
    MockTask,
    external_id_of,
    new_life,
    result_facts,
    slots_of,
)
from kling.mock._tasks.task_store import Tasks
from kling.mock._tasks.wallet import Balance, Package, Wallet

__all__ = [
    "Balance",
    "Charge",
    "FINAL_STATUSES",
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
    "format_amount",
    "result_facts",
    "charged_seconds",
    "slots_of",
]
