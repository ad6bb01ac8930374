"""What can be planned, and what is said of a plan that is wrong."""

import json
import re
import runpy
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import cli
from kling import Kling, models
from kling.description import load
from kling.mock import fault_kinds, plan_fields
from kling.mock._faults import fault_kinds as table  # private: its source is changed
from mock_control import control

PLAN = "/_mock/plan"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fault": "stal"}, "stal is not a fault; the faults are refuse, stall"),
        ({"fault": "stall"}, "the fault stall needs the field seconds"),
        ({"fault": "stall", "seconds": "3"}, "seconds must be a number from 0"),
        ({"fault": "stall", "seconds": -1}, "seconds must be a number from 0"),
        ({"fault": "stall", "seconds": True}, "seconds must be a number from 0"),
        ({"fault": "stall", "seconds": float("nan")}, "seconds must be a number from 0"),
        ({"fault": "stall", "seconds": 1, "code": 1303}, "the fault stall has no field code"),
        (
            {"fault": "stall", "seconds": 1, "when": "later"},
            "when must be before or after, not later",
        ),
        ({"fault": "stall", "seconds": 1, "on": "creat"}, "on must be .*create, .*.*not creat"),
        ({"fault": "refuse", "code": 1304.0}, "code must be a whole number from 0"),
        ({"fault": "refuse", "code": 7}, "7 is not one of Kling's error codes, which are 1000"),
        ({"fault": "refuse", "code": 1303, "status": 99}, "status must be a whole number from 200"),
        ({"fault": "refuse", "code": 1303, "times": 0}, "times must be a whole number from 1"),
        ({"fault": "refuse", "code": 1303, "share": 0}, "share must be a number above 0"),
        ({"fault": "refuse", "code": 1303, "message": 3}, "message must be a string"),
        (
            {"fault": "expire", "on": "create"},
            "on must be download for the fault expire, not create",
        ),
        ({"fault": "lose", "on": "get"}, "on must be callback for the fault lose, not get"),
        (
            {"fault": "html", "on": "callback"},
            "on must not be callback: the fault html affects only calls",
        ),
        (
            {"cod": 1303},
            "a plan has no field cod; its fields are statuses, begins, results, task_info, mess",
        ),
        ({"code": 1303}, "code is only for plans with a fault: add the field fault"),
        ({"statuses": "failed"}, "statuses must be a list"),
        ({"statuses": [1]}, "statuses must be a list of strings"),
        (
            {"statuses": ["succeed"], "begins": [0, 5]},
            "begins must list one number of seconds for each",
        ),
        (
            {"statuses": ["submitted", "succeed"], "begins": [5, 0]},
            "begins must list .* in ascending order",
        ),
        ({"statuses": ["failed"], "begins": [True]}, "each of begins must be a number from 0"),
        ({"statuses": ["failed"], "begins": [-1]}, "each of begins must be a number from 0"),
        ({"statuses": ["failed"], "begins": [1e12]}, "each of begins must be a number from 0"),
        ({"statuses": ["failed"], "begins": [10**400]}, "each of begins must be a number from 0"),
        (
            {"statuses": ["failed"], "begins": [float("nan")]},
            "each of begins must be a number from 0",
        ),
        ({"statuses": ["failed"], "message": "\ud800"}, "message must be a string"),
        ({"fault": "html", "status": 204}, "a reply with status 204 has no body"),
        ({"fault": "refuse", "code": 1303, "status": 304}, "a reply with status 304 has no body"),
        ({"statuses": ["succeed"], "fault": "html"}, "the fault html has no field statuses"),
        ({}, "a plan needs at least one of statuses, results"),
        ({"message": "x"}, "a plan needs at least one of statuses, results"),
        ({"results": {"url": "x"}}, "results must be a list"),
        ({"results": ["x"]}, "result 1 must be an object with fields such as id, url"),
        ({"results": [{}, {"uri": "x"}]}, "result 2 has no field uri; its fields are id, url, "),
        ({"results": [{"url": 7}]}, "url of result 1 must be a string"),
        ({"results": [{"url": "\ud800"}]}, "url of result 1 must be a string"),
        ({"results": [{"index": "7"}]}, "index of result 1 must be a whole number"),
        ({"results": [{"index": True}]}, "index of result 1 must be a whole number"),
        (
            {"results": [{"reference_type": "x"}]},
            "reference_type of result 1 must be .* or video_refer",
        ),
        ({"results": [{"type": "video"}]}, "result 1 has no field type"),
        ({"results": [{}] * 101}, "results must have at most 100 entries, not 101"),
        ({"results": [{}], "begins": [0]}, "begins must list one number of seconds for each"),
        ({"results": [{}], "fault": "html"}, "the fault html has no field results"),
        ({"task_info": []}, "task_info must be an object with fields such as external_task_id"),
        (
            {"task_info": {"parent": 1}},
            "task_info has no field parent; its fields are external_task_id",
        ),
        ({"task_info": {"parent_video": 1}}, "parent_video of task_info must be an object"),
        (
            {"task_info": {"parent_video": {"id": 1}}},
            "id of parent_video of task_info must be a string",
        ),
    ],
)
def test_a_wrong_plan_says_what_would_be_right(kling_mock, fields, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        kling_mock.plan(**fields)

    assert kling_mock.state()["plans"] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"fault": "stal"}', "stal is not a fault"),
        (b'[{"fault": "html"}, {"fault": "stal"}]', "plan 2: stal is not a fault"),
        (b"[7]", "a plan must be an object"),
        (b'"html"', "a plan must be an object"),
        (b"{", "Expecting property name"),
        (b"[" * 100_000, "recursion"),
        (b'{"fault": "stall", "seconds": NaN}', "seconds must be a number from 0"),
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

    refuse = "a refusal with one of Kling's codes: code, [message], [status], [when]"
    assert kinds["refuse"] == refuse
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
        ("- {fault: stal}", "stal is not a fault"),
        ("fault: html", "must contain a list of plans"),
        ("- [", "cannot be read as JSON or YAML"),
        ("", "must contain a list of plans"),
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


MINE = "https://example.org/mine.mp4"
TEXT = "/v1/videos/text2video"
FOX = {"model_name": "kling-v3", "prompt": "A fox"}


def test_results_can_be_planned(ask, kling_mock):
    kling_mock.plan(
        results=[{"url": MINE, "id": "7", "duration": "8.2", "watermark_url": f"{MINE}?w"}],
        task_info={"external_task_id": "theirs", "parent_video": {"id": "1", "url": MINE}},
    )
    planned, usual = (ask("POST", TEXT, json=FOX).json()["data"]["task_id"] for _ in range(2))
    before = ask("GET", f"{TEXT}/{planned}").json()["data"]
    kling_mock.clock.advance(600)

    shown = ask("GET", f"{TEXT}/{planned}").json()["data"]
    [unified] = ask("GET", "/tasks", params={"task_ids": planned}).json()["data"]
    other = ask("GET", f"{TEXT}/{usual}").json()["data"]

    entry = {"id": "7", "url": MINE, "duration": "8.2", "watermark_url": f"{MINE}?w"}
    assert "task_result" not in before
    assert shown["task_result"] == {"videos": [entry]}
    assert shown["task_info"] == {
        "external_task_id": "theirs",
        "parent_video": {"id": "1", "url": MINE},
    }
    assert unified["outputs"] == [{"type": "video", **entry}]
    assert other["task_result"]["videos"][0]["id"] != "7"
    assert kling_mock.state()["tasks"][1]["outputs"] == [{"kind": "video", "url": MINE}]


def test_there_are_as_many_results_as_are_planned_and_no_fewer_than_asked_for(ask, kling_mock):
    path = "/v1/images/generations"
    kling_mock.plan(results=[{"url": f"https://example.org/{n}.png"} for n in range(3)])
    kling_mock.plan(results=[{"url": "https://example.org/only.png"}])
    more = ask("POST", path, json=FOX | {"n": 1}).json()["data"]["task_id"]
    fewer = ask("POST", path, json=FOX | {"n": 2}).json()["data"]["task_id"]
    kling_mock.clock.advance(600)

    images = [
        ask("GET", f"{path}/{task}").json()["data"]["task_result"]["images"]
        for task in (more, fewer)
    ]

    assert images[0] == [{"index": n, "url": f"https://example.org/{n}.png"} for n in range(3)]
    assert images[1][0]["url"] == "https://example.org/only.png"
    assert images[1][1]["url"].startswith("https://kling-mock.invalid/")


@pytest.mark.parametrize("names", [("mp3_url", "wav_duration"), ("url_mp3", "duration_wav")])
def test_results_are_planned_in_the_words_of_either_standard(ask, kling_mock, names):
    kling_mock.plan(results=[dict.fromkeys(names, "8.5")])
    body = {"prompt": "Rain", "duration": 3}
    task = ask("POST", "/v1/audio/text-to-audio", json=body).json()["data"]["task_id"]
    kling_mock.clock.advance(600)

    shown = ask("GET", f"/v1/audio/text-to-audio/{task}").json()["data"]
    [unified] = ask("GET", "/tasks", params={"task_ids": task}).json()["data"]

    [entry] = shown["task_result"]["audios"]
    assert (entry["url_mp3"], entry["duration_wav"]) == ("8.5", "8.5")
    [output] = unified["outputs"]
    assert (output["mp3_url"], output["wav_duration"]) == ("8.5", "8.5")


def test_results_of_products_can_be_planned(ask, kling_mock):
    kling_mock.plan("succeeded", results=[{"url": MINE}, {}, {"url": f"{MINE}#3"}])
    path = "/solutions/e-commerce/clothing_dupe"
    operation = next(one for one in load().operations.values() if one.path == path)
    content = operation.node["requestBody"]["content"]["application/json"]
    made = ask("POST", path, json=content["examples"]["minimal"]["value"]).json()["data"]

    [task] = ask("GET", "/solutions", params={"task_ids": made["id"]}).json()["data"]

    urls = [one["url"] for one in task["outputs"]]
    assert (urls[0], urls[2]) == (MINE, f"{MINE}#3")
    assert urls[1].startswith("https://kling-mock.invalid/")


def test_a_task_that_is_ended_by_hand_keeps_its_planned_results(ask, kling_mock):
    kling_mock.plan("submitted", results=[{"url": MINE}])
    task = ask("POST", TEXT, json=FOX).json()["data"]["task_id"]
    kling_mock.change(task, "succeed")

    shown = ask("GET", f"{TEXT}/{task}").json()["data"]

    assert shown["task_result"]["videos"][0]["url"] == MINE


def test_planned_results_are_called_back(ask, kling_mock):
    kling_mock.plan(results=[{"url": MINE}])
    ask("POST", TEXT, json=FOX | {"callback_url": "http://localhost:9/"})
    kling_mock.clock.advance(600)

    body = json.loads(kling_mock.deliveries[-1].body)

    assert body["task_result"]["videos"][0]["url"] == MINE


def test_every_field_of_a_plan_is_explained_in_the_help():
    said = " ".join(CliRunner().invoke(cli, ["mock", "--help"]).output.split())

    for name, meaning in plan_fields().items():
        assert f"{name} {' '.join(meaning.split()[:5])}" in said


PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "plans.md"


def test_the_page_about_plans_has_every_field_and_plans_that_work(kling_mock):
    text = PAGE.read_text(encoding="utf-8")
    plans = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]

    rows = [f"| `{name}` | {meaning} |" for name, meaning in plan_fields().items()]
    assert "\n".join(rows) in text
    assert len(plans) > 5
    for plan in plans:
        kling_mock.plan(**plan)
