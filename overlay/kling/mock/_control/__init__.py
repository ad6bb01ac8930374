"""What is below /_mock/: the state of the mock, its controls and its page."""

from kling.mock._control.control import ROOT, Control
from kling.mock._control.limits import LIMITS
from kling.mock._control.state_report import state

__all__ = [
    "Control",
    "LIMITS",
    "ROOT",
    "state",
]
