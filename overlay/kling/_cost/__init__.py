"""What a create costs: before it is sent, against a budget, and after it was charged."""

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
