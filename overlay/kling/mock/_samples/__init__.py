"""The small media files that the mock returns as results, made to fit the request."""

from kling.mock._samples.filling import RESULT_ID_OFFSET, Place, fill_example
from kling.mock._samples.looks import DEFAULT_SECONDS, RESOLUTION_BY_MODE, Look
from kling.mock._samples.sample_files import Samples

__all__ = [
    "RESULT_ID_OFFSET",
    "Look",
    "Place",
    "RESOLUTION_BY_MODE",
    "Samples",
    "DEFAULT_SECONDS",
    "fill_example",
]
