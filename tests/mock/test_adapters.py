import asyncio
from datetime import date
from urllib.parse import quote

import httpx
import pytest
from kling.mock import App, KlingMock, RealClock

# private: a handler that answers slowly, without a mock behind it.
from kling.mock._exchange import Reply

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
KEY = {"Authorization": "Bearer mock-api-key"}
OWN_ID = "a/b ä%20?#"
# Enough to meet every kind of reply; nothing depends on how much time passes between them.
CALLS = [
    ("POST", TEXT, {"json": BODY | {"external_task_id": OWN_ID}}),
    ("POST", TEXT, {"json": BODY | {"external_task_id": OWN_ID}}),
    ("POST", TEXT, {"json": {"prompt": ""}}),
    ("POST", TEXT, {"content": b"\xff", "headers": KEY | {"content-type": "application/json"}}),
    ("GET", f"{TEXT}/{quote(OWN_ID, safe='')}", {}),
    ("GET", f"{TEXT}/752604318974529536/", {}),
    ("GET", f"{TEXT}/1", {}),
    ("GET", TEXT, {"params": {"pageSize": "1"}}),
    ("GET", TEXT, {"params": {"pageSize": "0"}}),
    ("GET", TEXT, {"headers": {}}),
    ("GET", TEXT, {"headers": {"Authorization": "Bearer wrong"}}),
    ("DELETE", TEXT, {}),
    ("GET", "/v1/nothing", {}),
    ("GET", "/v1//videos/text2video", {}),
    ("POST", f"{TEXT}//", {"json": BODY}),
    ("GET", "/_mock/openapi.json", {}),
    ("GET", "/_mock/media/1/video-1280x720-5s.mp4", {}),
    ("GET", "/_mock/media/1/none.mp4", {}),
    ("HEAD", "/_mock/media/1/video-1280x720-5s.mp4", {}),
]


@pytest.fixture
def answers():
    """Return a function that makes all calls through a client, sync or async."""

    def options_of(call):
        method, path, options = call
        return {"method": method, "url": path, "headers": KEY} | options

    def through(client):
        with client:
            return [comparable(client.request(**options_of(call))) for call in CALLS]

    async def through_async(client):
        async with client:
            return [comparable(await client.request(**options_of(call))) for call in CALLS]

    def ask(client):
        if isinstance(client, httpx.AsyncClient):
            return asyncio.run(through_async(client))
        return through(client)

    return ask


def comparable(response):
    """Return what must be the same through every door."""
    kept = {"content-type", "content-length", "x-kling-mock-rules"}
    headers = {name: value for name, value in response.headers.items() if name in kept}
    if response.headers["content-type"] != "application/json":
        return response.status_code, headers, response.content
    body = response.json()
    if "request_id" in body:
        body["request_id"] = len(body["request_id"])
    data = body.get("data")
    for task in data if isinstance(data, list) else [data] if data else []:
        del task["created_at"], task["updated_at"]
    return response.status_code, headers, body


IN_PROCESS = "https://kling-mock.invalid"


@pytest.fixture
def expected(answers, kling_mock):
    """Return the answers through the plainest door."""
    return answers(httpx.Client(transport=kling_mock.transport, base_url=IN_PROCESS))


def test_the_answers_are_of_every_kind(expected):
    statuses = [status for status, _, _ in expected]

    assert statuses == [
        200,
        400,
        400,
        400,
        200,
        200,
        400,
        200,
        400,
        401,
        401,
        404,
        404,
        404,
        404,
        200,
        200,
        404,
        200,
    ]


def test_a_head_request_for_a_file_gets_its_headers_alone(expected):
    (_, headers, _), head = expected[-3], expected[-1]

    assert head == (200, headers, b"")
    assert int(headers["content-length"]) > 1000


def test_an_async_client_gets_the_same_answers(answers, expected, kling_mock_options):
    mock = KlingMock(**kling_mock_options)

    assert answers(httpx.AsyncClient(transport=mock.transport, base_url=IN_PROCESS)) == expected


def test_asgi_gives_the_same_answers(answers, expected, kling_mock_options):
    transport = httpx.ASGITransport(app=KlingMock(**kling_mock_options).app)

    assert answers(httpx.AsyncClient(transport=transport, base_url="http://m.test")) == expected


def test_a_real_connection_gives_the_same_answers(answers, expected, mock_process):
    mock = mock_process("--as-of", "2026-03-01")

    assert answers(httpx.Client(base_url=mock.url)) == expected


def test_sync_and_async_clients_see_the_same_tasks(kling_mock):
    async def look(task_id):
        async with httpx.AsyncClient(transport=kling_mock.transport) as client:
            return await client.get(f"{IN_PROCESS}{TEXT}/{task_id}", headers=KEY)

    with httpx.Client(transport=kling_mock.transport) as client:
        made = client.post(f"{IN_PROCESS}{TEXT}", json=BODY, headers=KEY).json()["data"]

    assert asyncio.run(look(made["task_id"])).json()["data"]["task_id"] == made["task_id"]


def finished_url(client, mock=None, **options):
    """Make a task, let it succeed, and return the url of its result."""
    made = client.post(TEXT, json=BODY, headers=KEY).json()["data"]
    if mock:
        mock.clock.advance(60)
    done = client.get(f"{TEXT}/{made['task_id']}", headers=KEY | options.get("headers", {}))
    return done.json()["data"]["task_result"]["videos"][0]["url"]


def test_in_process_results_are_on_a_host_that_cannot_exist(kling_mock):
    with httpx.Client(transport=kling_mock.transport, base_url="https://api.test") as client:
        assert finished_url(client, kling_mock).startswith(f"{IN_PROCESS}/_mock/media/")


def test_over_asgi_results_are_on_the_host_that_was_asked(kling_mock):
    async def look(base_url):
        transport = httpx.ASGITransport(app=kling_mock.app)
        async with httpx.AsyncClient(transport=transport, base_url=base_url) as client:
            made = (await client.post(TEXT, json=BODY, headers=KEY)).json()["data"]
            kling_mock.clock.advance(300)
            done = (await client.get(f"{TEXT}/{made['task_id']}", headers=KEY)).json()["data"]
            url = done["task_result"]["videos"][0]["url"]
            return url, (await client.get(url)).content[4:8]

    for base_url in ("http://mock.test:1234", "https://other.test"):
        url, start = asyncio.run(look(base_url))
        assert url.startswith(f"{base_url}/_mock/media/")
        assert start == b"ftyp"


def test_over_a_real_connection_results_are_on_the_host_that_was_asked(mock_process):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "1e9")

    with httpx.Client(base_url=mock.url) as client:
        url = finished_url(client)
        proxied = finished_url(client, headers={"Host": "mock.test:81"})
        assert client.get(url).content[4:8] == b"ftyp"

    assert url.startswith(f"{mock.url}/_mock/media/")
    assert proxied.startswith("http://mock.test:81/_mock/media/")


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_public_url_goes_before_the_host(mock_process, slash):
    public = "https://public.test/kling"
    mock = mock_process("--as-of", "2026-03-01", "--speed", "1e9", "--public-url", public + slash)

    with httpx.Client(base_url=mock.url) as client:
        assert finished_url(client).startswith(f"{public}/_mock/media/")


PIECES = [b'{"model_name": "kling-v3", "pro', b'mpt": "A f\xc3', b'\xb6x"}', b""]
JSON_KEY = KEY | {"content-type": "application/json"}


def test_a_body_may_come_in_pieces_in_process(kling_mock):
    with httpx.Client(transport=kling_mock.transport) as client:
        reply = client.post(f"{IN_PROCESS}{TEXT}", content=iter(PIECES), headers=JSON_KEY)

    assert reply.status_code == 200


def test_a_body_may_come_in_pieces_over_asgi(kling_mock):
    incoming = [{"type": "http.request", "body": piece, "more_body": True} for piece in PIECES]

    sent = sent_by(kling_mock.app, [*incoming, {"type": "http.request"}])

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 200


def sent_by(app, incoming):
    """Return what an application sends in answer to the messages of a create."""
    sent = []

    async def receive():
        return incoming.pop(0)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": TEXT,
        "raw_path": TEXT.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in JSON_KEY.items()],
    }
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 5))
    return sent


def test_a_body_without_an_end_is_not_carried_out(kling_mock):
    whole = b'{"model_name": "kling-v3", "prompt": "x"}'
    incoming = [
        {"type": "http.request", "body": whole, "more_body": True},
        {"type": "http.disconnect"},
    ]

    assert sent_by(kling_mock.app, incoming) == []
    assert kling_mock.state()["counts"]["requests"] == 0


@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 413)])
def test_a_body_has_a_largest_size(kling_mock, monkeypatch, over, status):
    whole = b'{"model_name": "kling-v3", "prompt": "x"}'
    # private: half a gigabyte would take too long.
    monkeypatch.setattr("kling.mock._serving.asgi_app.LARGEST", len(whole))
    pieces = [whole[:20], whole[20:] + b" " * over, b" " * over]
    incoming = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]

    sent = sent_by(kling_mock.app, [*incoming, {"type": "http.request"}])

    assert sent[0]["status"] == status


def test_a_drip_ends_when_its_client_goes():
    slow = Reply(200, b"x" * 100, {}, bytes_per_second=1)
    incoming = [{"type": "http.request"}, {"type": "http.disconnect"}]

    sent = sent_by(App(lambda call: slow, RealClock()), incoming)

    assert len(sent) < 4


def test_a_body_may_come_in_pieces_over_a_real_connection(mock_process):
    mock = mock_process("--as-of", "2026-03-01")

    reply = httpx.post(f"{mock.url}{TEXT}", content=iter(PIECES), headers=JSON_KEY)

    assert reply.status_code == 200


def test_the_app_starts_and_stops(kling_mock):
    incoming = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent = []

    async def receive():
        return incoming.pop(0)

    async def send(message):
        sent.append(message["type"])

    asyncio.run(kling_mock.app({"type": "lifespan"}, receive, send))

    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert incoming == []


def test_closing_a_client_leaves_the_mock_open(kling_mock):
    for _ in range(2):
        with httpx.Client(transport=kling_mock.transport, base_url=IN_PROCESS) as client:
            assert client.get(TEXT, headers=KEY).status_code == 200


def test_a_document_of_ones_own_has_its_own_rules(bundle, kling_mock, kling_mock_options):
    request = bundle["components"]["schemas"]["TextToVideoRequest"]
    request["allOf"] = [
        rule
        for rule in request["allOf"]
        if rule["x-kling-rule"]["id"] != "text-to-video.duration-models"
    ]
    looser = KlingMock(document=bundle, **kling_mock_options)

    def status(mock, **fields):
        with httpx.Client(transport=mock.transport, base_url=IN_PROCESS) as client:
            body = {"model_name": "kling-v2-6", "prompt": "A fox"} | fields
            return client.post(TEXT, json=body, headers=KEY).status_code

    assert (status(kling_mock, duration="7"), status(looser, duration="7")) == (400, 200)
    assert (status(kling_mock, mode="4k"), status(looser, mode="4k")) == (400, 400)


def test_a_document_of_ones_own_has_its_own_retirements(bundle):
    model = bundle["components"]["schemas"]["TextToVideoModel"]
    model["x-kling-retired"]["kling-v3"] = "2026-10-01"
    mock = KlingMock(document=bundle, as_of=date(2026, 10, 1), now=1772323200.0)

    with httpx.Client(transport=mock.transport, base_url=IN_PROCESS) as client:
        assert client.post(TEXT, json=BODY, headers=KEY).status_code == 404


def test_the_document_itself_can_be_had(bundle, kling_mock):
    with httpx.Client(transport=kling_mock.transport, base_url=IN_PROCESS) as client:
        assert client.get("/_mock/openapi.json").json() == bundle


def test_two_mocks_share_nothing(kling_mock, kling_mock_options):
    other = KlingMock(**kling_mock_options)

    with httpx.Client(transport=kling_mock.transport, base_url=IN_PROCESS) as client:
        client.post(TEXT, json=BODY, headers=KEY)
    with httpx.Client(transport=other.transport, base_url=IN_PROCESS) as client:
        assert client.get(TEXT, headers=KEY).json()["data"] == []


def test_an_app_can_be_mounted_with_a_public_url(kling_mock):
    app = App(kling_mock.transport._handler, kling_mock.clock, "https://public.test")

    async def look():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://m.test") as client:
            made = (await client.post(TEXT, json=BODY, headers=KEY)).json()["data"]
            kling_mock.clock.advance(60)
            return (await client.get(f"{TEXT}/{made['task_id']}", headers=KEY)).json()["data"]

    url = asyncio.run(look())["task_result"]["videos"][0]["url"]
    assert url.startswith("https://public.test/_mock/media/")
