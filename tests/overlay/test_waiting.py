import itertools
import time
from types import SimpleNamespace

import httpx
import pytest
from kling import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    InsufficientBalanceError,
    Kling,
    NotFoundError,
    TaskFailedError,
    TaskTimeoutError,
    models,
)

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
REF = "text_to_video/752604318974529536"
# A pause may end so many seconds before the deadline.
NOT_COUNTED = 0.001

PASSING = {
    "connection": httpx.ConnectError("refused"),
    "timeout": httpx.ReadTimeout("slow"),
    "cut": httpx.RemoteProtocolError("cut"),
    "5000": (500, {"code": 5000, "message": "internal error"}),
    "5001": (503, {"code": 5001, "message": "maintenance"}),
    "502": (502, b"<html>Bad Gateway</html>"),
    "520": (520, b""),
    "empty": b"",
    "1302": (429, {"code": 1302, "message": "slow down"}),
}


@pytest.fixture(autouse=True)
def _no_real_sleep(monkeypatch):
    def sleep(seconds):
        raise AssertionError(f"slept {seconds} s of real time")

    monkeypatch.setattr(time, "sleep", sleep)


@pytest.fixture
def kling(either_kling, scripted, success):
    """Return a function that makes a client, its clock, and a task that has just been made."""

    def make(*replies):
        transport = scripted(success(), *replies)
        client = either_kling(api_key="k", transport=transport)
        return SimpleNamespace(
            client=client, transport=transport, clock=transport.clock, task=client.create(REQUEST)
        )

    return make


def test_pauses_grow_up_to_a_bound_and_differ(kling, success):
    one = kling(success(task_status="processing"))

    with pytest.raises(TaskTimeoutError):
        one.client.wait(one.task, timeout=1800)

    *pauses, _ = one.clock.sleeps
    ideal = [min(2 * 1.3**n, 15 * 1.3) for n in range(len(pauses))]
    assert all(pause <= 1.2 * wanted for pause, wanted in zip(pauses, ideal, strict=True))
    assert all(pause >= 0.8 * min(wanted, 15) for pause, wanted in zip(pauses, ideal, strict=True))
    assert max(pauses) <= 15 * 1.2
    assert len(set(pauses[10:])) == len(pauses[10:])


def test_the_first_pause_can_be_chosen(kling, success):
    one = kling(success(task_status="processing"), success(task_status="succeed"))

    one.client.wait(one.task, interval=30)

    assert all(24 <= pause <= 36 for pause in one.clock.sleeps)


@pytest.mark.parametrize("timeout", [0.5, 7, 60, 1800])
def test_pauses_end_at_the_deadline(kling, success, timeout):
    one = kling(success(task_status="processing"))

    with pytest.raises(TaskTimeoutError):
        one.client.wait(one.task, timeout=timeout)

    assert sum(one.clock.sleeps) == pytest.approx(timeout, abs=NOT_COUNTED)


def test_a_task_that_ends_in_the_last_pause_is_not_missed(kling, success):
    one = kling(success(task_status="succeed"))

    assert one.client.wait(one.task, timeout=0.1).status == "succeeded"


def test_a_slow_reply_counts_against_the_deadline(kling, success):
    one = kling(success(task_status="processing"))

    with pytest.raises(TaskTimeoutError):
        one.client.wait(one.task, timeout=60, on_update=lambda task: one.clock.advance(100))

    assert one.clock.sleeps == []


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_change_of_the_date_does_not_move_the_deadline(kling, success, monkeypatch, jump):
    one = kling(success(task_status="processing"))
    date = itertools.count(1772323200.0, jump)
    monkeypatch.setattr(one.clock, "time", lambda: next(date))

    with pytest.raises(TaskTimeoutError):
        one.client.wait(one.task, timeout=60)

    assert sum(one.clock.sleeps) == pytest.approx(60, abs=NOT_COUNTED)


def test_without_a_clock_of_the_transport_real_time_is_used(monkeypatch, success):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(time, "monotonic", lambda: sum(slept))
    replies = iter([success(), success(task_status="succeed")])
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(replies)))

    # It names no model that could be retired on the day of the test.
    request = models.AvatarRequest(image="https://e.org/a.png", sound_file="https://e.org/a.mp3")
    Kling(api_key="k", transport=transport).run(request)

    assert len(slept) == 1
    assert 1.6 <= slept[0] <= 2.4


def test_a_timeout_carries_the_task_and_can_be_waited_for_again(kling, success):
    one = kling(success(task_status="processing"), success(task_status="succeed"))

    with pytest.raises(TaskTimeoutError, match=f"{REF} is processing after 1 s") as caught:
        one.client.wait(one.task, timeout=1)

    assert isinstance(caught.value, TimeoutError)
    assert caught.value.task.status == "processing"
    assert one.client.wait(caught.value.task).status == "succeeded"


def test_a_failed_task_says_why(kling, success):
    one = kling(success(task_status="failed", task_status_msg="the prompt is not allowed"))

    with pytest.raises(TaskFailedError, match=f"{REF} failed: the prompt is not allowed") as caught:
        one.client.wait(one.task)

    assert caught.value.task.message == "the prompt is not allowed"


@pytest.mark.parametrize("reason", [{}, {"task_status_msg": ""}, {"task_status_msg": None}])
def test_a_task_that_failed_without_a_reason_says_so(kling, success, reason):
    one = kling(success(task_status="failed", **reason))

    with pytest.raises(TaskFailedError, match="gave no reason"):
        one.client.wait(one.task)


def test_a_task_that_has_ended_is_not_asked_for_again(kling, success):
    one = kling(success(task_status="succeed"))
    done = one.client.wait(one.task)
    asked = len(one.transport.requests)

    assert one.client.wait(done) is done
    assert len(one.transport.requests) == asked


def test_a_status_that_kling_adds_later_is_waited_through(kling, success):
    one = kling(success(task_status="queued"), success(task_status="succeed"))

    assert one.client.wait(one.task).status == "succeeded"


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_a_query_that_fails_in_passing_does_not_end_the_wait(kling, success, failure):
    one = kling(failure, failure, success(task_status="succeed"))

    assert one.client.wait(one.task).status == "succeeded"
    assert len(one.clock.sleeps) == 3


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_nor_does_the_first_query_of_a_ref(either_kling, scripted, success, failure):
    transport = scripted(failure, success(task_status="succeed"))

    assert either_kling(api_key="k", transport=transport).wait(REF).status == "succeeded"


def test_a_ref_that_never_gets_a_reply_fails_at_the_deadline(either_kling, scripted):
    transport = scripted(httpx.ConnectError("refused"))

    with pytest.raises(APIConnectionError, match="refused"):
        either_kling(api_key="k", transport=transport).wait(REF, timeout=60)

    assert sum(transport.clock.sleeps) == pytest.approx(60)


def test_the_last_looks_at_many_families_share_five_seconds(either_kling, scripted):
    def silence(request):
        transport.clock.sleep(request.extensions["timeout"]["read"])
        raise httpx.ReadTimeout("slow")

    transport = scripted(silence)
    families = "text_to_video", "image_to_video", "omni_video", "lip_sync", "motion_control"
    client = either_kling(
        access_key="a", secret_key="mock-secret-key-of-32-bytes-or-more", transport=transport
    )

    with pytest.raises(APITimeoutError) as caught:
        client.wait_all([f"{family}/752604318974529536" for family in families], timeout=10)

    assert sum(transport.clock.sleeps) == pytest.approx(15, abs=0.1)
    assert all(family in "".join(caught.value.__notes__) for family in families)


def test_a_timeout_of_queries_that_all_failed_says_so(kling):
    # Else "is submitted after 60 s" hides that the network is down.
    one = kling(httpx.ConnectError("refused"))

    with pytest.raises(TaskTimeoutError) as caught:
        one.client.wait(one.task, timeout=60)

    assert isinstance(caught.value.__cause__, APIConnectionError)


def test_a_timeout_after_a_good_query_has_no_cause(kling, success):
    one = kling(httpx.ConnectError("refused"), success(task_status="processing"))

    with pytest.raises(TaskTimeoutError) as caught:
        one.client.wait(one.task, timeout=60)

    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ((401, {"code": 1002, "message": "no"}), AuthenticationError),
        ((429, {"code": 1102, "message": "no"}), InsufficientBalanceError),
        ((403, b"<html>"), APIStatusError),
    ],
    ids=["1002", "1102", "html"],
)
def test_an_error_that_does_not_pass_ends_the_wait_and_names_the_task(kling, failure, kind):
    one = kling(failure)

    with pytest.raises(kind) as caught:
        one.client.wait(one.task)

    assert len(one.transport.requests) == 2
    assert REF in " ".join([str(caught.value), *getattr(caught.value, "__notes__", ())])


def test_a_task_that_was_there_is_unknown_only_if_it_stays_so(kling):
    one = kling((400, {"code": 1201, "message": "no"}))

    with pytest.raises(NotFoundError, match=REF):
        one.client.wait(one.task)

    assert len(one.transport.requests) == 1 + 5


def test_a_task_that_is_unknown_for_a_moment_is_waited_for(kling, success):
    unknown = (400, {"code": 1201, "message": "no"})
    one = kling(*[unknown] * 4, success(), *[unknown] * 4, success(task_status="succeed"))

    assert one.client.wait(one.task).status == "succeeded"


def test_a_ref_that_is_unknown_ends_the_wait_at_once(either_kling, scripted):
    transport = scripted((400, {"code": 1201, "message": "no"}))

    with pytest.raises(NotFoundError, match=REF):
        either_kling(api_key="k", transport=transport).wait(REF)

    assert len(transport.requests) == 1


def test_every_look_is_reported(either_kling, kling_mock):
    seen = []

    task = either_kling(transport=kling_mock.transport).run(REQUEST, on_update=seen.append)

    assert seen[-1] == task
    statuses = [status for status, _ in itertools.groupby(one.status for one in seen)]
    assert statuses == ["submitted", "processing", "succeeded"]


def test_a_look_is_reported_once(kling, success):
    replies = [success(task_status="processing")] * 9
    one = kling(*replies, success(task_status="succeed"))
    seen = []

    one.client.wait(one.task.ref, on_update=seen.append)

    looks = [request for request in one.transport.requests if request.method == "GET"]
    assert len(seen) == len(looks) == 10


def test_a_failure_is_reported_before_it_is_raised(kling, success):
    one = kling(success(task_status="failed"))
    seen = []

    with pytest.raises(TaskFailedError):
        one.client.wait(one.task, on_update=seen.append)

    assert seen[-1].status == "failed"


def test_an_error_in_on_update_stops_the_wait(kling, success):
    one = kling(success(task_status="processing"))

    def stop(task):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        one.client.wait(one.task, on_update=stop)


@pytest.mark.parametrize("interval", [0, -1])
def test_a_wait_without_pauses_is_refused(kling, success, interval):
    one = kling(success(task_status="processing"))
    looks = itertools.count()

    def give_up(task):
        assert next(looks) < 9, "asks without an end"

    with pytest.raises(ValueError, match="interval"):
        one.client.wait(one.task, timeout=60, interval=interval, on_update=give_up)


@pytest.mark.parametrize("timeout", [0, -1])
def test_a_deadline_that_has_passed_is_a_timeout(kling, success, timeout):
    one = kling(success(task_status="processing"))

    with pytest.raises(TaskTimeoutError, match=REF):
        one.client.wait(one.task, timeout=timeout)

    assert one.clock.sleeps == []
