"""One job, from its row to its files. Everything may be repeated: the task is made only once."""

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
# Seconds that a task may take until its job counts as unfinished. Kling is done within minutes.
_LONGEST_WAIT = 6 * 3600.0
# Seconds between attempts while nothing can be sent, as without a network.
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 60.0


class Elsewhere(Protocol):
    """Runs a function that blocks, in a thread."""

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Awaitable[Any]:
        """Return what the function returns."""


async def do(
    row: "Row[Any]",
    *,
    client: AsyncKling,
    settings: Settings,
    elsewhere: Elsewhere,
    made: Callable[[str], Awaitable[None]],
    sleep: Callable[[float], Awaitable[None]],
) -> Outcome:
    """Make the task of a job, or find it, wait for it, download what it made, and say how it ended.

    Args:
        row: the job.
        client: what to send through.
        settings: of the batch.
        elsewhere: runs what blocks.
        made: is told the ref of a task as soon as there is one.
        sleep: waits for so many seconds.
    """
    task: Task | None = None
    try:
        if row.ref is None:
            created = await _created(row, client, elsewhere, sleep)
            if isinstance(created, Outcome):
                return created
            task = created
            await made(task.ref)
        task = await client.wait(task or row.ref, timeout=_LONGEST_WAIT)
        return Outcome("succeeded", task=task, files=await _saved(row, task, client, settings))
    except TaskFailedError as error:
        return Outcome("failed", str(error), error.task, kind=error.kind)
    except (KlingError, OSError, ValueError) as error:
        task = error.task if isinstance(error, TaskError) else task
        stops = isinstance(error, AuthenticationError) or _is_of_the_disk(error)
        return Outcome("unfinished", _said(error), task, pauses=stops)


async def _created(
    row: "Row[Any]",
    client: AsyncKling,
    elsewhere: Elsewhere,
    sleep: Callable[[float], Awaitable[None]],
) -> Task | Outcome:
    """Return the task of a create, also one that an earlier worker sent; or how the job ends."""
    try:
        body = await elsewhere(as_sent, row.body)
    except (OSError, ValueError) as error:
        return Outcome("refused", _said(error))
    pause = _FIRST_PAUSE
    replay: dict[str, Any] = {}
    if row.external_task_id is not None:
        replay = {"external_task_id": row.external_task_id, "reuse": True}
    while True:
        try:
            return await client.create(row.operation, body, **replay)
        except InvalidRequestError as error:
            return Outcome("refused", str(error), problems=error.problems)
        except (InsufficientBalanceError, AuthenticationError) as error:
            if not error.not_created:
                return Outcome("doubt", _said(error), pauses=True)
            return Outcome("held", _said(error), pauses=True)
        except APIError as error:
            if not error.not_created:
                return Outcome("doubt", _said(error))
            if verdict_on(error).retry != "later":
                return Outcome("refused", _said(error))
            # Nothing was made, and it is not the job that is at fault.
            if not isinstance(error, APIStatusError):
                logger.warning("%s: nothing can be sent, next in %.0f s", row.id, pause)
        except (KlingError, ValueError) as error:
            return Outcome("refused", _said(error))
        await sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _saved(row: "Row[Any]", task: Task, client: AsyncKling, settings: Settings) -> list[str]:
    if settings.out is None or not any(one.url for one in task.outputs):
        return []
    several = len([one for one in task.outputs if one.url]) > 1
    name = name_for(settings.naming, row.id, several=several)
    return [str(one) for one in await client.download(task, Path(settings.out), name=name)]


def _is_of_the_disk(error: BaseException) -> bool:
    """Whether no other file can be saved either, which is no reason to pay for more of them."""
    numbers = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO)
    return isinstance(error, OSError) and error.errno in numbers


def _said(error: BaseException) -> str:
    """Return the text of an error, with its notes on how to look for a task."""
    if isinstance(error, OSError) and error.strerror:
        # Its note says which line of a program it came from.
        return visible(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    text = str(error) or type(error).__name__
    return visible(" ".join([text, *getattr(error, "__notes__", ())]))
