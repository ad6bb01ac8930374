"""The length of a file, and how far it can be trusted."""

from typing import NamedTuple


class Length(NamedTuple):
    """Length in seconds."""

    seconds: float
    is_estimated: bool = False
    """Whether the file does not state its length, so that `seconds` may be wrong."""
    padding: float = 0.0
    """Seconds that an encoder may have added."""
