"""What the live service lets pass, and what the mock says of it."""

import pytest
from kling.mock import KlingMock

TEXT = "/v1/videos/text2video"
IMAGE = "/v1/images/generations"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}


@pytest.fixture(params=[False, True], ids=["strict", "lenient"])
def mock(request, kling_mock_options):
    made = KlingMock(**kling_mock_options, lenient=request.param)
    made.lenient = request.param
    return made


@pytest.mark.parametrize(
    ("path", "fields", "note"),
    [
        (TEXT, {"seed": 7}, "seed is unknown and was ignored"),
        (TEXT, {"cfg_scale": "0.5", "model_name": "kling-v1-6"}, "cfg_scale was read as number"),
        (TEXT, {"watermark_info": {"enabled": "true"}}, "watermark_info.enabled was read as"),
        (TEXT, {"watermark_info": {"on": 1}}, "watermark_info.on is unknown and was ignored"),
        (IMAGE, {"n": "2", "model_name": "kling-v2-1"}, "n was read as integer"),
        (TEXT, {"multi_shot": "false"}, "multi_shot was read as boolean"),
    ],
)
def test_what_is_let_pass_is_noted(mock, ask_of, path, fields, note):
    reply = ask_of(mock)("POST", path, json=BODY | fields)

    if mock.lenient:
        assert reply.json()["code"] == 0, reply.text
        assert reply.headers["x-kling-mock-notes"].startswith(note)
        assert mock.state()["requests"][0]["notes"].startswith(note)
    else:
        assert reply.json()["code"] == 1201
        assert "x-kling-mock-notes" not in reply.headers


def test_what_was_read_counts(mock, ask_of):
    ask = ask_of(mock)
    made = ask("POST", IMAGE, json=BODY | {"n": "3", "model_name": "kling-v2-1"})
    if mock.lenient:
        mock.clock.advance(300)
        task = ask("GET", f"{IMAGE}/{made.json()['data']['task_id']}").json()["data"]
        assert len(task["task_result"]["images"]) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "best"},
        {"cfg_scale": "half", "model_name": "kling-v1-6"},
        {"watermark_info": {"enabled": "yes"}},
        {"watermark_info": "true"},
        {"prompt": 7},
        {"sound": "on", "model_name": "kling-v1-6"},
        {"prompt": ""},
    ],
)
def test_what_is_wrong_stays_wrong(mock, ask_of, fields):
    reply = ask_of(mock)("POST", TEXT, json=BODY | fields)

    assert reply.json()["code"] == 1201


@pytest.mark.parametrize("body", [[], 7, "x", True])
def test_a_body_that_is_no_object_is_refused(mock, ask_of, body):
    assert ask_of(mock)("POST", TEXT, json=body).json()["code"] == 1201


def test_a_right_request_has_no_notes(mock, ask_of):
    assert "x-kling-mock-notes" not in ask_of(mock)("POST", TEXT, json=BODY).headers


@pytest.mark.parametrize("name", ["a\r\nset-cookie: x", "ä" * 10, "x" * 10**5, "\x00"])
def test_notes_are_safe_in_a_header(mock, ask_of, name):
    reply = ask_of(mock)("POST", TEXT, json=BODY | {name: 1})

    if mock.lenient:
        assert reply.status_code == 200
        assert len(reply.headers["x-kling-mock-notes"]) <= 2000
        assert "set-cookie" not in reply.headers
        assert reply.headers["x-kling-mock-notes"].isprintable()
