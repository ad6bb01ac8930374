"""Errors without the frames that they came through.

Locals hold requests, headers and keys, and some tools write the locals of every frame into logs.
"""

import traceback
from typing import TypeVar

_CAME = "It came from "

Raised = TypeVar("Raised", bound=BaseException)


def bare(error: Raised, handled: BaseException | None = None) -> Raised:
    """Return an error without the frames that it and its causes came through.

    Args:
        error: what is to leave.
        handled: what the caller was handling before, which keeps its frames.
    """
    linked: list[BaseException] = [error]
    for one in linked:
        one.__traceback__ = None
        for other in (one.__cause__, one.__context__):
            if other is not None and other is not handled and other not in linked:
                linked.append(other)
    return error


def located(error: Raised) -> Raised:
    """Return an error with a note of where it came from, once: transports may have faults."""
    is_told = any(one.startswith(_CAME) for one in getattr(error, "__notes__", ()))
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, Exception) and frames and not is_told:
        *_, last = frames
        error.add_note(f"{_CAME}{last.filename}, line {last.lineno}, in {last.name}")
    return error
