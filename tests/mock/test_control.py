"""The switches below /_mock/, and what they show."""

import json
import socket

import anyio
import httpx
import pytest
from kling.mock import fault_kinds

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}


@pytest.fixture
def get(kling_mock):
    """Return a function that gets something of the mock's own, without credentials."""
    with httpx.Client(
        transport=kling_mock.transport, base_url="https://kling-mock.invalid"
    ) as client:
        yield client.get


@pytest.fixture
def create(ask):
    return lambda **fields: ask("POST", TEXT, json=BODY | fields).json()["data"]["task_id"]


def test_the_state_shows_a_task_with_its_life(get, create, kling_mock):
    task = create(external_task_id="order-1", duration="10")
    kling_mock.clock.advance(5)

    [shown] = get("/_mock/state").json()["tasks"]

    start = 1772323200000
    assert shown == {
        "id": task,
        "operation": "createTextToVideoTask",
        "family": "text_to_video",
        "title": "Text to video",
        "model": "kling-v3",
        "status": "processing",
        "message": "",
        "external_task_id": "order-1",
        "slots": 1,
        "package": "video",
        "prompt": "A fox at dawn",
        "units": "6",
        "cash": None,
        "currency": "",
        "created_at": start,
        "updated_at": start + 5000,
        "life": [
            {"status": "submitted", "at": start},
            {"status": "processing", "at": start + 5000},
            {"status": "succeed", "at": start + 60000},
        ],
        "outputs": [],
        "callback_url": "",
        "callbacks": [],
    }


def test_the_state_shows_results_that_can_be_fetched(get, create, kling_mock):
    create()
    kling_mock.clock.advance(60)

    [shown] = get("/_mock/state").json()["tasks"]

    [output] = shown["outputs"]
    assert output["kind"] == "video"
    assert get(output["url"]).headers["content-type"] == "video/mp4"


def test_the_state_shows_requests_with_their_verdicts(get, ask, create):
    task = create()
    ask("POST", TEXT, json=BODY | {"duration": "7", "model_name": "kling-v2-6", "sound": "on"})
    ask("GET", "/v1/nothing")

    nothing, refused, made = get("/_mock/state").json()["requests"]

    assert (made["operation"], made["code"], made["task"]) == ("createTextToVideoTask", 0, task)
    assert (refused["status"], refused["code"], refused["task"]) == (400, 1201, None)
    assert refused["rules"] == ["text-to-video.sound-models", "text-to-video.duration-models"]
    assert refused["message"].startswith(
        "model/mode(kling-v2-6/std) is not supported with sound on ("
    )
    assert (nothing["operation"], nothing["path"], nothing["code"]) == (None, "/v1/nothing", 1203)
    assert [one["number"] for one in (made, refused, nothing)] == [1, 2, 3]


def test_a_fault_is_shown_with_the_request_that_it_affected(get, create, kling_mock, ask):
    kling_mock.plan(fault="refuse", code=1303)
    ask("POST", TEXT, json=BODY)

    [request] = get("/_mock/state").json()["requests"]
    assert (request["fault"], request["code"]) == ("refuse", 1303)


def test_requests_of_the_page_itself_are_not_shown(get):
    get("/_mock/state")
    get("/_mock/openapi.json")

    assert get("/_mock/state").json()["requests"] == []


def test_history_is_capped(get, ask):
    for _ in range(1100):
        ask("GET", TEXT)

    state = get("/_mock/state").json()
    assert state["counts"]["requests"] == 1100
    assert len(state["requests"]) == 200


def asked(kling_mock):
    return kling_mock.state()["requests"][0]["body"]


def test_the_state_shows_what_was_asked_for(get, ask, create, kling_mock):
    create(duration="10", mode="pro", external_task_id="order-1")

    assert asked(kling_mock) == BODY | {
        "duration": "10",
        "mode": "pro",
        "external_task_id": "order-1",
    }
    assert get("/_mock/state").json()["requests"][0]["body"] == asked(kling_mock)

    ask("GET", TEXT)
    assert asked(kling_mock) is None


def test_of_media_only_the_length_is_kept(ask, kling_mock):
    url = f"https://example.org/{'a' * 100}.png"
    for size in (5000, 3_000_000):
        contents = [
            {"type": "first_frame", "url": "A" * size},
            {"type": "prompt", "text": "x" * 3000},
            {"type": "last_frame", "url": url},
        ]
        ask("POST", "/image-to-video/kling-3.0", json={"contents": contents})

        assert [one.get("url", one.get("text")) for one in asked(kling_mock)["contents"]] == [
            f"<{size} characters>",
            "x" * 3000,
            url,
        ]


def test_what_is_kept_of_a_request_is_little(ask, kling_mock):
    kept = []
    for body in ({"image": "A" * 10**7}, {"list": list(range(10**5))}, {"a" * 10**6: 1}):
        ask("POST", TEXT, json=BODY | body)
        # private: it is the size in memory that counts.
        [*_, entry] = kling_mock._engine.history._entries
        kept.append(sum(len(one) for one in entry if isinstance(one, bytes | str)))

    assert max(kept) < 45_000
    assert asked(kling_mock) == BODY | {"<1000000 characters>": 1}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[" * 900 + b"]" * 900, b"[" * 100_000, b"[" * 30_000 + b"]" * 30_000],
    ids=["empty", "broken", "no-text", "deep", "deeper", "deepest"],
)
def test_what_is_no_json_is_nothing(ask, kling_mock, content):
    ask("POST", TEXT, content=content, headers={"content-type": "application/json"})

    assert asked(kling_mock) is None


def test_the_state_is_json_whatever_was_asked(ask, get):
    content = b'{"cfg_scale": 1e999, "prompt": "\\ud800", "mode": NaN}'
    ask("POST", TEXT, content=content, headers={"content-type": "application/json"})

    def refuse(constant):
        raise ValueError(constant)

    state = json.loads(get("/_mock/state").text, parse_constant=refuse)
    assert state["requests"][0]["body"]["cfg_scale"] == "inf"


def test_credentials_are_not_kept(get, ask):
    ask("GET", TEXT, authorization="Bearer SECRET-KEY")
    ask("POST", TEXT, json=BODY, authorization="Bearer SECRET-KEY")

    assert "SECRET-" not in get("/_mock/state").text


def test_a_task_can_be_ended_by_hand(switch, create, ask):
    one, other = create(), create()

    failed = switch(f"/_mock/tasks/{one}", json={"status": "failed", "message": "too dark"})
    # The word of the current standard is taken as well.
    done = switch(f"/_mock/tasks/{other}", json={"status": "succeeded"})

    assert done.json()["status"] == "succeed"
    assert (failed.json()["status"], failed.json()["message"]) == ("failed", "too dark")
    assert done.json()["outputs"]
    assert ask("GET", f"{TEXT}/{one}").json()["data"]["task_status_msg"] == "too dark"
    assert ask("GET", f"{TEXT}/{other}").json()["data"]["task_result"]["videos"]


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("tasks/1", {"status": "failed"}, 404, "there is no task 1"),
        ("tasks/{task}", {}, 400, "is not a status; the statuses are submitted, processing"),
        ("tasks/{task}", {"status": "done"}, 400, "done is not a status"),
        ("tasks/{task}", {"status": 7}, 400, "status and message must be strings"),
        ("tasks/{task}", [], 400, "is not a status"),
        ("clock", {}, 400, "advance must be a number of seconds"),
        ("clock", {"advance": -1}, 400, "advance must be a number of seconds"),
        ("clock", {"advance": "60"}, 400, "advance must be a number of seconds"),
        ("clock", {"advance": True}, 400, "advance must be a number of seconds"),
        ("clock", {"advance": 1e300}, 400, "advance must be a number of seconds"),
        ("clock", 7, 400, "advance must be a number of seconds"),
        ("packages", {"video": 5}, 400, "the body must be a list of strings, such as"),
        ("packages", ["video"], 400, "looks like TYPE:CONCURRENCY:UNITS"),
        ("nothing", {}, 404, "there is no control /_mock/nothing"),
    ],
)
def test_a_wrong_switch_says_what_would_be_right(switch, create, path, body, status, said):
    reply = switch(f"/_mock/{path.format(task=create())}", json=body)

    assert reply.status_code == status
    assert said in reply.json()["message"]


def test_what_has_ended_stays_as_it_is(switch, create, kling_mock):
    task = create()
    kling_mock.clock.advance(60)

    reply = switch(f"/_mock/tasks/{task}", json={"status": "failed"})

    assert (reply.status_code, reply.json()["message"]) == (400, "the task has ended: succeed")


def test_the_clock_can_be_put_forward(switch, get):
    before = get("/_mock/state").json()["now"]

    after = switch("/_mock/clock", json={"advance": 90.5}).json()["now"]

    assert after - before == 90500
    assert get("/_mock/state").json()["now"] == after


def test_the_state_comes_in_pages(create, get):
    made = [create() for _ in range(101)]

    first, second = (get(f"/_mock/state?page={page}").json() for page in (1, 2))

    assert [task["id"] for task in first["tasks"]] == made[:0:-1]
    assert [task["id"] for task in second["tasks"]] == made[:1]
    assert [request["number"] for request in first["requests"]] == list(range(101, 0, -1))
    assert (second["requests"], second["page"], second["counts"]["tasks"]) == ([], 2, 101)


@pytest.mark.parametrize("page", ["0", "-1", "one", ""])
def test_a_page_of_the_state_is_a_number(get, page):
    refused = get(f"/_mock/state?page={page}")

    assert refused.status_code == 400
    assert refused.json() == {"message": "page must be a whole number, 1 or greater"}


def test_a_reset_forgets_everything_but_gives_no_id_twice(switch, create, get, ask, kling_mock):
    task = create(external_task_id="order-1")
    kling_mock.plan(fault="html")

    assert switch("/_mock/reset", json={}).json() == {}

    state = get("/_mock/state").json()
    assert [state[name] for name in ("tasks", "requests", "plans")] == [[], [], []]
    assert ask("GET", f"{TEXT}/{task}").json()["code"] == 1201
    assert create(external_task_id="order-1") != task


def test_after_a_reset_counts_and_lives_begin_anew(switch, create, get):
    def ends():
        tasks = get("/_mock/state").json()["tasks"]
        return [one["life"][-1]["at"] - one["created_at"] for one in tasks]

    create(), create()
    before = ends()
    switch("/_mock/reset", json={})
    assert get("/_mock/state").json()["counts"] == {"requests": 0, "tasks": 0, "callbacks": 0}

    create(), create()

    assert ends() == before
    assert get("/_mock/state").json()["counts"]["tasks"] == 2


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_form_of_a_foreign_page_switches_nothing(switch, content_type):
    reply = switch(
        "/_mock/plan", content=b'{"fault": "html"}', headers={"content-type": content_type}
    )

    assert reply.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_405(kling_mock, method):
    with httpx.Client(transport=kling_mock.transport) as client:
        reply = client.request(method, "https://kling-mock.invalid/_mock/plan")

    assert reply.status_code == 405


@pytest.mark.parametrize(
    "path", ["nothing", "%2e%2e/__init__.py", "page/index.html", "%2e", "tasks/1"]
)
def test_there_is_no_other_page(get, path):
    assert get(f"/_mock/{path}").status_code == 404


def test_the_pages_are_served_and_closed_to_foreign_hosts(get):
    for path, kind in [("", "text/html"), ("docs", "text/html"), ("page.js", "text/javascript")]:
        reply = get(f"/_mock/{path}")
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith(kind)
        assert reply.headers["content-security-policy"].startswith("default-src 'self';")
    assert get("/_mock").headers["location"] == "/_mock/"


def test_the_portable_view_is_served(get):
    assert json.loads(get("/_mock/openapi.portable.json").text)["openapi"].startswith("3.")


def test_packages_and_plans_are_shown(get, kling_mock, switch):
    kling_mock.plan(fault="stall", seconds=3)
    switch("/_mock/packages", json=["video:5"])

    state = get("/_mock/state").json()

    assert state["plans"][0]["fault"] == "stall"
    assert state["packages"][0]["concurrency"] == 5
    assert state["limits"]
    assert (state["strict"], state["exact"]) == (True, False)
    assert (state["speed"], state["as_of"]) == (1.0, "2026-03-01")


def test_every_fault_is_shown_with_its_fields(get):
    faults = get("/_mock/state").json()["faults"]

    assert faults.keys() == fault_kinds().keys()
    assert faults["cut"] == {
        "meaning": "the connection breaks after some bytes of the body",
        "only_on": "",
        "fields": {"bytes": {"needed": True, "least": 0, "most": 10**9, "whole": True}},
    }
    assert faults["html"]["fields"]["when"] == {"needed": False}
    assert faults["expire"]["only_on"] == "download"


def test_every_file_of_a_sound_is_an_output(get, ask, kling_mock):
    body = {"prompt": "Rain on a roof", "duration": 5.0}
    assert ask("POST", "/v1/audio/text-to-audio", json=body).json()["code"] == 0
    kling_mock.clock.advance(600)

    [shown] = get("/_mock/state").json()["tasks"]

    types = [get(one["url"]).headers["content-type"] for one in shown["outputs"]]
    assert sorted(types) == ["audio/mpeg", "audio/wav"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://ada:SECRET@127.0.0.1:1/hook?token=SECRET#SECRET", "http://127.0.0.1:1/hook"),
        ("http://[::1", ""),
    ],
)
def test_a_callback_url_is_shown_without_its_secrets(get, create, kling_mock, url, shown):
    create(callback_url=url)

    [task] = kling_mock.state()["tasks"]

    assert task["callback_url"] == shown
    assert "SECRET" not in get("/_mock/state").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_files_are_only_read(kling_mock, method):
    with httpx.Client(transport=kling_mock.transport) as client:
        reply = client.request(method, "https://kling-mock.invalid/_mock/media/1/audio-5s.mp3")

    assert reply.status_code == 405


@pytest.mark.parametrize("host", ["x$(id)", "a'b", "a b", "a/b", "a@b", "<b>"])
@pytest.mark.parametrize("path", [TEXT, "/_mock/state", "/_mock/media/1/audio-5s.mp3"])
def test_a_host_that_is_none_is_refused(get, host, path):
    reply = get(path, headers={"host": host})

    assert (reply.status_code, reply.json()["message"]) == (
        400,
        "the Host header is not a valid host name",
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "kling-mock.internal", "my_mock"])
def test_any_name_of_a_host_is_taken(get, host):
    assert get("/_mock/state", headers={"host": host}).status_code == 200


def test_urls_in_callbacks_lead_where_the_creator_was(kling_mock):
    said = []

    def ask(method, path, host, **options):
        call = httpx.ASGITransport(app=kling_mock.app)

        async def run():
            async with httpx.AsyncClient(transport=call, base_url=f"http://{host}") as client:
                key = {"Authorization": "Bearer mock-api-key"}
                return await client.request(method, path, headers=key, **options)

        said.append(anyio.run(run))

    ask("POST", TEXT, "mine.test", json=BODY | {"callback_url": "http://127.0.0.1:1/"})
    ask("GET", "/nothing", "another.test")
    kling_mock.clock.advance(600)

    [video] = json.loads(kling_mock.deliveries[-1].body)["task_result"]["videos"]
    assert video["url"].startswith("http://mine.test/")
    assert kling_mock.state()["tasks"][0]["outputs"][0]["url"] == video["url"]


def test_only_what_has_changed_is_written(ask, kling_mock):
    # private: what is not written cannot be seen in the file.
    tasks, written = kling_mock._engine.tasks, []
    tasks.remember = written.extend

    ask("POST", "/v1/videos/image-recognize", json={"image": "https://example.org/fox.png"})
    ask("POST", "/v1/general/delete-voices", json={"voice_id": "1"})

    assert written == ["behaviours.count"]


def test_an_id_of_any_length_is_not_found(ask):
    said = ask("POST", "/v1/general/delete-voices", json={"voice_id": "1" * 5000}).json()

    assert said["code"] == 1201


def test_after_a_reset_no_callback_comes_that_waited(mock_process):
    mock = mock_process("--as-of", "2026-03-01")
    key = {"Authorization": "Bearer mock-api-key"}
    with (
        socket.create_server(("127.0.0.1", 0)) as receiver,
        httpx.Client(base_url=mock.url, headers=key) as client,
    ):
        receiver.settimeout(5)
        body = BODY | {"callback_url": f"http://127.0.0.1:{receiver.getsockname()[1]}/"}
        client.post(TEXT, json=body).raise_for_status()
        # The first one has no answer yet, and so the others of the task wait.
        connection, _ = receiver.accept()
        client.post("/_mock/clock", json={"advance": 3600}).raise_for_status()

        client.post("/_mock/reset", json={}).raise_for_status()
        connection.close()

        receiver.settimeout(0.5)
        with pytest.raises(TimeoutError):
            receiver.accept()


MARKUP = "<script>alert(1)</script>"


def test_what_callers_sent_is_never_markup(get, create, ask, switch):
    create(prompt=MARKUP, external_task_id=MARKUP, callback_url=f"http://127.0.0.1:9/{MARKUP}")
    ask("POST", TEXT, json=BODY | {MARKUP: 1})

    replies = [
        get("/_mock/state"),
        get(f"/_mock/{MARKUP}"),
        get(f"/_mock/files/{MARKUP}"),
        switch(f"/_mock/{MARKUP}", json={}),
        switch("/_mock/plan", json={MARKUP: 1}),
        switch(f"/_mock/tasks/{MARKUP}", json={}),
    ]

    assert MARKUP in replies[0].text
    for reply in replies:
        assert reply.headers["content-type"] == "application/json"
        assert reply.headers["x-content-type-options"] == "nosniff"
