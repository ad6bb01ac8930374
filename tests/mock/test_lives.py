import asyncio
import re
from datetime import date
from io import BytesIO

import av
import httpx
import pytest
from kling.mock import KlingMock

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
KEY = {"Authorization": "Bearer mock-api-key"}


@pytest.fixture
def create(ask):
    """Return a function that makes a task and returns it."""
    return lambda **fields: ask("POST", TEXT, json=BODY | fields).json()["data"]


@pytest.fixture
def now(ask, kling_mock):
    """Return a function that lets seconds pass and returns a task."""

    def look(task, after=0):
        kling_mock.clock.advance(after)
        return ask("GET", f"{TEXT}/{task['task_id']}").json()["data"]

    return look


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (0, "submitted"),
        (4.9, "submitted"),
        (5, "processing"),
        (59.9, "processing"),
        (60, "succeed"),
        (10**9, "succeed"),
    ],
)
def test_the_first_video_takes_the_least_time(create, now, age, status):
    assert now(create(), after=age)["task_status"] == status


def test_a_new_task_shows_only_what_is_known_already(create):
    task = create(external_task_id="order-1")

    assert task == {
        "task_id": task["task_id"],
        "task_status": "submitted",
        "task_info": {"external_task_id": "order-1"},
        "created_at": 1772323200000,
        "updated_at": 1772323200000,
    }
    assert re.fullmatch("[0-9]{18}", task["task_id"])


@pytest.mark.parametrize("life", [["succeed"], ["failed"], ["processing", "succeed"]])
def test_a_reply_to_a_create_always_says_submitted(create, now, kling_mock, life):
    kling_mock.plan(*life)

    task = create()

    assert task["task_status"] == "submitted"
    assert now(task)["task_status"] == life[0]


def test_a_result_is_there_only_at_the_end(create, now):
    task = create()

    assert "task_result" not in now(task)
    assert "task_result" not in now(task, after=30)
    assert now(task, after=30)["task_result"]["videos"][0]["duration"] == "5.041"
    assert now(task)["final_unit_deduction"] == "3"


def test_a_task_is_updated_when_its_status_changes(create, now):
    task = create()
    created = task["created_at"]

    moments = [now(task, after)["updated_at"] - created for after in (1, 5, 30, 60, 60)]

    assert moments == [0, 5000, 5000, 60000, 60000]
    assert now(task)["created_at"] == created


def test_a_plan_is_for_the_next_task_only(create, now, kling_mock):
    kling_mock.plan("submitted", "failed")
    kling_mock.plan("submitted", "processing", "failed")

    tasks = [create() for _ in range(3)]
    kling_mock.clock.advance(10)
    middle = [now(task)["task_status"] for task in tasks]
    kling_mock.clock.advance(300)
    end = [now(task)["task_status"] for task in tasks]

    assert middle == ["failed", "processing", "processing"]
    assert end == ["failed", "failed", "succeed"]


def test_a_failed_task_says_why_and_has_no_result(create, now, kling_mock):
    kling_mock.plan("submitted", "processing", "failed", message="the prompt is not allowed")
    task = create()

    assert now(task)["task_status_msg"] == ""
    failed = now(task, after=60)

    assert failed["task_status_msg"] == "the prompt is not allowed"
    assert failed.keys() & {"task_result", "final_unit_deduction"} == set()


def test_a_task_can_be_stuck(create, now, kling_mock):
    kling_mock.plan("submitted", "processing")

    assert now(create(), after=30 * 86400)["task_status"] == "processing"


def test_a_refused_request_leaves_the_plan_for_the_next(ask, create, now, kling_mock):
    kling_mock.plan("submitted", "failed")
    ask("POST", TEXT, json={"prompt": ""})

    assert now(create(), after=60)["task_status"] == "failed"


@pytest.mark.parametrize("statuses", [["done"], ["submitted", "done"], [""]])
def test_a_plan_with_an_unknown_status_names_the_known_ones(kling_mock, statuses):
    with pytest.raises(ValueError, match="submitted, processing, succeed, failed"):
        kling_mock.plan(*statuses)


def test_an_empty_plan_is_refused(kling_mock):
    with pytest.raises(ValueError, match="at least one of statuses"):
        kling_mock.plan()


def test_a_wrong_plan_changes_nothing(create, now, kling_mock):
    with pytest.raises(ValueError, match="done"):
        kling_mock.plan("submitted", "done")

    assert now(create(), after=60)["task_status"] == "succeed"


@pytest.mark.parametrize("wanted", [None, False, True])
def test_a_copy_with_a_watermark_is_made_when_asked_for(create, now, kling_mock, wanted):
    fields = {} if wanted is None else {"watermark_info": {"enabled": wanted}}

    task = now(create(**fields), after=60)
    [video] = task["task_result"]["videos"]

    assert task["watermark_info"] == {"enabled": bool(wanted)}
    assert ("watermark_url" in video) == bool(wanted)
    for url in (video["url"], video.get("watermark_url", video["url"])):
        assert httpx.Client(transport=kling_mock.transport).get(url).status_code == 200


def test_every_task_has_a_video_of_its_own(create, now):
    tasks = [create(), create()]
    videos = [now(task, after=300)["task_result"]["videos"][0] for task in tasks]

    assert videos[0]["url"] != videos[1]["url"]
    assert len({one["id"] for one in videos} | {one["task_id"] for one in tasks}) == 4


def test_a_result_plays_and_needs_no_credentials(create, now, kling_mock):
    url = now(create(), after=60)["task_result"]["videos"][0]["url"]

    reply = httpx.Client(transport=kling_mock.transport).get(url)

    assert (reply.status_code, reply.headers["content-type"]) == (200, "video/mp4")
    assert reply.content[4:8] == b"ftyp"
    with av.open(BytesIO(reply.content)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 121


@pytest.mark.parametrize("name", ["x/other.mp4", "", "x/%2e%2e/%2e%2e/__init__.py", "x/video.mp4/"])
def test_a_result_that_does_not_exist_is_404(kling_mock, name):
    url = f"https://kling-mock.invalid/_mock/media/{name}"

    assert httpx.Client(transport=kling_mock.transport).get(url).status_code == 404


@pytest.mark.parametrize(
    ("age", "status"),
    [(0.4, "submitted"), (0.5, "processing"), (5.9, "processing"), (6, "succeed")],
)
def test_tasks_can_go_faster_than_life(age, status):
    mock = KlingMock(speed=10, now=1772323200.0, as_of=date(2026, 3, 1))

    async def look():
        transport = httpx.ASGITransport(app=mock.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://mock.test") as client:
            made = (await client.post(TEXT, json=BODY, headers=KEY)).json()["data"]
            mock.clock.advance(age)
            return (await client.get(f"{TEXT}/{made['task_id']}", headers=KEY)).json()["data"]

    task = asyncio.run(look())

    began = {"submitted": 0, "processing": 500, "succeed": 6000}[status]
    assert task["task_status"] == status
    assert task["updated_at"] - task["created_at"] == began


def test_time_does_not_go_back(kling_mock):
    with pytest.raises(ValueError, match="cannot be moved back"):
        kling_mock.clock.advance(-1)

    assert kling_mock.clock.time() == 1772323200.0
