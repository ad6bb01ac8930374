"""Does one run of a job, from its row to its files. Repeating a run does not make a second task."""

import errno
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kling._client import AsyncKling
from kling._http import verdict_on
from kling._server_text import visible
from kling._tasks import Task
from kling.batch.media import as_sent
from kling.batch.naming import name_for
from kling.batch.settings import Settings
from kling.batch.transitions import Outcome
from kling.errors import (
    APIError,
    APIStatusError,
    AuthenticationError,
    InsufficientBalanceError,
    InvalidRequestError,
    KlingError,
    TaskError,
    TaskFailedError,
)

if TYPE_CHECKING:
    from sqlalchemy import Row

logger = logging.getLogger("kling")
# Seconds to wait for a task before its job counts as unfinished. Most tasks take minutes.
_LONGEST_WAIT = 6 * 3600.0
# Seconds between two attempts to send a create: at first, and at most.
_FIRST_DELAY, _LONGEST_DELAY = 5.0, 60.0


class RunInThread(Protocol):
    """Runs a blocking function in a thread."""

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Awaitable[Any]:
        """Return the result of the function."""


async def run_job(
    row: "Row[Any]",
    *,
    client: AsyncKling,
    settings: Settings,
    run_in_thread: RunInThread,
    on_created: Callable[[str], Awaitable[None]],
    sleep: Callable[[float], Awaitable[None]],
) -> Outcome:
    """Create or find the task of a job, wait for it, download its results, and return the outcome.

    Args:
        row: the row of the job.
        client: the client to send with.
        settings: the settings of the batch.
        run_in_thread: runs a blocking function in a thread.
        on_created: called with the ref of the task when the ref is known.
        sleep: waits for a number of seconds.
    """
    task: Task | None = None
    try:
        if row.ref is None:
            created = await _created(row, client, run_in_thread, sleep)
            if isinstance(created, Outcome):
                return created
            task = created
            await on_created(task.ref)
        task = await client.wait(task or row.ref, timeout=_LONGEST_WAIT)
        return Outcome("succeeded", task=task, files=await _saved(row, task, client, settings))
    except TaskFailedError as error:
        return Outcome("failed", str(error), error.task, kind=error.kind)
    except (KlingError, OSError, ValueError) as error:
        task = error.task if isinstance(error, TaskError) else task
        pauses = isinstance(error, AuthenticationError) or _affects_all_files(error)
        return Outcome("unfinished", _in_full(error), task, pauses=pauses)


async def _created(
    row: "Row[Any]",
    client: AsyncKling,
    run_in_thread: RunInThread,
    sleep: Callable[[float], Awaitable[None]],
) -> Task | Outcome:
    """Send the create, or replay the create that an earlier worker has sent.

    Returns:
        The task; or the outcome of the job, if it has ended without a task.
    """
    try:
        body = await run_in_thread(as_sent, row.body)
    except (OSError, ValueError) as error:
        return Outcome("refused", _in_full(error))
    delay = _FIRST_DELAY
    replay: dict[str, Any] = {}
    if row.external_task_id is not None:
        replay = {"external_task_id": row.external_task_id, "reuse": True}
    while True:
        try:
            return await client.create(row.operation, body, **replay)
        except InvalidRequestError as error:
            return Outcome("refused", str(error), problems=error.problems)
        except (InsufficientBalanceError, AuthenticationError) as error:
            if not error.not_created:  # a task may exist
                return Outcome("doubt", _in_full(error), pauses=True)
            return Outcome("held", _in_full(error), pauses=True)
        except APIError as error:
            if not error.not_created:  # a task may exist
                return Outcome("doubt", _in_full(error))
            if verdict_on(error).retry != "later":
                return Outcome("refused", _in_full(error))
            # No task was made, and Kling may accept the same request later, so try again.
            if not isinstance(error, APIStatusError):
                logger.warning("%s: nothing could be sent, next attempt in %.0f s", row.id, delay)
        except (KlingError, ValueError) as error:
            return Outcome("refused", _in_full(error))
        await sleep(delay)
        delay = min(delay * 2, _LONGEST_DELAY)


async def _saved(row: "Row[Any]", task: Task, client: AsyncKling, settings: Settings) -> list[str]:
    if settings.out is None or not any(output.url for output in task.outputs):
        return []
    has_several = len([output for output in task.outputs if output.url]) > 1
    name = name_for(settings.naming, row.id, several=has_several)
    return [str(path) for path in await client.download(task, Path(settings.out), name=name)]


def _affects_all_files(error: BaseException) -> bool:
    """Whether an error, such as a full disk, will also prevent saving the files of other jobs."""
    numbers = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO)
    return isinstance(error, OSError) and error.errno in numbers


def _in_full(error: BaseException) -> str:
    """Return the text of an error, with its notes on how to look for a task."""
    if isinstance(error, OSError) and error.strerror:
        # The notes of an OSError name a line of source code, so leave them out.
        return visible(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    text = str(error) or type(error).__name__
    return visible(" ".join([text, *getattr(error, "__notes__", ())]))
