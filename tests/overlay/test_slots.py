"""No more tasks at a time than Kling takes, as far as that can be known."""

import asyncio
import threading
import time
from collections import Counter

import httpx
import kling
import pytest
from kling import AsyncKling, Kling, models
from kling.mock import KlingMock, Package
from mock_control import control

KEY = {"api_key": "mock-api-key"}


def video(number, **fields):
    return models.TextToVideoRequest(
        **{
            "model_name": "kling-v3",
            "prompt": "A fox",
            "external_task_id": f"fox-{number}",
            **fields,
        }
    )


def pictures(n):
    return models.ImageGenerationRequest(model_name="kling-v3", prompt="Foxes", n=n)


class Codes(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The mock's transport, counting what creates were answered with."""

    def __init__(self, inner):
        self._inner = inner
        self.clock = inner.clock
        self.codes = Counter()

    def handle_request(self, request):
        return self._noted(request, self._inner.handle_request(request))

    async def handle_async_request(self, request):
        return self._noted(request, await self._inner.handle_async_request(request))

    def _noted(self, request, response):
        if request.method == "POST":
            # The mock's replies can be read in either kind of client.
            body = b"".join(response.stream)
            response = httpx.Response(response.status_code, content=body)
            self.codes[response.json()["code"]] += 1
        return response


def mock_of(*packages):
    return KlingMock(packages=[Package.parse(one) for one in packages])


def run_all(transport, requests, **options):
    async def main():
        async with AsyncKling(**KEY, transport=transport, **options) as client:
            return await asyncio.gather(*(client.run(one) for one in requests))

    return asyncio.run(main())


def test_40_creates_under_a_quota_of_5_cause_no_refusal():
    transport = Codes(mock_of("video:5:1000").transport)

    tasks = run_all(transport, [video(n) for n in range(40)], concurrency=5)

    assert transport.codes == {0: 40}
    assert len({task.id for task in tasks}) == 40
    assert {task.status for task in tasks} == {"succeeded"}
    # Five at a time, each for three minutes or so: room is not left unused.
    assert transport.clock.monotonic() < 40 / 5 * 200


def test_creates_that_nobody_waits_for_find_room_too(either_kling):
    mock = mock_of("video:5:1000")
    transport = Codes(mock.transport)
    client = either_kling(**KEY, transport=transport, concurrency={"video": 5})

    tasks = [client.create(video(n)) for n in range(17)]

    assert transport.codes == {0: 17}
    assert len(mock.state()["tasks"]) == len({task.id for task in tasks}) == 17


def test_pictures_take_a_slot_each():
    transport = Codes(mock_of("image:9:1000").transport)
    requests = [pictures(n) for n in (9, 4, 4, 1, 9, 5, 5, 2, 7)]

    run_all(transport, requests, concurrency={"image": 9})

    assert transport.codes == {0: len(requests)}


def test_a_series_of_any_length_takes_as_many_slots_as_it_can_have():
    transport = Codes(mock_of("image:9:1000").transport)
    request = models.OmniImageRequest(
        model_name="kling-v3-omni",
        prompt="Foxes",
        result_type="series",
        series_amount="auto",
        aspect_ratio="16:9",
    )

    run_all(transport, [request] * 3, concurrency=9)

    assert transport.codes == {0: 3}


def test_models_and_kinds_of_packages_have_slots_of_their_own():
    mock = mock_of("video:1:100", "image:1:100")
    transport = Codes(mock.transport)
    requests = [video(1), video(2, model_name="kling-v2-6"), pictures(1)]

    run_all(transport, requests, concurrency=1)

    first, *_, last = sorted(task["created_at"] for task in mock.state()["tasks"])
    assert (transport.codes, last - first) == ({0: 3}, 0)


def test_a_try_on_waits_for_slots_of_its_own():
    mock = mock_of("try-on:1:100", "image:9:100")
    transport = Codes(mock.transport)
    person = "https://example.org/person.png"
    dress = models.VirtualTryOnRequest(human_image=person, cloth_image=person)

    run_all(transport, [dress, dress, pictures(1)], concurrency={"try-on": 1})

    assert transport.codes == {0: 3}


def test_who_came_first_is_served_first():
    mock = mock_of("video:2:100")

    run_all(mock.transport, [video(n) for n in range(20)], concurrency=2)

    tasks = sorted(mock.state()["tasks"], key=lambda task: int(task["id"]))
    assert [task["external_task_id"] for task in tasks] == [f"fox-{n}" for n in range(20)]


def test_a_quota_that_nobody_told_is_learnt(either_kling):
    transport = Codes(mock_of("video:5:1000").transport)

    tasks = run_all(transport, [video(n) for n in range(40)])

    assert transport.codes[0] == len({task.id for task in tasks}) == 40
    # Once it is known, a create is refused twice at most on an average.
    assert 0 < transport.codes[1303] <= 80


def test_a_quota_that_others_use_too_is_adapted_to():
    mock = mock_of("video:5:1000")
    with Kling(**KEY, transport=mock.transport) as other:
        theirs = [other.create(video(1000 + n)) for n in range(4)]
    transport = Codes(mock.transport)

    tasks = run_all(transport, [video(n) for n in range(30)], concurrency=5)

    assert transport.codes[0] == len({task.id for task in tasks}) == 30
    assert 0 < transport.codes[1303] <= 30
    assert len(mock.state()["tasks"]) == 30 + len(theirs)


def test_a_full_account_is_tried_until_create_timeout(either_kling):
    mock = mock_of("video:1:100")
    mock.plan("submitted", times=None)
    with Kling(**KEY, transport=mock.transport) as other:
        other.create(video(0))
    transport = Codes(mock.transport)
    begun = transport.clock.monotonic()

    with pytest.raises(kling.ConcurrencyLimitError) as caught:
        either_kling(**KEY, transport=transport).create(video(1), create_timeout=120)

    assert caught.value.not_created
    assert caught.value.external_task_id
    assert transport.clock.monotonic() - begun == pytest.approx(120, abs=30)
    assert 2 <= transport.codes[1303] <= 10


def test_what_can_never_have_room_is_told_at_once(either_kling):
    transport = Codes(mock_of("image:5:1000").transport)

    with pytest.raises(kling.ConcurrencyLimitError) as caught:
        either_kling(**KEY, transport=transport, concurrency=5).create(pictures(9))

    assert caught.value.not_created
    assert transport.codes == {1303: 1}


def test_a_create_that_fails_gives_its_slot_back(either_kling):
    mock = mock_of("video:1:100")
    client = either_kling(**KEY, transport=mock.transport, concurrency=1)
    for fault in ({"fault": "refuse", "code": 1301}, {"fault": "hang-up", "when": "before"}):
        mock.plan(**fault)
        with pytest.raises(kling.APIError):
            client.create(video(0))

    assert client.run(video(1)).status == "succeeded"


def test_a_create_that_is_cancelled_while_it_waits_leaves_the_queue():
    mock = mock_of("video:1:100")

    async def main():
        async with AsyncKling(**KEY, transport=mock.transport, concurrency=1) as client:
            first = await client.create(video(0))
            waiting = [asyncio.create_task(client.run(video(n))) for n in range(1, 4)]
            await asyncio.sleep(0)
            waiting[0].cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            return await client.wait(first)

    assert asyncio.run(main()).status == "succeeded"
    made = sorted(task["external_task_id"] for task in mock.state()["tasks"])
    assert made == ["fox-0", "fox-2", "fox-3"]


def test_a_task_that_kling_no_longer_knows_holds_no_slot(either_kling):
    mock = mock_of("video:1:100")
    client = either_kling(**KEY, transport=mock.transport, concurrency=1)
    client.create(video(0))
    control(mock, "reset")

    assert client.create(video(1)).status == "submitted"


@pytest.mark.parametrize(
    ("concurrency", "message"),
    [
        (0, "at least 1, not 0"),
        (-5, "at least 1, not -5"),
        ({"video": 5, "image": 0}, r"concurrency\['image'\] must be a whole number"),
        ({"audio": 5}, "'audio'.*the kinds are image, try-on, video"),
    ],
)
def test_a_concurrency_that_makes_no_sense_is_refused(either_kling, concurrency, message):
    with pytest.raises(ValueError, match=message):
        either_kling(**KEY, concurrency=concurrency)


class FastClock:
    """Time that passes by itself, twenty seconds in one."""

    time, monotonic = time.time, staticmethod(lambda: 20 * time.monotonic())

    def sleep(self, seconds):
        time.sleep(seconds / 20)


def test_threads_wait_for_room_in_one_queue():
    mock = KlingMock(packages=[Package("video", 3, 100)], speed=300)
    codes = Codes(mock.transport)

    class Real(httpx.BaseTransport):
        """The mock, in a time that passes by itself."""

        clock = FastClock()

        def handle_request(self, request):
            with lock:
                elapsed = self.clock.monotonic() - begun - mock.clock.monotonic()
                mock.clock.advance(max(0, elapsed))
                return codes.handle_request(request)

    lock, begun = threading.Lock(), Real.clock.monotonic()
    client = Kling(**KEY, transport=Real(), concurrency=3)
    done = []
    threads = [
        threading.Thread(target=lambda n=n: done.append(client.run(video(n)).id)) for n in range(9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(set(done)) == 9
    assert codes.codes == {0: 9}


def test_creates_that_are_refused_keep_their_order():
    mock = mock_of("video:1:100")

    run_all(mock.transport, [video(n) for n in range(10)])

    tasks = sorted(mock.state()["tasks"], key=lambda task: int(task["id"]))
    assert [task["external_task_id"] for task in tasks] == [f"fox-{n}" for n in range(10)]


def test_patience_is_not_added_up_along_the_queue():
    mock = mock_of("video:1:100")
    mock.plan("submitted", times=None)
    with Kling(**KEY, transport=mock.transport) as other:
        other.create(video(0))
    clock = mock.transport.clock
    begun = clock.monotonic()

    async def main():
        async with AsyncKling(**KEY, transport=mock.transport) as client:
            creates = (client.create(video(n), create_timeout=60) for n in range(1, 31))
            return await asyncio.gather(*creates, return_exceptions=True)

    assert {type(one) for one in asyncio.run(main())} == {kling.ConcurrencyLimitError}
    assert clock.monotonic() - begun < 200


def test_a_task_that_is_stuck_does_not_hold_its_slot_for_ever(either_kling):
    mock = mock_of("video:2:100")
    mock.plan("submitted")
    client = either_kling(**KEY, transport=mock.transport, concurrency=1)
    client.create(video(0))

    assert client.create(video(1)).status == "submitted"
    assert mock.transport.clock.monotonic() == pytest.approx(7200, abs=60)


def test_nothing_is_held_back_where_nothing_was_refused():
    mock = KlingMock()
    begun = mock.clock.monotonic()

    async def main():
        async with AsyncKling(**KEY, transport=mock.transport) as client:
            await asyncio.gather(*(client.create(video(n)) for n in range(300)))

    asyncio.run(main())

    assert mock.clock.monotonic() == begun


@pytest.mark.parametrize("concurrency", [float("nan"), 2.5, "5"])
def test_a_concurrency_is_a_whole_number(either_kling, concurrency):
    with pytest.raises(ValueError, match="whole number"):
        either_kling(**KEY, concurrency=concurrency)


class Far(Codes):
    """The same, ten seconds away."""

    async def handle_async_request(self, request):
        await self.clock.asleep(10)
        return await super().handle_async_request(request)


def test_one_create_at_a_time_tries_a_full_account():
    mock = mock_of("video:1:100")
    mock.plan("submitted", times=None)
    with Kling(**KEY, transport=mock.transport) as other:
        other.create(video(0))
    transport = Far(mock.transport)

    async def main():
        async with AsyncKling(**KEY, transport=transport) as client:
            creates = (client.create(video(n), create_timeout=120) for n in range(1, 31))
            await asyncio.gather(*creates, return_exceptions=True)

    asyncio.run(main())

    # All of them at the beginning, when nobody knew, and at the end, when their time is over.
    assert transport.codes[1303] <= 30 + 10 + 30


def test_room_that_comes_later_is_found():
    mock = mock_of("video:1:1000")
    clock = mock.transport.clock

    async def main():
        async with AsyncKling(**KEY, transport=mock.transport) as client:
            runs = [asyncio.create_task(client.run(video(n))) for n in range(60)]
            while len(mock.state()["tasks"]) < 3:
                await clock.asleep(1)
            control(mock, "packages", ["video:20:1000"])
            began = clock.monotonic()
            await asyncio.gather(*runs)
            return clock.monotonic() - began

    # One at a time they would take three hours.
    assert asyncio.run(main()) < 3600


def test_who_waited_for_room_leaves_nothing_behind(either_kling):
    mock = mock_of("video:1:100")
    client = either_kling(**KEY, transport=mock.transport, concurrency=1)
    for number in range(3):
        client.create(video(number))

    assert getattr(client, "_client", client)._watch._watched == {}
