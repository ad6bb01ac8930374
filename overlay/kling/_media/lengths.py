"""The length of a media file, and how exact it is."""

from typing import NamedTuple


class Length(NamedTuple):
    """Length in seconds."""

    seconds: float
    is_estimated: bool = False
    """Whether `seconds` may be wrong, because the file does not state its length."""
    padding: float = 0.0
    """Seconds that an encoder may have added."""
