"""Remove our frames from the tracebacks of errors.

The local variables of our frames hold requests, headers and keys, and some tools log the local
variables of every frame.
"""

import traceback
from typing import TypeVar

_ORIGIN = "Raised in "

Raised = TypeVar("Raised", bound=BaseException)


def strip_traceback(error: Raised, handled: BaseException | None = None) -> Raised:
    """Return an error after removing its traceback and those of its causes.

    Args:
        error: the error to raise to the user.
        handled: the exception that the user's code was handling before the call; it keeps its
            traceback.
    """
    chain: list[BaseException] = [error]
    for link in chain:  # also visits the errors that are appended below
        link.__traceback__ = None
        for earlier in (link.__cause__, link.__context__):
            if earlier is not None and earlier is not handled and earlier not in chain:
                chain.append(earlier)
    return error


def note_origin(error: Raised) -> Raised:
    """Add a note that says where an error was raised, unless it has one, and return the error.

    The error may come from a bug in a custom transport or key function of the user, which would be
    hard to find without a traceback.
    """
    has_origin = any(text.startswith(_ORIGIN) for text in getattr(error, "__notes__", ()))
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, Exception) and frames and not has_origin:
        last = frames[-1]
        error.add_note(f"{_ORIGIN}{last.filename}, line {last.lineno}, in {last.name}")
    return error
