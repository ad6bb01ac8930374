"""What type checkers know of the package; read by them alone, and never run.

`tests/test_typing.py` has mypy read it. Each line says what an editor shows to a user.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, assert_type

import httpx
import kling
from kling import (
    APIConnectionError,
    APIError,
    APIStatusError,
    AsyncKling,
    AuthenticationError,
    InvalidRequestError,
    Kling,
    KlingError,
    Output,
    Problem,
    Request,
    Task,
    TaskError,
    TaskFailedError,
    TaskTimeoutError,
    estimate,
    media,
    models,
    validate,
)
from kling.batch import Batch, Job, Status, file, read_jobs
from kling.models import Shot
from kling_api import AuthenticatedClient
from kling_api.api.text_to_video import get_text_to_video_task


def requests() -> Iterator[Request]:
    """Yield requests of every kind, as people write them."""
    yield models.TextToVideoRequest(model_name="kling-v3", prompt="A fox", duration="5", mode="4k")
    yield models.TextToVideoRequest(
        model_name="kling-v3",
        multi_shot=True,
        shot_type="customize",
        multi_prompt=[models.Shot(index=1, prompt="A fox", duration="5")],
        sound="on",
        watermark_info=models.WatermarkInfo(enabled=True),
    )
    yield models.ImageToVideoRequest(
        model_name="kling-v3",
        image=media.image(Path("portrait.png")),
        element_list=[models.ElementReference(element_id=160)],
        camera_control=models.CameraControl(type_="down_back", config=None),
    )
    yield models.AvatarRequest(image=media.image(b"..."), sound_file=media.audio("welcome.mp3"))
    yield kling.Unlisted("/text-to-video/kling-4.0", {"settings": {"duration": 5}})


def unlisted(client: Kling) -> None:
    request = kling.Unlisted("/v1/videos/new-thing", {})
    assert_type(request.path, str)
    assert_type(request.body, dict[str, Any])
    assert_type(client.create(request), Task)
    assert_type(client.recover(request.path, "order-1"), Task)
    assert_type(kling.callbacks.parse(b"", request=request.path).task, Task)


def sync_client(request: Request, transport: httpx.BaseTransport) -> None:
    """Use every method of the client."""
    with Kling() as client:
        assert_type(client, Kling)
        task = client.create(request)
        assert_type(task, Task)
        assert_type(client.create(request, extra={"style": {"name": "noir"}}), Task)
        assert_type(client.create(request, extra=None), Task)
        assert_type(client.create(request, external_task_id="job-17", reuse=True), Task)
        assert_type(client.run(request, external_task_id=kling.next_try("job-17")), Task)
        assert_type(client.recover(APIError()), Task)
        assert_type(client.recover("text_to_video/job-17"), Task)
        assert_type(client.recover("createAvatarTask", "order-4711"), Task)
        assert_type(client.recover(models.AvatarRequest, "order-4711"), Task)
        assert_type(client.recover(models.AvatarRequest, APIError()), Task)
        assert_type(client.retrieve(task), Task)
        assert_type(client.retrieve("text_to_video/752604318974529536"), Task)
        assert_type(client.wait(task), Task)
        assert_type(client.wait(task.ref, timeout=900, interval=0.5, on_update=print), Task)
        assert_type(client.run(request, extra={}, timeout=900.0, on_update=lambda _: None), Task)
        assert_type(client.retrieve_all([task, task.ref]), list[Task])
        assert_type(client.wait_all([task, task.ref], timeout=9, on_update=print), list[Task])
        span = models.ListPackageDeductionsRequest(start_time=1, end_time=2)
        assert_type(client.deductions(span), Iterator[kling.Deduction])
        assert_type(client.account(), kling.Account)
        assert_type(client.account().packages, tuple[kling.ResourcePackage, ...])
        assert_type(client.list(models.ListTasksRequest(limit=5)), Iterator[Task])
        assert_type(client.list(models.ListSolutionTasksRequest(limit=5)), Iterator[Task])
        assert_type(client.list(models.TextToVideoRequest), Iterator[Task])
        assert_type([one.ref for one in client.list(models.AvatarRequest, page_size=5)], list[str])
        assert_type(client.download(task, "out"), list[Path])
        assert_type(client.download(task.ref, Path("out")), list[Path])
        assert_type(client.download(task, "out", max_bytes=10**9, on_progress=show), list[Path])
        assert_type(client.download_all([task, task.ref], "out", at_once=2), list[Path])
        assert_type(client.token(), str)
        assert_type(client.raw, AuthenticatedClient)
        reply = get_text_to_video_task.sync("1", client=client.raw)
        assert_type(reply, models.TaskReply)
        assert_type(reply.data.task_id, str)
    Kling(api_key="k", base_url="https://api.test", timeout=7, transport=transport)
    Kling(access_key="a", secret_key="s", timeout=7.5, total_timeout=60, max_reply_bytes=10**6)
    Kling(api_key="k", allow_private_media=True)


def connections() -> None:
    """Make clients with every control."""
    Kling(api_key=lambda: "k", timeout=httpx.Timeout(60, connect=2), max_retries=0)
    Kling(api_key="k", default_headers={"X-Team": "a"}, default_query={"team": 7, "on": True})
    Kling(api_key="k", http_client=httpx.Client())
    assert_type(Kling(api_key="k", region="china").region, str | None)
    AsyncKling(api_key=lambda: "k", http_client=httpx.AsyncClient())
    AsyncKling(api_key=later, timeout=httpx.Timeout(5), max_retries=9, default_query={})


def call_options(client: Kling, request: Request) -> None:
    """Say for one call, or for some, how requests are sent."""
    options: kling.CallOptions = {"extra_headers": {"X-Trace": "1"}, "request_timeout": 5}
    assert_type(client.create(request, **options), Task)
    assert_type(client.run(request, extra_query={"a": 1}, timeout=900), Task)
    assert_type(client.wait("text_to_video/1", request_timeout=httpx.Timeout(5)), Task)
    assert_type(client.with_options(timeout=5, max_retries=0, default_headers={}), Kling)


def json_requests(client: Kling, body: dict[str, Any]) -> None:
    """Name an operation, and give a body."""
    assert_type(client.create("text_to_video", body), Task)
    assert_type(client.create("text_to_video", body, external_task_id="job-17", reuse=True), Task)
    assert_type(client.run("createTextToVideoTask", body, timeout=900, on_update=print), Task)
    assert_type(client.list("text_to_video", page_size=5), Iterator[Task])
    assert_type(client.list("listTasks", {"limit": 5}), Iterator[Task])
    assert_type(kling.validate("text_to_video", body), list[Problem])
    raw = client.with_raw_response.create("text_to_video", body, create_timeout=5)
    assert_type(raw, kling.RawResponse[Task])
    request = kling.request_class("text_to_video").from_dict(body)
    assert_type(client.create(request), Task)
    assert_type(kling.operation_of(models.AvatarRequest), str)
    assert_type(kling.operation_of(models.TextToVideoRequest(prompt="x")), str)


def results(client: Kling, request: Request, file: BytesIO) -> None:
    """Have results as one wants them."""
    task = client.run(request, on_created=print, timeout=900)
    assert_type(client.download(task, "out", name="{id}-{n}{ext}"), list[Path])
    named = client.download_all([task], "out", name=lambda task, output, n: f"{n}{output.kind}")
    assert_type(named, list[Path])
    assert_type(client.read(task, max_bytes=10**6), list[bytes])
    assert_type(client.read_into(task.ref, file, number=2), int)


def replies(client: Kling, request: Request) -> None:
    """Have what came back beside what it means."""
    raw = client.with_raw_response
    found = raw.create(request, external_task_id="job-17", extra_headers={"X-Trace": "1"})
    assert_type(found, kling.RawResponse[Task])
    assert_type(found.parsed, Task)
    assert_type(found.headers, dict[str, str])
    assert_type(found.status_code, int)
    assert_type(found.request_id, str | None)
    assert_type(raw.retrieve_all(["text_to_video/1"]).parsed, list[Task])
    assert_type(raw.recover(models.AvatarRequest, "order-1").parsed, Task)


async def later() -> str:
    """Return a key, later."""
    return "k"


async def async_client(request: Request, transport: httpx.AsyncBaseTransport) -> None:
    """Use every method of the async client."""
    async with AsyncKling() as client:
        assert_type(client, AsyncKling)
        assert_type(client.with_options(default_query={"a": 1}), AsyncKling)
        assert_type(await client.retrieve("text_to_video/1", request_timeout=5), Task)
        assert_type(await client.create("text_to_video", {"prompt": "x"}), Task)
        assert_type(await client.run("text_to_video", {"prompt": "x"}, timeout=9), Task)
        assert_type(await client.with_raw_response.create(request), kling.RawResponse[Task])
        task = await client.create(request)
        assert_type(task, Task)
        assert_type(await client.create(request, extra={"style": {"name": "noir"}}), Task)
        assert_type(await client.create(request, external_task_id="job-17", reuse=True), Task)
        assert_type(await client.recover(APIError()), Task)
        assert_type(await client.recover("text_to_video/job-17"), Task)
        assert_type(await client.recover(models.AvatarRequest, APIError()), Task)
        assert_type(await client.retrieve(task), Task)
        assert_type(await client.retrieve(task.ref), Task)
        assert_type(await client.wait(task), Task)
        assert_type(await client.wait(task.ref, timeout=9, interval=1, on_update=print), Task)
        assert_type(await client.run(request, extra={}, timeout=900.0), Task)
        assert_type(await client.retrieve_all([task, task.ref]), list[Task])
        assert_type(await client.wait_all([task], interval=1), list[Task])
        span = models.ListBalanceDeductionsRequest(start_time=1, end_time=2)
        assert_type(client.deductions(span), AsyncIterator[kling.Deduction])
        assert_type(await client.account(), kling.Account)
        assert_type(client.list(models.ListTasksRequest()), AsyncIterator[Task])
        assert_type(client.list(models.ListSolutionTasksRequest()), AsyncIterator[Task])
        assert_type(client.list(models.TextToVideoRequest, page_size=5), AsyncIterator[Task])
        assert_type([one.ref async for one in client.list(models.AvatarRequest)], list[str])
        assert_type(await client.read(task), list[bytes])
        assert_type(await client.read_into(task, BytesIO()), int)
        assert_type(await client.download(task, "out"), list[Path])
        assert_type(await client.download(task.ref, Path("out")), list[Path])
        assert_type(await client.download(task, "out", on_progress=show), list[Path])
        assert_type(await client.download_all([task, task.ref], "out", at_once=2), list[Path])
        assert_type(client.token(), str)
        assert_type(client.raw, AuthenticatedClient)
        reply = await get_text_to_video_task.asyncio("1", client=client.raw)
        assert_type(reply, models.TaskReply)
    AsyncKling(api_key="k", base_url="https://api.test", timeout=7, transport=transport)
    AsyncKling(api_key="k", total_timeout=60.0, max_reply_bytes=10**6, allow_private_media=True)


def show(progress: kling.Progress) -> None:
    """Show how far a download is."""
    assert_type(progress.ref, str)
    assert_type(progress.path, Path)
    assert_type(progress.done, int)
    assert_type(progress.total, int | None)


def task_and_outputs(task: Task) -> None:
    """Read every property."""
    assert_type(task.family, str)
    assert_type(task.request_id, str | None)
    assert_type(task.to_dict(), dict[str, Any])
    assert_type(Task.from_dict(task.to_dict()), Task)
    assert_type(task.ref, str)
    assert_type(task.id, str)
    assert_type(task.status, str)
    assert_type(task.ended, bool)
    assert_type(task.message, str)
    assert_type(task.outputs, tuple[Output, ...])
    assert_type(task.external_task_id, str | None)
    assert_type(task.units, Decimal | None)
    assert_type(task.created_at, datetime | None)
    assert_type(task.updated_at, datetime | None)
    assert_type(task.charges, tuple[kling.Amount, ...])
    assert_type(task.raw, models.Task | models.UnifiedTask)
    for output in task.outputs:
        assert_type(output.kind, str)
        assert_type(output.url, str | None)
        assert_type(output.watermark_url, str | None)
        assert_type(output.id, str | None)
        assert_type(output.duration, float | None)


def problems(request: Request) -> None:
    """Check a request."""
    assert_type(validate(request), list[Problem])
    assert_type(kling.validate(request), list[Problem])
    assert_type(request.to_dict(), dict[str, Any])
    for problem in validate(request):
        assert_type(problem.rule, str)
        assert_type(problem.field, str)
        assert_type(problem.message, str)


def costs(request: Request) -> None:
    """Ask what a request costs, and set a limit."""
    assert_type(estimate(request), kling.Estimate)
    assert_type(estimate(request).units, Decimal | None)
    assert_type(estimate(request).money, kling.Amount | None)
    assert_type(kling.estimate_all([request]).units, dict[str, Decimal])
    with Kling(budget=kling.Budget(units={"video": 100}, money="20")) as client:
        assert_type(client.budget, kling.Budget | None)


def callback(body: bytes, headers: dict[str, str]) -> None:
    """Read what Kling posts."""
    event = kling.callbacks.verify(body, headers, "whsec_c2VjcmV0", request=models.AvatarRequest)
    assert_type(event, kling.callbacks.CallbackEvent)
    assert_type(kling.callbacks.parse(body).task, Task)
    assert_type(event.id, str | None)
    assert_type(event.signed_at, datetime | None)


def errors(client: Kling, request: Request) -> str:
    """Catch what can go wrong."""
    try:
        client.run(request)
    except InvalidRequestError as error:
        assert_type(error.problems, Sequence[Problem])
        wrong: ValueError = error
        return str(wrong)
    except AuthenticationError as error:
        assert_type(error.code, int | None)
    except APIStatusError as error:
        assert_type(error.task, Task | None)
        assert_type(error.id_is_taken, bool)
        assert_type(error.status_code, int)
        assert_type(error.retry_after, float | None)
        assert_type(error.response, kling.ErrorResponse | None)
        assert_type(error.code, int | None)
        assert_type(error.request_id, str | None)
    except (TaskFailedError, TaskTimeoutError) as error:
        assert_type(error.task, Task)
    except TaskError as error:
        assert_type(error.task, Task)
    except (APIConnectionError, KlingError) as error:
        return str(error)
    return ""


def media_values() -> None:
    """Encode from every source."""
    assert_type(media.image("a.png"), str)
    assert_type(media.image(Path("a.png")), str)
    assert_type(media.audio(b""), str)
    with Path("a.png").open("rb") as file:
        assert_type(media.image(file), str)
    assert_type(media.image(BytesIO(b"")), str)


def modules() -> None:
    """Reach what is public without an import of its own."""
    assert_type(kling.__version__, str)
    assert_type(kling.mock.KlingMock().keys.api_key, str)
    assert_type(Shot(index=1, prompt="A fox", duration="5"), models.Shot)
    assert_type(kling.models.Shot(index=1, prompt="A fox", duration="5"), models.Shot)


async def batches(request: models.TextToVideoRequest) -> None:
    """Add jobs, run them, and look at what became of them."""
    with Batch("clips.sqlite", out=Path("out"), budget={"video": 200}, concurrency=5) as batch:
        assert_type(batch.add("fox", request), bool)
        assert_type(batch.add("hare", ("image_to_video", {"image": file("hare.png")})), bool)
        assert_type(batch.add_all(read_jobs("clips.csv")), list[str])
        for job in batch.run():
            assert_type(job, Job)
            assert_type(job.files, tuple[Path, ...])
        async for job in batch.arun():
            assert_type(job.status, Status)
        assert_type(batch.jobs("held"), list[Job])
        assert_type(batch.counts(), dict[Status, int])
        assert_type(batch.paused, str | None)
        assert_type(batch.retry(["fox"]), list[str])
