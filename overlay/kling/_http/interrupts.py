"""What somebody who interrupts a call is told of the tasks that it leaves behind."""

from contextvars import ContextVar
from inspect import GEN_SUSPENDED, getgeneratorstate

from kling._http.logs import logger
from kling._http.steps import Steps, T
from kling._server_text import visible
from kling.errors import CredentialsError, KlingError

is_resumed: ContextVar[bool] = ContextVar("is_resumed", default=False)
"""Whether a later program goes on with the tasks by itself, so that the log need not say how."""


def tell(error: BaseException, text: str) -> None:
    """Say once what becomes of tasks, in a note of an error; of an interruption in the log too.

    Of an interruption the log is what surely lasts: asyncio.run and nurseries raise another one in
    its place. Errors of ours say themselves what becomes of the task; one about a key does not, for
    it comes at any time.

    Args:
        error: what ends the call, such as KeyboardInterrupt or a cancellation.
        text: what to say, with every ref or id.
    """
    text = visible(text)
    knows = isinstance(error, KlingError) and not isinstance(error, CredentialsError)
    if knows or text in getattr(error, "__notes__", ()):
        return
    error.add_note(text)
    if not isinstance(error, Exception) and not is_resumed.get():
        logger.warning("interrupted (%s). %s", type(error).__name__, text)


def hand_over(error: BaseException, steps: Steps[T]) -> None:
    """Throw an interruption into steps that have not ended, for it came between two of them.

    Raises:
        BaseException: what the steps make of it, which is the same one.
    """
    if getgeneratorstate(steps) == GEN_SUSPENDED:
        steps.throw(error)
