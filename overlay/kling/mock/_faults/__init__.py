"""The failures that a test can plan: the kinds of faults, their effects, and the plans."""

from kling.mock._faults.effects import expired
from kling.mock._faults.fault_kinds import (
    KINDS,
    Kind,
    answer_with_fault,
    kinds,
    send_with_fault,
)
from kling.mock._faults.plan import ANY, CALLBACK, DOWNLOAD, FIELDS, Plan
from kling.mock._faults.plans import Plans, status_of

__all__ = [
    "ANY",
    "CALLBACK",
    "DOWNLOAD",
    "FIELDS",
    "KINDS",
    "Kind",
    "Plan",
    "Plans",
    "answer_with_fault",
    "expired",
    "kinds",
    "send_with_fault",
    "status_of",
]
