"""How long something lasts, and how far that can be trusted."""

from typing import NamedTuple


class Length(NamedTuple):
    """Seconds, as the file has them."""

    seconds: float
    is_estimated: bool = False
    """Whether the file does not say it, so that it may be wrong."""
    padding: float = 0.0
    """Seconds of it that an encoder may have added."""
