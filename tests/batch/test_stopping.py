"""A batch that is stopped leaves every job to the next run."""

import asyncio

import pytest
from batch_jobs import fox
from kling import AsyncKling


@pytest.fixture
def _slow_to_close(monkeypatch):
    """Let the engine hand out jobs while the client closes."""
    close = AsyncKling.close

    async def slowly(self):
        await close(self)
        await asyncio.sleep(1.5)

    monkeypatch.setattr(AsyncKling, "close", slowly)


@pytest.mark.usefixtures("_slow_to_close")
def test_a_job_that_is_handed_out_while_the_worker_stops_is_not_begun(batch_of, kling_mock):
    def stop_after_one(job):
        if job.ended:
            raise InterruptedError

    batch = batch_of(concurrency={"video": 1}, on_update=stop_after_one)
    batch.add_all([(f"clip-{number}", fox(number)) for number in range(4)])

    with pytest.raises(InterruptedError):
        list(batch.run())

    counts = batch.counts()
    assert (counts["succeeded"], counts["doubt"]) == (1, 0)
    batch.close()
    assert [job.status for job in batch_of().run()] == ["succeeded"] * 3
    assert len(kling_mock.state()["tasks"]) == 4
