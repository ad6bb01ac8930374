"""The small media files that the mock returns as results, as the request wants them."""

from kling.mock._samples.filling import BEYOND_TASK, Place, filled
from kling.mock._samples.looks import QUALITIES, USUAL_SECONDS, Look
from kling.mock._samples.sample_files import Samples

__all__ = [
    "BEYOND_TASK",
    "Look",
    "Place",
    "QUALITIES",
    "Samples",
    "USUAL_SECONDS",
    "filled",
]
