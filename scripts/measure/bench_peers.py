"""Measure a call of Kling's client or of another SDK, in turns with the same call of bare httpx.

`bench` runs this file in environments that have only one of the clients, so each case imports only
its own client. No request leaves the process. The program prints pairs as JSON: the seconds of a
call with httpx, and with the client. Each figure is the mean of a batch of calls.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from typing import Any, NamedTuple

import httpx

Action = Callable[[], object]

# The seconds of a batch. It is long compared with the steps of the clock, and so short that the
# state of the machine hardly changes between the batches of a pair.
BATCH = 0.04
PROMPT = (
    "A red fox crosses a frozen lake at dawn, mist over the ice, its breath in the cold air; "
    "the camera follows low and slowly from the left, natural light, shallow depth of field."
)
KEY = "a-key-that-belongs-to-no-one-at-all"


class Case(NamedTuple):
    """A call to measure."""

    connect: Callable[[Any], Action]
    """Takes a transport, and returns a function that makes the call with it."""
    replies: Sequence[Any]
    """The server's replies to the requests of the call, in order."""


def main(name: str, pairs: int) -> None:
    """Measure one case, and print the pairs. If `pairs` is 0, make the call only once."""
    case = CASES[name]
    if not pairs:
        library = library_of_client()
        case.connect(library.MockTransport(answering(case.replies, library, [])))()
        return
    print(json.dumps(timed(*actions(case), pairs)))


def actions(case: Case) -> tuple[Action, Action]:
    """Return a function that sends the requests of a case with httpx, and the call of the case.

    Raises:
        SystemExit: the call does not send one request for each reply.
    """
    library = library_of_client()
    seen: list[Any] = []
    client = case.connect(library.MockTransport(answering(case.replies, library, seen)))
    client()
    if len(seen) != len(case.replies):
        raise SystemExit(f"not one request for each reply: {seen}")
    return repeating(seen, httpx.MockTransport(answering(case.replies, httpx, []))), client


def library_of_client() -> Any:
    """Return the HTTP library of the client: httpx2 if it is installed, else httpx."""
    return import_module("httpx2" if find_spec("httpx2") else "httpx")


def answering(replies: Sequence[Any], library: Any, seen: list[Any]) -> Callable[[Any], Any]:
    """Return a handler that sends the replies in turn, and adds the first requests to `seen`."""
    headers = {"content-type": "application/json"}
    contents = [json.dumps(reply, separators=(",", ":")).encode() for reply in replies]
    turn = cycle(contents)

    def answer(request: Any) -> Any:
        # With one request more than replies, `actions` finds out that the call sends too many.
        if len(seen) <= len(contents):
            seen.append(request)
        return library.Response(200, headers=headers, content=next(turn))

    return answer


def repeating(requests: Sequence[Any], transport: httpx.BaseTransport) -> Action:
    """Return a function that sends the same requests with bare httpx, and reads the replies."""
    http = httpx.Client(transport=transport)
    steps = [
        (request.method, str(request.url), json.loads(request.content or "null"))
        for request in requests
    ]

    def send() -> None:
        for method, url, body in steps:
            http.request(method, url, json=body).json()

    return send


def timed(bare: Action, client: Action, pairs: int) -> list[tuple[float, float]]:
    """Return the seconds per call of httpx and of the client, for every pair of batches."""
    seconds(client, 20)  # the first calls are slower, and are not measured
    seconds(bare, 20)
    count = max(1, round(BATCH / seconds(bare, 20)))
    return [(seconds(bare, count), seconds(client, count)) for _ in range(pairs)]


def seconds(action: Action, count: int) -> float:
    """Call an action many times, and return the seconds per call."""
    start = time.process_time()
    for _ in range(count):
        action()
    return (time.process_time() - start) / count


def httpx_create(transport: Any) -> Action:
    """Create a task at Kling with only httpx."""
    http = httpx.Client(transport=transport)
    body = {"model_name": "kling-v3", "prompt": PROMPT, "duration": "10"}
    url, headers = "https://api.example/v1/videos/text2video", {"Authorization": f"Bearer {KEY}"}
    return lambda: http.post(url, json=body, headers=headers).json()


def create(transport: Any, **credentials: str) -> Action:
    """Create a task at Kling from a ready-made request."""
    kling = import_module("kling")
    client = kling.Kling(transport=transport, **(credentials or {"api_key": KEY}))
    request = kling.models.TextToVideoRequest(
        model_name="kling-v3",
        prompt=PROMPT,
        mode="pro",
        aspect_ratio="16:9",
        duration="10",
        external_task_id="order-000117",
    )
    return lambda: client.create(request)


def create_signed(transport: Any) -> Action:
    """Create a task at Kling with an access key pair."""
    return create(transport, access_key="of-no-one", secret_key=KEY)


def retrieve(transport: Any) -> Action:
    """Get the status of a task from Kling."""
    kling = import_module("kling")
    client = kling.Kling(transport=transport, api_key=KEY)
    return lambda: client.retrieve("text_to_video/752604318974529536")


def walk(transport: Any) -> Action:
    """Iterate over all tasks at Kling."""
    kling = import_module("kling")
    client = kling.Kling(transport=transport, api_key=KEY)
    request = kling.models.TextToVideoRequest

    def iterate() -> None:
        for _ in client.list(request, page_size=500):
            pass

    return iterate


def runwayml(transport: Any) -> Action:
    """Create a task at Runway."""
    package = import_module("runwayml")
    http = package.DefaultHttpxClient(transport=transport)
    create = package.RunwayML(api_key=KEY, http_client=http).text_to_video.create
    return lambda: create(model="veo3.1", prompt_text=PROMPT, ratio="1280:720", duration=8)


def openai(transport: Any) -> Action:
    """Make an image at OpenAI, which no longer sells videos."""
    package = import_module("openai")
    http = package.DefaultHttpxClient(transport=transport)
    generate = package.OpenAI(api_key=KEY, http_client=http).images.generate
    return lambda: generate(model="gpt-image-1", prompt=PROMPT, size="1536x1024", quality="high")


def fal_client(transport: Any) -> Action:
    """Submit a task to fal, whose client has no argument for a transport."""
    package = import_module("fal_client")
    client = package.SyncClient(key=KEY)
    client._client._transport = package.client.BackupDomainTransport(transport=transport)
    body = {"prompt": PROMPT, "aspect_ratio": "16:9", "duration": "10"}
    return lambda: client.submit("fal-ai/kling-video/v3/pro/text-to-video", body)


def replicate(transport: Any) -> Action:
    """Create a prediction at Replicate."""
    client = import_module("replicate").Client(api_token=KEY, transport=transport)
    body = {"prompt": PROMPT, "aspect_ratio": "16:9", "duration": 10}
    return lambda: client.predictions.create(model="kwaivgi/kling-v2.1", input=body)


def stock(transport: Any) -> Action:
    """Create a task at Kling with the client that the unmodified generator makes."""
    models = import_module("stock_client.models")
    module = import_module("stock_client.api.text_to_video.create_text_to_video_task")
    client = import_module("stock_client").AuthenticatedClient(
        "https://api.example", KEY, httpx_args={"transport": transport}
    )
    body = models.TextToVideoRequest(
        model_name=models.TextToVideoModel("kling-v3"),
        prompt=PROMPT,
        mode=models.VideoMode("pro"),
        aspect_ratio=models.VideoAspectRatio("16:9"),
        duration=models.VideoDuration("10"),
    )
    return lambda: module.sync_detailed(client=client, body=body)


def enveloped(data: Any) -> dict[str, Any]:
    """Return a successful reply of Kling's."""
    request_id = "5f3c1c0e-7c0f-4a5e-9f6b-2f1f0a9d3c11"
    return {"code": 0, "message": "SUCCEED", "request_id": request_id, "data": data}


def new_task() -> dict[str, Any]:
    """Return the data of a task that was just created."""
    return {
        "task_id": "752604318974529536",
        "task_status": "submitted",
        "task_info": {"external_task_id": "order-000117"},
        "created_at": 1789372800000,
        "updated_at": 1789372800000,
    }


def finished_task(number: int) -> dict[str, Any]:
    """Return the data of a task that has succeeded."""
    video = {
        "id": f"{753604318974529536 + number}",
        "url": f"https://v1-kling.klingai.com/kcdn/cdn-kcdn112452/{number:032x}/output_raw.mp4"
        f"?x-kcdn-pid=112452&ksSecret={number:032x}&ksTime=6a7e1c40",
        "duration": "10.041",
    }
    return {
        **new_task(),
        "task_id": f"{752604318974529536 + number}",
        "task_status": "succeed",
        "task_status_msg": "",
        "task_info": {"external_task_id": f"order-{number:06}"},
        "task_result": {"videos": [video]},
        "watermark_info": {"enabled": False},
        "final_unit_deduction": "7",
        "updated_at": 1789372912345,
    }


NEW = enveloped(new_task())
PAGE = enveloped([finished_task(number) for number in range(500)])
CASES = {
    "httpx": Case(httpx_create, [NEW]),
    "create": Case(create, [NEW]),
    "create_signed": Case(create_signed, [NEW]),
    "retrieve": Case(retrieve, [NEW]),
    "list": Case(walk, [PAGE, enveloped([])]),
    "stock_client": Case(stock, [NEW]),
    "replicate": Case(
        replicate,
        [
            {
                "id": KEY,
                "model": "kwaivgi/kling-v2.1",
                "version": "hidden",
                "status": "starting",
                "input": {},
                "output": None,
                "logs": "",
                "error": None,
                "metrics": None,
                "created_at": "2026-09-14T08:00:00Z",
                "started_at": None,
                "completed_at": None,
                "urls": {},
            }
        ],
    ),
    "runwayml": Case(runwayml, [{"id": KEY, "estimatedCost": {"credits": 320}}]),
    "openai": Case(openai, [{"created": 1789372800, "data": [{"url": "https://a.example/1.png"}]}]),
    "fal_client": Case(
        fal_client,
        [
            {
                "status": "IN_QUEUE",
                "queue_position": 0,
                "request_id": KEY,
                "response_url": f"https://queue.example/requests/{KEY}",
                "status_url": f"https://queue.example/requests/{KEY}/status",
                "cancel_url": f"https://queue.example/requests/{KEY}/cancel",
            }
        ],
    ),
}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
