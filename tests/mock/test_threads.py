"""A mock in process that several threads use at once."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
HEADERS = {"Authorization": "Bearer mock-api-key"}


@pytest.fixture(autouse=True)
def _threads_take_turns_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def client(kling_mock):
    with httpx.Client(
        transport=kling_mock.transport, base_url="https://api.test", headers=HEADERS
    ) as one:
        yield one


def together(*actions):
    """Do things in threads at the same time; return what each returned."""
    with ThreadPoolExecutor(len(actions)) as pool:
        return [one.result() for one in [pool.submit(action) for action in actions]]


def test_a_task_ends_once(client, kling_mock):
    task = client.post(TEXT, json=BODY).json()["data"]["task_id"]

    def end(status):
        try:
            kling_mock.change(task, status)
        except ValueError as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        # private: both have to wait at the same moment.
        with kling_mock._engine.lock:
            both = [pool.submit(end, status) for status in ("succeed", "failed")]
            time.sleep(0.1)  # both have begun, and neither can go on
        said = sorted(one.result().partition(":")[0] for one in both)

    assert said == ["done", "the task has ended"]


def test_requests_can_be_looked_at_while_others_come(client, kling_mock):
    kling_mock.plan(fault="html", on="any", times=None)
    end = time.monotonic() + 1

    def ask():
        while time.monotonic() < end:
            client.get(TEXT)

    def look():
        try:
            while time.monotonic() < end:
                kling_mock.state()
        except RuntimeError as error:
            return str(error)
        return "fine"

    assert together(ask, ask, look)[-1] == "fine"


def test_plans_are_not_changed_while_one_is_taken(kling_mock):
    kling_mock.plan(fault="html")
    # private: the same.
    plans = kling_mock._engine.plans

    with ThreadPoolExecutor(2) as pool:
        with plans._lock:
            changes = [pool.submit(plans.add, [{"fault": "html"}]), pool.submit(plans.clear)]
            time.sleep(0.1)
            assert not any(one.done() for one in changes)
        assert [one.result() for one in changes] == [None, None]
