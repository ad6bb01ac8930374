"""What can be planned, and what is said of a plan that is wrong."""

import json
import runpy
from pathlib import Path

import pytest
from kling import Kling, models
from kling.mock import fault_kinds
from kling.mock._faults import fault_kinds as table  # private: its source is changed
from mock_control import control

PLAN = "/_mock/plan"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fault": "stal"}, "stal is no fault; those are refuse, stall, hang-up, html, empty"),
        ({"fault": "stall"}, "the fault stall needs seconds"),
        ({"fault": "stall", "seconds": "3"}, "seconds is a number from 0"),
        ({"fault": "stall", "seconds": -1}, "seconds is a number from 0"),
        ({"fault": "stall", "seconds": True}, "seconds is a number from 0"),
        ({"fault": "stall", "seconds": float("nan")}, "seconds is a number from 0"),
        ({"fault": "stall", "seconds": 1, "code": 1303}, "the fault stall has no code"),
        ({"fault": "stall", "seconds": 1, "when": "later"}, "when is before or after, not later"),
        ({"fault": "stall", "seconds": 1, "on": "creat"}, "on is .*create, .*.*not creat"),
        ({"fault": "refuse", "code": 1304.0}, "code is a whole number from 0"),
        ({"fault": "refuse", "code": 7}, "7 is no code of Kling's; those are 1000, 1001"),
        ({"fault": "refuse", "code": 1303, "status": 99}, "status is a whole number from 200"),
        ({"fault": "refuse", "code": 1303, "times": 0}, "times is a whole number from 1"),
        ({"fault": "refuse", "code": 1303, "share": 0}, "share is a number above 0"),
        ({"fault": "refuse", "code": 1303, "message": 3}, "message is a text"),
        ({"fault": "expire", "on": "create"}, "the fault expire is for on: download"),
        ({"fault": "lose", "on": "get"}, "the fault lose is for on: callback"),
        ({"fault": "html", "on": "callback"}, "the fault html is for calls, not for callbacks"),
        ({"cod": 1303}, "cod is no field of a plan; those are statuses, begins, message, fault"),
        ({"code": 1303}, "code needs a fault beside it"),
        ({"statuses": "failed"}, "statuses is a list"),
        ({"statuses": [1]}, "statuses is a list of texts"),
        ({"statuses": ["succeed"], "begins": [0, 5]}, "begins has a number of seconds for each"),
        ({"statuses": ["submitted", "succeed"], "begins": [5, 0]}, "begins has .* in order"),
        ({"statuses": ["failed"], "begins": [True]}, "each of begins is a number from 0"),
        ({"statuses": ["failed"], "begins": [-1]}, "each of begins is a number from 0"),
        ({"statuses": ["failed"], "begins": [1e12]}, "each of begins is a number from 0"),
        ({"statuses": ["failed"], "begins": [10**400]}, "each of begins is a number from 0"),
        ({"statuses": ["failed"], "begins": [float("nan")]}, "each of begins is a number from 0"),
        ({"statuses": ["failed"], "message": "\ud800"}, "message is a text"),
        ({"fault": "html", "status": 204}, "no body may follow status 204"),
        ({"fault": "refuse", "code": 1303, "status": 304}, "no body may follow status 304"),
        ({"statuses": ["succeed"], "fault": "html"}, "the fault html has no statuses"),
        ({}, "a life has at least one status; or name a fault"),
    ],
)
def test_a_wrong_plan_says_what_would_be_right(kling_mock, fields, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        kling_mock.plan(**fields)

    assert kling_mock.state()["plans"] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"fault": "stal"}', "stal is no fault"),
        (b'[{"fault": "html"}, {"fault": "stal"}]', "plan 2: stal is no fault"),
        (b"[7]", "a plan is an object"),
        (b'"html"', "a plan is an object"),
        (b"{", "Expecting property name"),
        (b"[" * 100_000, "recursion"),
        (b'{"fault": "stall", "seconds": NaN}', "seconds is a number from 0"),
    ],
)
def test_over_http_it_is_a_400_and_plans_nothing(switch, kling_mock, body, said):
    reply = switch(PLAN, content=body)

    assert reply.status_code == 400
    assert said in reply.json()["message"]
    assert kling_mock.state()["plans"] == []


def test_over_http_several_plans_are_made_at_once(switch):
    plans = [{"fault": "stall", "seconds": 3, "times": 2}, {"statuses": ["failed"], "message": "x"}]

    pending = switch(PLAN, json=plans).json()["plans"]

    assert pending == [
        {"fault": "stall", "on": "create", "when": "before", "seconds": 3, "times": 2},
        {"statuses": ["failed"], "message": "x", "times": 1},
    ]


def test_the_moments_of_a_life_can_be_planned(ask, kling_mock):
    kling_mock.plan("submitted", "processing", "succeed", begins=[0, 100, 1000])
    task = ask("POST", "/v1/videos/text2video", json={"prompt": "x", "model_name": "kling-v3"})
    path = f"/v1/videos/text2video/{task.json()['data']['task_id']}"

    seen = []
    for _ in range(4):
        seen.append(ask("GET", path).json()["data"]["task_status"])
        kling_mock.clock.advance(400)

    assert seen == ["submitted", "processing", "processing", "succeed"]


@pytest.mark.parametrize("word", ["succeed", "succeeded"])
@pytest.mark.parametrize(
    "request_",
    [
        models.TextToVideoRequest(model_name="kling-v3", prompt="A fox"),
        models.Kling30TurboTextToVideoRequest(prompt="A fox"),
    ],
    ids=["v1", "current"],
)
def test_success_has_the_word_of_either_standard(kling_mock, request_, word):
    kling_mock.plan(word)
    with Kling(transport=kling_mock.transport) as client:
        task = client.retrieve(client.create(request_))

    assert task.status == "succeeded"
    assert task.outputs


@pytest.mark.parametrize("word", ["succeed", "succeeded"])
def test_success_by_hand_has_the_word_of_either_standard(kling_mock, word):
    with Kling(transport=kling_mock.transport) as client:
        task = client.create(models.Kling30TurboTextToVideoRequest(prompt="A fox"))
        kling_mock.change(task.id, word)

        assert client.retrieve(task).status == "succeeded"


def test_every_fault_is_explained():
    kinds = fault_kinds()

    assert kinds["refuse"] == "a refusal with a code of Kling's: code, [message], [status], [when]"
    assert all(kinds.values())


def test_a_fault_without_an_implementation_cannot_be_defined(tmp_path):
    source = Path(table.__file__).read_text(encoding="utf-8")
    changed = tmp_path / "changed.py"
    begin = "CALL_FAULTS: Mapping[str, Kind[CallEffect]] = {"
    added = '"redirect": Kind("a reply that leads elsewhere"),'
    changed.write_text(source.replace(begin, f"{begin}\n    {added}"), encoding="utf-8")

    assert added in changed.read_text(encoding="utf-8")
    with pytest.raises(TypeError, match="effect"):
        runpy.run_path(str(changed))


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_scenario_is_a_file_of_plans(mock_process, tmp_path, suffix):
    import httpx

    path = tmp_path / f"scenario.{suffix}"
    plans = [{"fault": "refuse", "code": 1303, "times": 2}]
    path.write_text(
        json.dumps(plans) if suffix == "json" else "- {fault: refuse, code: 1303, times: 2}"
    )
    mock = mock_process("--scenario", str(path), "--as-of", "2026-03-01")
    body = {"model_name": "kling-v3", "prompt": "x"}
    headers = {"Authorization": "Bearer mock-api-key"}

    replies = [
        httpx.post(f"{mock.url}/v1/videos/text2video", json=body, headers=headers) for _ in range(3)
    ]

    assert [reply.json()["code"] for reply in replies] == [1303, 1303, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {fault: stal}", "stal is no fault"),
        ("fault: html", "holds no list of plans"),
        ("- [", "cannot be read as JSON or YAML"),
        ("", "holds no list of plans"),
    ],
)
def test_a_wrong_scenario_ends_in_one_line(kling_command, tmp_path, text, said):
    path = tmp_path / "scenario.yaml"
    path.write_text(text)

    done = kling_command("mock", "--port", "0", "--scenario", str(path))

    assert done.exit_code == 1
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_chance_begins_anew_when_plans_are_forgotten(ask, kling_mock):
    def met():
        kling_mock.plan(fault="refuse", code=1303, on="list", share=0.5, times=None)
        return [ask("GET", "/v1/videos/text2video").json()["code"] for _ in range(20)]

    def forgotten():
        control(kling_mock, "plans/clear")
        return met()

    assert met() == forgotten()
