"""The small media files that the results of the mock lead to."""

from kling.mock._samples.sample_files import BEYOND_TASK, filled, sample_reply

__all__ = [
    "BEYOND_TASK",
    "filled",
    "sample_reply",
]
