"""Bodies that break a rule which the mock is told to allow."""

import json

import pytest
from kling.mock import KlingMock

TEXT = "/v1/videos/text2video"
SILENT = "text-to-video.sound-models"
# kling-v2-6 makes sound in mode pro only.
BROKEN = {"model_name": "kling-v2-6", "prompt": "A fox at dawn", "sound": "on"}


@pytest.fixture
def mock_that(kling_mock_options):
    return lambda *allow: KlingMock(**kling_mock_options, allow=allow)


def ended(mock, ask, made):
    mock.clock.advance(600)
    return ask("GET", f"{TEXT}/{made.json()['data']['task_id']}").json()["data"]


def test_a_body_that_breaks_an_allowed_rule_makes_a_task_that_fails(mock_that, ask_of):
    mock = mock_that(SILENT)
    ask = ask_of(mock)

    made = ask("POST", TEXT, json=BROKEN)

    assert made.json()["code"] == 0
    assert made.headers["x-kling-mock-notes"] == f"The rule {SILENT} is broken, but was allowed."
    task = ended(mock, ask, made)
    assert task["task_status"] == "failed"
    # In Kling's words where they are known, and else in ours.
    assert task["task_status_msg"] == "model/mode(kling-v2-6/std) is not supported with sound on"


def test_without_words_of_klings_a_task_fails_with_those_of_the_rule(mock_that, ask_of):
    mock = mock_that("text-to-video.shot-type-required")
    ask = ask_of(mock)
    body = {"model_name": "kling-v3", "prompt": "A fox", "multi_shot": True}

    task = ended(mock, ask, ask("POST", TEXT, json=body))

    assert "shot_type must be customize or intelligence" in task["task_status_msg"]


def test_an_unknown_field_is_let_pass_and_its_task_succeeds(mock_that, ask_of):
    mock = mock_that("unknown-field")
    ask = ask_of(mock)

    made = ask("POST", TEXT, json=BROKEN | {"sound": "off", "zzz_nope": 1})

    assert made.json()["code"] == 0
    assert ended(mock, ask, made)["task_status"] == "succeed"


def test_other_rules_refuse_as_before(mock_that, ask_of):
    reply = ask_of(mock_that(SILENT))("POST", TEXT, json=BROKEN | {"duration": "7"})

    assert reply.json()["code"] == 1201
    assert reply.headers["x-kling-mock-rules"] == "text-to-video.duration-models"


def test_a_planned_failure_keeps_its_message(mock_that, ask_of):
    mock = mock_that(SILENT)
    mock.plan("submitted", "failed", message="Image pixel is invalid")
    ask = ask_of(mock)

    task = ended(mock, ask, ask("POST", TEXT, json=BROKEN))

    assert task["task_status_msg"] == "Image pixel is invalid"


def test_a_body_that_breaks_nothing_is_as_without(mock_that, ask_of):
    mock = mock_that(SILENT, "unknown-field")
    ask = ask_of(mock)

    made = ask("POST", TEXT, json=BROKEN | {"mode": "pro"})

    assert "x-kling-mock-notes" not in made.headers
    assert ended(mock, ask, made)["task_status"] == "succeed"
    assert json.loads(made.text)["code"] == 0


def test_a_rule_that_does_not_exist_is_told_at_once(mock_that):
    with pytest.raises(ValueError, match=r"there is no rule text-to-video\.sound; did you mean"):
        mock_that("text-to-video.sound")
