"""Telling the user which tasks an interrupted call leaves behind."""

from contextvars import ContextVar
from inspect import GEN_SUSPENDED, getgeneratorstate

from kling._http.logs import logger
from kling._http.steps import Steps, T
from kling._server_text import visible
from kling.errors import CredentialsError, KlingError

tasks_are_resumed: ContextVar[bool] = ContextVar("tasks_are_resumed", default=False)
"""Whether a later program continues the tasks by itself, so the log need not say how to do it."""


def add_task_note(error: BaseException, text: str) -> None:
    """Add a note about tasks to the error that ends a call, and log the note of an interruption.

    The log is needed because asyncio.run and nurseries raise a new interruption, without the note.
    The same note is added only once. A KlingError gets no note, because its message says what
    happens to the task. A CredentialsError gets one: it can come at any time, and knows no task.

    Args:
        error: what ends the call, such as KeyboardInterrupt or a cancellation.
        text: the note, with every ref or id.
    """
    text = visible(text)
    names_task = isinstance(error, KlingError) and not isinstance(error, CredentialsError)
    if names_task or text in getattr(error, "__notes__", ()):
        return
    error.add_note(text)
    if not isinstance(error, Exception) and not tasks_are_resumed.get():
        logger.warning("interrupted (%s). %s", type(error).__name__, text)


def throw_into(error: BaseException, steps: Steps[T]) -> None:
    """Throw an interruption into the steps, if it came between two of them and they have not ended.

    Raises:
        BaseException: the interruption, once the steps have handled it.
    """
    if getgeneratorstate(steps) == GEN_SUSPENDED:
        steps.throw(error)
