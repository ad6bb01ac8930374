"""The workflows run as they are published, wait, and know when to stop."""

import json
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from scripts.build.bundle import WORKFLOWS
from scripts.publish.node_tools import environment, tool

FOLDER = Path(__file__).parents[2] / "openapi"
FILES = sorted(path.name for path in FOLDER.glob(WORKFLOWS))
KEY = "mock-api-key"
# The workflows of each file, and their steps.
STEPS = {
    "text-to-video.arazzo.yaml": {
        "makeTextToVideo": ["create", "wait"],
        "findTextToVideo": ["find"],
    },
    "kling-30-turbo-text-to-video.arazzo.yaml": {
        "makeKling30TurboTextToVideo": ["create", "wait"],
        "findKling30TurboTextToVideo": ["find"],
    },
    "refused-request.arazzo.yaml": {"refuseTextToVideo": ["create"]},
}
every_standard = pytest.mark.parametrize("name", [name for name in STEPS if len(STEPS[name]) == 2])


@pytest.fixture
def mock(mock_process):
    return mock_process("--as-of", "2026-03-01")


@pytest.fixture
def respect(tmp_path, mock):
    """Return a function that runs a file, and returns (workflow, status, its steps) of each."""

    def respect(path, *options):
        log = tmp_path / "log.json"
        inputs = {"api_key": KEY, "external_task_id": "order-1", "prompt": "A fox"}
        command = [*tool("redocly"), "respect", str(path), "--json-output", str(log), *options]
        done = subprocess.run(
            # What waits for no reason is to end, and to be counted.
            [*command, "--server", f"kling={mock.url}", "--max-steps", "40"],
            env={**environment(), "REDOCLY_CLI_RESPECT_INPUT": json.dumps(inputs)},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert log.exists(), done.stdout + done.stderr
        text = log.read_text(encoding="utf-8")
        assert KEY not in text + done.stdout + done.stderr
        (file,) = json.loads(text)["files"].values()
        ran = file["executedWorkflows"]
        assert bool(done.returncode) == any(one["status"] != "success" for one in ran)
        return [(one["workflowId"], one["status"], one["executedSteps"]) for one in ran]

    return respect


@pytest.fixture
def hurried(spec, tmp_path):
    """Return a function that copies a file and lets it wait less, for a mock is faster."""

    def hurried(name):
        shutil.copy(spec / "kling-openapi.json", tmp_path)
        text = (spec / name).read_text(encoding="utf-8")
        assert "retryAfter: 10\n" in text
        path = tmp_path / name
        path.write_text(text.replace("retryAfter: 10\n", "retryAfter: 0.2\n"), encoding="utf-8")
        return path

    return hurried


def plan(mock, *plans):
    httpx.post(f"{mock.url}/_mock/plan", json=plans).raise_for_status()


def state(mock):
    return httpx.get(f"{mock.url}/_mock/state").json()


def names(steps):
    return [step["stepId"] for step in steps]


def broken(step):
    return [check.get("condition") for check in step["checks"] if not check["passed"]]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("published", [False, True])
def test_a_file_runs_as_it_is(respect, mock, spec, name, published):
    plan(mock, {"statuses": ["succeed"]})

    ran = respect((spec if published else FOLDER / "workflows") / name)

    assert {status for _, status, _ in ran} == {"success"}
    assert {workflow: names(steps) for workflow, _, steps in ran} == STEPS[name]
    made = any(workflow.startswith("make") for workflow in STEPS[name])
    assert len(state(mock)["tasks"]) == made


@every_standard
def test_it_asks_again_while_the_task_goes_on_and_after_trouble(respect, mock, hurried, name):
    trouble = [{"fault": "html"}, {"fault": "refuse", "code": 1302}]
    life = {"statuses": ["submitted", "processing", "succeed"], "begins": [0, 0, 1.5]}
    plan(mock, life, *(one | {"on": "get"} for one in trouble))

    (_, status, (create, *waits)), _ = respect(hurried(name))

    assert status == "success"
    assert {*names(waits)} == {"wait"}
    assert [one["response"]["statusCode"] for one in waits[:3]] == [502, 429, 200]
    *going_on, last = map(broken, waits[2:])
    assert going_on
    assert {len(one) for one in going_on} == {1}
    assert "status ==" in going_on[0][0]
    assert last == broken(create) == []


@every_standard
def test_it_does_not_wait_for_a_task_that_has_failed(respect, mock, hurried, name):
    plan(mock, {"statuses": ["processing", "failed"], "begins": [0, 0.5], "message": "too dark"})

    (_, made, (_, *waits)), (_, found, finds) = respect(hurried(name))

    assert made == found == "error"
    assert 1 < len(waits) < 10
    assert len(finds) == 1
    assert "too dark" in json.dumps(waits[-1]["response"])


@every_standard
def test_an_id_that_no_task_has_is_not_waited_for(respect, mock, hurried, name):
    _, find = STEPS[name]

    ((workflow, status, steps),) = respect(hurried(name), "--workflow", find)

    assert (workflow, status, names(steps)) == (find, "error", ["find"])
    assert state(mock)["counts"]["requests"] == 1


@every_standard
def test_another_workflow_fetches_what_one_gives(respect, mock, spec, tmp_path, name):
    plan(mock, {"statuses": ["succeed"]})
    make, _ = STEPS[name]
    inputs = ["api_key", "external_task_id", "prompt"]
    making = {
        "stepId": "make",
        "workflowId": f"$sourceDescriptions.ours.{make}",
        "parameters": [{"name": one, "value": f"$inputs.{one}"} for one in inputs],
        "outputs": {"url": "$outputs.url"},
    }
    fetching = {
        "stepId": "fetch",
        "x-operation": {"method": "get", "url": "$steps.make.outputs.url"},
        "successCriteria": [{"condition": "$statusCode == 200"}],
    }
    properties = {one: {"type": "string"} for one in inputs} | {"api_key": {"format": "password"}}
    workflow = {
        "workflowId": "fetchVideo",
        "inputs": {"type": "object", "properties": properties},
        "steps": [making, fetching],
    }
    document = {
        "arazzo": "1.0.1",
        "info": {"title": "A user's", "version": "1"},
        "sourceDescriptions": [{"name": "ours", "type": "arazzo", "url": str(spec / name)}],
        "workflows": [workflow],
    }
    path = tmp_path / "fetch.arazzo.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")

    ((_, status, (_, fetched)),) = respect(path)

    assert status == "success"
    assert fetched["response"]["headers"]["content-type"] == "video/mp4"


@pytest.mark.parametrize("name", FILES)
def test_a_linter_finds_nothing(run, name):
    lint = [*tool("redocly"), "lint", "--extends", "all", "--format", "json"]

    assert json.loads(run(*lint, FOLDER / "workflows" / name))["problems"] == []
