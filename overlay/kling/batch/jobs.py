"""The public class `Job`, and its statuses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kling._tasks import Amount
from kling.description import FailureKind, Problem

Status = Literal[
    "queued", "running", "succeeded", "failed", "refused", "held", "unfinished", "doubt"
]
"""The status of a job.

queued: it waits until a worker starts it, for the first time or again.
running: a worker is doing it.
succeeded: its task succeeded, and its files were downloaded.
failed: its task failed. Either a new task would fail too, or no try is left.
refused: Kling, or a rule of the description, refused the request. No task was made or paid for.
held: no task was made or paid for, because the balance or the budget is too small, or because
    Kling refused the key. `Batch.resume` queues it again.
unfinished: its task exists, and is paid for, but the worker could not wait for its end, or could
    not save a file. `Batch.retry` continues with the same task.
doubt: a task may exist, and may be charged. The job is not retried automatically; `Batch.retry`
    retries it if you give its id.
"""
STATUSES: tuple[Status, ...] = get_args(Status)
ACTIVE: tuple[Status, ...] = ("queued", "running")
ENDED: tuple[Status, ...] = tuple(status for status in STATUSES if status not in ACTIVE)


@dataclass(frozen=True, slots=True)
class Job:
    """One job of a batch, with its data at the time of reading."""

    id: str
    """The id that you gave to the job."""
    operation: str
    """The operationId of its create, such as createAvatarTask. For an `Unlisted`, its path."""
    status: Status
    """The status when the job was read; see `Status`."""
    tries: int
    """How many tasks were tried for the job, including the current one; 0 before the first."""
    ref: str | None = None
    """The ref of its last task; None before there is a task."""
    external_task_id: str | None = None
    """The external_task_id of its last task; None before the create is sent.

    It is also None if the endpoint does not take an external_task_id.
    """
    files: tuple[Path, ...] = ()
    """The paths of the downloaded files."""
    charges: tuple[Amount, ...] = ()
    """What Kling charged for the last task; empty until Kling reports it."""
    message: str = ""
    """Why the job was not successful; empty if nothing is wrong."""
    problems: tuple[Problem, ...] = ()
    """The rules that the request breaks; empty if it breaks no rule."""
    kind: FailureKind | None = None
    """The kind of failure, if the task failed; see `Task.failure`."""

    @property
    def ended(self) -> bool:
        """Whether the job has ended: it is neither queued nor running."""
        return self.status in ENDED
