"""Estimate the costs of creates, limit them by a budget, and compare charges with the price list.

A create is a request that creates a task, or another result that costs something.
"""

from kling._cost.budget import Budget, charged
from kling._cost.estimate import Estimate, plain
from kling._cost.estimating import estimate, estimate_all, estimate_body, estimate_call
from kling._cost.reconciling import Reconciled, reconciled
from kling._cost.total import Total

__all__ = [
    "Budget",
    "Estimate",
    "Reconciled",
    "Total",
    "charged",
    "estimate",
    "estimate_all",
    "estimate_body",
    "estimate_call",
    "plain",
    "reconciled",
]
