"""The queues of a batch: one for each kind of package, with the limit of the account."""

from collections.abc import Iterable

from kling.batch.record import Record
from kling.batch.settings import OTHER, Settings, kinds


def make_queues(
    record: Record, settings: Settings, packages: Iterable[str], *, poll: float, anew: bool
) -> None:
    """Make the queues for kinds of packages.

    Args:
        record: of the batch.
        settings: how many jobs may run at a time.
        packages: the kinds.
        poll: seconds between two looks of a worker.
        anew: whether queues that are there get these settings.
    """
    is_paused = record.batch.paused is not None
    for package in packages:
        record.state.client.register_queue(
            record.queue(package),
            partition_concurrency=settings.at_a_time(package or OTHER),
            worker_concurrency=0 if is_paused else None,
            polling_interval_sec=poll,
            on_conflict="always_update" if anew else "never_update",
        )
    if is_paused != (record.batch.paused is not None):  # somebody changed it meanwhile
        pause_queues(record, is_paused=not is_paused)


def pause_queues(record: Record, *, is_paused: bool) -> None:
    """Let all workers start nothing more from the queues of a batch, or start again."""
    for kind in [*kinds(), OTHER]:
        if queue := record.state.client.retrieve_queue(record.queue(kind)):
            queue.set_worker_concurrency(0 if is_paused else None)
