"""What becomes of jobs when a batch is run."""

import asyncio
import errno
import logging
import threading
import time
from collections import Counter
from itertools import islice

import kling
import pytest
from batch_jobs import fox, lip_sync, picture
from kling.batch import Batch, BatchError, presence
from kling.batch.record import Record
from media_files import png


def creates(mock):
    """Return how many tasks the mock has made."""
    return len(mock.state()["tasks"])


def by_id(jobs):
    return {job.id: job for job in jobs}


def test_each_job_becomes_a_named_file(batch_of, kling_mock, tmp_path):
    batch = batch_of()
    batch.add_all([*((f"clip {n}", fox(n)) for n in range(7)), ("sketch", picture(0, n=2))])

    jobs = by_id(batch.run())

    assert {job.status for job in jobs.values()} == {"succeeded"}
    assert len(jobs) == 8
    assert creates(kling_mock) == 8
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"sketch-1.png", "sketch-2.png"} < names
    assert len(names) == 9
    assert all(path.is_file() for job in jobs.values() for path in job.files)
    assert jobs["sketch"].external_task_id.startswith("sketch-k")
    assert [str(one) for one in jobs["clip 1"].charges] == ["3 Kling units"]
    assert kling_mock.state()["refusals"] == {}


def test_no_more_jobs_run_at_a_time_than_may(batch_of, kling_mock):
    batch = batch_of(concurrency={"video": 3})
    batch.add_all((f"j{n}", fox(n)) for n in range(9))

    assert len(list(batch.run())) == 9
    assert all(one["tasks"] <= 3 for one in kling_mock.state()["peak"])


def test_a_batch_that_is_done_is_done(batch_of, kling_mock):
    batch = batch_of()
    assert list(batch.run()) == []
    batch.add("a", fox())
    assert [job.id for job in batch.run()] == ["a"]

    again = batch_of()
    assert again.add("a", fox()) is False
    assert list(again.run()) == []
    assert creates(kling_mock) == 1
    assert [row["units"] for row in again.export()] == ["3"]


def test_an_async_program_runs_a_batch(batch_of):
    batch = batch_of()
    batch.add_all((f"j{n}", fox(n)) for n in range(3))

    async def run():
        return [job.id async for job in batch.arun()]

    assert sorted(asyncio.run(run())) == ["j0", "j1", "j2"]


def test_changes_are_told(batch_of):
    told = []
    batch = batch_of(on_update=lambda job: told.append((job.id, job.status)))
    batch.add("a", fox())
    list(batch.run())

    assert told == [("a", "running"), ("a", "succeeded")]


def test_what_a_listener_raises_ends_the_run(batch_of):
    def listen(job):
        raise ZeroDivisionError(job.id)

    batch = batch_of(on_update=listen)
    batch.add("a", fox())

    with pytest.raises(ZeroDivisionError):
        list(batch.run())


def test_an_outage_is_tried_again_with_another_task(batch_of, kling_mock):
    kling_mock.plan("submitted", "failed", message="Service busy")
    batch = batch_of()
    batch.add("a", fox())

    [job] = batch.run()

    assert (job.status, job.tries, creates(kling_mock)) == ("succeeded", 2, 2)
    assert job.external_task_id.endswith("~2")


def test_tries_are_counted(batch_of, kling_mock):
    for _ in range(3):
        kling_mock.plan("submitted", "failed", message="Service busy")
    batch = batch_of(tries=3)
    batch.add("a", fox())

    [job] = batch.run()

    assert (job.status, job.tries) == ("failed", 3)
    assert "Service busy" in job.message
    assert batch.retry() == ["a"]
    [job] = batch.run()
    assert (job.status, job.tries, job.message) == ("succeeded", 4, "")


def test_a_failure_that_another_task_would_have_too_is_not_tried_again(batch_of, kling_mock):
    message = "Failure to pass the risk control system"
    kling_mock.plan("submitted", "failed", message=message)
    batch = batch_of(tries=5)
    batch.add("a", fox())

    [job] = batch.run()

    assert (job.status, job.kind, job.tries) == ("failed", "policy", 1)
    assert creates(kling_mock) == 1


def test_what_kling_refuses_is_refused_once_and_says_why(batch_of, kling_mock):
    kling_mock.plan(fault="refuse", code=1301)
    batch = batch_of()
    batch.add("a", fox())

    [job] = batch.run()

    assert (job.status, job.tries, job.ref) == ("refused", 0, None)
    assert "1301" in job.message
    posts = [one for one in kling_mock.state()["requests"] if one["method"] == "POST"]
    assert len(posts) == 1


def test_a_create_in_doubt_stays_in_doubt_until_somebody_names_it(batch_of, kling_mock):
    kling_mock.plan(fault="hang-up")
    batch = batch_of()
    batch.add("a", fox())

    [job] = batch.run()

    assert (job.status, job.ref) == ("doubt", None)
    assert "may exist" in job.message
    assert batch.retry() == []
    assert list(batch.run()) == []
    assert batch.retry(["a"]) == ["a"]
    [retried] = batch.run()
    # By the same id, which would have led to the task if there had been one.
    assert retried.external_task_id == job.external_task_id
    assert (retried.status, creates(kling_mock)) == ("succeeded", 1)


def test_an_exhausted_balance_pauses_the_batch(batch_of, kling_mock):
    kling_mock.plan(fault="refuse", code=1102)
    batch = batch_of(concurrency=1)
    batch.add_all((f"j{n}", fox(n)) for n in range(6))

    [held] = batch.run()

    assert held.status == "held"
    assert "1102" in batch.paused
    assert batch.counts()["queued"] == 5
    assert list(batch.run()) == []
    assert batch.resume() == [held.id]
    assert batch.paused is None
    assert {job.status for job in batch.run()} == {"succeeded"}
    assert creates(kling_mock) == 6


def test_a_refused_key_pauses_the_batch(batch_of, kling_mock):
    wrong = kling.AsyncKling(api_key="wrong", transport=kling_mock.transport)
    batch = batch_of(client=wrong, concurrency=1)
    batch.add_all([("a", fox()), ("b", fox(2))])

    [job] = batch.run()

    assert (job.status, batch.counts()["queued"]) == ("held", 1)
    again = batch_of()
    again.resume()
    assert {job.status for job in again.run()} == {"succeeded"}


def test_a_batch_without_credentials_says_so(tmp_path):
    with Batch(tmp_path / "clips.sqlite") as batch:
        batch.add("a", fox())
        with pytest.raises(kling.CredentialsError):
            list(batch.run())


def test_a_pause_by_hand_lets_running_jobs_end(batch_of, kling_mock):
    batch = batch_of(concurrency=1)
    batch.add_all((f"j{n}", fox(n)) for n in range(5))
    done = []
    for job in batch.run():
        done.append(job)
        batch.pause()

    assert 1 <= len(done) < 5
    assert batch.counts()["queued"] == 5 - len(done)
    assert batch.resume() == []
    done += batch.run()
    assert len({job.id for job in done}) == 5
    assert creates(kling_mock) == 5


def test_a_job_that_ends_while_the_worker_begins_is_delivered(batch_of, monkeypatch):
    requeue_orphans = Record.requeue_orphans

    def slowly(record, *statuses):
        requeue_orphans(record, *statuses)
        deadline = time.monotonic() + 30
        while not record.runs(["succeeded"]) and time.monotonic() < deadline:
            time.sleep(0.02)

    monkeypatch.setattr(Record, "requeue_orphans", slowly)
    batch = batch_of()
    batch.add("a", fox())

    assert [job.id for job in batch.run()] == ["a"]


def test_a_budget_holds_over_runs(batch_of, kling_mock):
    batch = batch_of(budget={"video": 7})
    batch.add_all((f"j{n}", fox(n)) for n in range(4))

    first = Counter(job.status for job in batch.run())

    assert first == {"succeeded": 2, "held": 2}
    assert batch.paused is None
    again = batch_of()
    assert again.spent == {"video": 6}
    held = again.resume()
    assert len(held) == 2
    said = [job.message for job in again.run()]
    assert "the budget has 1 left" in said[0]
    assert creates(kling_mock) == 2
    more = batch_of(budget=kling.Budget(units={"video": 9}))
    more.resume()
    assert [job.message for job in more.jobs("queued")] == ["", ""]
    assert Counter(job.status for job in more.run()) == {"succeeded": 1, "held": 1}


def test_a_budget_gets_back_what_a_failure_did_not_cost(batch_of, kling_mock):
    kling_mock.plan("submitted", "failed", message="Failure to pass the risk control system")
    batch = batch_of(budget={"video": 3}, concurrency=1)
    batch.add_all([("a", fox()), ("b", fox(2))])

    assert {job.id: job.status for job in batch.run()} == {"a": "failed", "b": "succeeded"}
    assert batch.spent == {"video": 3}


def test_a_budget_in_money_holds(batch_of):
    batch = batch_of(budget={"USD": "0.5"}, concurrency=1)
    batch.add_all([("a", fox()), ("b", fox(2))])

    assert {job.id: job.status for job in batch.run()} == {"a": "succeeded", "b": "held"}


def test_a_budget_without_the_kind_of_package_pays_for_none(batch_of, kling_mock):
    batch = batch_of(budget={"image": 3})
    batch.add("a", fox())

    [job] = batch.run()

    assert job.status == "held"
    assert "the budget has no limit for the video package" in job.message
    assert creates(kling_mock) == 0


def test_a_file_that_changed_is_not_sent(batch_of, kling_mock, tmp_path):
    (tmp_path / "fox.png").write_bytes(png(400, 400))
    batch = batch_of()
    body = {"model_name": "kling-v3", "prompt": "A fox", "image": tmp_path / "fox.png"}
    batch.add("a", ("image_to_video", body))
    (tmp_path / "fox.png").write_bytes(png(500, 500))

    jobs = by_id(batch.run())

    assert jobs["a"].status == "refused"
    assert "fox.png has changed since the job was added" in jobs["a"].message
    assert creates(kling_mock) == 0


def test_a_file_is_sent_as_it_is(batch_of, kling_mock, tmp_path):
    (tmp_path / "fox.png").write_bytes(png(400, 400))
    batch = batch_of()
    body = {"model_name": "kling-v3", "prompt": "A fox", "image": tmp_path / "fox.png"}
    batch.add("a", ("image_to_video", body))

    [job] = batch.run()

    [sent] = [one for one in kling_mock.state()["requests"] if one["method"] == "POST"]
    assert job.status == "succeeded"
    assert sent["body"]["image"] == kling.media.image(png(400, 400))


def test_a_download_that_fails_is_repeated_without_another_task(batch_of, kling_mock):
    kling_mock.plan(fault="expire", on="download", times=None)
    batch = batch_of()
    batch.add("a", fox())

    [job] = batch.run()

    assert (job.status, job.files) == ("unfinished", ())
    assert job.ref
    kling_mock.clock.advance(1)
    kling_mock._engine.plans.clear()  # private: a fault that lasts is to end
    assert batch.retry() == ["a"]
    [again] = batch.run()
    assert (again.status, again.ref) == ("succeeded", job.ref)
    assert creates(kling_mock) == 1


def test_who_stops_leaves_the_rest_to_the_next_run(batch_of, kling_mock):
    batch = batch_of(concurrency=4)
    batch.add_all((f"j{n}", fox(n)) for n in range(12))
    first = list(islice(batch.run(), 2))
    made = creates(kling_mock)

    assert len(first) == 2
    again = batch_of()
    rest = list(again.run())
    assert again.counts()["succeeded"] == 12
    assert len(rest) >= 12 - made
    assert creates(kling_mock) == 12


def test_a_worker_that_says_nothing_any_more_is_taken_over_from(batch_of, kling_mock, monkeypatch):
    batch = batch_of(concurrency=4)
    batch.add_all((f"j{n}", fox(n)) for n in range(8))
    with monkeypatch.context() as dying:
        dying.setattr(presence.Presence, "leave", lambda self: None)
        next(iter(batch.run()))
    monkeypatch.setattr(presence, "DEAD", 0.4)
    monkeypatch.setattr(presence, "BEAT", 0.1)

    list(batch_of().run())

    assert batch.counts()["succeeded"] == 8
    assert creates(kling_mock) == 8


def test_a_worker_whose_process_is_gone_is_dead_at_once(batch_of, monkeypatch):
    batch = batch_of(concurrency=4)
    batch.add_all((f"j{n}", fox(n)) for n in range(6))
    with monkeypatch.context() as dying:
        dying.setattr(presence.Presence, "leave", lambda self: None)
        next(iter(batch.run()))
    monkeypatch.setattr(presence, "is_alive", lambda pid: False)
    began = time.monotonic()

    list(batch_of().run())

    assert batch.counts()["succeeded"] == 6
    assert time.monotonic() - began < presence.BEAT


def stopped_in_the_middle(batch_of):
    """Return a batch of six jobs, whose worker was stopped when it had begun the first one."""

    def stop(job):
        raise InterruptedError

    batch = batch_of(concurrency=4, on_update=stop)
    batch.add_all((f"j{n}", fox(n)) for n in range(6))
    with pytest.raises(InterruptedError):
        list(batch.run())
    return batch


def test_a_paused_batch_whose_worker_died_ends_and_its_jobs_wait(batch_of, kling_mock, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(presence.Presence, "leave", lambda self: None)
        dying.setattr(Record, "release", lambda self, runs: None)
        batch = stopped_in_the_middle(batch_of)
    assert batch.counts()["running"]
    batch.pause()
    monkeypatch.setattr(presence, "is_alive", lambda pid: False)

    left = list(batch_of().run())

    counts = batch.counts()
    assert (left, counts["running"], counts["queued"]) == ([], 0, 6 - counts["succeeded"])
    batch.resume()
    list(batch_of().run())
    assert batch.counts()["succeeded"] == creates(kling_mock) == 6


def test_jobs_of_a_worker_that_nobody_knows_are_taken_over(batch_of, kling_mock, monkeypatch):
    with monkeypatch.context() as forgotten:
        forgotten.setattr(presence.Presence, "leave", lambda self: None)
        batch = stopped_in_the_middle(batch_of)
    state = batch._state  # private: such a worker is given a job as it leaves
    with state.writing() as connection:
        connection.execute(state.tables.workers.delete())

    list(batch_of().run())

    assert batch.counts()["succeeded"] == creates(kling_mock) == 6


def test_jobs_that_a_stopped_worker_leaves_do_not_count_as_running(batch_of, caplog, monkeypatch):
    begin, release = Record.begin, Record.release
    is_released, has_begun = threading.Event(), threading.Event()

    def begin_late(self, job_id, run):
        if job_id != "j0":
            is_released.wait(0.5)  # a worker that waits for this releases its jobs later
        row = begin(self, job_id, run)
        if job_id != "j0":
            has_begun.set()
        return row

    monkeypatch.setattr(Record, "begin", begin_late)
    monkeypatch.setattr(
        Record, "release", lambda self, runs: (release(self, runs), is_released.set())
    )
    batch = stopped_in_the_middle(batch_of)

    assert has_begun.wait(5)
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []
    assert batch.counts()["running"] == 0


def test_jobs_whose_workflow_is_lost_are_queued_again(batch_of):
    batch = batch_of()
    batch.add("a", fox())
    batch._record.state.client.cancel_workflows(  # private: DBOS is to lose a job
        [f"{batch._record.key}/a~1"]  # private: see above
    )

    assert [job.status for job in batch.run()] == ["succeeded"]


def test_an_endpoint_without_ids_is_never_asked_twice(batch_of, kling_mock):
    batch = batch_of()
    batch.add("a", lip_sync())
    record: Record = batch._record  # private: a worker is to die after it has sent this
    assert record.begin("a", 1).sent == 1

    [job] = batch.run()

    assert (job.status, creates(kling_mock)) == ("doubt", 0)
    assert "does not take an external_task_id" in job.message
    batch.retry(["a"])
    assert [job.status for job in batch.run()] == ["succeeded"]


def test_one_process_runs_one_batch(batch_of, tmp_path):
    batch, other = batch_of(concurrency=1), batch_of(state=tmp_path / "other.sqlite")
    batch.add_all((f"j{n}", fox(n)) for n in range(12))
    run = batch.run()
    next(run)

    with pytest.raises(BatchError, match="another batch is running in this process"):
        list(other.run())
    run.close()
    assert list(other.run()) == []


def test_a_process_that_uses_dbos_otherwise_is_refused(batch_of, tmp_path):
    from dbos import DBOS

    DBOS(config={"name": "else", "system_database_url": f"sqlite:///{tmp_path}/else.sqlite"})
    try:
        with pytest.raises(BatchError, match="already uses DBOS for something else"):
            list(batch_of().run())
    finally:
        DBOS.destroy()


def test_a_second_worker_joins_with_the_settings_of_the_batch(batch_of):
    batch = batch_of(naming="clip-{id}", concurrency=2)
    batch.add_all((f"j{n}", fox(n)) for n in range(9))
    next(iter(batch.run()))

    done = list(batch_of(out=None).work())

    assert batch.counts()["succeeded"] == 9
    assert done
    assert all(path.name == f"clip-{job.id}.mp4" for job in done for path in job.files)
    assert all(job.files for job in done)


def test_jobs_that_cannot_be_tried_again_say_so(batch_of):
    batch = batch_of()
    batch.add("a", fox())

    with pytest.raises(BatchError, match="a is queued"):
        batch.retry(["a"])
    list(batch.run())
    with pytest.raises(BatchError, match="a is succeeded"):
        batch.retry(["a"])
    with pytest.raises(KeyError, match="there is no job b"):
        batch.retry(["b"])
    with pytest.raises(KeyError, match="there is no job b"):
        batch.job("b")
    with pytest.raises(ValueError, match="status must be one of queued"):
        batch.jobs("done")


def test_the_engine_says_nothing_on_the_terminal(batch_of, capfd):
    batch = batch_of()
    batch.add("a", fox())
    list(batch.run())

    assert capfd.readouterr() == ("", "")


def test_a_worker_does_not_make_a_batch(batch_of):
    with pytest.raises(BatchError, match="this state has no batch with the name 'clips'"):
        list(batch_of().work())


def test_a_program_keeps_its_own_settings_of_the_log(batch_of):
    log = logging.getLogger("dbos")
    before = (log.level, log.propagate, [*log.handlers])
    batch = batch_of()
    batch.add("a", fox())
    list(batch.run())

    assert (log.level, log.propagate, [*log.handlers]) == before


def test_a_job_that_somebody_else_cancels_does_not_hold_its_slot(batch_of, kling_mock, monkeypatch):
    async def cancelled(*_, **__):
        raise asyncio.CancelledError

    with monkeypatch.context() as once:
        once.setattr(kling.AsyncKling, "wait", cancelled)
        batch = batch_of()
        batch.add("a", fox())
        [job] = batch.run()

    assert (job.status, bool(job.ref)) == ("unfinished", True)
    batch.retry()
    assert [job.status for job in batch.run()] == ["succeeded"]
    assert creates(kling_mock) == 1


def test_where_no_file_can_be_saved_nothing_is_sent(batch_of, kling_mock, tmp_path):
    (tmp_path / "out").write_text("a file, and no folder")
    batch = batch_of()
    batch.add("a", fox())

    with pytest.raises(BatchError, match=r"cannot save files in .*out: File exists"):
        list(batch.run())
    assert creates(kling_mock) == 0


def test_a_full_disk_pauses_the_batch_and_the_files_are_fetched_later(
    batch_of, kling_mock, monkeypatch
):
    async def full(*_, **__):
        error = OSError(errno.ENOSPC, "No space left on device", "out")
        error.add_note("It came from some line")
        raise error

    batch = batch_of(concurrency=1)
    batch.add_all([("a", fox()), ("b", fox(2))])
    with monkeypatch.context() as once:
        once.setattr(kling.AsyncKling, "download", full)
        [job] = batch.run()

    assert (job.status, job.message) == ("unfinished", "out: No space left on device")
    assert batch.paused == job.message
    batch.resume()
    batch.retry()
    assert [job.status for job in batch.run()] == ["succeeded"] * 2
    assert creates(kling_mock) == 2
