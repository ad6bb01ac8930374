"""A job as a user sees it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kling._tasks import Amount
from kling.description import FailureKind, Problem

Status = Literal[
    "queued", "running", "succeeded", "failed", "refused", "held", "unfinished", "doubt"
]
"""Where a job is.

queued: it waits for its turn, also for another try.
running: a worker has it.
succeeded: Kling made it, and its files are there.
failed: Kling's task failed, and no try is left, or another one would fail too.
refused: Kling, or a rule of the description, refused the request. Nothing was made or paid.
held: nothing was made or paid, for reasons that are not the job's: the balance or the budget is too
    small, or Kling refused the key. `Batch.resume` queues it again.
unfinished: there is a task, and it is paid for, but it could not be followed to its end, or a file
    could not be saved. `Batch.retry` goes on with the same task.
doubt: nobody knows whether there is a task that is paid for. It is never tried again by itself;
    `Batch.retry` does so where it is named.
"""
STATUSES: tuple[Status, ...] = get_args(Status)
ACTIVE: tuple[Status, ...] = ("queued", "running")
ENDED: tuple[Status, ...] = tuple(one for one in STATUSES if one not in ACTIVE)


@dataclass(frozen=True, slots=True)
class Job:
    """One job of a batch, as it was when it was read."""

    id: str
    """The caller's own name of it."""
    operation: str
    """The operationId of its create, such as createAvatarTask; or the path of an `Unlisted`."""
    status: Status
    """See `Status`."""
    tries: int
    """How many tasks were tried for it, the present one included; 0 before the first."""
    ref: str | None = None
    """The ref of its last task; None while there is none."""
    external_task_id: str | None = None
    """Our id of that task, by which Kling knows it; None before, or where the endpoint has none."""
    files: tuple[Path, ...] = ()
    """What was downloaded."""
    charges: tuple[Amount, ...] = ()
    """What Kling charged for the last task; empty until Kling says it."""
    message: str = ""
    """Why it is not as it should be; empty otherwise."""
    problems: tuple[Problem, ...] = ()
    """What the rules say against the request, where they do."""
    kind: FailureKind | None = None
    """Of a task that failed: why, in one word; see `Task.failure`."""

    @property
    def ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.status in ENDED
