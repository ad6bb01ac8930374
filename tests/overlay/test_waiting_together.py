"""Many tasks are waited for with few requests, whoever waits for them and however."""

import asyncio
import contextlib
import re
import threading
import time
from collections import Counter

import anyio
import httpx
import kling
import pytest
from kling import AsyncKling, Kling, models

API_KEY = {"api_key": "mock-api-key"}
PAIR = {"access_key": "mock-access-key", "secret_key": "mock-secret-key-of-32-bytes-or-more"}


def v1(number):
    return models.TextToVideoRequest(model_name="kling-v3", prompt=f"Fox {number}")


def current(number):
    return models.Kling30TurboTextToVideoRequest(prompt=f"Fox {number}")


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The mock's transport, with the queries and when they were sent."""

    def __init__(self, inner):
        self._inner = inner
        self.clock = inner.clock
        self.queries = []

    def handle_request(self, request):
        self._note(request)
        return self._inner.handle_request(request)

    async def handle_async_request(self, request):
        self._note(request)
        return await self._inner.handle_async_request(request)

    def _note(self, request):
        if request.method == "GET":
            self.queries.append((self.clock.monotonic(), request))

    def busiest(self, seconds):
        """Return the most queries that were sent within so many seconds."""
        moments = [moment for moment, _ in self.queries]
        return max(sum(begin <= one < begin + seconds for one in moments) for begin in moments)


@pytest.fixture
def counting(kling_mock):
    return Counting(kling_mock.transport)


def refs_of(kling_mock, number, *makers):
    with Kling(**API_KEY, transport=kling_mock.transport) as client:
        return [client.create(makers[n % len(makers)](n)).ref for n in range(number)]


@pytest.mark.parametrize(("backend", "number"), [("asyncio", 1000), ("trio", 200)])
def test_waits_side_by_side_take_a_request_for_twenty_in_each_round(
    kling_mock, counting, backend, number
):
    refs, ended = refs_of(kling_mock, number, v1, current), []

    async def main():
        async with AsyncKling(**API_KEY, transport=counting) as client:

            async def wait(ref):
                ended.append(await client.wait(ref))

            async with anyio.create_task_group() as group:
                for ref in refs:
                    group.start_soon(wait, ref)
                await anyio.wait_all_tasks_blocked()

    anyio.run(main, backend=backend)

    assert sorted(task.ref for task in ended) == sorted(refs)
    assert {task.status for task in ended} == {"succeeded"}
    first, *_ = counting.queries
    # In the first rounds the pauses are short; the shortest one is 2 s, less a fifth.
    assert sum(moment < first[0] + 1.6 for moment, _ in counting.queries) == number / 20
    assert counting.busiest(1.6) <= number / 20 + 10
    assert all(request.url.path == "/tasks" for _, request in counting.queries)


def test_the_async_client_has_no_task_of_its_own(kling_mock):
    refs, most = refs_of(kling_mock, 30, current), 0

    async def main():
        nonlocal most
        async with AsyncKling(**API_KEY, transport=kling_mock.transport) as client:

            def count(task):
                nonlocal most
                most = max(most, len(asyncio.all_tasks()))

            await asyncio.gather(*(client.wait(ref, on_update=count) for ref in refs))
            assert len(asyncio.all_tasks()) == 1

    asyncio.run(main())

    assert most <= 1 + len(refs)


def test_create_and_wait_side_by_side_share_their_queries(kling_mock, counting):
    async def main():
        async with AsyncKling(**API_KEY, transport=counting) as client:
            return await asyncio.gather(*(client.run(current(n)) for n in range(200)))

    tasks = asyncio.run(main())

    assert len({task.id for task in tasks}) == 200
    assert counting.busiest(1.6) <= 12


def test_threads_share_their_queries(kling_mock):
    refs = refs_of(kling_mock, 40, current)
    begun, first, seen, asked = threading.Semaphore(0), threading.Lock(), {}, Counter()

    class Slow(httpx.BaseTransport):
        clock = None

        def handle_request(self, request):
            if first.acquire(blocking=False):
                # Until all have begun: on a busy machine the first would be done before the last.
                assert all(begun.acquire(timeout=20) for _ in refs)
                time.sleep(0.2)
            asked[request.url.path] += 1
            return kling_mock.transport.handle_request(request)

    kling_mock.clock.advance(3600)
    client = Kling(**API_KEY, transport=Slow())

    def wait(ref):
        begun.release()
        seen[ref] = client.wait(ref).status

    threads = [threading.Thread(target=wait, args=[ref]) for ref in refs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert seen == dict.fromkeys(refs, "succeeded")
    assert asked["/tasks"] < len(refs) / 2


def test_a_pair_asks_for_pages_of_a_family_where_that_is_cheaper(kling_mock, counting):
    refs = refs_of(kling_mock, 600, v1)

    async def main():
        async with AsyncKling(**PAIR, transport=counting) as client:
            return await asyncio.gather(*(client.wait(ref) for ref in refs))

    assert [task.ref for task in asyncio.run(main())] == refs
    first, *_ = counting.queries
    assert first[1].url.path == "/v1/videos/text2video"
    assert first[1].url.params["pageSize"] == "500"
    assert counting.busiest(1.6) <= 2 + 4


def test_a_page_that_fails_ends_no_wait_of_a_pair(kling_mock, counting, either_kling):
    refs = refs_of(kling_mock, 6, v1)
    kling_mock.plan(fault="refuse", code=5001, on="list")

    tasks = either_kling(**PAIR, transport=counting).wait_all(refs)

    assert [task.ref for task in tasks] == refs
    assert {task.status for task in tasks} == {"succeeded"}
    assert kling_mock.state()["plans"] == []  # a query did fail


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_pair_asks_singly_for_few(kling_mock, counting, either_kling, number):
    refs = refs_of(kling_mock, number, v1)
    kling_mock.clock.advance(3600)

    found = either_kling(**PAIR, transport=counting).retrieve_all(refs)

    assert [task.ref for task in found] == refs
    assert [one.url.path.rpartition("/")[0] for _, one in counting.queries] == [
        "/v1/videos/text2video"
    ] * number


def test_what_is_on_no_page_soon_is_asked_for_singly(kling_mock, counting, either_kling):
    old = refs_of(kling_mock, 6, v1)
    refs_of(kling_mock, 1100, v1)

    found = either_kling(**PAIR, transport=counting).retrieve_all(old)

    assert [task.ref for task in found] == old
    assert len(counting.queries) == 1 + len(old)


def test_a_pair_finds_its_own_ids_on_a_page(kling_mock, counting, either_kling):
    with Kling(**API_KEY, transport=kling_mock.transport) as client:
        for number in range(6):
            request = v1(number)
            request.external_task_id = f"fox-{number}"
            client.create(request)
    refs = [f"text_to_video/fox-{number}" for number in range(6)]

    found = either_kling(**PAIR, transport=counting).retrieve_all(refs)

    assert [task.external_task_id for task in found] == [f"fox-{number}" for number in range(6)]
    assert len(counting.queries) == 1


def test_tasks_come_as_they_end(kling_mock, either_kling):
    client = either_kling(**API_KEY, transport=kling_mock.transport)
    tasks = []
    for seconds in (90, 30, 60):
        kling_mock.plan("submitted", "succeed", begins=[0, seconds])
        tasks.append(client.create(v1(seconds)))

    assert [task.id for task in client.as_completed(tasks)] == [
        tasks[1].id,
        tasks[2].id,
        tasks[0].id,
    ]


def test_a_loop_that_is_left_early_asks_no_more(kling_mock, counting):
    refs = refs_of(kling_mock, 5, v1)
    with Kling(**API_KEY, transport=counting) as client:
        assert next(client.as_completed(refs)).ended
        asked = len(counting.queries)

        other = client.create(v1(9))
        client.wait(other)

    # Nobody waits for the others any more, so that the one is alone.
    assert {one.url.path for _, one in counting.queries[asked:]} == {
        f"/v1/videos/text2video/{other.id}"
    }


def test_a_loop_that_never_began_asks_nothing(kling_mock, counting):
    refs = refs_of(kling_mock, 5, v1)
    with Kling(**API_KEY, transport=counting) as client:
        client.as_completed(refs)

        other = client.create(v1(9))
        client.wait(other)

    assert {one.url.path for _, one in counting.queries} == {f"/v1/videos/text2video/{other.id}"}


def test_the_time_of_a_loop_begins_with_the_call(kling_mock):
    kling_mock.plan("submitted")
    [ref] = refs_of(kling_mock, 1, v1)
    with Kling(**API_KEY, transport=kling_mock.transport) as client:
        ended = client.as_completed([ref], timeout=60)
        kling_mock.clock.advance(50)
        before = kling_mock.clock.time()

        with pytest.raises(kling.TaskTimeoutError):
            next(ended)

    assert kling_mock.clock.time() - before == pytest.approx(10, abs=0.01)


def test_a_failed_task_is_no_error_among_others(kling_mock, either_kling):
    client = either_kling(**API_KEY, transport=kling_mock.transport)
    kling_mock.plan("submitted", "failed", message="Image pixel is invalid")
    tasks = [client.create(v1(number)) for number in range(2)]

    ended = {task.id: task for task in client.as_completed(tasks)}

    assert [ended[task.id].status for task in tasks] == ["failed", "succeeded"]
    assert ended[tasks[0].id].message == "Image pixel is invalid"


def test_what_is_stuck_holds_nobody_up_and_is_named_at_the_end(kling_mock, either_kling):
    client = either_kling(**API_KEY, transport=kling_mock.transport)
    kling_mock.plan("submitted", times=2)
    tasks = [client.create(v1(number)) for number in range(4)]
    stuck, others = tasks[:2], tasks[2:]
    seen = []

    with pytest.raises(kling.TaskTimeoutError, match=stuck[0].ref) as caught:
        client.wait_all(tasks, timeout=900, on_update=lambda task: seen.append(task.ref))

    assert caught.value.__notes__ == [f"These tasks go on too: {stuck[1].ref}"]
    assert {task.ref for task in others} <= set(seen)
    assert client.retrieve(others[0]).status == "succeeded"


def test_each_task_may_have_its_own_time(kling_mock, either_kling):
    client = either_kling(**API_KEY, transport=kling_mock.transport)
    kling_mock.plan("submitted", times=2)
    tasks = [client.create(v1(number)) for number in range(2)]
    begun = kling_mock.transport.clock.monotonic()

    with pytest.raises(kling.TaskTimeoutError, match=f"{tasks[0].ref} .* after 60 s"):
        client.wait_all(tasks, timeout={tasks[0].ref: 60, tasks[1].ref: 90})

    assert kling_mock.transport.clock.monotonic() - begun == pytest.approx(90, abs=1)


def test_waits_side_by_side_keep_their_own_deadlines(kling_mock):
    kling_mock.plan("submitted", times=None)
    [ref] = refs_of(kling_mock, 1, current)

    async def main():
        async with AsyncKling(**API_KEY, transport=kling_mock.transport) as client:
            clock, begun = client._clock, client._clock.monotonic()

            async def waited(timeout):
                with pytest.raises(kling.TaskTimeoutError, match=re.escape(f"after {timeout} s")):
                    await client.wait(ref, timeout=timeout)
                return clock.monotonic() - begun

            return await asyncio.gather(*map(waited, (5, 50, 500)))

    assert asyncio.run(main()) == pytest.approx([5, 50, 500], abs=1)


def test_a_wait_that_is_cancelled_leaves_the_others_alone(kling_mock):
    refs = refs_of(kling_mock, 3, current)

    async def main():
        async with AsyncKling(**API_KEY, transport=kling_mock.transport) as client:
            waits = [asyncio.create_task(client.wait(ref)) for ref in refs]
            await asyncio.sleep(0)
            waits[0].cancel()
            return await asyncio.gather(*waits, return_exceptions=True)

    cancelled, *others = asyncio.run(main())

    assert isinstance(cancelled, asyncio.CancelledError)
    assert [task.status for task in others] == ["succeeded", "succeeded"]


def test_one_unknown_task_does_not_end_the_waits_for_others(kling_mock):
    refs = refs_of(kling_mock, 2, current)

    async def main():
        async with AsyncKling(**API_KEY, transport=kling_mock.transport) as client:
            waits = (client.wait(ref) for ref in [*refs, "tasks/752604318974599999"])
            return await asyncio.gather(*waits, return_exceptions=True)

    *known, unknown = asyncio.run(main())

    assert [task.status for task in known] == ["succeeded", "succeeded"]
    assert isinstance(unknown, kling.NotFoundError)


def test_refs_that_were_stored_are_taken_up_after_a_restart(kling_mock, either_kling):
    refs = refs_of(kling_mock, 7, v1, current)

    ended = either_kling(**API_KEY, transport=kling_mock.transport).wait_all(refs)

    assert [task.ref for task in ended] == refs


def test_an_id_that_is_refused_spoils_no_other(kling_mock, either_kling):
    refs = refs_of(kling_mock, 5, v1, current)
    client = either_kling(**API_KEY, transport=kling_mock.transport)

    kling_mock.plan(fault="refuse", code=1201, on="getTasks")
    assert [task.ref for task in client.retrieve_all(refs)] == refs

    kling_mock.plan(fault="refuse", code=1201, on="getTasks", times=3)
    with pytest.raises(kling.NotFoundError, match=f"{refs[0]} is not known"):
        client.retrieve_all(refs)


@pytest.mark.parametrize("status", [404, 405])
def test_a_gateway_without_the_current_standard_is_asked_singly(kling_mock, status):
    class Gateway(httpx.AsyncBaseTransport):
        clock = kling_mock.clock

        async def handle_async_request(self, request):
            if request.url.path == "/tasks":
                return httpx.Response(status, html="<html>nothing here")
            return await kling_mock.transport.handle_async_request(request)

    async def main():
        async with AsyncKling(**API_KEY, transport=Gateway()) as client:
            return await asyncio.gather(*(client.run(v1(number)) for number in range(30)))

    assert {task.status for task in asyncio.run(main())} == {"succeeded"}


@pytest.mark.parametrize("credentials", [API_KEY, PAIR], ids=["key", "pair"])
def test_one_bad_ref_ends_no_wait_for_others(kling_mock, credentials):
    refs = refs_of(kling_mock, 7, v1)
    bad = "text_to_video/752604318974599999"

    async def main():
        async with AsyncKling(**credentials, transport=kling_mock.transport) as client:
            waits = (client.wait(ref) for ref in [*refs, bad])
            return await asyncio.gather(*waits, return_exceptions=True)

    *known, unknown = asyncio.run(main())

    assert [task.status for task in known] == ["succeeded"] * len(refs)
    assert isinstance(unknown, kling.NotFoundError)
    assert bad in str(unknown)


def test_the_deadline_and_the_interval_of_a_wait_are_its_own(kling_mock):
    kling_mock.plan("submitted", "succeed", begins=[0, 60])
    [ref] = refs_of(kling_mock, 1, v1)
    kling_mock.plan("submitted", times=None)
    [stuck] = refs_of(kling_mock, 1, v1)
    clock = kling_mock.transport.clock

    async def ended_at(client, wanted, **options):
        begun = clock.monotonic()
        with contextlib.suppress(kling.TaskTimeoutError):
            await client.wait(wanted, **options)
        return clock.monotonic() - begun

    async def main():
        async with AsyncKling(**API_KEY, transport=kling_mock.transport) as client:
            return await asyncio.gather(
                ended_at(client, ref, interval=600),
                ended_at(client, ref, interval=2),
                ended_at(client, stuck, timeout=99, interval=600),
                ended_at(client, stuck, timeout=100, interval=600),
            )

    slow, fast, late, later = asyncio.run(main())

    assert fast < 80
    assert slow < 80
    assert late == pytest.approx(99, abs=1)
    assert later == pytest.approx(100, abs=1)


def test_a_wait_whose_query_is_cancelled_leaves_it_to_the_others(kling_mock):
    [ref] = refs_of(kling_mock, 1, v1)
    kling_mock.clock.advance(3600)

    class Slow(httpx.AsyncBaseTransport):
        calls = 0

        async def handle_async_request(self, request):
            self.calls += 1
            if self.calls == 1:
                await asyncio.sleep(60)
            return await kling_mock.transport.handle_async_request(request)

    async def main():
        async with AsyncKling(**API_KEY, transport=Slow()) as client:
            first = asyncio.create_task(client.wait(ref))
            await asyncio.sleep(0.1)
            second = asyncio.create_task(client.wait(ref, timeout=0.3))
            await asyncio.sleep(0.05)
            first.cancel()
            return await second

    assert asyncio.run(main()).status == "succeeded"


def test_nobody_stays_in_the_watch(kling_mock, either_kling):
    client = either_kling(**API_KEY, transport=kling_mock.transport)
    watch = getattr(client, "_client", client)._watch
    task = client.create(v1(0))
    for wrong in ({"timeout": None}, {"timeout": "5"}, {"interval": float("inf")}):
        with pytest.raises((TypeError, ValueError)):
            client.wait(task, **wrong)
    client.wait_all([task, client.create(v1(1))])

    assert watch._watched == {}
