"""DBOS, as far as it runs here: it hands each queued job to one worker, within the limits.

Imported only by a process that works on a batch, since `import dbos` takes half a second.
"""

import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack

import dbos._dbos
from dbos import DBOS

from kling.batch.errors import BatchError
from kling.batch.state import APPLICATION, FORMAT, SCHEMA, State, quiet, serializer
from kling.batch.transitions import WORKFLOW

Do = Callable[[str, int], Awaitable[None]]
"""Does a run of a job."""

_ONE = threading.Lock()
_do: Do | None = None


class Engine:
    """The one engine of this process.

    Args:
        state: where the queues are.
        do: does a run of a job, in the event loop that launches the engine.

    Raises:
        BatchError: another batch runs in this process, or the process uses DBOS otherwise.
    """

    def __init__(self, state: State, do: Do) -> None:
        global _do
        if not _ONE.acquire(blocking=False):
            raise BatchError(
                "another batch runs in this process, which can only run one at a time; "
                "run this one after it, or in a process of its own"
            )
        if dbos._dbos._dbos_global_instance is not None:
            _ONE.release()
            raise BatchError(
                "this process uses DBOS for something else, of which there can be only one; "
                "run the batch in a process of its own"
            )
        self._state, _do = state, do
        self._open = ExitStack()
        self._open.callback(_ONE.release)
        self._open.enter_context(quiet())

    def launch(self, worker: str, queues: Sequence[str], poll: float) -> None:
        """Take jobs off these queues from now on, for the running event loop.

        Args:
            worker: the id of this worker, which no other one has.
            queues: their names; they exist.
            poll: seconds between two looks.
        """
        DBOS(
            config={
                "name": APPLICATION,
                "system_database_url": self._state.url,
                "system_database_engine": self._state.engine,
                "dbos_system_schema": SCHEMA,
                "serializer": serializer(),
                "executor_id": worker,
                "application_version": str(FORMAT),
                "log_level": "WARNING",
                "use_listen_notify": False,
                "notification_listener_polling_interval_sec": poll,
                "max_executor_threads": 8,
                "enable_otlp": False,
            }
        )
        DBOS.listen_queues(queues)
        DBOS.launch()

    def recover(self, workers: list[str]) -> None:
        """Queue again what these workers had, each job in its own queue, before all others."""
        # Private, but what DBOS' own service for this calls, and the only way that keeps a job in
        # its queue and leaves alone what somebody else has taken over meanwhile.
        DBOS._recover_pending_workflows(workers)

    def close(self) -> None:
        """Take no more jobs; those that run stay as they are for the next worker."""
        global _do
        DBOS.destroy(workflow_completion_timeout_sec=0)
        _do = None
        self._open.close()


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
async def _job(job_id: str, run: int) -> None:
    # A process that takes jobs has an engine.
    if _do is not None:
        await _do(job_id, run)
