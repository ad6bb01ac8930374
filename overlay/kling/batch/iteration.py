"""Iterates over the jobs that a worker delivers, from any thread or from an event loop."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from queue import SimpleQueue

from kling.batch.jobs import Job
from kling.batch.worker import Deliver, Worker

MakeWorker = Callable[[Deliver], Worker]
"""Makes a worker that delivers to the given function."""


def iterate(make_worker: MakeWorker) -> Generator[Job, None, None]:
    """Run a worker and yield the jobs that it delivers; stop it when the iteration ends.

    Raises:
        Exception: the error that ended the worker.
    """
    # None means that the worker has ended; an exception means that the error ended it.
    delivered: SimpleQueue[Job | BaseException | None] = SimpleQueue()
    worker = make_worker(delivered.put)
    worker.start()
    try:
        while (item := delivered.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        worker.stop()


async def aiterate(make_worker: MakeWorker) -> AsyncGenerator[Job, None]:
    """Do what `iterate` does, in the running event loop of asyncio."""
    loop = asyncio.get_running_loop()
    delivered: asyncio.Queue[Job | BaseException | None] = asyncio.Queue()

    def deliver(item: Job | BaseException | None) -> None:
        loop.call_soon_threadsafe(delivered.put_nowait, item)

    worker = await asyncio.to_thread(make_worker, deliver)
    worker.start()
    try:
        while (item := await delivered.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        # If this task is cancelled, the worker is stopped nevertheless.
        await asyncio.shield(asyncio.to_thread(worker.stop))
