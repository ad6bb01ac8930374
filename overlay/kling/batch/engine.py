"""Runs DBOS, which gives each queued job to one worker, within the limits of concurrency.

Only a process that works on a batch imports this module, because `import dbos` takes half a second.
"""

import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack

import dbos._dbos
from dbos import DBOS

from kling.batch.errors import BatchError
from kling.batch.state import APPLICATION, FORMAT, SCHEMA, State, serializer, silence_dbos
from kling.batch.transitions import WORKFLOW

RunJob = Callable[[str, int], Awaitable[None]]
"""Does one run of a job. The arguments are the id of the job and the number of the run.

A job gets a new run whenever it is queued.
"""

_engine_lock = threading.Lock()
_run_job: RunJob | None = None


class Engine:
    """Runs DBOS in this process. A process can have only one engine at the same time.

    Args:
        state: the state that has the queues.
        run_job: does one run of a job, in the event loop that launches the engine.

    Raises:
        BatchError: another batch runs in this process, or the process uses DBOS for something else.
    """

    def __init__(self, state: State, run_job: RunJob) -> None:
        global _run_job
        if not _engine_lock.acquire(blocking=False):
            raise BatchError(
                "another batch is running in this process; run this one afterwards, or in another "
                "process"
            )
        if dbos._dbos._dbos_global_instance is not None:
            _engine_lock.release()
            raise BatchError(
                "this process already uses DBOS for something else; "
                "run the batch in another process"
            )
        self._state, _run_job = state, run_job
        self._open = ExitStack()  # what `close` is to undo
        self._open.callback(_engine_lock.release)
        self._open.enter_context(silence_dbos())

    def launch(self, worker: str, queues: Sequence[str], poll: float) -> None:
        """Start to take jobs from queues, and to do them in the running event loop.

        Args:
            worker: the unique id of this worker.
            queues: the names of the queues, which must exist.
            poll: the poll interval in seconds.
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
        """Queue the jobs of these workers again, each in its queue, before all other jobs."""
        # This function of DBOS is private, but DBOS uses it for its own recovery. It leaves out the
        # jobs that another worker has taken over already.
        DBOS._recover_pending_workflows(workers)

    def close(self) -> None:
        """Take no more jobs. The next worker continues the jobs that are running now."""
        global _run_job
        DBOS.destroy(workflow_completion_timeout_sec=0)
        _run_job = None
        self._open.close()


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
async def _job(job_id: str, run: int) -> None:
    # If the engine was closed just now, there is no function to call.
    if _run_job is not None:
        await _run_job(job_id, run)
