"""Telling the user which tasks an interrupted call leaves behind."""

from contextvars import ContextVar
from inspect import GEN_SUSPENDED, getgeneratorstate

from kling._http.logs import logger
from kling._http.steps import Steps, T
from kling._server_text import visible
from kling.errors import CredentialsError, KlingError

tasks_are_resumed: ContextVar[bool] = ContextVar("tasks_are_resumed", default=False)
"""Whether a later run of the program continues the tasks by itself. Then interruptions are not
logged, because the user has nothing to do."""


def add_task_note(error: BaseException, text: str) -> None:
    """Add a note about tasks to the error that ends a call. For an interruption, log it too.

    The log is needed because asyncio.run and nurseries raise a new interruption, without the note.
    The same note is added only once. A KlingError gets no note, because its message already says
    what happens to the task. But a CredentialsError gets one: its message says nothing about tasks.

    Args:
        error: what ends the call, such as KeyboardInterrupt or a cancellation.
        text: the note, which names the ref or the id of each task.
    """
    text = visible(text)
    names_task = isinstance(error, KlingError) and not isinstance(error, CredentialsError)
    if names_task or text in getattr(error, "__notes__", ()):
        return
    error.add_note(text)
    if not isinstance(error, Exception) and not tasks_are_resumed.get():
        logger.warning("interrupted (%s). %s", type(error).__name__, text)


def throw_into(error: BaseException, steps: Steps[T]) -> None:
    """Throw an interruption into a generator of steps, if the generator has not ended.

    It has not ended if the interruption came while the client was between two steps.

    Raises:
        BaseException: the interruption, after the steps have handled it.
    """
    if getgeneratorstate(steps) == GEN_SUSPENDED:
        steps.throw(error)
