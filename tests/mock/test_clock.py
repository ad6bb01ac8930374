"""The clock of the mock: what is due is done whatever happens, and no date goes too far."""

import threading

import anyio
import httpx
import pytest
from kling.mock import KlingMock, ManualClock, RealClock

CREATE = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}


def test_what_goes_wrong_does_not_keep_the_next_thing_from_being_done(capfd):
    clock, done = RealClock(), threading.Event()

    clock.at(clock.time(), lambda: 1 / 0)
    clock.at(clock.time() + 0.01, done.set)

    assert done.wait(5)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_moment_may_lie_further_ahead_than_a_lock_can_wait():
    clock, done = RealClock(), threading.Event()

    clock.at(clock.time() + 1e12, lambda: None)
    clock.at(clock.time(), done.set)

    assert done.wait(5)


@pytest.mark.parametrize("clock", [RealClock(), ManualClock(0)], ids=["real", "manual"])
def test_a_clock_ends_with_the_year_9999(clock):
    with pytest.raises(ValueError, match="cannot be moved beyond the year 9999"):
        clock.advance(10**12)

    clock.advance(10**9)


def test_a_mock_at_the_end_of_time_still_answers(mock_process):
    mock = mock_process()
    with httpx.Client(base_url=mock.url, headers={"Authorization": "Bearer mock-api-key"}) as http:
        while http.post("/_mock/clock", json={"advance": 10**9}).status_code == 200:
            pass

        assert http.post(CREATE, json=BODY).status_code == 200
        assert http.get("/_mock/state").status_code == 200


@pytest.mark.parametrize("speed", [0, -1, 1e-9, 1e300, float("inf"), float("nan")])
def test_a_speed_is_a_number_that_leads_to_dates(speed):
    with pytest.raises(ValueError, match=r"^speed must be a number from 0.001 to 1000000000$"):
        KlingMock(speed=speed)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_those_who_sleep_side_by_side_sleep_no_longer_than_the_longest(backend):
    clock, woken = ManualClock(0), []

    async def sleep(name, *naps):
        for seconds in naps:
            await clock.asleep(seconds)
            woken.append((name, clock.monotonic()))

    async def main():
        async with anyio.create_task_group() as group:
            group.start_soon(sleep, "long", 10)
            group.start_soon(sleep, "naps", 4, 4, 4)
            group.start_soon(sleep, "short", 3)

    anyio.run(main, backend=backend)

    assert woken == [("short", 3), ("naps", 4), ("naps", 8), ("long", 10), ("naps", 12)]


def test_who_no_longer_sleeps_does_not_keep_the_others_asleep():
    clock = ManualClock(0)

    async def main():
        async with anyio.create_task_group() as group:
            group.start_soon(clock.asleep, 1000)
            await anyio.sleep(0)
            await clock.asleep(5)
            group.cancel_scope.cancel()
        await clock.asleep(7)

    anyio.run(main)
    anyio.run(clock.asleep, 8)

    assert clock.monotonic() == 20


def test_a_thousand_sleepers_take_no_time():
    clock = ManualClock(0)

    async def main():
        async with anyio.create_task_group() as group:
            for number in range(1000):
                group.start_soon(clock.asleep, number)

    anyio.run(main)

    assert clock.monotonic() == 999
