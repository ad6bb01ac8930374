"""The queues of a batch: one for each kind of package, with its limit of concurrency."""

from collections.abc import Iterable

from kling.batch.record import Record
from kling.batch.settings import OTHER, Settings, kinds


def make_queues(
    record: Record, settings: Settings, packages: Iterable[str], *, poll: float, overwrite: bool
) -> None:
    """Make the queues for kinds of packages.

    Args:
        record: the record of the batch.
        settings: the settings, which have the limits of concurrency.
        packages: the kinds of packages; "" is the kind of a job whose kind is not known.
        poll: the poll interval of a worker, in seconds.
        overwrite: whether existing queues get these settings too.
    """
    is_paused = record.batch.paused is not None
    for package in packages:
        record.state.client.register_queue(
            record.queue_name(package),
            partition_concurrency=settings.concurrency_of(package or OTHER),
            worker_concurrency=0 if is_paused else None,
            polling_interval_sec=poll,
            on_conflict="always_update" if overwrite else "never_update",
        )
    # Another process may have paused or resumed the batch in the meantime.
    is_paused_now = record.batch.paused is not None
    if is_paused_now != is_paused:
        pause_queues(record, is_paused=is_paused_now)


def pause_queues(record: Record, *, is_paused: bool) -> None:
    """Stop all workers from taking jobs of a batch, or let them take jobs again."""
    for kind in [*kinds(), OTHER]:
        if queue := record.state.client.retrieve_queue(record.queue_name(kind)):
            queue.set_worker_concurrency(0 if is_paused else None)
