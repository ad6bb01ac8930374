"""How the mock takes values of other types and unknown fields, and what it says of them.

By default it takes what Kling reads as another value, `exact` does not; `lenient` takes unknown
fields. The two do not touch each other.
"""

import pytest
from kling.mock import KlingMock

TEXT = "/v1/videos/text2video"
IMAGE = "/v1/images/generations"
OMNI = "/omni-video/kling-3.0-omni"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
CONTENTS = {"contents": [{"type": "prompt", "text": "A fox at dawn"}]}


@pytest.fixture(params=[(), ("exact",), ("lenient",), ("exact", "lenient")], ids="+".join)
def mock(request, kling_mock_options):
    made = KlingMock(**kling_mock_options, **dict.fromkeys(request.param, True))
    made.modes = request.param
    return made


@pytest.mark.parametrize(
    ("path", "fields", "note"),
    [
        (TEXT, {"duration": 8}, 'duration is a number and counts as "8"; '),
        (TEXT, {"cfg_scale": "0.5", "model_name": "kling-v1-6"}, "cfg_scale is a string and "),
        (TEXT, {"watermark_info": {"enabled": "true"}}, "watermark_info.enabled: enabled is a "),
        (IMAGE, {"n": "2", "model_name": "kling-v2-1"}, "n is a string and counts as 2; "),
        (TEXT, {"multi_shot": "false"}, "multi_shot is a string and counts as false; "),
        (TEXT, {"external_task_id": 7}, "external_task_id is a number and counts as a string."),
        (TEXT, {"mode": None}, "mode is null and counts as absent."),
        (TEXT, {"mode": ""}, "mode is empty and counts as absent."),
        (OMNI, CONTENTS | {"settings": {"duration": "7", "aspect_ratio": "1:1"}}, "settings.dur"),
        (OMNI, CONTENTS | {"settings": {"aspect_ratio": "1:1"}, "options": None}, "options is "),
    ],
)
def test_a_value_that_counts_as_another_is_noted_unless_the_mock_is_exact(
    mock, ask_of, path, fields, note
):
    body = fields if path == OMNI else BODY | fields

    reply = ask_of(mock)("POST", path, json=body)

    if "exact" in mock.modes:
        assert reply.json()["code"] == 1201
        assert "x-kling-mock-notes" not in reply.headers
    else:
        assert reply.json()["code"] == 0, reply.text
        assert reply.headers["x-kling-mock-notes"].startswith(note)
        assert mock.state()["requests"][0]["notes"].startswith(note)


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"seed": 7}, "seed is unknown and was ignored."),
        ({"watermark_info": {"on": 1}}, "watermark_info.on is unknown and was ignored."),
        (
            {"multi_shot": False, "multi_prompt": [{"index": 1, "prompt": "x", "duration": "5"}]}
            | {"voice_list": [{"voice_id": "1", "name": "Ada"}], "prompt": "<<<voice_1>>> sings"}
            | {"sound": "on"},
            "voice_list[0].name is unknown and was ignored.",
        ),
    ],
)
def test_an_unknown_field_is_noted_and_ignored_if_the_mock_is_lenient(mock, ask_of, fields, note):
    reply = ask_of(mock)("POST", TEXT, json=BODY | fields)

    if "lenient" in mock.modes:
        assert note in reply.headers["x-kling-mock-notes"]
    else:
        assert reply.json()["code"] == 1201
        assert "x-kling-mock-notes" not in reply.headers


def test_the_request_is_kept_as_it_was_sent(ask_of, kling_mock):
    ask_of(kling_mock)("POST", TEXT, json=BODY | {"duration": 5, "mode": None})

    assert kling_mock.state()["requests"][0]["body"] == BODY | {"duration": 5, "mode": None}


def test_what_was_read_counts(kling_mock, ask_of):
    ask = ask_of(kling_mock)
    body = BODY | {"n": "3", "model_name": "kling-v2-1", "external_task_id": 7}
    made = ask("POST", IMAGE, json=body)
    kling_mock.clock.advance(300)

    task = ask("GET", f"{IMAGE}/{made.json()['data']['task_id']}").json()["data"]

    assert len(task["task_result"]["images"]) == 3
    # What a reply repeats of a request has the type that the reply documents.
    assert task["task_info"] == {"external_task_id": "7"}


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "best"},
        {"duration": 99},
        {"cfg_scale": "half", "model_name": "kling-v1-6"},
        {"watermark_info": {"enabled": "yes"}},
        {"watermark_info": "true"},
        {"prompt": ["A fox"]},
        {"sound": "on", "model_name": "kling-v1-6"},
        {"prompt": ""},
        {"prompt": "  "},
        {"prompt": None},
    ],
)
def test_what_is_wrong_stays_wrong(mock, ask_of, fields):
    reply = ask_of(mock)("POST", TEXT, json=BODY | fields)

    assert reply.json()["code"] == 1201


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_text_that_is_required_is_not_blank(mock, ask_of, text):
    body = {"contents": [{"type": "prompt", "text": text}], "settings": {"aspect_ratio": "1:1"}}

    reply = ask_of(mock)("POST", OMNI, json=body)

    assert reply.json()["code"] == 1201
    assert "contents[0].text: text must not be empty" in reply.json()["message"]


@pytest.mark.parametrize("body", [[], 7, "x", True])
def test_a_body_that_is_no_object_is_refused(mock, ask_of, body):
    assert ask_of(mock)("POST", TEXT, json=body).json()["code"] == 1201


def test_a_right_request_has_no_notes(mock, ask_of):
    assert "x-kling-mock-notes" not in ask_of(mock)("POST", TEXT, json=BODY).headers


@pytest.mark.parametrize("name", ["a\r\nset-cookie: x", "ä" * 10, "x" * 10**5, "\x00"])
def test_notes_are_safe_in_a_header(mock, ask_of, name):
    reply = ask_of(mock)("POST", TEXT, json=BODY | {name: 1})

    if "lenient" in mock.modes:
        assert reply.status_code == 200
        assert len(reply.headers["x-kling-mock-notes"]) <= 2000
        assert "set-cookie" not in reply.headers
        assert reply.headers["x-kling-mock-notes"].isprintable()
