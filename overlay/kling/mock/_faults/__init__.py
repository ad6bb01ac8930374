"""What can go wrong on demand: kinds of faults, plans of them, and their effects."""

from kling.mock._faults.effects import befallen, expired
from kling.mock._faults.fault_kinds import ANY, CALLBACK, DOWNLOAD, KINDS, kinds
from kling.mock._faults.plans import Plan, Plans, status_of

__all__ = [
    "ANY",
    "CALLBACK",
    "DOWNLOAD",
    "KINDS",
    "Plan",
    "Plans",
    "befallen",
    "expired",
    "kinds",
    "status_of",
]
